import Files
import LMDB

/// Checksums of entries outside the records, which LMDB itself would hand out damaged.
///
/// An entry is `value ‖ CRC-32C(key ‖ value)`. Entries of older programs have no checksum; their
/// length tells them apart, and they are taken as they are.
enum EntryChecksum {
  static let size = 4

  /// The lengths of values, without the checksum.
  enum Length {
    /// Version and last position.
    static let stream = 12
    /// First position, count, keyed digest.
    static let request = 44
    /// The ref of a participant.
    static let participant = 4
    /// The number of participants.
    static let count = 4
    /// A size and the root over that many records.
    static let root = 40
  }

  /// A value with its checksum behind it.
  static func adding(to value: [UInt8], under key: [UInt8]) -> [UInt8] {
    let bytes = key + value
    var entry = value
    entry.appendBigEndian(CRC32C.checksum(bytes.span))
    return entry
  }

  /// Whether an entry has the length of its table, with or without a checksum.
  static func fits(_ entry: Span<UInt8>, _ length: Int) -> Bool {
    entry.count == length || entry.count == length + size
  }

  /// Whether an entry has the length of its table and, where it has a checksum, the right one.
  static func holds(_ entry: [UInt8], length: Int, under key: [UInt8]) -> Bool {
    if entry.count == length { return true }
    guard entry.count == length + size else { return false }
    let bytes = key + entry[..<length]
    let checksum = CRC32C.checksum(bytes.span)
    return entry.bigEndian32(at: length) == checksum
  }
}

extension EventLog.Tables {
  /// The value of a key, without its checksum; nil where there is none.
  ///
  /// - Throws: `LogError.damaged` when it is not what was written, or when the entries around an
  ///   absent one show that the way to it was.
  func entry(
    _ key: [UInt8], in table: Database, length: Int,
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws -> [UInt8]? {
    guard let entry = try transaction.value(for: key.span, in: table)?.copied() else {
      try checkAbsence(of: key, in: table, length: length, transaction)
      return nil
    }
    guard EntryChecksum.holds(entry, length: length, under: key) else {
      throw LogError.damaged(path: path, what: table.name)
    }
    return Array(entry[..<length])
  }

  /// Looks at the entries between which an absent key would stand.
  ///
  /// A changed key is not found, and misleads the search for others up to its own place; a wrong
  /// page leads to entries that do not enclose the key. Either shows in the two neighbours.
  private func checkAbsence(
    of key: [UInt8], in table: Database, length: Int,
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws {
    var cursor = try transaction.cursor(table)
    var isSound = true
    if let next = try cursor.seek(to: key.span) {
      let found = next.key.copied()
      isSound =
        key.lexicographicallyPrecedes(found)
        && EntryChecksum.holds(next.value.copied(), length: length, under: found)
    }
    if isSound, let previous = try cursor.previous() {
      let found = previous.key.copied()
      isSound =
        found.lexicographicallyPrecedes(key)
        && EntryChecksum.holds(previous.value.copied(), length: length, under: found)
    } else if isSound {
      // Nothing in front: then nothing is behind either, or the table begins behind the key.
      if let first = try cursor.first() {
        isSound = key.lexicographicallyPrecedes(first.key.copied())
      }
    }
    guard isSound else { throw LogError.damaged(path: path, what: table.name) }
  }

  /// The number of participants ever admitted.
  func participantCount(
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws -> UInt32 {
    guard let count = try fact("participants", length: EntryChecksum.Length.count, transaction)
    else { throw LogError.damaged(path: path, what: meta.name) }
    return count.bigEndian32(at: 0)
  }

  /// A fact that changes with commits and has a checksum of its own.
  private func fact(
    _ name: String, length: Int, _ transaction: borrowing some Transaction & ~Copyable
  ) throws -> [UInt8]? {
    let key = Array(name.utf8)
    guard let entry = try transaction.value(for: key.span, in: meta)?.copied() else { return nil }
    guard EntryChecksum.holds(entry, length: length, under: key) else {
      throw LogError.damaged(path: path, what: meta.name)
    }
    return Array(entry[..<length])
  }

  /// The number of records in a snapshot.
  ///
  /// - Throws: `LogError.damaged` when there are fewer than the last commit wrote.
  func size(_ transaction: borrowing some Transaction & ~Copyable) throws -> UInt64 {
    let size = try LogImage.size(transaction, self)
    if let committed = try committedRoot(transaction), committed.size > size {
      throw LogError.damaged(path: path, what: records.name)
    }
    return size
  }
}

// MARK: - The facts that never change

extension EventLog.Tables {
  /// The facts of a store that are written once, in the order in which their checksum takes them.
  private static let lastingFacts = ["format", "origin", "simulated", "zone"]

  /// The checksum over the facts that are written once.
  static func checksum(ofFacts value: (_ name: String) throws -> [UInt8]?) rethrows -> [UInt8] {
    var bytes: [UInt8] = []
    for name in lastingFacts {
      let value = try value(name) ?? []
      bytes += name.utf8
      bytes.append(0)
      bytes.appendBigEndian(UInt32(value.count))
      bytes += value
    }
    var checksum: [UInt8] = []
    checksum.appendBigEndian(CRC32C.checksum(bytes.span))
    return checksum
  }
}

// MARK: - The root of the last commit

extension EventLog.Tables {
  /// The size and root that the last commit wrote beside the tree; nil in older stores.
  func committedRoot(
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws -> (size: UInt64, root: [UInt8])? {
    guard let value = try fact("root", length: EntryChecksum.Length.root, transaction) else {
      return nil
    }
    return (value.bigEndian64(at: 0), Array(value[8...]))
  }

  /// The root over the first records, which the tiles give and the last commit confirms.
  ///
  /// Tiles have no checksum. The root of the last commit has one, and a consistency proof from an
  /// earlier root to it fails when a hash on the way was changed.
  func confirmedRoot(
    size: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws -> [UInt8] {
    let root = try MerkleTiles.root(size: size) { try tile($0, $1, transaction) }
    guard let committed = try committedRoot(transaction), size > 0, size <= committed.size else {
      return root
    }
    let holds: Bool
    if size == committed.size {
      holds = root == committed.root
    } else {
      let proof = try MerkleTiles.consistency(from: size, to: committed.size) {
        try tile($0, $1, transaction)
      }
      holds = proof.holds(from: root, to: committed.root)
    }
    guard holds else { throw LogError.damaged(path: path, what: tree.name) }
    return root
  }

  /// Writes down what the log is after a commit.
  func commitRoot(size: UInt64, _ transaction: inout WriteTransaction) throws {
    var root = [UInt8]()
    root.appendBigEndian(size)
    root += try MerkleTiles.root(size: size) { try tile($0, $1, transaction) }
    try putFact("root", root, &transaction)
  }

  /// Writes a fact that changes with commits.
  func putFact(
    _ name: String, _ value: [UInt8], _ transaction: inout WriteTransaction
  ) throws {
    let key = Array(name.utf8)
    let entry = EntryChecksum.adding(to: value, under: key)
    try transaction.put(key: key.span, value: entry.span, in: meta)
  }
}
