internal import CLMDB

/// One run of a write body: the transaction, the names it opened, and what went wrong in it.
///
/// A class, so that a ``WriteTransaction`` that a body smuggles out by swapping finds a session
/// that has ended instead of a dangling handle. Used on the writer thread only.
@safe final class WriteSession {
  enum Ending {
    case committed
    case aborted
    case mapFull
    case failed(LMDBError)
  }

  let map: MemoryMap
  private var handle: OpaquePointer?
  private var opened: [String: Database] = [:]
  private var isMapFull = false
  private var failure: LMDBError?

  init(on map: MemoryMap) throws(LMDBError) {
    self.map = map
    unsafe handle = try map.beginWriting()
  }

  /// The handle of the running transaction.
  func live() throws(LMDBError) -> OpaquePointer {
    guard let handle = unsafe handle else { throw .transactionEnded }
    return unsafe handle
  }

  /// The handle of the running transaction, for use with a database.
  func live(_ database: Database) throws(LMDBError) -> OpaquePointer {
    try map.databases.check(database)
    return try unsafe live()
  }

  /// Turns a code into an error and remembers what forbids a commit.
  func record(_ code: CInt, operation: String, keyBytes: Int = 0) -> LMDBError {
    if code == MDB_BAD_VALSIZE { return .invalidKeySize(bytes: keyBytes, limit: map.longestKey) }
    let error = map.failure(code, operation: operation)
    switch error {
    case .keyExists, .tooManyDatabases: break
    case .mapFull: isMapFull = true
    default: failure = failure ?? error
    }
    return error
  }

  /// Forbids the commit because a value was left half written.
  func refuseCommit() { failure = failure ?? .transactionFailed }

  /// Opens a name, with the flags of `mdb_dbi_open`.
  func open(_ name: String, flags: UInt32) throws(LMDBError) -> Database {
    let handle = try unsafe live()
    if let database = map.databases.database(name) ?? opened[name] { return database }
    var index: MDB_dbi = 0
    let code = unsafe mdb_dbi_open(handle, name, flags, &index)
    if code == MDB_NOTFOUND { throw .missingDatabase(name: name) }
    guard code == 0 else {
      throw record(code, operation: "mdb_dbi_open", keyBytes: name.utf8.count)
    }
    let database = map.databases.admit(name: name, index: index)
    opened[name] = database
    return database
  }

  /// Ends the transaction; afterwards nothing touches the handle again, whatever LMDB said.
  func end(committing: Bool) -> Ending {
    guard let handle = unsafe handle else { return .aborted }
    unsafe self.handle = nil
    defer { map.gate.leave() }
    guard committing, !isMapFull, failure == nil else {
      unsafe mdb_txn_abort(handle)
      map.databases.withdraw(opened.values)
      if isMapFull { return .mapFull }
      return failure.map { .failed($0) } ?? .aborted
    }
    let code = unsafe mdb_txn_commit(handle)
    guard code != 0 else {
      map.databases.publish(opened.values)
      return .committed
    }
    map.databases.withdraw(opened.values)
    return code == MDB_MAP_FULL ? .mapFull : .failed(map.commitFailure(code))
  }
}
