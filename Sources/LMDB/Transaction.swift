/// What read and write transactions have in common: looking at one consistent state.
///
/// Write functions that only look against this protocol, and both can use them:
///
///     func head(_ transaction: borrowing some Transaction & ~Copyable, …) throws(LMDBError)
///
/// Spans live as long as the borrow of the transaction. In a write transaction that means until the
/// next change, because a change may move the bytes; the compiler sees to it.
public protocol Transaction: ~Copyable {
  /// The number of the snapshot: the last committed transaction, or the one being written.
  var id: UInt64 { get }

  /// The bytes stored under a key, or nil when there are none.
  @_lifetime(borrow self)
  func value(for key: Span<UInt8>, in database: Database) throws(LMDBError) -> Span<UInt8>?

  /// A cursor before the first entry of a database.
  @_lifetime(borrow self)
  func cursor(_ database: Database) throws(LMDBError) -> Cursor

  /// The number of entries in a database.
  func count(_ database: Database) throws(LMDBError) -> Int
}

extension Transaction where Self: ~Copyable {
  /// The bytes stored under a number as a big-endian key, or nil when there are none.
  @inlinable
  @_lifetime(borrow self)
  public func value(
    for key: UInt64, in database: Database
  ) throws(LMDBError) -> Span<UInt8>? {
    let key = BigEndianKey(key)
    return try value(for: key.span, in: database)
  }

  /// The bytes stored under a number as a big-endian key, or nil when there are none.
  @inlinable
  @_lifetime(borrow self)
  public func value(
    for key: UInt32, in database: Database
  ) throws(LMDBError) -> Span<UInt8>? {
    let key = BigEndianKey(key)
    return try value(for: key.span, in: database)
  }

  /// Whether there is an entry under a key.
  @inlinable
  public func contains(_ key: Span<UInt8>, in database: Database) throws(LMDBError) -> Bool {
    try value(for: key, in: database) != nil
  }
}
