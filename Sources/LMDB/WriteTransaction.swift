internal import CLMDB
internal import Glibc

/// The write transaction of an environment, for the duration of one ``Environment/write(_:)``.
///
/// Changes need exclusive access to it, so the compiler refuses to use a span or a cursor across a
/// change: LMDB may move the bytes. Copy what is needed after the change.
///
/// Keys have 1 to 511 bytes, values at most 1 GiB; values above some 2,030 bytes take whole pages
/// of their own.
@safe public struct WriteTransaction: ~Copyable, Transaction {
  /// The longest value, well below the sizes at which LMDB 0.9.24 writes short.
  public static let longestValue = 1 << 30

  let session: WriteSession

  init(session: WriteSession) { self.session = session }

  /// The number that this transaction will have when it is committed; 0 after its end.
  public var id: UInt64 {
    guard let handle = try? unsafe session.live() else { return 0 }
    return unsafe UInt64(mdb_txn_id(handle))
  }

  // MARK: Reading

  /// The bytes stored under a key in the state with the changes so far, or nil.
  ///
  /// - Throws: `invalidKeySize` for an empty key, `staleDatabase`.
  @_lifetime(borrow self)
  public func value(
    for key: Span<UInt8>, in database: Database
  ) throws(LMDBError) -> Span<UInt8>? {
    let handle = try unsafe session.live(database)
    let value = try unsafe get(key, from: database, in: handle, of: session.map)
    return unsafe _overrideLifetime(value, borrowing: self)
  }

  /// A cursor before the first entry of a database; it has to be gone before the next change.
  ///
  /// - Throws: `staleDatabase`.
  @_lifetime(borrow self)
  public func cursor(_ database: Database) throws(LMDBError) -> Cursor {
    let handle = try unsafe session.live(database)
    let cursor = try unsafe Cursor(database, in: handle, of: session.map)
    return unsafe _overrideLifetime(cursor, borrowing: self)
  }

  /// The number of entries in a database, with the changes so far.
  ///
  /// - Throws: `staleDatabase`.
  public func count(_ database: Database) throws(LMDBError) -> Int {
    let handle = try unsafe session.live(database)
    return try unsafe entryCount(of: database, in: handle, of: session.map)
  }

  // MARK: Names

  /// The database of a name.
  ///
  /// - Throws: `missingDatabase`, `tooManyDatabases`.
  public mutating func open(_ name: String) throws(LMDBError) -> Database {
    try session.open(name, flags: 0)
  }

  /// The database of a name, created empty when there is none.
  ///
  /// A creation that is not committed did not happen, and its handle is refused as `staleDatabase`.
  ///
  /// - Throws: `tooManyDatabases`, `mapFull`.
  public mutating func create(_ name: String) throws(LMDBError) -> Database {
    try session.open(name, flags: UInt32(MDB_CREATE))
  }

  // MARK: Changing

  /// Stores a value under a key, in place of the one that is there.
  ///
  /// - Throws: `invalidKeySize`, `valueTooLarge`, `staleDatabase`, `mapFull`.
  public mutating func put(
    key: Span<UInt8>, value: Span<UInt8>, in database: Database
  ) throws(LMDBError) {
    try store(key, value, in: database, flags: 0)
  }

  /// Stores a value under a key that must sort after every key in the database.
  ///
  /// - Throws: `keyExists` when it does not; nothing is changed then. Otherwise as
  ///   ``put(key:value:in:)``.
  /// - Complexity: O(log entries), with full pages and no search; the way to fill a database.
  public mutating func append(
    key: Span<UInt8>, value: Span<UInt8>, to database: Database
  ) throws(LMDBError) {
    try store(key, value, in: database, flags: UInt32(MDB_APPEND))
  }

  /// Stores a value under a key that must not be there yet.
  ///
  /// - Throws: `keyExists` when it is; nothing is changed then. Otherwise as
  ///   ``put(key:value:in:)``.
  public mutating func insert(
    key: Span<UInt8>, value: Span<UInt8>, in database: Database
  ) throws(LMDBError) {
    try store(key, value, in: database, flags: UInt32(MDB_NOOVERWRITE))
  }

  /// Stores a value of a given size that the closure writes in place, without a copy.
  ///
  /// The bytes are zero before. When the closure throws, the transaction can no longer commit.
  ///
  /// - Throws: as ``put(key:value:in:)``, and what the closure throws.
  public mutating func put(
    key: Span<UInt8>, size: Int, in database: Database,
    _ fill: (inout MutableSpan<UInt8>) throws -> Void
  ) throws {
    precondition(size >= 0, "a value cannot have a negative size")
    let handle = try unsafe session.live(database)
    try refuseTooLarge(size)
    var value = unsafe MDB_val(mv_size: size, mv_data: nil)
    let code = unsafe key.withUnsafeBytes { key in
      var key = unsafe MDB_val(key)
      return unsafe mdb_put(handle, database.index, &key, &value, UInt32(MDB_RESERVE))
    }
    guard code == 0 else { throw session.record(code, operation: "mdb_put", keyBytes: key.count) }
    let bytes = unsafe UnsafeMutableRawBufferPointer(start: value.mv_data, count: size)
    // LMDB leaves old heap contents in large values, and they must not reach the disk.
    if let start = bytes.baseAddress { unsafe memset(start, 0, size) }
    do {
      var span = unsafe MutableSpan<UInt8>(_unsafeBytes: bytes)
      try fill(&span)
    } catch {
      session.refuseCommit()
      throw error
    }
  }

  /// Removes an entry; false when there was none.
  ///
  /// The bytes stay in freed pages of the file until those are written again.
  ///
  /// - Throws: `invalidKeySize` for an empty key, `staleDatabase`. `mapFull`.
  @discardableResult
  public mutating func delete(
    key: Span<UInt8>, in database: Database
  ) throws(LMDBError) -> Bool {
    let handle = try unsafe session.live(database)
    let code = unsafe key.withUnsafeBytes { key in
      var key = unsafe MDB_val(key)
      return unsafe mdb_del(handle, database.index, &key, nil)
    }
    if code == MDB_NOTFOUND { return false }
    guard code == 0 else { throw session.record(code, operation: "mdb_del", keyBytes: key.count) }
    return true
  }

  /// Removes every entry of a database; the database itself stays.
  ///
  /// - Throws: `staleDatabase`, `mapFull`.
  public mutating func clear(_ database: Database) throws(LMDBError) {
    let handle = try unsafe session.live(database)
    let code = unsafe mdb_drop(handle, database.index, 0)
    guard code == 0 else { throw session.record(code, operation: "mdb_drop") }
  }

  private func store(
    _ key: Span<UInt8>, _ value: Span<UInt8>, in database: Database, flags: UInt32
  ) throws(LMDBError) {
    let handle = try unsafe session.live(database)
    try refuseTooLarge(value.count)
    let code = unsafe key.withUnsafeBytes { key in
      unsafe value.withUnsafeBytes { value in
        var key = unsafe MDB_val(key)
        var value = unsafe MDB_val(value)
        return unsafe mdb_put(handle, database.index, &key, &value, flags)
      }
    }
    guard code == 0 else { throw session.record(code, operation: "mdb_put", keyBytes: key.count) }
  }

  private func refuseTooLarge(_ bytes: Int) throws(LMDBError) {
    guard bytes <= Self.longestValue else {
      throw .valueTooLarge(bytes: bytes, limit: Self.longestValue)
    }
  }
}
