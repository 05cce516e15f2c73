import Files
import Journey
import Keyring
import LMDB

/// What is wrong with the access log.
public enum AccessFinding: Sendable, Equatable {
  /// There is no entry where one should be.
  case missing(UInt64)
  /// An entry was changed, or stands elsewhere than it says.
  case changed(UInt64)
  /// An entry does not open.
  case sealed(UInt64)
  /// A tile of the tree is missing, superfluous, or not what the entries give.
  case tile(level: UInt8, index: UInt64)
  /// The log says that the access log had other entries, or more, at a size.
  case anchor(Position, size: UInt64)
}

/// What a check of the access log found.
public struct AccessReport: Sendable, Equatable {
  /// The number of entries.
  public internal(set) var size: UInt64 = 0
  /// How often the log states what the access log was.
  public internal(set) var anchors = 0
  /// What is wrong.
  public internal(set) var findings: [AccessFinding] = []
}

extension EventLog {
  /// Checks the access log: every entry, its tree, and what the log says that it was.
  ///
  /// - Parameter deep: Also opens every entry, where the keys at hand can.
  /// - Throws: `LogError` when it cannot be read at all.
  public func verifyAccess(deep: Bool) throws(LogError) -> AccessReport {
    var report = AccessReport()
    var leaves: [UInt8] = []
    let access = try accessLog()
    do {
      if let access {
        leaves = try access.check(deep: deep && keyring.has(.accessLog), &report)
      }
      for (position, anchor) in try accessAnchors() {
        report.anchors += 1
        let isKept =
          anchor.size <= report.size && AccessLog.root(anchor.size, of: leaves) == anchor.root
        if !isKept { report.findings.append(.anchor(position, size: anchor.size)) }
      }
    } catch { throw LogError(wrapping: error) }
    return report
  }

  /// What the log says that the access log was, by the position of the statement.
  func accessAnchors() throws(LogError) -> [(Position, (size: UInt64, root: String))] {
    try events(of: .system).compactMap { read in
      guard let event = read.event, event.type == .accessLogAnchored,
        let size = event[Fields.accessSize].flatMap({ UInt64(exactly: $0) }),
        let root = event[Fields.accessRoot]
      else { return nil }
      return (read.header.position, (size, root))
    }
  }

  /// States in the log what the access log is now, so that nobody can cut or rewrite it unseen; for
  /// the writer only.
  ///
  /// - Returns: Whether there was anything to state.
  @discardableResult
  public func anchorAccessLog() throws(AppendError) -> Bool {
    let size: UInt64
    let root: [UInt8]
    do throws(LogError) {
      guard let access = try accessLog() else { return false }
      size = try access.size()
      guard size > (try accessAnchors().last?.1.size ?? 0) else { return false }
      root = try access.root(size: size)
    } catch { throw .log(error) }
    var event = JourneyEvent(.accessLogAnchored, on: CivilDate(StoreZone.day(of: now())))
    event[Fields.accessSize] = Int(size)
    event[Fields.accessRoot] = ContentDigest.hex(root)
    try append(AppendRequest([.init(.stream(.system), expecting: .any, [event])]))
    return true
  }
}

extension AccessLog {
  /// Reads every entry and compares the tree; gives the leaf hashes, one behind the other.
  func check(deep: Bool, _ report: inout AccessReport) throws -> [UInt8] {
    var leaves: [UInt8] = []
    var found: [AccessFinding] = []
    var expected: UInt64 = 0
    try environment.read { transaction in
      var cursor = try transaction.cursor(records)
      var next = try cursor.first()
      while let entry = next {
        let position = entry.uint64Key ?? .max
        if position != expected { found.append(.missing(expected)) }
        let bytes = entry.value.copied()
        leaves += MerkleHash.leaf(entry.value)
        let isWhole =
          bytes.count >= AccessLog.headerSize
          && bytes.bigEndian32(at: 0) == CRC32C.checksum(bytes.span, from: 4)
          && bytes.bigEndian64(at: 8) == position
        if !isWhole {
          found.append(.changed(position))
        } else if deep, (try? open(bytes, at: position)) == nil {
          found.append(.sealed(position))
        }
        expected = position &+ 1
        next = try cursor.next()
      }
    }
    report.size = expected
    found += try wrongTiles(given: leaves)
    report.findings += found
    return leaves
  }

  private func wrongTiles(given leaves: [UInt8]) throws -> [AccessFinding] {
    var wrong: [AccessFinding] = []
    let tiles = try MerkleTiles.adding(leaves, to: 0) { _, _ in [] }
    try environment.read { transaction in
      for tile in tiles {
        let key = MerkleTiles.key(tile.level, tile.index)
        let stored = try transaction.value(for: key.span, in: tree)?.copied()
        if stored != tile.hashes { wrong.append(.tile(level: tile.level, index: tile.index)) }
      }
      let count = try transaction.count(tree)
      if count > tiles.count { wrong.append(.tile(level: .max, index: UInt64(count))) }
    }
    return wrong
  }

  /// The root over the first leaves, in hexadecimal digits; nil when there are not so many.
  fileprivate static func root(_ size: UInt64, of leaves: [UInt8]) -> String? {
    guard size * UInt64(MerkleHash.size) <= leaves.count else { return nil }
    let hashes = (0..<Int(size)).map {
      Array(leaves[$0 * MerkleHash.size..<($0 + 1) * MerkleHash.size])
    }
    return ContentDigest.hex(MerkleHash.root(hashes[...]))
  }
}
