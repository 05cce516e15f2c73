import Files
import Keyring
import LMDB

/// What the access log was at one size.
public struct AccessState: Sendable, Hashable {
  /// The number of entries.
  public let size: UInt64
  /// The Merkle root over them.
  public let root: [UInt8]

  /// States what the access log was.
  public init(size: UInt64, root: [UInt8]) {
    self.size = size
    self.root = root
  }
}

extension EventLog {
  /// What the access log is now; nil when nobody read anything so far.
  ///
  /// - Throws: `LogError` when it cannot be read.
  public func accessState() throws(LogError) -> AccessState? {
    guard let access = try accessLog() else { return nil }
    let size = try access.size()
    return AccessState(size: size, root: try access.root(size: size))
  }

  /// Copies the access log into a folder, opens the copy and reads all of it; for backups.
  ///
  /// - Returns: What the copy holds; nil when there is nothing to copy.
  /// - Throws: `LogError.truncated` when the copy does not hold.
  public func copyAccessLog(to folder: String) throws(LogError) -> AccessState? {
    guard let access = try accessLog() else { return nil }
    do {
      try access.environment.copy(toDirectory: folder)
      let copy = try AccessLog(folder, keyring: keyring)
      var report = AccessReport()
      _ = try copy.check(deep: false, &report)
      guard report.findings.isEmpty else {
        throw LogError.truncated(path: folder, what: "access")
      }
      let state = AccessState(size: report.size, root: try copy.root(size: report.size))
      try copy.environment.close()
      try Folder.remove("\(folder)/lock.mdb")
      try Folder.sync(folder)
      return state
    } catch { throw LogError(wrapping: error) }
  }
}
