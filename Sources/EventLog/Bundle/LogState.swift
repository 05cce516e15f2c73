import Files
import Keyring
import LMDB

/// What a log was at one size, so that a later one can be seen to continue it.
///
/// Records and tree follow from size and root. The other tables have digests of their own, because
/// entries are also changed in place there.
public struct LogState: Sendable, Equatable {
  /// One table that does not follow from the records.
  public struct Table: Sendable, Equatable {
    /// The name of the database.
    public let name: String
    /// The number of its entries.
    public let entries: UInt64
    /// SHA-256 over them: key length u16, key, value length u32, value, in the order of keys.
    public let digest: [UInt8]

    /// States what a table holds.
    public init(name: String, entries: UInt64, digest: [UInt8]) {
      self.name = name
      self.entries = entries
      self.digest = digest
    }
  }

  /// The name of the log.
  public let origin: String
  /// The number of records.
  public let size: UInt64
  /// The Merkle root over them.
  public let root: [UInt8]
  /// The number of participants ever admitted.
  public let participants: UInt32
  /// The other tables, by name.
  public let tables: [Table]

  /// States what a log is.
  public init(
    origin: String, size: UInt64, root: [UInt8], participants: UInt32, tables: [Table]
  ) {
    self.origin = origin
    self.size = size
    self.root = root
    self.participants = participants
    self.tables = tables
  }
}

extension LogImage {
  /// Tables that follow from the records.
  static let derivedTables: Set<String> = ["records", "streams", "tree"]

  /// The tables that do not follow from the records, whoever made them.
  func sideTables() throws(LogError) -> [(name: String, database: Database)] {
    do {
      var tables: [(name: String, database: Database)] = []
      for name in try environment.databaseNames() where !LogImage.derivedTables.contains(name) {
        tables.append((name, try environment.database(name)))
      }
      return tables
    } catch { throw LogError(wrapping: error) }
  }

  /// The state of the image, tables included; reads all of these in one snapshot.
  public func state() throws(LogError) -> LogState {
    let side = try sideTables()
    return try reading { transaction in
      let size = try tables.size(transaction)
      let root = try tables.confirmedRoot(size: size, transaction)
      return LogState(
        origin: origin, size: size, root: root,
        participants: try tables.participantCount(transaction),
        tables: try side.map { name, database in
          var digest = TableDigest()
          var cursor = try transaction.cursor(database)
          while let entry = try cursor.next() { digest.add(entry.key, entry.value) }
          return LogState.Table(name: name, entries: digest.entries, digest: digest.value)
        })
    }
  }
}

/// The digest over the entries of a table, and their form in a bundle.
struct TableDigest {
  private var digest = RunningDigest()
  private var pending: [UInt8] = []
  private(set) var entries: UInt64 = 0

  /// Appends an entry as it is digested and stored: key length u16, key, value length u32, value.
  static func append(_ key: Span<UInt8>, _ value: Span<UInt8>, to bytes: inout [UInt8]) {
    bytes.appendBigEndian(UInt16(key.count))
    bytes += key.copied()
    bytes.appendBigEndian(UInt32(value.count))
    bytes += value.copied()
  }

  mutating func add(_ key: Span<UInt8>, _ value: Span<UInt8>) {
    TableDigest.append(key, value, to: &pending)
    entries += 1
    if pending.count >= 1 << 16 { settle() }
  }

  private mutating func settle() {
    digest.add(pending)
    pending.removeAll(keepingCapacity: true)
  }

  var value: [UInt8] {
    var copy = self
    copy.settle()
    return copy.digest.value
  }
}
