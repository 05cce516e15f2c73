internal import CLMDB

extension Environment {
  /// Runs a body on a snapshot: what was committed when it began, whatever is written meanwhile.
  ///
  /// Bytes are handed out as spans that the compiler keeps inside the body; copy what has to
  /// outlive it. Keep it short: while it runs, pages freed by later writes cannot be used again,
  /// and a map that has to grow waits for it. For a long scan, end the read every few seconds and
  /// go on from the last key in a new one.
  ///
  /// Reads may be nested, on one thread too. Do not write to the same environment from the body.
  ///
  /// - Throws: `readersFull`, `closed`, `poisoned`, `transactionsStillRunning`, and what the body
  ///   throws.
  /// - Complexity: one system-wide lock of a reader slot and one small allocation.
  public func read<R: ~Copyable>(
    _ body: (borrowing ReadTransaction) throws -> R
  ) throws -> R {
    let transaction = try unsafe ReadTransaction(handle: map.beginReading(), map: map)
    return try body(transaction)
  }
}

extension MemoryMap {
  /// Opens a name in a read transaction, for environments without a writer.
  func openForReading(_ name: String) throws(LMDBError) -> Database {
    // One at a time: LMDB forbids two transactions to open names at once.
    openingNames.lock()
    defer { openingNames.unlock() }
    if let database = databases.database(name) { return database }
    let transaction = try unsafe beginReading()
    defer { gate.leave() }
    var index: MDB_dbi = 0
    let code = unsafe mdb_dbi_open(transaction, name, 0, &index)
    guard code == 0 else {
      unsafe mdb_txn_abort(transaction)
      throw code == MDB_NOTFOUND
        ? .missingDatabase(name: name) : failure(code, operation: "mdb_dbi_open")
    }
    // Only a commit keeps the handle, even in a transaction that reads.
    let ending = unsafe mdb_txn_commit(transaction)
    guard ending == 0 else { throw failure(ending, operation: "mdb_txn_commit") }
    let database = databases.admit(name: name, index: index)
    databases.publish(CollectionOfOne(database))
    return database
  }
}
