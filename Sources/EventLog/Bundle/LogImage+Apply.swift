import Files
import Keyring
import LMDB

/// Facts about a bundle that every byte of it was checked for.
public struct BundleFacts: Sendable, Equatable {
  /// The name of the log.
  public let origin: String
  /// The size that it continues.
  public let from: UInt64
  /// The size that it leads to.
  public let to: UInt64
  /// The root at the end.
  public let root: [UInt8]
}

extension LogImage {
  /// Reads a bundle from end to end without using it: form, proof and digest.
  ///
  /// - Throws: `BundleProblem`, `FileError`.
  public static func checkBundle(_ path: String) throws -> BundleFacts {
    var input = try BundleInput(path)
    let head = try input.head()
    var next = head.from
    frames: while true {
      switch BundleFrame(rawValue: try input.byte()) {
      case .records:
        guard try input.number64() == next else { throw BundleProblem.damaged }
        let count = try input.number32()
        for _ in 0..<count { _ = try input.take(Int(input.number32())) }
        let (end, isTooFar) = next.addingReportingOverflow(UInt64(count))
        if isTooFar { throw BundleProblem.damaged }
        next = end
      case .table:
        _ = try input.byte()
        _ = try input.take(Int(input.byte()))
        for _ in 0..<(try input.number64()) {
          _ = try input.take(input.short())
          _ = try input.take(Int(input.number32()))
        }
      case .end:
        try input.checkEnd()
        break frames
      case nil: throw BundleProblem.damaged
      }
    }
    guard next == head.to else { throw BundleProblem.damaged }
    return BundleFacts(origin: head.origin, from: head.from, to: head.to, root: head.laterRoot)
  }

  /// Brings this image from the state at which a bundle begins to the one at which it ends.
  ///
  /// Streams and tree are made from the records; every record must be the next one of the log and
  /// of its stream. Check the bundle before: what was applied when this throws stays, so an image
  /// in use is never the place for it.
  ///
  /// - Throws: `BundleProblem`, `LogError`, `FileError`.
  public func apply(bundle path: String) throws {
    var input = try BundleInput(path)
    let head = try input.head()
    guard head.origin == origin else { throw BundleProblem.otherOrigin(head.origin) }
    let size = try size()
    guard head.from == size else { throw BundleProblem.gap(size: size, from: head.from) }
    guard try root(size: size) == head.earlierRoot else {
      throw BundleProblem.otherHistory(size: size)
    }
    frames: while true {
      switch BundleFrame(rawValue: try input.byte()) {
      case .records: try applyRecords(&input)
      case .table: try applyTable(&input)
      case .end:
        try input.checkEnd()
        break frames
      case nil: throw BundleProblem.damaged
      }
    }
    guard try self.size() == head.to, try root(size: head.to) == head.laterRoot else {
      throw BundleProblem.damaged
    }
  }

  private func applyRecords(_ input: inout BundleInput) throws {
    let first = try input.number64()
    let count = try input.number32()
    var records: [[UInt8]] = []
    records.reserveCapacity(Int(min(count, 1 << 16)))
    for _ in 0..<count { records.append(try input.take(Int(input.number32()))) }
    let taken = records
    try environment.write { transaction in
      guard try LogImage.size(transaction, tables) == first else { throw BundleProblem.damaged }
      try append(stored: taken, at: first, in: &transaction)
    }
  }

  /// Appends records as another copy of the log stored them.
  private func append(
    stored records: [[UInt8]], at first: UInt64, in transaction: inout WriteTransaction
  ) throws {
    var heads: [StreamID: CommitSession.Head] = [:]
    var leaves: [UInt8] = []
    var position = first
    for record in records {
      let header = try LogImage.checkedHeader(record, at: position)
      let known = try heads[header.stream] ?? storedHead(of: header.stream, transaction)
      guard header.streamVersion == known.version + 1, header.previous == known.last else {
        throw BundleProblem.record(Position(position))
      }
      heads[header.stream] = .init(version: header.streamVersion, last: Position(position))
      try transaction.append(key: position, value: record.span, to: tables.records)
      leaves += MerkleHash.leaf(record.span)
      position += 1
    }
    for (stream, head) in heads.sorted(by: { $0.key.sortKey < $1.key.sortKey }) {
      var value: [UInt8] = []
      value.appendBigEndian(head.version)
      value.appendBigEndian(head.last?.number ?? 0)
      let key = stream.key
      let entry = EntryChecksum.adding(to: value, under: key)
      try transaction.put(key: key.span, value: entry.span, in: tables.streams)
    }
    try tables.add(leaves: leaves, to: first, &transaction)
  }

  private static func checkedHeader(
    _ record: [UInt8], at position: UInt64
  ) throws -> RecordHeader {
    let header: RecordHeader
    do throws(RecordProblem) { header = try RecordFormat.decode(record.span) } catch {
      throw BundleProblem.record(Position(position))
    }
    guard header.position.number == position else {
      throw BundleProblem.record(Position(position))
    }
    return header
  }

  private func storedHead(
    of stream: StreamID, _ transaction: borrowing WriteTransaction
  ) throws -> CommitSession.Head {
    guard
      let value = try tables.entry(
        stream.key, in: tables.streams, length: EntryChecksum.Length.stream, transaction)
    else { return .init(version: 0, last: nil) }
    return .init(version: value.bigEndian32(at: 0), last: Position(value.bigEndian64(at: 4)))
  }

  private func applyTable(_ input: inout BundleInput) throws {
    let replaces = try input.byte() == 1
    let name = String(decoding: try input.take(Int(input.byte())), as: UTF8.self)
    guard !LogImage.derivedTables.contains(name) else { throw BundleProblem.damaged }
    let count = try input.number64()
    let table = try environment.createDatabase(name)
    if replaces { try environment.write { try $0.clear(table) } }
    var done: UInt64 = 0
    while done < count {
      var entries: [(key: [UInt8], value: [UInt8])] = []
      while done < count, entries.count < 100_000 {
        let key = try input.take(input.short())
        entries.append((key, try input.take(Int(input.number32()))))
        done += 1
      }
      let portion = entries
      try environment.write { transaction in
        for entry in portion {
          try transaction.put(key: entry.key.span, value: entry.value.span, in: table)
        }
      }
    }
  }

  /// Notes in the log itself that it was restored: an id of this life of it, when, and from where.
  ///
  /// - Throws: `LogError`.
  public func noteLineage(_ line: String) throws(LogError) {
    do {
      let key = Array(EventLog.lineageName.utf8)
      try environment.write { transaction in
        var text = try transaction.value(for: key.span, in: tables.meta)?.copied() ?? []
        text += Array("\(line)\n".utf8)
        try transaction.put(key: key.span, value: text.span, in: tables.meta)
      }
    } catch { throw LogError(wrapping: error) }
  }

  /// The lives of the log after restores, oldest first; empty for a log that was never restored.
  public func lineage() throws(LogError) -> [String] {
    try reading { transaction in
      let text = try EventLog.meta(EventLog.lineageName, transaction, tables) ?? []
      return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    }
  }
}

extension EventLog {
  /// The name in `meta` under which restores are noted.
  static let lineageName = "lineage"

  /// Signs what a copy of this log says about itself, without noting the signature in the log.
  ///
  /// For backups, which are made beside a writer. Nil where the keys hold none that signs.
  ///
  /// - Throws: `LogError.forked` when the copy does not continue the checkpoint signed last.
  public func signCopy(_ state: LogState) throws(LogError) -> SignedCheckpoint? {
    guard let key = verifierKey else { return nil }
    guard try root(size: state.size) == state.root, try nextCheckpoint().size >= state.size else {
      throw .forked(signed: state.size, size: try size())
    }
    do {
      return try SignedCheckpoint(
        Checkpoint(origin: origin, size: state.size, root: state.root), by: key
      ) { message throws(KeyringError) in try keyring.sign(message) }
    } catch { throw LogError(wrapping: error) }
  }
}
