import Files
import LMDB
import TestSupport

@testable import EventLog

/// The stored value of a key in one of the log's tables.
func value(of key: [UInt8], in table: String, of store: TemporaryStore) throws -> [UInt8]? {
  let environment = try store.log.environment
  let database = try environment.database(table)
  return try environment.read { try $0.value(for: key.span, in: database)?.copied() }
}

/// Puts a value behind the log's back; nil removes it.
func put(
  _ value: [UInt8]?, at key: [UInt8], in table: String, of store: TemporaryStore
) throws {
  let environment = try store.log.environment
  let database = try environment.database(table)
  try environment.write { transaction in
    if let value {
      try transaction.put(key: key.span, value: value.span, in: database)
    } else {
      try transaction.delete(key: key.span, in: database)
    }
  }
}

/// What verification finds while one value is changed; the value is put back afterwards.
func findings(
  _ store: TemporaryStore, _ table: String, _ key: [UInt8], deep: Bool = false,
  _ change: ([UInt8]) -> [UInt8]?
) throws -> [VerificationFinding] {
  let old = try value(of: key, in: table, of: store)
  try put(change(old ?? []), at: key, in: table, of: store)
  let report = try store.log.verify(deep: deep)
  try put(old, at: key, in: table, of: store)
  return report.findings
}

extension TemporaryStore {
  /// Makes an empty store one of version 1, behind the log's back.
  func makeVersion1() throws {
    try put([0, 0, 0, 1], at: Array("format".utf8), in: "meta", of: self)
    // It is in the checksum over the facts, which a store may lack.
    try put(nil, at: Array("facts".utf8), in: "meta", of: self)
    close()
  }
}

extension Position {
  /// The key of a record.
  var key: [UInt8] {
    var key = [UInt8]()
    key.appendBigEndian(number)
    return key
  }
}

extension Sequence<UInt8> {
  /// These bytes with one changed.
  func flipping(_ index: Int, _ mask: UInt8 = 1) -> [UInt8] {
    var copy = Array(self)
    copy[index] ^= mask
    return copy
  }
}

extension [UInt8] {
  /// A record with the checksum that its bytes call for.
  var withChecksum: [UInt8] {
    var copy = self
    let checksum = CRC32C.checksum(span, from: 4)
    for i in 0..<4 { copy[i] = UInt8(truncatingIfNeeded: checksum >> UInt32(24 - 8 * i)) }
    return copy
  }
}
