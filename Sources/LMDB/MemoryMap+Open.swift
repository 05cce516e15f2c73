internal import CLMDB
internal import Glibc

extension MemoryMap {
  /// Opens the files of a directory after every check that needs no open file.
  ///
  /// The data file itself is only looked at with `stat`: opening and closing it would drop LMDB's
  /// locks if this process had it open.
  static func open(
    path: String, options: EnvironmentOptions, fileSystemType: Int?
  ) throws(LMDBError) -> MemoryMap {
    let mayCreate = options.create && !options.readOnly
    if mayCreate, unsafe mkdir(path, 0o700) != 0, errno != EEXIST {
      let code = errno
      throw code == EACCES
        ? .accessDenied(path: path) : .system(operation: "mkdir", path: path, code: code)
    }
    let identity = try DirectoryIdentity(path: path)
    let type: Int =
      if let fileSystemType { fileSystemType } else { try FileSystemVerdict.type(at: path) }
    if case .refused(let kind) = FileSystemVerdict.judging(type: type) {
      throw .unsuitableFileSystem(path: path, kind: kind)
    }
    let dataSize = try sizeOfDataFile(in: path)
    if !mayCreate {
      guard let dataSize else { throw .missingStore(path: path) }
      // LMDB would make a new store of an empty file.
      guard dataSize > 0 else { throw .notAStore(path: path) }
    }
    guard OpenEnvironments.register(identity) else { throw .alreadyOpen(path: path) }
    do throws(LMDBError) {
      let map = try openRetrying(
        path: path, identity: identity, options: options, dataSize: dataSize ?? 0)
      if (dataSize ?? 0) == 0 {
        // LMDB flushes the file, not its names.
        syncDirectory(path)
        syncDirectory(path + "/..")
      }
      return map
    } catch {
      OpenEnvironments.unregister(identity)
      throw error
    }
  }

  /// Tries again for a moment: opening can fail while another process opens or closes the files.
  ///
  /// The last one out destroys the mutexes in the lock file, and who comes in at that instant gets
  /// EINVAL from the first transaction.
  private static func openRetrying(
    path: String, identity: DirectoryIdentity, options: EnvironmentOptions, dataSize: Int
  ) throws(LMDBError) -> MemoryMap {
    var pause: UInt32 = 2_000
    for _ in 0..<6 {
      do throws(LMDBError) {
        return try openOnce(path: path, identity: identity, options: options, dataSize: dataSize)
      } catch .system(_, _, let code) where [EINVAL, EAGAIN, EBUSY].contains(code) {
        usleep(pause)
        pause *= 2
      }
    }
    return try openOnce(path: path, identity: identity, options: options, dataSize: dataSize)
  }

  private static func openOnce(
    path: String, identity: DirectoryIdentity, options: EnvironmentOptions, dataSize: Int
  ) throws(LMDBError) -> MemoryMap {
    let size = options.mapSize ?? max(64 << 30, 4 * dataSize)
    // MDB_NOTLS ties reader slots to transactions instead of threads, so that one thread can hold
    // two. Never MDB_WRITEMAP or MDB_NOMEMINIT: the one lets stray writes into the file, the
    // other leaks old heap contents into it.
    var flags = UInt32(MDB_NOTLS)
    if options.readOnly { flags |= UInt32(MDB_RDONLY) }
    if options.durability == .rebuildable { flags |= UInt32(MDB_NOSYNC) }
    if !options.readAhead { flags |= UInt32(MDB_NORDAHEAD) }

    try allocateLockFile(in: path, readers: options.maxReaders)
    var created: OpaquePointer?
    var code = unsafe mdb_env_create(&created)
    guard code == 0, let handle = unsafe created else {
      throw .system(operation: "mdb_env_create", path: path, code: code)
    }
    do throws(LMDBError) {
      code = unsafe mdb_env_set_maxreaders(handle, UInt32(options.maxReaders))
      if code == 0 { code = unsafe mdb_env_set_maxdbs(handle, UInt32(options.maxDatabases)) }
      if code == 0 { code = unsafe mdb_env_set_mapsize(handle, size) }
      if code == 0 { code = unsafe mdb_env_open(handle, path, flags, 0o600) }
      guard code == 0 else { throw openFailure(code, path: path, size: size) }
      // Clears the slots of readers that died, before they make the file grow.
      unsafe mdb_reader_check(handle, nil)
      let map = try unsafe MemoryMap(
        handle: handle, path: path, identity: identity, options: options)
      let probe = try unsafe map.beginReading()
      unsafe mdb_txn_abort(probe)
      map.gate.leave()
      return map
    } catch {
      unsafe mdb_env_close(handle)
      throw error
    }
  }

  /// Gives the lock file the disk that it will need, before it is mapped.
  ///
  /// LMDB writes reader slots through a map of that file. On a full disk a page that has no place
  /// yet would end the process by a signal; asked for here, it is an error that says what is full.
  /// The length of a file that has one stays: LMDB reads the number of slots from it. What cannot be
  /// asked for, as on a disk that is read-only, is left to LMDB.
  private static func allocateLockFile(in path: String, readers: Int) throws(LMDBError) {
    let descriptor = unsafe Glibc.open(path + "/lock.mdb", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    // Nobody else in this process has it open, whose locks closing would drop: opening an
    // environment twice is refused before.
    defer { Glibc.close(descriptor) }
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0 else { return }
    // A slot is a cache line of 64 bytes, as is each half of the header. Where a machine needs more,
    // LMDB lengthens the file.
    let needed = facts.st_size > 0 ? Int(facts.st_size) : readers * 64 + 128
    let code = posix_fallocate(descriptor, 0, needed)
    guard code == ENOSPC || code == EDQUOT else { return }
    throw .diskFull(path: path, freeBytes: FileSystemVerdict.freeBytes(at: path) ?? 0)
  }

  private static func openFailure(_ code: CInt, path: String, size: Int) -> LMDBError {
    switch code {
    case MDB_INVALID: .notAStore(path: path)
    case MDB_VERSION_MISMATCH: .incompatibleVersion(path: path)
    case MDB_CORRUPTED, MDB_PAGE_NOTFOUND: .corrupted(path: path, code: code)
    case ENOENT: .missingStore(path: path)
    case EACCES, EPERM: .accessDenied(path: path)
    case EROFS: .readOnly(path: path)
    case ENOMEM: .cannotMap(path: path, bytes: size)
    case ENOSPC, EDQUOT:
      .diskFull(path: path, freeBytes: FileSystemVerdict.freeBytes(at: path) ?? 0)
    case 1...: .system(operation: "mdb_env_open", path: path, code: code)
    default: .unexpected(code: code)
    }
  }

  private static func sizeOfDataFile(in path: String) throws(LMDBError) -> Int? {
    var facts = stat()
    if unsafe stat(path + "/data.mdb", &facts) == 0 { return Int(facts.st_size) }
    let code = errno
    if code == ENOENT { return nil }
    throw code == EACCES
      ? .accessDenied(path: path) : .system(operation: "stat", path: path, code: code)
  }

  /// Makes the names in a directory durable, as far as the file system can.
  static func syncDirectory(_ path: String) {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    Glibc.close(descriptor)
  }
}
