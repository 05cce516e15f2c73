internal import CLMDB

// The C calls that read and write transactions share. The caller has checked the database, and ties
// what comes back to its transaction.

extension Span where Element == UInt8 {
  /// The bytes that an `MDB_val` points at; the caller states how long they stay where they are.
  @unsafe
  @_lifetime(immortal)
  init(_ value: MDB_val) {
    let bytes = unsafe UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size)
    let span = unsafe Span(_unsafeBytes: bytes)
    self = unsafe _overrideLifetime(span, copying: ())
  }
}

extension MDB_val {
  /// A view of bytes for the duration of one C call, which does not write to them.
  @unsafe
  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe self.init(
      mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
  }
}

@unsafe
@_lifetime(immortal)
func get(
  _ key: Span<UInt8>, from database: Database, in handle: OpaquePointer, of map: MemoryMap
) throws(LMDBError) -> Span<UInt8>? {
  var value = unsafe MDB_val()
  let code = unsafe key.withUnsafeBytes { key in
    var key = unsafe MDB_val(key)
    return unsafe mdb_get(handle, database.index, &key, &value)
  }
  if code == 0 { return unsafe Span(value) }
  if code == MDB_NOTFOUND { return nil }
  if code == MDB_BAD_VALSIZE { throw .invalidKeySize(bytes: key.count, limit: map.longestKey) }
  throw map.failure(code, operation: "mdb_get")
}

@unsafe
func entryCount(
  of database: Database, in handle: OpaquePointer, of map: MemoryMap
) throws(LMDBError) -> Int {
  var facts = MDB_stat()
  let code = unsafe mdb_stat(handle, database.index, &facts)
  guard code == 0 else { throw map.failure(code, operation: "mdb_stat") }
  return facts.ms_entries
}
