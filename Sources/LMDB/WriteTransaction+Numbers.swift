// Positions and refs are keys everywhere: the same changes with a number as a big-endian key.

extension WriteTransaction {
  /// Stores a value under a number, in place of the one that is there.
  public mutating func put(
    key: UInt64, value: Span<UInt8>, in database: Database
  ) throws(LMDBError) {
    let key = BigEndianKey(key)
    try put(key: key.span, value: value, in: database)
  }

  /// Stores a value under a number, in place of the one that is there.
  public mutating func put(
    key: UInt32, value: Span<UInt8>, in database: Database
  ) throws(LMDBError) {
    let key = BigEndianKey(key)
    try put(key: key.span, value: value, in: database)
  }

  /// Stores a value under a number above every key in the database; else throws `keyExists`.
  public mutating func append(
    key: UInt64, value: Span<UInt8>, to database: Database
  ) throws(LMDBError) {
    let key = BigEndianKey(key)
    try append(key: key.span, value: value, to: database)
  }

  /// Stores a value under a number above every key in the database; else throws `keyExists`.
  public mutating func append(
    key: UInt32, value: Span<UInt8>, to database: Database
  ) throws(LMDBError) {
    let key = BigEndianKey(key)
    try append(key: key.span, value: value, to: database)
  }

  /// Stores a value under a number that is not there yet; else throws `keyExists`.
  public mutating func insert(
    key: UInt64, value: Span<UInt8>, in database: Database
  ) throws(LMDBError) {
    let key = BigEndianKey(key)
    try insert(key: key.span, value: value, in: database)
  }

  /// Stores a value under a number that is not there yet; else throws `keyExists`.
  public mutating func insert(
    key: UInt32, value: Span<UInt8>, in database: Database
  ) throws(LMDBError) {
    let key = BigEndianKey(key)
    try insert(key: key.span, value: value, in: database)
  }

  /// Removes the entry of a number; false when there was none.
  @discardableResult
  public mutating func delete(key: UInt64, in database: Database) throws(LMDBError) -> Bool {
    let key = BigEndianKey(key)
    return try delete(key: key.span, in: database)
  }

  /// Removes the entry of a number; false when there was none.
  @discardableResult
  public mutating func delete(key: UInt32, in database: Database) throws(LMDBError) -> Bool {
    let key = BigEndianKey(key)
    return try delete(key: key.span, in: database)
  }
}
