import Files
import LMDB

extension LogImage {
  /// Writes what the log got since an earlier state into a new file, as sealed bytes.
  ///
  /// The tables are read in one snapshot that ends before the records are read; these are read in
  /// batches of one short snapshot each. So a writer beside it is held back by nothing, and the
  /// file by no more than the pages of one pass over the small tables.
  ///
  /// - Parameter earlier: A state of this log; the bundle continues it.
  /// - Returns: The state that the bundle leads to, and its bytes on disk.
  /// - Throws: `BundleProblem.otherHistory` when the log does not continue the earlier state,
  ///   `LogError`, `FileError`.
  public func writeBundle(
    since earlier: LogState, to path: String, progress: (UInt64, UInt64) -> Void = { _, _ in }
  ) throws -> (state: LogState, bytes: Int) {
    guard earlier.origin == origin else { throw BundleProblem.otherOrigin(earlier.origin) }
    let size = try size()
    guard earlier.size <= size, try root(size: earlier.size) == earlier.root else {
      throw BundleProblem.otherHistory(size: earlier.size)
    }
    let side = try sideTables()
    var output = try BundleOutput(path)
    var state = earlier
    try environment.read { transaction in
      state = try writeHeadAndTables(since: earlier, side, transaction, &output)
    }
    var next = earlier.size
    while next < state.size {
      next = try writeRecords(from: next, upTo: state.size, &output)
      progress(next - earlier.size, state.size - earlier.size)
    }
    return (state, try output.finish())
  }

  private func writeHeadAndTables(
    since earlier: LogState, _ side: [(name: String, database: Database)],
    _ transaction: borrowing ReadTransaction, _ output: inout BundleOutput
  ) throws -> LogState {
    let size = try tables.size(transaction)
    let root = try tables.confirmedRoot(size: size, transaction)
    let proof = try MerkleTiles.consistency(from: earlier.size, to: size) {
      try tables.tile($0, $1, transaction)
    }
    let participants = try tables.participantCount(transaction)
    let head = BundleHead(
      origin: origin, from: earlier.size, to: size, earlierRoot: earlier.root, laterRoot: root,
      participants: participants, proof: proof)
    guard head.holds else { throw BundleProblem.otherHistory(size: earlier.size) }
    try output.write(head.bytes)
    var states: [LogState.Table] = []
    for (name, database) in side {
      states.append(try writeTable(name, database, since: earlier, transaction, &output))
    }
    return LogState(
      origin: origin, size: size, root: root, participants: participants, tables: states)
  }

  /// Writes the new entries of a table or, when others changed too, all of them.
  private func writeTable(
    _ name: String, _ database: Database, since earlier: LogState,
    _ transaction: borrowing ReadTransaction, _ output: inout BundleOutput
  ) throws -> LogState.Table {
    let before = earlier.tables.first { $0.name == name }
    var whole = TableDigest()
    var old = TableDigest()
    var cursor = try transaction.cursor(database)
    while let entry = try cursor.next() {
      whole.add(entry.key, entry.value)
      if !LogImage.isNew(entry.key, entry.value, in: name, since: earlier) {
        old.add(entry.key, entry.value)
      }
    }
    let state = LogState.Table(name: name, entries: whole.entries, digest: whole.value)
    if state == before { return state }
    let isAdded = before?.digest == old.value && before?.entries == old.entries
    var frame = [BundleFrame.table.rawValue, isAdded ? 0 : 1, UInt8(name.utf8.count)]
    frame += name.utf8
    frame.appendBigEndian(isAdded ? whole.entries - old.entries : whole.entries)
    try output.write(frame)
    var again = try transaction.cursor(database)
    while let entry = try again.next() {
      if isAdded, !LogImage.isNew(entry.key, entry.value, in: name, since: earlier) { continue }
      var bytes: [UInt8] = []
      TableDigest.append(entry.key, entry.value, to: &bytes)
      try output.write(bytes)
    }
    return state
  }

  /// Whether an entry says by itself that it is younger than a state.
  private static func isNew(
    _ key: Span<UInt8>, _ value: Span<UInt8>, in table: String, since earlier: LogState
  ) -> Bool {
    switch table {
    case "requests":
      EntryChecksum.fits(value, EntryChecksum.Length.request)
        && value.bigEndian64(at: 0) >= earlier.size
    case "participants":
      EntryChecksum.fits(value, EntryChecksum.Length.participant)
        && value.bigEndian32(at: 0) >= earlier.participants
    case EventLog.checkpointTable: key.count == 8 && key.bigEndian64(at: 0) > earlier.size
    default: false
    }
  }

  private static let batchRecords = 16_384
  private static let batchBytes = 8 << 20

  private func writeRecords(
    from first: UInt64, upTo end: UInt64, _ output: inout BundleOutput
  ) throws -> UInt64 {
    var frame: [UInt8] = []
    let next: UInt64 = try environment.read { transaction in
      var cursor = try transaction.cursor(tables.records)
      var entry = try cursor.seek(to: first)
      var next = first
      while let current = entry, next < end, next - first < UInt64(LogImage.batchRecords),
        frame.count < LogImage.batchBytes
      {
        guard current.uint64Key == next else {
          throw LogError.truncated(path: folder, what: "record \(Position(next))")
        }
        // A record that cannot be read is never carried on.
        _ = try EventLog.header(current.value, at: next)
        frame.appendBigEndian(UInt32(current.value.count))
        frame += current.value.copied()
        next += 1
        entry = try cursor.next()
      }
      return next
    }
    guard next > first else {
      throw LogError.truncated(path: folder, what: "record \(Position(first))")
    }
    var head = [BundleFrame.records.rawValue]
    head.appendBigEndian(first)
    head.appendBigEndian(UInt32(next - first))
    try output.write(head)
    try output.write(frame)
    return next
  }
}
