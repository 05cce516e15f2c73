internal import CLMDB
internal import Glibc

extension Environment {
  /// Frees the reader slots of processes that have died, and says how many there were.
  ///
  /// A service calls this every minute: a dead reader keeps freed pages from being used again.
  ///
  /// - Throws: `closed`, `system`.
  @discardableResult
  public func staleReaderCheck() throws(LMDBError) -> Int {
    try map.gate.enter()
    defer { map.gate.leave() }
    var dead: CInt = 0
    let code = unsafe mdb_reader_check(map.handle, &dead)
    guard code == 0 else { throw map.failure(code, operation: "mdb_reader_check") }
    return Int(dead)
  }

  /// The names of all databases, in byte order, whoever made them.
  ///
  /// - Throws: `closed`, `readersFull`, `corrupted`, `system`.
  public func databaseNames() throws(LMDBError) -> [String] {
    // One at a time: LMDB forbids two transactions to open names at once.
    map.openingNames.lock()
    defer { map.openingNames.unlock() }
    let transaction = try unsafe map.beginReading()
    defer {
      unsafe mdb_txn_abort(transaction)
      map.gate.leave()
    }
    var index: MDB_dbi = 0
    var code = unsafe mdb_dbi_open(transaction, nil, 0, &index)
    guard code == 0 else { throw map.failure(code, operation: "mdb_dbi_open") }
    var cursor: OpaquePointer?
    code = unsafe mdb_cursor_open(transaction, index, &cursor)
    guard code == 0, let cursor = unsafe cursor else {
      throw map.failure(code, operation: "mdb_cursor_open")
    }
    defer { unsafe mdb_cursor_close(cursor) }
    var names: [String] = []
    var key = unsafe MDB_val()
    var value = unsafe MDB_val()
    while true {
      code = unsafe mdb_cursor_get(cursor, &key, &value, MDB_NEXT)
      if code == MDB_NOTFOUND { return names }
      guard code == 0 else { throw map.failure(code, operation: "mdb_cursor_get") }
      let bytes = unsafe UnsafeRawBufferPointer(start: key.mv_data, count: key.mv_size)
      unsafe names.append(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Flushes a rebuildable environment to disk; a durable one is flushed by every commit.
  ///
  /// - Throws: `closed`, `readOnly`, `diskFull`, `system`.
  public func sync() throws(LMDBError) {
    if options.readOnly { throw .readOnly(path: path) }
    try map.gate.enter()
    defer { map.gate.leave() }
    let code = unsafe mdb_env_sync(map.handle, 1)
    guard code == 0 else { throw map.failure(code, operation: "mdb_env_sync") }
  }

  /// Writes a compact copy of the last committed state into a directory, while others go on
  /// writing.
  ///
  /// Free pages are left out. The directory is created (0700) when missing; the file (0600) appears
  /// under its name only when it is complete and flushed. The copy is a long reader: the source
  /// grows when much is written meanwhile.
  ///
  /// - Throws: `destinationExists`, `diskFull`, `accessDenied`, `closed`, `corrupted` (also when
  ///   the source has lost track of pages), `system`.
  public func copy(toDirectory directory: String) throws(LMDBError) {
    if unsafe mkdir(directory, 0o700) != 0, errno != EEXIST {
      throw fileFailure("mkdir", directory)
    }
    let target = directory + "/data.mdb"
    guard unsafe access(target, F_OK) != 0 else { throw .destinationExists(path: directory) }
    let partial = target + ".partial"
    let descriptor = unsafe Glibc.open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw fileFailure("open", partial) }
    do throws(LMDBError) {
      defer { Glibc.close(descriptor) }
      try copyCompacted(to: descriptor, at: partial)
      guard fsync(descriptor) == 0 else { throw fileFailure("fsync", partial) }
      guard unsafe rename(partial, target) == 0 else { throw fileFailure("rename", target) }
    } catch {
      unsafe unlink(partial)
      throw error
    }
    MemoryMap.syncDirectory(directory)
  }

  private func copyCompacted(to descriptor: CInt, at partial: String) throws(LMDBError) {
    var code = try copyPages(to: descriptor)
    // Another process grew the file; nothing was written yet.
    if code == MDB_MAP_RESIZED {
      try map.adoptSize()
      code = try copyPages(to: descriptor)
    }
    // The number of pages did not add up: "page leak or corrupt DB".
    if code == MDB_BAD_TXN { throw .corrupted(path: path, code: code) }
    if code == 0 { return }
    // The fault lies with the disk of the copy, so its free space counts.
    let free = FileSystemVerdict.freeBytes(at: partial) ?? .max
    if [ENOSPC, EDQUOT].contains(code) || code == EIO && free < MemoryMap.leastFreeBytes {
      throw .diskFull(path: partial, freeBytes: free)
    }
    throw map.failure(code, operation: "mdb_env_copyfd2")
  }

  private func copyPages(to descriptor: CInt) throws(LMDBError) -> CInt {
    try map.gate.enter()
    defer { map.gate.leave() }
    return unsafe mdb_env_copyfd2(map.handle, descriptor, UInt32(MDB_CP_COMPACT))
  }

  private func fileFailure(_ operation: String, _ path: String) -> LMDBError {
    switch errno {
    case ENOSPC, EDQUOT:
      .diskFull(path: path, freeBytes: FileSystemVerdict.freeBytes(at: path) ?? 0)
    case EACCES, EPERM: .accessDenied(path: path)
    case let code: .system(operation: operation, path: path, code: code)
    }
  }
}
