internal import CLMDB

/// A snapshot of an environment, for the duration of one ``Environment/read(_:)``.
///
/// It ends exactly once, when the body returns or throws. The C functions are `mdb_txn_begin` with
/// `MDB_RDONLY` and `mdb_txn_abort`.
@safe public struct ReadTransaction: ~Copyable, Transaction {
  let handle: OpaquePointer
  let map: MemoryMap

  /// Takes over a handle of ``MemoryMap/beginReading()``.
  @unsafe
  init(handle: OpaquePointer, map: MemoryMap) {
    unsafe self.handle = handle
    self.map = map
  }

  deinit {
    unsafe mdb_txn_abort(handle)
    map.gate.leave()
  }

  /// The number of the last transaction in this snapshot.
  public var id: UInt64 { unsafe UInt64(mdb_txn_id(handle)) }

  /// The bytes stored under a key, or nil when there are none.
  ///
  /// - Throws: `invalidKeySize` for an empty key, `staleDatabase`.
  /// - Complexity: O(log entries), no allocation. A cursor is some thirty times cheaper per entry
  ///   when the keys are in order.
  @_lifetime(borrow self)
  public func value(
    for key: Span<UInt8>, in database: Database
  ) throws(LMDBError) -> Span<UInt8>? {
    try map.databases.check(database)
    let value = try unsafe get(key, from: database, in: handle, of: map)
    return unsafe _overrideLifetime(value, borrowing: self)
  }

  /// A cursor before the first entry of a database.
  ///
  /// - Throws: `staleDatabase`.
  @_lifetime(borrow self)
  public func cursor(_ database: Database) throws(LMDBError) -> Cursor {
    try map.databases.check(database)
    let cursor = try unsafe Cursor(database, in: handle, of: map)
    return unsafe _overrideLifetime(cursor, borrowing: self)
  }

  /// The number of entries in a database.
  ///
  /// - Throws: `staleDatabase`.
  public func count(_ database: Database) throws(LMDBError) -> Int {
    try map.databases.check(database)
    return try unsafe entryCount(of: database, in: handle, of: map)
  }
}
