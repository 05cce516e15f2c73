import EventLog
import Files
import Journey
import LMDB
import Synchronization

/// Facts of many participants in columns, in log order, until they are sorted by participant.
struct FactColumns {
  var refs: [UInt32] = []
  var positions: [UInt64] = []
  var milestones: [UInt64] = []
  var attributeEnds: [UInt32] = []
  var attributes: [JourneyFact.Attribute] = []
  /// The few facts that replace or take back others, by index.
  var effects: [Int: JourneyFact.Effect] = [:]
  /// The first record of each participant.
  var firstRecorded: [UInt64]

  init(participants: Int) {
    firstRecorded = [UInt64](repeating: FoldedJourney.open, count: participants)
  }

  mutating func add(_ fact: JourneyFact, _ ref: UInt32) {
    if fact.effect != .adds { effects[refs.count] = fact.effect }
    refs.append(ref)
    positions.append(fact.position)
    milestones.append(fact.milestone?.bits ?? 0)
    attributes.append(contentsOf: fact.attributes)
    attributeEnds.append(UInt32(attributes.count))
  }

  func fact(_ index: Int) -> JourneyFact {
    let start = index == 0 ? 0 : Int(attributeEnds[index - 1])
    return JourneyFact(
      position: positions[index], effect: effects[index] ?? .adds,
      milestone: milestones[index] == 0 ? nil : Milestone(bits: milestones[index]),
      attributes: Array(attributes[start..<Int(attributeEnds[index])]))
  }

  /// The facts' indices by participant, each in log order: a counting sort.
  func indicesByParticipant() -> (starts: [Int], indices: [UInt32]) {
    var starts = [Int](repeating: 0, count: firstRecorded.count + 1)
    for ref in refs { starts[Int(ref) + 1] += 1 }
    for i in 1..<starts.count { starts[i] += starts[i - 1] }
    var next = starts
    var indices = [UInt32](repeating: 0, count: refs.count)
    for i in refs.indices {
      let ref = Int(refs[i])
      indices[next[ref]] = UInt32(i)
      next[ref] += 1
    }
    return (starts, indices)
  }
}

extension JourneysView {
  /// Makes the view anew beside the old one and switches when it is complete.
  ///
  /// Whoever reads the old view meanwhile is not disturbed.
  @discardableResult
  public func rebuild(progress: Progress = { _, _ in }) throws(ViewError) -> Refresh {
    do {
      let lock = try WriterLock(directory: folder, waitingAtMost: .seconds(60))
      defer { withExtendedLifetime(lock) {} }
      return try rebuildHoldingLock(progress: progress)
    } catch { throw ViewError(wrapping: error) }
  }

  func rebuildHoldingLock(progress: Progress) throws -> Refresh {
    let size = try log.size()
    let participants = try log.participantCount()
    let names = try Folder.names(folder).filter { $0.hasPrefix("journeys-") }
    let next = (names.compactMap { UInt32($0.dropFirst(9)) }.max() ?? 0) + 1
    let name = "journeys-\(next)"
    let view = try JourneysView.open("\(folder)/\(name)", name: name, create: true)
    var reader = FactReader(catalogue: AttributeCatalogue())
    let facts = try readFacts(size: size, participants: participants, &reader, progress)
    try write(facts, reader.catalogue, size: size, to: view)
    try view.environment.sync()
    try view.environment.close()
    try Folder.replace("\(folder)/journeys", with: Array(name.utf8).span)
    opened.withLock { $0 = nil }
    for old in names { try Folder.remove("\(folder)/\(old)") }
    return Refresh(size: size, records: size, wasRebuilt: true)
  }

  /// Reads and opens the whole log; two threads open seals while a third piece of work waits.
  private func readFacts(
    size: UInt64, participants: UInt32, _ reader: inout FactReader, _ progress: Progress
  ) throws -> FactColumns {
    var facts = FactColumns(participants: Int(participants))
    let opener = RecordOpener(log.keyring)
    var position: UInt64 = 0
    while position < size {
      let end = min(size, position + 32_768)
      for read in try opener.open(try log.records(position..<end)) {
        guard read.header.stream.kind == .participant else { continue }
        let ref = read.header.stream.ref
        guard ref < participants else { continue }
        if facts.firstRecorded[Int(ref)] == FoldedJourney.open {
          facts.firstRecorded[Int(ref)] = read.header.position.number
        }
        if let fact = reader.fact(of: read) { facts.add(fact, ref) }
      }
      position = end
      progress(position, size)
    }
    return facts
  }

  private func write(
    _ facts: FactColumns, _ catalogue: AttributeCatalogue, size: UInt64, to view: OpenView
  ) throws {
    let (starts, indices) = facts.indicesByParticipant()
    let participants = facts.firstRecorded.count
    let checkpoint = try ViewCheckpoint(
      log: log, size: size, participants: UInt32(participants))
    let blocks = (participants + JourneyBlock.width - 1) / JourneyBlock.width
    var written = 0
    repeat {
      // Some hundred blocks a transaction bound what LMDB holds in memory.
      let begin = written
      let end = min(blocks, begin + 256)
      let bytes = try concurrentMap(2) { half in
        (begin..<end).filter { $0 % 2 == half }.map { number in
          let first = number * JourneyBlock.width
          let journeys = (first..<min(participants, first + JourneyBlock.width)).map { ref in
            FoldedJourney(
              firstRecorded: facts.firstRecorded[ref],
              facts: indices[starts[ref]..<starts[ref + 1]].map { facts.fact(Int($0)) })
          }
          return (number, JourneyBlock(firstRef: UInt32(first), journeys, catalogue).bytes)
        }
      }.flatMap { $0 }.sorted { $0.0 < $1.0 }
      try view.environment.write { transaction in
        for (number, block) in bytes {
          try transaction.append(key: UInt32(number), value: block.span, to: view.blocks)
        }
        if end == blocks { try view.put(checkpoint, catalogue, in: &transaction) }
      }
      written = end
    } while written < blocks
  }
}
