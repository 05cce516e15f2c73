internal import CLMDB

/// One key and its value, borrowed from the map.
public struct Entry: ~Escapable {
  /// The bytes of the key.
  public let key: Span<UInt8>
  /// The bytes of the value.
  public let value: Span<UInt8>

  @_lifetime(copy key, copy value)
  init(key: Span<UInt8>, value: Span<UInt8>) {
    self.key = key
    self.value = value
  }

  /// The key as a big-endian number, or nil when it has not eight bytes.
  public var uint64Key: UInt64? { key.count == 8 ? bigEndian(key, as: UInt64.self) : nil }

  /// The key as a big-endian number, or nil when it has not four bytes.
  public var uint32Key: UInt32? { key.count == 4 ? bigEndian(key, as: UInt32.self) : nil }
}

/// A place in one database that moves in key order.
///
/// It lives no longer than the borrow of its transaction; in a write transaction, close it (let it
/// go out of scope) before the next change. Keys are ordered as unsigned bytes, shorter ones first.
///
/// A new cursor is before the first entry. When a move finds nothing, the cursor is behind the end
/// it ran into, and moving back from there gives the last or first entry.
///
/// - Complexity: moving is O(1) on average, seeking O(log entries); neither allocates.
@safe public struct Cursor: ~Copyable, ~Escapable {
  private enum Place {
    case beforeFirst
    case onEntry
    case afterLast
  }

  private let handle: OpaquePointer
  private let map: MemoryMap
  private var place = Place.beforeFirst

  @unsafe
  @_lifetime(immortal)
  init(
    _ database: Database, in transaction: OpaquePointer, of map: MemoryMap
  ) throws(LMDBError) {
    var cursor: OpaquePointer?
    let code = unsafe mdb_cursor_open(transaction, database.index, &cursor)
    guard code == 0, let cursor = unsafe cursor else {
      throw map.failure(code, operation: "mdb_cursor_open")
    }
    unsafe self.handle = cursor
    self.map = map
  }

  deinit { unsafe mdb_cursor_close(handle) }

  /// The first entry, or nil when the database is empty.
  @_lifetime(copy self)
  public mutating func first() throws(LMDBError) -> Entry? {
    try move(MDB_FIRST, orEndAt: .afterLast)
  }

  /// The last entry, or nil when the database is empty.
  @_lifetime(copy self)
  public mutating func last() throws(LMDBError) -> Entry? {
    try move(MDB_LAST, orEndAt: .beforeFirst)
  }

  /// The entry after this one, the first from before the first, nil at the end.
  @_lifetime(copy self)
  public mutating func next() throws(LMDBError) -> Entry? {
    switch place {
    case .beforeFirst: try move(MDB_FIRST, orEndAt: .afterLast)
    case .onEntry: try move(MDB_NEXT, orEndAt: .afterLast)
    case .afterLast: nil
    }
  }

  /// The entry before this one, the last from behind the last, nil at the start.
  @_lifetime(copy self)
  public mutating func previous() throws(LMDBError) -> Entry? {
    switch place {
    case .beforeFirst: nil
    case .onEntry: try move(MDB_PREV, orEndAt: .beforeFirst)
    case .afterLast: try move(MDB_LAST, orEndAt: .beforeFirst)
    }
  }

  /// The first entry whose key is the given one or sorts after it, nil when there is none.
  ///
  /// - Throws: `invalidKeySize` for an empty key.
  @_lifetime(copy self)
  public mutating func seek(to key: Span<UInt8>) throws(LMDBError) -> Entry? {
    var found = unsafe MDB_val()
    var value = unsafe MDB_val()
    let code = unsafe key.withUnsafeBytes { key in
      unsafe found = MDB_val(key)
      return unsafe mdb_cursor_get(handle, &found, &value, MDB_SET_RANGE)
    }
    if code == MDB_BAD_VALSIZE {
      throw .invalidKeySize(bytes: key.count, limit: map.longestKey)
    }
    return try unsafe entry(code, found, value, orEndAt: .afterLast)
  }

  /// The first entry whose big-endian key is the number or more.
  @_lifetime(copy self)
  public mutating func seek(to key: UInt64) throws(LMDBError) -> Entry? {
    let key = BigEndianKey(key)
    return try seek(to: key.span)
  }

  /// The first entry whose big-endian key is the number or more.
  @_lifetime(copy self)
  public mutating func seek(to key: UInt32) throws(LMDBError) -> Entry? {
    let key = BigEndianKey(key)
    return try seek(to: key.span)
  }

  @inline(__always)
  @_lifetime(copy self)
  private mutating func move(
    _ step: MDB_cursor_op, orEndAt end: Place
  ) throws(LMDBError) -> Entry? {
    var key = unsafe MDB_val()
    var value = unsafe MDB_val()
    let code = unsafe mdb_cursor_get(handle, &key, &value, step)
    return try unsafe entry(code, key, value, orEndAt: end)
  }

  @unsafe
  @inline(__always)
  @_lifetime(copy self)
  private mutating func entry(
    _ code: CInt, _ key: MDB_val, _ value: MDB_val, orEndAt end: Place
  ) throws(LMDBError) -> Entry? {
    if code == MDB_NOTFOUND {
      place = end
      return nil
    }
    guard code == 0 else { throw map.failure(code, operation: "mdb_cursor_get") }
    place = .onEntry
    let entry = unsafe Entry(key: Span(key), value: Span(value))
    return unsafe _overrideLifetime(entry, copying: self)
  }
}
