import EventLog
import Files
import Journey
import Keyring
import LMDB
import Synchronization

extension JourneysView {
  /// Makes the view anew beside the old one and switches when it is complete.
  ///
  /// Whoever reads the old view meanwhile is not disturbed.
  @discardableResult
  public func rebuild(progress: Progress = { _, _ in }) throws(ViewError) -> Refresh {
    do {
      try requireWholeRecord()
      try Folder.create(folder)
      let lock = try WriterLock(directory: folder, waitingAtMost: .seconds(60))
      defer { withExtendedLifetime(lock) {} }
      try log.checkKeys()
      return try rebuildHoldingLock(progress: progress)
    } catch { throw ViewError(wrapping: error) }
  }

  /// The view holds everybody's record, and all who ask share it: keys that open less must not make
  /// it, and must not read it.
  func requireWholeRecord() throws {
    do throws(KeyringError) {
      try log.keyring.require([.group(.record), .everySubproject])
    } catch { throw LogError.keys(error) }
  }

  func rebuildHoldingLock(progress: Progress) throws -> Refresh {
    let names = try Folder.names(folder).filter { $0.hasPrefix("journeys-") }
    let next = (names.compactMap { UInt32($0.dropFirst(9)) }.max() ?? 0) + 1
    let name = "journeys-\(next)"
    let refresh: Refresh
    do {
      refresh = try make(name, progress)
      try Folder.replace("\(folder)/journeys", with: Array(name.utf8).span)
    } catch {
      // On a full disk half a view would take the room that others need.
      try? Folder.remove("\(folder)/\(name)")
      throw error
    }
    opened.withLock { $0 = nil }
    for old in names { try Folder.remove("\(folder)/\(old)") }
    return refresh
  }

  /// Makes a whole view under a name, which nobody uses yet.
  private func make(_ name: String, _ progress: Progress) throws -> Refresh {
    let size = try log.size()
    let participants = try log.participantCount()
    let days = try RecordedDays(log, size: size)
    let view = try JourneysView.open("\(folder)/\(name)", name: name, create: true)
    var catalogue = AttributeCatalogue()
    var marks: [PersonMark] = []
    var restricted: Set<UInt32> = []
    let portions = RebuildPortions(
      participants: participants, records: size, recordsInPortion: thresholds.recordsInPortion)
    var begin: UInt64 = 0
    for (number, refs) in portions.enumerated() {
      // Each thread reads the log for its own blocks of participants, with its own keys, facts and
      // catalogue, so that neither waits for the other.
      let positions = begin..<size
      var lanes = try concurrentMap(2) { index in
        try RebuildLane(index, log, positions, refs: refs) { position in
          let done = (UInt64(number) * size + position) / UInt64(portions.count)
          if index == 0 { progress(done, size) }
        }
      }
      begin = lanes.map(\.next).min() ?? size
      for index in lanes.indices {
        lanes[index].facts.renumber(catalogue.take(in: lanes[index].reader.catalogue))
        marks = marks.adding(lanes[index].reader.marks)
        restricted.formUnion(lanes[index].reader.restricted)
      }
      try write(lanes.map(\.facts), catalogue, days, to: view)
    }
    let checkpoint = try ViewCheckpoint(log: log, size: size, participants: participants)
    let followed = log.keysFollowed
    let linked = MergeHistory(marks, participants: participants).linked.sorted()
    let (journeys, reader) = try fold(linked, size: size, catalogue)
    for ref in restricted {
      let events = try log.events(of: StreamID(.participant, ref), size: size)
      marks = marks.adding(PersonMark.marks(ofRestricted: ref, events))
    }
    try view.environment.write { transaction in
      for (ref, journey) in journeys {
        let block = JourneyBlock(
          firstRef: ref, [journey], reader.catalogue, inFull: true, days: days
        ).bytes
        try transaction.put(key: ref, value: block.span, in: view.overlay)
      }
      try view.put(checkpoint, reader.catalogue, marks, days, in: &transaction)
      try view.put(keysFollowed: followed, in: &transaction)
      try view.putExtent(in: &transaction)
    }
    try view.environment.sync()
    try view.environment.close()
    return Refresh(size: size, records: size, wasRebuilt: true)
  }

  /// Folds the facts of consecutive participants and appends their blocks.
  private func write(
    _ lanes: [FactColumns], _ catalogue: AttributeCatalogue, _ days: RecordedDays,
    to view: OpenView
  ) throws {
    let sorted = concurrentMap(lanes.count) { lanes[$0].indicesByParticipant() }
    let refs = lanes[0].refRange
    let blocks = refs.lowerBound / JourneyBlock.width..<JourneyBlock.blockCount(refs.upperBound)
    // So few blocks a transaction bound what this and LMDB hold of them: about half a megabyte each, twice.
    for begin in stride(from: blocks.lowerBound, to: blocks.upperBound, by: 16) {
      let end = min(blocks.upperBound, begin + 16)
      let bytes = concurrentMap(lanes.count) { lane in
        let facts = lanes[lane]
        let (starts, indices) = sorted[lane]
        return (begin..<end).filter { $0 % lanes.count == lane }.map { number in
          let first = number * JourneyBlock.width
          let journeys = (first..<min(refs.upperBound, first + JourneyBlock.width)).map { ref in
            let place = ref - refs.lowerBound
            return FoldedJourney(
              firstRecorded: facts.firstRecorded[place],
              facts: indices[starts[place]..<starts[place + 1]].map { facts.fact(Int($0)) })
          }
          let block = JourneyBlock(firstRef: UInt32(first), journeys, catalogue, days: days)
          return (number, block.bytes)
        }
      }.flatMap { $0 }.sorted { $0.0 < $1.0 }
      try view.environment.write { transaction in
        for (number, block) in bytes {
          try transaction.append(key: UInt32(number), value: block.span, to: view.blocks)
        }
      }
    }
  }
}

/// The participants in portions of whole blocks, each with about as many records as are held at
/// once, supposing that nobody has many more than others.
struct RebuildPortions: Sequence {
  let participants: Int
  let width: Int
  let count: Int

  /// More portions than these would read the log's headers more often than its size is worth: the
  /// portions of a larger log hold more records.
  static let most = 6

  init(participants: UInt32, records: UInt64, recordsInPortion: UInt64) {
    self.participants = Int(participants)
    let wanted = Swift.min(
      RebuildPortions.most,
      Int(Swift.max(1, (records + recordsInPortion - 1) / recordsInPortion)))
    let blocks = JourneyBlock.blockCount(self.participants)
    width = Swift.max(1, (blocks + wanted - 1) / wanted) * JourneyBlock.width
    count = Swift.max(1, (self.participants + width - 1) / width)
  }

  /// Ranges of refs, one after the other; a single empty one when there is nobody.
  func makeIterator() -> some IteratorProtocol<Range<Int>> {
    (0..<count).lazy.map { $0 * width..<Swift.min(participants, ($0 + 1) * width) }.makeIterator()
  }
}

/// One thread's share of a portion: the participants of every second block.
private struct RebuildLane: Sendable {
  var reader = FactReader(catalogue: AttributeCatalogue())
  var facts: FactColumns
  /// The position before which nothing stands of participants behind the portion.
  private(set) var next: UInt64

  init(
    _ index: Int, _ log: EventLog, _ positions: Range<UInt64>, refs: Range<Int>,
    progress: (UInt64) -> Void
  ) throws {
    facts = FactColumns(of: refs)
    let size = positions.upperBound
    next = size
    var keys = KeyCache(log.keyring, blockSize: 256)
    let erased = try log.erasedParticipants()
    var position = positions.lowerBound
    while position < size {
      let end = Swift.min(size, position + 16_384)
      var isBehind = false
      let records = try log.records(position..<end) { stream in
        guard stream.kind == .participant else { return false }
        if Int(stream.ref) >= refs.upperBound { isBehind = true }
        return refs.contains(Int(stream.ref))
          && Int(stream.ref) / JourneyBlock.width % 2 == index && !erased.contains(stream.ref)
      }
      if isBehind { next = Swift.min(next, position) }
      for record in records {
        facts.note(record.header.stream.ref, firstRecordedAt: record.header.position.number)
        // The view holds no other group, so the seals of others stay shut.
        guard record.header.group == .record else { continue }
        let event = try keys.open(record)
        // Who was erased by order is left out above.
        if event.isErased {
          try log.requireOrder(toErase: ParticipantRef(record.header.stream.ref))
        }
        if let fact = reader.fact(of: event) {
          facts.add(fact, record.header.stream.ref)
        }
      }
      position = end
      progress(position)
    }
  }
}
