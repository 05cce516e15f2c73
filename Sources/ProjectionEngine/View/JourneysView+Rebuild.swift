import EventLog
import Files
import Journey
import LMDB
import Synchronization

extension JourneysView {
  /// Makes the view anew beside the old one and switches when it is complete.
  ///
  /// Whoever reads the old view meanwhile is not disturbed.
  @discardableResult
  public func rebuild(progress: Progress = { _, _ in }) throws(ViewError) -> Refresh {
    do {
      try Folder.create(folder)
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
    // Each thread reads the log for its own blocks of participants, with its own keys, facts and
    // catalogue, so that neither waits for the other.
    var lanes = try concurrentMap(2) { index in
      try RebuildLane(index, log, size: size, participants: participants) {
        if index == 0 { progress($0, size) }
      }
    }
    var catalogue = lanes[0].reader.catalogue
    for index in lanes.indices.dropFirst() {
      lanes[index].facts.renumber(catalogue.take(in: lanes[index].reader.catalogue))
    }
    try write(lanes.map(\.facts), catalogue, size: size, to: view)
    try view.environment.sync()
    try view.environment.close()
    try Folder.replace("\(folder)/journeys", with: Array(name.utf8).span)
    opened.withLock { $0 = nil }
    for old in names { try Folder.remove("\(folder)/\(old)") }
    return Refresh(size: size, records: size, wasRebuilt: true)
  }

  private func write(
    _ lanes: [FactColumns], _ catalogue: AttributeCatalogue, size: UInt64, to view: OpenView
  ) throws {
    let sorted = try concurrentMap(lanes.count) { lanes[$0].indicesByParticipant() }
    let participants = lanes[0].firstRecorded.count
    let checkpoint = try ViewCheckpoint(
      log: log, size: size, participants: UInt32(participants))
    let blocks = (participants + JourneyBlock.width - 1) / JourneyBlock.width
    var written = 0
    repeat {
      // Some hundred blocks a transaction bound what LMDB holds in memory.
      let begin = written
      let end = min(blocks, begin + 256)
      let bytes = try concurrentMap(lanes.count) { lane in
        let facts = lanes[lane]
        let (starts, indices) = sorted[lane]
        return (begin..<end).filter { $0 % lanes.count == lane }.map { number in
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

/// One thread's share of a rebuild: the participants of every second block.
private struct RebuildLane: Sendable {
  var reader = FactReader(catalogue: AttributeCatalogue())
  var facts: FactColumns

  init(
    _ index: Int, _ log: EventLog, size: UInt64, participants: UInt32,
    progress: (UInt64) -> Void
  ) throws {
    facts = FactColumns(participants: Int(participants))
    var keys = KeyCache(log.keyring, blockSize: 256)
    var position: UInt64 = 0
    while position < size {
      let end = min(size, position + 16_384)
      let records = try log.records(position..<end) { stream in
        stream.kind == .participant && stream.ref < participants
          && Int(stream.ref) / JourneyBlock.width % 2 == index
      }
      for record in records {
        let ref = record.header.stream.ref
        if facts.firstRecorded[Int(ref)] == FoldedJourney.open {
          facts.firstRecorded[Int(ref)] = record.header.position.number
        }
        // The view holds no other group, so the seals of others stay shut.
        guard record.header.group == .record else { continue }
        if let fact = reader.fact(of: try keys.open(record)) { facts.add(fact, ref) }
      }
      position = end
      progress(position)
    }
  }
}
