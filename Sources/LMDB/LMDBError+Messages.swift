internal import CLMDB
internal import Glibc

extension LMDBError {
  /// Whether the disk or the quota is full; then nothing was changed.
  public var isDiskFull: Bool {
    switch self {
    case .diskFull: true
    case .system(_, _, let code): code == ENOSPC || code == EDQUOT
    default: false
    }
  }
}

extension LMDBError: CustomStringConvertible {
  /// What happened, as one sentence without a full stop.
  public var description: String {
    switch self {
    case .missingStore(let path):
      "there is no store in \(path)"
    case .notAStore(let path):
      "\(path) holds a data file that LMDB did not write"
    case .incompatibleVersion(let path):
      "the files in \(path) have the format of another LMDB version"
    case .alreadyOpen(let path):
      "\(path) is open in this process already"
    case .unsuitableFileSystem(let path, let kind):
      "\(path) is on \(kind), which cannot carry a shared memory map with locks"
    case .accessDenied(let path):
      "this user may not open \(path)"
    case .destinationExists(let path):
      "\(path) holds a data file already"
    case .heldByAnotherWriter(let pid, let program):
      "another writer holds the store: \(program ?? "an unnamed program")"
        + (pid.map { " (process \($0))" } ?? "")
    case .cannotMap(let path, let bytes):
      "\(bytes) bytes of address space for \(path) could not be had"
    case .closed(let path):
      "\(path) has been closed"
    case .readOnly(let path):
      "\(path) is open for reading only"
    case .insideTransaction(let operation):
      "\(operation) was called inside a transaction of the same environment"
    case .readersFull(let path, let limit):
      "all \(limit) reader slots of \(path) are taken"
    case .transactionsStillRunning(let count):
      "\(count) transactions of this process did not end in time"
    case .mapFull(let bytes):
      "the map of \(bytes) bytes is full"
    case .mapResized:
      "another process has grown the store"
    case .transactionFailed:
      "an earlier operation of this transaction failed"
    case .transactionEnded:
      "the transaction has ended"
    case .keyExists:
      "the key exists, or does not sort after the last one"
    case .invalidKeySize(let bytes, let limit):
      "a key has \(bytes) bytes, allowed are 1 to \(limit)"
    case .valueTooLarge(let bytes, let limit):
      "a value has \(bytes) bytes, allowed are at most \(limit)"
    case .missingDatabase(let name):
      "there is no database \"\(name)\""
    case .tooManyDatabases(let limit):
      "more than \(limit) databases were opened"
    case .staleDatabase(let name):
      "the handle of database \"\(name)\" is not valid in this environment"
    case .diskFull(let path, let freeBytes):
      "the disk of \(path) is full (\(freeBytes) bytes free)"
    case .corrupted(let path, let code):
      "the store in \(path) is damaged (\(Self.text(of: code)))"
    case .outcomeUnknown(let path, let code):
      "a commit to \(path) failed and may or may not be on disk (\(Self.text(of: code)))"
    case .poisoned(let path, let code):
      "\(path) takes no writes since a commit failed (\(Self.text(of: code)))"
    case .system(let operation, let path, let code):
      "\(operation) failed for \(path): \(Self.text(of: code))"
    case .unexpected(let code):
      "LMDB failed: \(Self.text(of: code))"
    }
  }

  /// The same text as ``description``, under the name that a message on the screen uses.
  public var message: String { description }

  /// What to do next, as one sentence without a full stop.
  public var advice: String {
    switch self {
    case .missingStore:
      "check the path, or create the store first"
    case .notAStore, .incompatibleVersion:
      "check the path; if it is right, restore the store from a backup"
    case .alreadyOpen:
      "share the environment that is open instead of opening a second one"
    case .unsuitableFileSystem:
      "move the store to a disk of this machine"
    case .accessDenied:
      "run as the owner of the store, or correct the owner and mode of its files"
    case .destinationExists:
      "choose an empty folder"
    case .heldByAnotherWriter:
      "wait until the other program is done, or stop it, and try again"
    case .cannotMap:
      "raise the address-space limit (ulimit -v), or open with a smaller map"
    case .closed:
      "open the environment again"
    case .readOnly:
      "open the environment for writing"
    case .insideTransaction:
      "end the transaction first"
    case .readersFull:
      "end readers that hang, or open with more reader slots"
    case .transactionsStillRunning:
      "end long reads of this process and try again"
    case .mapFull:
      "write less in one transaction, or open with a larger map"
    case .mapResized:
      "end the outer transaction and try again"
    case .transactionFailed, .transactionEnded:
      "begin a new transaction"
    case .keyExists:
      "read what is stored under the key before writing again"
    case .invalidKeySize:
      "use a shorter key that is not empty"
    case .valueTooLarge:
      "store the value in parts"
    case .missingDatabase:
      "create the database first, or check that this is the right store"
    case .tooManyDatabases:
      "open with a higher number of databases"
    case .staleDatabase:
      "open the database by its name in this environment"
    case .diskFull:
      "free some space and try again; nothing was lost"
    case .corrupted:
      "stop writing, keep a copy of the files as they are, and restore a backup"
    case .outcomeUnknown:
      "close and reopen the store, then look whether the last batch is there before repeating it"
    case .poisoned:
      "check the disk, then close and reopen the store"
    case .system:
      "correct the cause that the system names and try again"
    case .unexpected:
      "keep the code and the files, and report both"
    }
  }

  private static func text(of code: Int32) -> String {
    guard let text = unsafe mdb_strerror(code) else { return "code \(code)" }
    return unsafe String(cString: text) + ", code \(code)"
  }
}
