/// A store of named key-value trees in one directory, open in this process.
///
///     let environment = try Environment(path: "STORE/log", options: .creating)
///     let records = try environment.createDatabase("records")
///     try environment.write { transaction in
///       try transaction.append(key: UInt64(0), value: bytes.span, to: records)
///     }
///     let size = try environment.read { transaction in
///       try transaction.value(for: UInt64(0), in: records)?.count
///     }
///
/// Open a directory once in a process and share this object; a second opening is refused. Any
/// number of processes may have it open at the same time.
///
/// What LMDB 0.9.24 does not do, and the caller has to know:
/// - **No fork.** A child made by `fork` must not touch an environment of its parent, not even to
///   close it. Start children with `posix_spawn` and let them open their own.
/// - No checksums: a flipped bit in a value is returned as it is. Records carry their own.
/// - Damage in its trees is mostly found by assertions, which end the process. Never open a file
///   from a stranger.
/// - The file never shrinks; ``copy(toDirectory:)`` makes a smaller one. Deleted data stays in
///   freed pages until they are written again.
/// - Both meta pages have to be readable, or the file does not open; going back to the older one
///   (`MDB_PREVSNAPSHOT`) came later.
/// - Only increases of the map size are kept in the file.
/// - Long readers keep freed pages from being used again, so the file grows: see ``information()``.
/// - A process that is stopped (not killed) while it reads can see wrong data after it continues.
///
/// The environment closes when the last reference goes, or earlier with ``close()``.
@safe public final class Environment: Sendable {
  let map: MemoryMap

  /// The path that the environment was opened with.
  public var path: String { map.path }

  /// The options that the environment was opened with.
  public var options: EnvironmentOptions { map.options }

  /// Opens the environment in a directory.
  ///
  /// - Throws: `missingStore`, `notAStore`, `incompatibleVersion`, `alreadyOpen`,
  ///   `unsuitableFileSystem`, `accessDenied`, `cannotMap`, `diskFull`, `readOnly` (a read-only
  ///   disk) or `system`.
  public convenience init(path: String, options: EnvironmentOptions = .init()) throws(LMDBError) {
    try self.init(path: path, options: options, fileSystemType: nil)
  }

  /// Opens the environment as if its file system had the given type.
  init(path: String, options: EnvironmentOptions, fileSystemType: Int?) throws(LMDBError) {
    map = try MemoryMap.open(path: path, options: options, fileSystemType: fileSystemType)
  }

  deinit {
    // Nobody can be inside a transaction any more, so this waits for queued writes at most. Closed
    // already is the one error to expect; with any other the map stays, which is safe.
    try? map.close()
  }

  /// Closes the environment: finishes the writes in the queue and waits for running transactions.
  ///
  /// Every later use throws `closed`.
  ///
  /// - Throws: `insideTransaction`, `closed` when it is closed already, or
  ///   `transactionsStillRunning` when they do not end within the drain deadline; then reading
  ///   stays possible and closing can be tried again.
  public func close() throws(LMDBError) {
    try map.refuseInsideTransaction("close")
    try map.close()
  }

  /// The database of a name, opened at the first call and remembered.
  ///
  /// The first call runs a short write transaction (in a read-only environment a read transaction):
  /// it waits for earlier writes, those of other processes included. The handle can be used in
  /// transactions that begin after this call.
  ///
  /// - Throws: `missingDatabase`, `tooManyDatabases`, or `insideTransaction` when a name that is
  ///   not yet open is asked for inside a transaction of this environment.
  public func database(_ name: String) throws(LMDBError) -> Database {
    if let database = map.databases.database(name) { return database }
    try map.refuseInsideTransaction("opening a database")
    if options.readOnly { return try map.openForReading(name) }
    return try writeTyped { (transaction) throws(LMDBError) in try transaction.open(name) }
  }

  /// The database of a name, created empty when there is none.
  ///
  /// - Throws: `readOnly`, `tooManyDatabases`, `insideTransaction`, and the errors of a write.
  public func createDatabase(_ name: String) throws(LMDBError) -> Database {
    if let database = map.databases.database(name) { return database }
    return try writeTyped { (transaction) throws(LMDBError) in try transaction.create(name) }
  }

  private func writeTyped<R>(
    _ body: (inout WriteTransaction) throws(LMDBError) -> R
  ) throws(LMDBError) -> R {
    do {
      return try write { transaction in try body(&transaction) }
    } catch let error as LMDBError {
      throw error
    } catch {
      preconditionFailure("a body that throws LMDBError threw \(error)")
    }
  }
}
