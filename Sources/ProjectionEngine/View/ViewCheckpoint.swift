import EventLog
import Files

/// How far a view has read, of which log, in which layout.
struct ViewCheckpoint: Sendable, Equatable {
  /// The layout of blocks and the meaning of facts; a view of another version is rebuilt.
  static let layoutVersion: UInt32 = 8

  let origin: String
  /// The number of records that the view has taken in.
  let size: UInt64
  /// The Merkle root of those records: tells a log that went another way.
  let root: [UInt8]
  let participants: UInt32

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendBigEndian(ViewCheckpoint.layoutVersion)
    bytes.appendBigEndian(size)
    bytes.appendBigEndian(participants)
    return bytes + root + Array(origin.utf8)
  }

  init(log: EventLog, size: UInt64, participants: UInt32) throws(LogError) {
    self.origin = log.origin
    self.size = size
    self.root = try log.root(size: size)
    self.participants = participants
  }

  /// Reads a checkpoint; nil when it is of another layout.
  init?(bytes: [UInt8]) {
    guard bytes.count > 48, bytes.bigEndian32(at: 0) == ViewCheckpoint.layoutVersion else {
      return nil
    }
    size = bytes.bigEndian64(at: 4)
    participants = bytes.bigEndian32(at: 12)
    root = Array(bytes[16..<48])
    origin = String(decoding: bytes[48...], as: UTF8.self)
  }

  /// Refuses a log that this checkpoint does not belong to.
  func check(against log: EventLog, path: String) throws {
    guard origin == log.origin else { throw ViewError.otherLineage(path: path) }
    let logSize = try log.size()
    guard size <= logSize else { throw ViewError.aheadOfLog(view: size, log: logSize) }
    guard try log.root(size: size) == root else { throw ViewError.otherLineage(path: path) }
  }
}
