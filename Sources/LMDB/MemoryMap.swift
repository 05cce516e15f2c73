internal import CLMDB
internal import Glibc
internal import Synchronization

/// One open `MDB_env`: the handle, who is inside it, and what has gone wrong with it.
///
/// ``Environment`` owns it; transactions and jobs keep it alive, so that a late job meets a
/// closed gate instead of freed memory.
@safe final class MemoryMap: @unchecked Sendable {
  // LMDB allows every thread to use an opened MDB_env; the gate keeps them out once it is closed.
  let handle: OpaquePointer
  let path: String
  let identity: DirectoryIdentity
  let options: EnvironmentOptions
  let gate: TransactionGate
  let databases: DatabaseTable
  let writer: WriterThread
  let openingNames = Monitor()
  let longestKey: Int
  /// The code of a commit with an unknown outcome; 0 when there was none.
  private let poison = Atomic<CInt>(0)

  /// Takes over an opened handle; the caller closes it when this throws.
  init(
    handle: OpaquePointer, path: String, identity: DirectoryIdentity, options: EnvironmentOptions
  ) throws(LMDBError) {
    self.gate = try TransactionGate(path: path)
    unsafe self.handle = handle
    self.path = path
    self.identity = identity
    self.options = options
    self.databases = DatabaseTable(maxDatabases: options.maxDatabases)
    self.writer = WriterThread(path: path)
    self.longestKey = unsafe Int(mdb_env_get_maxkeysize(handle))
  }

  /// Bytes of address space.
  var size: Int {
    var info = unsafe MDB_envinfo()
    unsafe mdb_env_info(handle, &info)
    return unsafe info.me_mapsize
  }

  /// Refuses later writes after a commit whose outcome nobody knows.
  func poison(with code: CInt) { poison.store(code, ordering: .releasing) }

  func refuseWhenPoisoned() throws(LMDBError) {
    let code = poison.load(ordering: .acquiring)
    guard code == 0 else { throw .poisoned(path: path, code: code) }
  }

  func refuseInsideTransaction(_ operation: String) throws(LMDBError) {
    guard gate.depth == 0 else { throw .insideTransaction(operation: operation) }
  }

  /// Ends the writer thread, waits for the transactions and closes the handle.
  func close() throws(LMDBError) {
    writer.stop()
    try gate.alone(within: options.drainDeadline, operation: "close") { () throws(LMDBError) in
      unsafe mdb_env_close(handle)
      gate.refuse(with: .closed(path: path))
      OpenEnvironments.unregister(identity)
    }
  }
}

// MARK: - Beginning transactions

extension MemoryMap {
  /// Begins a read transaction; the caller aborts it and then leaves the gate.
  func beginReading() throws(LMDBError) -> OpaquePointer {
    try unsafe begin(flags: UInt32(MDB_RDONLY))
  }

  /// Begins the write transaction; the caller ends it and then leaves the gate.
  func beginWriting() throws(LMDBError) -> OpaquePointer {
    try unsafe begin(flags: 0)
  }

  private func begin(flags: UInt32) throws(LMDBError) -> OpaquePointer {
    var mayAdopt = true
    var mayCheckReaders = true
    while true {
      try gate.enter()
      var transaction: OpaquePointer?
      let code = unsafe mdb_txn_begin(handle, nil, flags, &transaction)
      if code == 0, let transaction = unsafe transaction { return unsafe transaction }
      if code == MDB_READERS_FULL, mayCheckReaders {
        mayCheckReaders = false
        unsafe mdb_reader_check(handle, nil)
        gate.leave()
        continue
      }
      gate.leave()
      if code == MDB_MAP_RESIZED, mayAdopt, gate.depth == 0 {
        mayAdopt = false
        try adoptSize()
        continue
      }
      throw failure(code, operation: "mdb_txn_begin")
    }
  }
}

// MARK: - The size of the map

extension MemoryMap {
  /// The least free space for which a larger map makes sense.
  static let leastFreeBytes: UInt64 = 1 << 20

  /// Makes the map half as large again, at least by the step of the options.
  func grow() throws(LMDBError) {
    // A reader that was killed may hold back pages that would do instead.
    unsafe mdb_reader_check(handle, nil)
    if let free = FileSystemVerdict.freeBytes(at: path), free < Self.leastFreeBytes {
      throw .diskFull(path: path, freeBytes: free)
    }
    let old = size
    let wanted = max(old + old / 2, old + options.growthStep)
    let page = Int(getpagesize())
    try resize(to: (wanted + page - 1) / page * page, operation: "growing the map")
  }

  /// Takes over the size that another process gave the file.
  func adoptSize() throws(LMDBError) {
    try resize(to: 0, operation: "adopting the size of the map")
  }

  private func resize(to bytes: Int, operation: String) throws(LMDBError) {
    try gate.alone(within: options.drainDeadline, operation: operation) { () throws(LMDBError) in
      let code = unsafe mdb_env_set_mapsize(handle, bytes)
      guard code != 0 else { return }
      // LMDB unmaps first: after a failure there is no map, and a transaction would crash.
      let error = LMDBError.cannotMap(path: path, bytes: bytes)
      gate.refuse(with: error)
      throw error
    }
  }
}

// MARK: - What a return code means

extension MemoryMap {
  /// The error for a code of an LMDB function other than a commit.
  func failure(_ code: CInt, operation: String) -> LMDBError {
    switch code {
    case MDB_KEYEXIST: .keyExists
    case MDB_MAP_FULL: .mapFull(bytes: size)
    case MDB_MAP_RESIZED: .mapResized
    case MDB_READERS_FULL: .readersFull(path: path, limit: options.maxReaders)
    case MDB_DBS_FULL: .tooManyDatabases(limit: options.maxDatabases)
    case MDB_BAD_TXN: .transactionFailed
    case MDB_PANIC: .poisoned(path: path, code: code)
    case MDB_CORRUPTED, MDB_PAGE_NOTFOUND: .corrupted(path: path, code: code)
    case ENOSPC, EDQUOT: diskFull()
    case EIO where freeBytes < Self.leastFreeBytes: diskFull()
    case EACCES, EPERM: .accessDenied(path: path)
    case EROFS: .readOnly(path: path)
    case 1...: .system(operation: operation, path: path, code: code)
    default: .unexpected(code: code)
    }
  }

  /// The error for a code that `mdb_txn_commit` returned.
  ///
  /// A short write comes as EIO ("filesystem full?"), so free space decides between a full disk and
  /// a broken one. When writing the meta page failed, LMDB refuses every later transaction with
  /// `MDB_PANIC`; then it is open which meta page the disk holds, whatever the code was.
  func commitFailure(_ code: CInt) -> LMDBError {
    let error = Self.judgeCommit(
      code, isPanicking: isPanicking, freeBytes: freeBytes, path: path)
    if let error {
      if case .outcomeUnknown = error { poison(with: code) }
      return error
    }
    return failure(code, operation: "mdb_txn_commit")
  }

  /// The verdict on a failed commit; nil when nothing but the ordinary meaning of the code counts.
  static func judgeCommit(
    _ code: CInt, isPanicking: Bool, freeBytes: UInt64, path: String
  ) -> LMDBError? {
    if isPanicking || code == MDB_PANIC { return .outcomeUnknown(path: path, code: code) }
    switch code {
    case ENOSPC, EDQUOT: return .diskFull(path: path, freeBytes: freeBytes)
    case EIO where freeBytes < leastFreeBytes: return .diskFull(path: path, freeBytes: freeBytes)
    case EIO: return .outcomeUnknown(path: path, code: code)
    default: return nil
    }
  }

  private var isPanicking: Bool {
    var probe: OpaquePointer?
    let code = unsafe mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &probe)
    if let probe = unsafe probe { unsafe mdb_txn_abort(probe) }
    return code == MDB_PANIC
  }

  private var freeBytes: UInt64 { FileSystemVerdict.freeBytes(at: path) ?? .max }

  private func diskFull() -> LMDBError { .diskFull(path: path, freeBytes: freeBytes) }
}
