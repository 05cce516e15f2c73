public import EventLog
public import Files
import Keyring
public import LMDB

/// Why a backup cannot be made or used.
public enum BackupError: Error, Equatable, Sendable {
  /// There is no backup at the path.
  case noBackup(path: String)
  /// There is no backup of keys at the path.
  case noKeyBackup(path: String)
  /// Backups were made into the folder, and none is there: another medium may lie in its place.
  case mediumMissing(path: String)
  /// Something is at the path, but it is no full backup.
  case notABackup(path: String)
  /// A file or folder of the backup is not there.
  case missing(path: String)
  /// Increments at the end are not there that the store remembers; the path is that of the first.
  case vanished(path: String, count: Int)
  /// A file of the backup is not as it was written.
  case damaged(path: String)
  /// An increment does not continue the one in front of it.
  case notNext(path: String)
  /// The backup was made by a newer program.
  case newerVersion(path: String)
  /// The folder holds backups of another store.
  case otherStore(path: String, found: String, expected: String)
  /// The log does not continue the last backup in the folder.
  case otherHistory(path: String, size: UInt64)
  /// What was written does not hold; it was removed.
  case notVerified(path: String, findings: UInt64)
  /// The restored log does not hold; it was removed.
  case notRestored(findings: UInt64)
  /// The signature on the manifest is wrong, or of another key.
  case wrongSignature(path: String)
  /// A backup may not lie in the store that it is of.
  case insideStore(path: String)
  /// Keys may not lie beside the log that they open.
  case keysBesideLog(path: String)
  /// A root key was found among the keys to back up.
  case rootKeyAmongKeys(path: String)
  /// Something stands at the place already.
  case exists(path: String)
  /// The log refused.
  case log(LogError)
  /// The operating system refused.
  case file(FileError)
  /// The database refused.
  case store(LMDBError)

  /// Sorts an error of a lower layer into this one; a bundle problem concerns the file at a path.
  init(wrapping error: any Error, bundle: String = "") {
    switch error {
    case let error as BackupError: self = error
    case BundleProblem.newerVersion: self = .newerVersion(path: bundle)
    case BundleProblem.damaged, BundleProblem.record: self = .damaged(path: bundle)
    case BundleProblem.otherHistory(let size): self = .otherHistory(path: bundle, size: size)
    case is BundleProblem: self = .notNext(path: bundle)
    case let error as LogError: self = .log(error)
    case let error as FileError: self = .file(error)
    case let error as LMDBError: self = .store(error)
    case let error as KeyringError: self = .log(.keys(error))
    default: self = .log(.truncated(path: bundle, what: "\(error)"))
    }
  }
}
