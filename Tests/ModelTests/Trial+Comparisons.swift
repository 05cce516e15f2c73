import EventLog
import Journey
import Keyring
import TestSupport

@testable import ProjectionEngine

extension Trial {
  func compareSizes() throws {
    try compare("records", Int(try log.size()), naive.entries.count)
    try compare("participants", Int(try log.participantCount()), naive.people.count)
  }

  /// Compares one thing that the step's random numbers choose.
  func compareSomething(using random: inout SeededGenerator) throws {
    switch Int.random(in: 0..<9, using: &random) {
    case 0: try compareStream(using: &random)
    case 1, 2, 3: try compareJourneys(size: size(using: &random))
    case 4: try compareAnswer(size: size(using: &random), using: &random)
    case 5: try compareTimes(using: &random)
    case 6: if let request = said.randomElement(using: &random) { try compare(request) }
    case 7:
      if let ref = naive.people.indices.randomElement(using: &random) { try comparePerson(ref) }
    default: try compareTree(using: &random)
    }
  }

  /// Compares every record, every stream, and journeys as of many sizes; verifies the log.
  func compareEverything(using random: inout SeededGenerator) throws {
    let log = try log
    var opener = KeyCache(log.keyring, blockSize: 64)
    for record in try log.records(0..<UInt64(naive.entries.count)) {
      try compare(try opener.open(record))
    }
    for stream in Set(naive.entries.map(\.stream)) {
      try compare("version of \(stream)", log.version(of: stream), naive.version(of: stream))
    }
    let count = naive.entries.count
    for size in [0, count / 3, count / 2, max(count - 1, 0), count] {
      try compareJourneys(size: size)
      try compareAnswer(size: size, using: &random)
    }
    for request in said { try compare(request) }
    for ref in naive.people.indices { try comparePerson(ref) }
    try compareImports()
    for _ in 0..<3 {
      try compareStream(using: &random)
      try compareTimes(using: &random)
      try compareTree(using: &random)
    }
    // A view made anew says the same as one that grew with the log.
    let grown = try ViewReading(try view)
    try unrefreshedView.rebuild()
    try compare("view, grown and made anew", grown, try ViewReading(try view))
    let report = try log.verify(deep: true)
    guard report.isIntact else {
      throw Mismatch("verification", store: report.findings, model: "intact")
    }
  }

  private func size(using random: inout SeededGenerator) -> Int {
    random.chance(30)
      ? naive.entries.count : Int.random(in: 0...naive.entries.count, using: &random)
  }

  func compare<T: Equatable>(_ what: String, _ store: T, _ model: T) throws {
    tally.comparisons += 1
    guard store == model else { throw Mismatch(what, store: store, model: model) }
  }

  /// Compares a record that was read with the entry at its position.
  func compare(_ read: ReadEvent) throws {
    let header = read.header
    let position = Int(header.position.number)
    guard naive.entries.indices.contains(position) else {
      throw Mismatch("position", store: position, model: naive.entries.count)
    }
    let entry = naive.entries[position]
    let place = "record #\(position)"
    try compare("\(place): event", read.event, naive.readable(position))
    try compare("\(place): stream", header.stream, entry.stream)
    try compare("\(place): time", header.recordedAt, entry.recordedAt)
    let before = naive.positions(of: entry.stream, size: position)
    try compare("\(place): version", Int(header.streamVersion), before.count + 1)
    try compare(
      "\(place): previous", header.previous.map { Int($0.number) }, before.last)
    if Self.batchTypes.contains(entry.event.type) {
      try compare("\(place): kind", header.kind, .batch)
    } else if !Self.ownTypes.contains(entry.event.type) {
      let kind: RecordKind =
        entry.event.type == .eventRetracted
        ? .retraction : entry.event[Fields.target] == nil ? .fact : .correction
      try compare("\(place): kind", header.kind, kind)
    } else {
      try compare("\(place): kind", header.kind, .key)
    }
    try compare("\(place): group", header.group, entry.event.type.schema.group)
  }

  private static let ownTypes: Set<EventType> = [
    .erasureRequested, .erasureDecided, .erasureReasonRecorded, .erasureCompleted,
    .fieldGroupDropOrdered, .fieldGroupDropped, .keyRotationOrdered, .keyEpochWritten,
  ]

  private static let batchTypes: Set<EventType> = [
    .importBatchBegun, .importBatchEnded, .importBatchRolledBack,
  ]

  private func compareStream(using random: inout SeededGenerator) throws {
    let ref = UInt32.random(in: 0...UInt32(naive.people.count), using: &random)
    let stream = random.chance(80) ? StreamID(.participant, ref) : .system
    let size = size(using: &random)
    let read = try log.events(of: stream, size: UInt64(size))
    try compare(
      "positions of \(stream) as of \(size)", read.map { Int($0.header.position.number) },
      naive.positions(of: stream, size: size))
    for event in read { try compare(event) }
  }

  private func compareJourneys(size: Int) throws {
    let view = try view
    let model = NaiveJourneys(naive, size: size)
    try compare("journeys as of \(size)", try ViewReading(view, size: UInt64(size)).journeys, model)
    // Digests are compared with those of all other states of all stores.
    let digest = try view.digest(size: UInt64(size))
    // Who was erased has no external id any more, also where the other half of a pair has their place.
    let ids = naive.people.enumerated().map { naive.erased.contains(UInt32($0)) ? nil : $1 }
    let state = digests.key(of: model, ids: ids)
    if let other = digests.problem(with: digest, of: state) {
      throw Mismatch("digest as of \(size)", store: digest, model: other)
    }
    tally.comparisons += 1
  }

  private func compareAnswer(size: Int, using random: inout SeededGenerator) throws {
    let attribute = random.pick(["subproject", "x1", "gender"])
    let reference = CivilDate.made(2024, 1, 1).day + Int32.random(in: 100...400, using: &random)
    let journeys = NaiveJourneys(naive, size: size)
    let model = NaiveAnswer(journeys, by: attribute, until: reference)
    var question = TimeToEventQuestion(
      clock: .day, origin: .entry, outcome: .firstPlacement, kinds: [.svp],
      groupedBy: [attribute], referenceDay: reference)
    let view = try view
    do {
      let result = try question.ask(view, size: UInt64(size))
      try compare("answer by \(attribute) as of \(size)", NaiveAnswer(result), model)
    } catch QuestionError.unknownAttribute {
      // Refused only where nobody ever had it.
      let stated = NaiveJourneys.everStated(naive)
      try compare("\(attribute) is known", stated.contains(attribute), false)
      question.groupedBy = []
      let result = try question.ask(view, size: UInt64(size))
      try compare("answer as of \(size)", NaiveAnswer(result), model)
    }
  }

  private func compareTimes(using random: inout SeededGenerator) throws {
    let times = naive.entries.map(\.recordedAt)
    let near = times.randomElement(using: &random) ?? 0
    for instant in [near - 1, near, near + 1, Int64.min, Int64.max] {
      try compare(
        "size at \(instant)", Int(try log.size(recordedUntil: instant)),
        times.count { $0 <= instant })
    }
  }

  /// Compares what is known of a request that was stored.
  private func compare(_ request: AppendRequest) throws {
    let stored = try outcome { try log.stored(request) ?? { throw AppendError.notTried }() }
    var copy = naive
    let expected = copy.append(request, at: 0)
    guard case .stored(let first, let count, true, _) = expected,
      case .stored(first, count, true, _) = stored
    else { throw Mismatch("a request that was stored", store: stored, model: expected) }
    tally.comparisons += 1
    try compare("an unused key", try log.appended(under: [0, 0, 0]), nil)
  }

  private func comparePerson(_ ref: Int) throws {
    let log = try log
    try compare("nobody", try log.participant(externalID: "made:nobody"), nil)
    try compare(
      "restriction of \(ref)",
      Restriction(try log.events(of: StreamID(.participant, UInt32(ref)))).map {
        NaiveRestriction(since: $0.since, statistics: $0.statistics)
      }, naive.restriction(of: UInt32(ref)))
    if naive.erased.contains(UInt32(ref)) {
      let isGone = (try? log.keyring.identity(of: ParticipantRef(UInt32(ref)))) == nil
      try compare("identity of \(ref) is gone", isGone, true)
      // The id stays known, so that nobody is taken in again without noticing.
      if let id = naive.people[ref] {
        try compare("participant by id", try log.participant(externalID: id)?.number, UInt32(ref))
      }
      return
    }
    let identity = try log.keyring.identity(of: ParticipantRef(UInt32(ref)))
    try compare("external id of \(ref)", identity.externalID, naive.people[ref])
    try compare(
      "participant by code", try log.participant(code: identity.code)?.number, UInt32(ref))
    if let id = naive.people[ref] {
      try compare("participant by id", try log.participant(externalID: id)?.number, UInt32(ref))
    }
  }

  private func compareTree(using random: inout SeededGenerator) throws {
    let log = try log
    let bytes = try log.records(0..<UInt64(naive.entries.count)).map(\.bytes)
    let late = size(using: &random)
    let early = Int.random(in: 0...late, using: &random)
    let roots = [early, late].map { NaiveTree.root(bytes[..<$0]) }
    try compare("root at \(late)", try log.root(size: UInt64(late)), roots[1])
    let growth = try log.consistencyProof(from: UInt64(early), to: UInt64(late))
    try compare(
      "growth from \(early) to \(late)", growth.holds(from: roots[0], to: roots[1]), true)
    guard late > 0 else { return }
    let index = Int.random(in: 0..<late, using: &random)
    let inclusion = try log.inclusionProof(of: Position(UInt64(index)), size: UInt64(late))
    let leaf = ContentDigest.sha256([0] + bytes[index])
    try compare("#\(index) in \(late)", inclusion.holds(leaf: leaf, root: roots[1]), true)
  }
}

extension NaiveJourneys {
  /// The attributes that anybody ever stated, corrected and taken back ones included.
  static func everStated(_ log: NaiveLog) -> Set<String> {
    Set(
      log.entries.indices.compactMap { log.readable($0) }
        .filter { $0.type.schema.group == .record }.flatMap { statements(of: $0).map(\.0) })
  }
}

/// The tree of RFC 6962, section 2.1, word for word.
enum NaiveTree {
  static func root(_ records: ArraySlice<[UInt8]>) -> [UInt8] {
    if records.isEmpty { return ContentDigest.sha256([]) }
    if records.count == 1 { return ContentDigest.sha256([0] + (records.first ?? [])) }
    var split = 1
    while split * 2 < records.count { split *= 2 }
    let middle = records.startIndex + split
    return ContentDigest.sha256([1] + root(records[..<middle]) + root(records[middle...]))
  }
}
