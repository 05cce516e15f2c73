/// A failure of an environment, of one of its transactions, or of the disk below them.
///
/// Every case carries the facts a caller needs for its own message; ``description`` says what
/// happened and ``advice`` what to do next, in plain English.
public enum LMDBError: Error, Equatable, Sendable {
  // Opening and closing.

  /// There is no store at the path, and `create` was not asked for.
  case missingStore(path: String)
  /// The data file at the path was not written by LMDB, or is cut off.
  case notAStore(path: String)
  /// The files were written by a version of LMDB with another format.
  case incompatibleVersion(path: String)
  /// This process has the environment open already.
  case alreadyOpen(path: String)
  /// The directory is on a file system that does not keep what a shared memory map needs.
  case unsuitableFileSystem(path: String, kind: String)
  /// The operating system does not let this user read or write the files.
  case accessDenied(path: String)
  /// The destination of a copy has a data file already.
  case destinationExists(path: String)
  /// Another writer holds the claim on the directory.
  case heldByAnotherWriter(pid: Int32?, program: String?)
  /// The address space for the map could not be had.
  case cannotMap(path: String, bytes: Int)
  /// The environment has been closed.
  case closed(path: String)

  // Transactions.

  /// The environment was opened for reading only.
  case readOnly(path: String)
  /// The operation was called by a thread that is inside a transaction of the same environment.
  case insideTransaction(operation: String)
  /// Every reader slot is taken.
  case readersFull(path: String, limit: Int)
  /// Transactions of this process did not end within the deadline, so the map stayed as it was.
  case transactionsStillRunning(count: Int)
  /// The map has no room for this change; inside a write body this leads to growth and a new run.
  case mapFull(bytes: Int)
  /// Another process has grown the file while this thread already held a transaction.
  case mapResized
  /// An earlier operation of the same transaction failed, so it can only be aborted.
  case transactionFailed
  /// The transaction has ended already.
  case transactionEnded

  // Data.

  /// The key is there already, or does not sort after the last one when appending.
  case keyExists
  /// A key is empty or longer than LMDB takes.
  case invalidKeySize(bytes: Int, limit: Int)
  /// A value is longer than this module takes.
  case valueTooLarge(bytes: Int, limit: Int)
  /// There is no database of this name.
  case missingDatabase(name: String)
  /// More names were opened than the environment was told to allow.
  case tooManyDatabases(limit: Int)
  /// The handle belongs to another environment, or to a creation that was never committed.
  case staleDatabase(name: String)

  // Disk.

  /// The disk is full; nothing was changed and the environment stays usable.
  case diskFull(path: String, freeBytes: UInt64)
  /// The file contradicts itself.
  case corrupted(path: String, code: Int32)
  /// The commit failed in a way that leaves open whether it is on disk.
  case outcomeUnknown(path: String, code: Int32)
  /// An earlier commit had an unknown outcome, and the environment was not reopened since.
  case poisoned(path: String, code: Int32)
  /// A system call failed.
  case system(operation: String, path: String, code: Int32)
  /// LMDB returned a code that has no case of its own here.
  case unexpected(code: Int32)
}
