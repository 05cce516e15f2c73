public import EventLog
public import Files
public import LMDB

/// Why the journeys view cannot be used.
public enum ViewError: Error, Equatable, Sendable {
  /// The view speaks about more records than the log has: the log was restored from a backup.
  case aheadOfLog(view: UInt64, log: UInt64)
  /// The view was made from another log, or from one that went another way.
  case otherLineage(path: String)
  /// A block does not hold what it announces.
  case damaged
  /// The view does not match what the log says; carries the refs that differ.
  case differs([UInt32])
  /// The log refused.
  case log(LogError)
  /// The operating system refused.
  case file(FileError)
  /// The database refused.
  case store(LMDBError)

  /// Whether the disk or the quota is full; then the view is what it was.
  public var isDiskFull: Bool {
    switch self {
    case .log(let error): error.isDiskFull
    case .file(let error): error.isDiskFull
    case .store(let error): error.isDiskFull
    default: false
    }
  }

  init(wrapping error: any Error) { self = ViewError.known(error) ?? .damaged }

  /// An error of this or a lower layer as one of this; nil for any other.
  static func known(_ error: any Error) -> ViewError? {
    switch error {
    case let error as ViewError: error
    case let error as LogError: .log(error)
    case let error as FileError: .file(error)
    case let error as LMDBError: .store(error)
    default: nil
    }
  }
}
