import EventLog
import Imports
import Journey
import Keyring
import TestSupport

extension Trial {
  /// Brings files in as an import does: one event begins it, its events name that one, one ends it.
  ///
  /// Now and then somebody else stores something meanwhile, or it is broken off.
  func importFiles(using random: inout SeededGenerator) throws {
    let code = "I-2024-\(1000 + naive.imports.count)"
    let begun = naive.entries.count
    try tell(
      AppendRequest([
        .init(
          .stream(.system), expecting: .any,
          [
            JourneyEvent(.importBatchBegun, on: MadeUp.date(using: &random))
              .with(Fields.batchCode, code).with(Fields.contentDigest, "00")
          ])
      ]))
    naive.imports.append(.init(code: code, begun: begun))
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      if random.chance(20) { try tell(append(using: &random)) }
      var request = random.chance(60) ? admission(using: &random) : append(using: &random)
      for part in request.parts.indices {
        for event in request.parts[part].events.indices {
          request.parts[part].events[event][Fields.batch] = begun
        }
      }
      try tell(request)
    }
    if random.chance(15) { return }
    let ended = naive.entries.count
    try tell(
      AppendRequest([
        .init(
          .stream(.system), expecting: .any,
          [
            JourneyEvent(.importBatchEnded, on: MadeUp.date(using: &random))
              .with(Fields.batchCode, code)
          ])
      ]))
    naive.imports[naive.imports.count - 1].ended = ended
  }

  /// Undoes an import, or only asks what that would do.
  func undoImport(using random: inout SeededGenerator) throws {
    guard let place = naive.imports.indices.randomElement(using: &random) else { return }
    let known = naive.imports[place]
    let clock = clock
    let log = try log
    guard let batch = try ImportBatch.list(log).first(where: { $0.code == known.code }) else {
      throw Mismatch("an import", store: "not there", model: known)
    }
    let undo = ImportUndo(
      batch, in: log, author: "B-1", role: .coordinator, reason: "wrong file", now: { clock.time })
    guard let ended = known.ended else {
      return try compare("undoing what was broken off is refused", isRefused(undo), true)
    }
    let expected = NaiveUndo(naive, begun: known.begun, ended: ended)
    let stores = !random.chance(20)
    let outcome = try undo.run(stores: stores)
    note("\(known.code)\(stores ? "" : ", only asked"): \(outcome)")
    try compare("what undoing \(known.code) does", outcome, expected.outcome)
    tally.undone += stores ? outcome.reversed : 0
    try takeIn(stores ? expected : nil, wasUndone: known.isUndone)
    if stores { naive.imports[place].isUndone = true }
  }

  private func isRefused(_ undo: ImportUndo) throws -> Bool {
    do { _ = try undo.run(stores: true) } catch {
      if case .unfinished = error { return true }
      throw error
    }
    return false
  }

  /// Compares what an undo wrote with what it should have written, and takes it in.
  private func takeIn(_ undo: NaiveUndo?, wasUndone: Bool) throws {
    var expected: [(stream: StreamID, target: Int?)] = (undo?.takenBack ?? []).flatMap { taken in
      taken.positions.map { (StreamID(.participant, taken.ref), $0) }
    }
    if let undo, undo.outcome.reversed > 0 || !wasUndone { expected.append((.system, nil)) }
    let log = try log
    let start = UInt64(naive.entries.count)
    try compare("size behind an undo", Int(try log.size()), Int(start) + expected.count)
    var opener = KeyCache(log.keyring, blockSize: 8)
    let found = try log.records(start..<(try log.size())).map { try opener.open($0) }
    for (read, expected) in zip(found, expected) {
      try compare("stream of what an undo wrote", read.header.stream, expected.stream)
      try compare("target of what an undo wrote", read.event?[Fields.target], expected.target)
      try compare(
        "type of what an undo wrote", read.event?.type,
        expected.target == nil ? .importBatchRolledBack : .eventRetracted)
      if let event = read.event { naive.note(event, of: expected.stream, at: clock.time) }
    }
  }

  /// Compares the list of imports.
  func compareImports() throws {
    let found = try ImportBatch.list(try log).map { batch in
      NaiveLog.Import(
        code: batch.code, begun: Int(batch.begun.number),
        ended: batch.ended.map { Int($0.number) }, isUndone: batch.isUndone)
    }
    try compare("imports", found, naive.imports)
  }
}
