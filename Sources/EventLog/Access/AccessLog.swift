import Files
import Keyring
import LMDB

/// The log of who read whose data: append-only, with a Merkle tree of its own.
///
/// Lies in `access/`, an environment of its own, so that a reader never waits for an importer. Every
/// key of the store seals entries, only the data-protection officer's and the root key open them.
/// `docs/log-format.md` shows every byte.
public final class AccessLog: Sendable {
  /// Bytes of an entry before what is sealed: checksum u32, format u8, zeros 3, position u64, time i64.
  static let headerSize = 24
  static let format: UInt8 = 1
  private static let formatKey = Array("format".utf8)

  let environment: Environment
  let records: Database
  let tree: Database
  private let meta: Database
  let keyring: Keyring

  /// Opens the access log of a store; makes one where there is none.
  init(_ path: String, keyring: Keyring) throws {
    self.keyring = keyring
    if !Folder.exists("\(path)/data.mdb") { try AccessLog.create(path) }
    environment = try Environment(path: path)
    records = try environment.database("records")
    tree = try environment.database("tree")
    meta = try environment.database("meta")
    let found = try environment.read { [meta] transaction in
      try transaction.value(for: AccessLog.formatKey.span, in: meta)?.copied()
    }
    guard let found, found.count == 4, found.bigEndian32(at: 0) <= 1 else {
      throw LogError.newerVersion(
        path: path, version: found?.count == 4 ? found?.bigEndian32(at: 0) ?? 0 : 0)
    }
  }

  /// Makes an empty access log, which appears as a whole.
  ///
  /// Built beside and renamed: a write that fails while LMDB lays out the file would leave one that
  /// nobody can open again.
  private static func create(_ path: String) throws {
    let building = "\(path).building-\(ContentDigest.hex(RandomBytes.make(8)))"
    do {
      let environment = try Environment(path: building, options: .creating)
      try environment.write { transaction in
        for name in ["records", "tree"] { _ = try transaction.create(name) }
        let meta = try transaction.create("meta")
        let value: [UInt8] = [0, 0, 0, 1]
        try transaction.put(key: formatKey.span, value: value.span, in: meta)
      }
      try environment.close()
      try Folder.sync(building)
      if Folder.exists(path) { try Folder.removeEmpty(path) }
      try Folder.rename(building, to: path)
    } catch {
      try? Folder.remove(building)
      // Another process may have been first; its log is as good. A name that was not flushed is not.
      let isTaken = (error as? FileError).map { [.rename, .remove].contains($0.action) } ?? false
      guard isTaken, Folder.exists("\(path)/data.mdb") else { throw error }
    }
  }

  /// The number of entries.
  public func size() throws(LogError) -> UInt64 {
    do {
      return try environment.read { [records] transaction in
        var cursor = try transaction.cursor(records)
        return try cursor.last()?.uint64Key.map { $0 + 1 } ?? 0
      }
    } catch { throw LogError(wrapping: error) }
  }

  /// The Merkle root over the first entries.
  public func root(size: UInt64) throws(LogError) -> [UInt8] {
    do {
      return try environment.read { [tree] transaction in
        try MerkleTiles.root(size: size) { level, index in
          let key = MerkleTiles.key(level, index)
          guard let hashes = try transaction.value(for: key.span, in: tree) else {
            throw LogError.truncated(path: environment.path, what: "tree")
          }
          return hashes.copied()
        }
      }
    } catch { throw LogError(wrapping: error) }
  }

  /// Appends an entry; when this returns it is on the device.
  func append(_ entry: AccessEntry, at time: Int64) throws {
    // Sealed before the transaction: its place is not known yet, and the tree binds it.
    var bytes: [UInt8] = [0, 0, 0, 0, AccessLog.format, 0, 0, 0]
    bytes.appendBigEndian(UInt64(0))
    bytes.appendBigEndian(UInt64(bitPattern: time))
    bytes += try keyring.sealAccess(entry.encoded, authenticating: binding(time))
    try environment.write { [records, tree] transaction in
      let position: UInt64
      do {
        var cursor = try transaction.cursor(records)
        position = try cursor.last()?.uint64Key.map { $0 + 1 } ?? 0
      }
      var record = bytes
      record.setBigEndian(position, at: 8)
      record.setBigEndian(CRC32C.checksum(record.span, from: 4), at: 0)
      try transaction.append(key: position, value: record.span, to: records)
      let tiles = try MerkleTiles.adding(MerkleHash.leaf(record.span), to: position) {
        level, index in
        let key = MerkleTiles.key(level, index)
        return try transaction.value(for: key.span, in: tree)?.copied() ?? []
      }
      for tile in tiles {
        let key = MerkleTiles.key(tile.level, tile.index)
        try transaction.put(key: key.span, value: tile.hashes.span, in: tree)
      }
    }
  }

  /// The entries from a position on, opened; at most so many.
  ///
  /// - Throws: `LogError.keys(.closed(.accessLog))` when the keys do not open them.
  public func entries(from first: UInt64, limit: Int) throws(LogError) -> [RecordedAccess] {
    do {
      let raw: [(UInt64, [UInt8])] = try environment.read { [records] transaction in
        var raw: [(UInt64, [UInt8])] = []
        var cursor = try transaction.cursor(records)
        var next = try cursor.seek(to: first)
        while let entry = next, raw.count < limit {
          if let position = entry.uint64Key { raw.append((position, entry.value.copied())) }
          next = try cursor.next()
        }
        return raw
      }
      return try raw.map { position, bytes in try open(bytes, at: position) }
    } catch { throw LogError(wrapping: error) }
  }

  func open(_ bytes: [UInt8], at position: UInt64) throws(LogError) -> RecordedAccess {
    guard bytes.count >= AccessLog.headerSize,
      bytes.bigEndian32(at: 0) == CRC32C.checksum(bytes.span, from: 4),
      bytes[4] == AccessLog.format, bytes.bigEndian64(at: 8) == position
    else { throw .record(Position(position), .checksum) }
    let time = Int64(bitPattern: bytes.bigEndian64(at: 16))
    let plain: [UInt8]
    do throws(KeyringError) {
      plain = try keyring.openAccess(
        Array(bytes[AccessLog.headerSize...]), authenticating: binding(time))
    } catch { throw .keys(error) }
    guard let entry = AccessEntry(encoded: plain) else {
      throw .record(Position(position), .malformed("entry"))
    }
    return RecordedAccess(position: position, recordedAt: time, entry: entry)
  }

  private func binding(_ time: Int64) -> [UInt8] {
    var bytes = Array("\(keyring.origin)\u{0}access".utf8)
    bytes.appendBigEndian(UInt64(bitPattern: time))
    return bytes
  }
}
