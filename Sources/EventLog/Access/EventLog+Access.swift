import Files
import Keyring
import LMDB
import Synchronization

extension EventLog {
  /// The folder of the access log.
  static func accessFolder(_ path: String) -> String { "\(path)/access" }

  /// Writes down that data are about to be shown; when this returns the entry is on the device.
  ///
  /// Whoever shows data of people calls this before, and shows nothing when it throws.
  ///
  /// - Throws: `LogError.accessNotRecorded` with the reason.
  public func recordAccess(_ entry: AccessEntry) throws(LogError) {
    do {
      try openAccessLog().append(entry, at: now())
    } catch { throw .accessNotRecorded(LogError(wrapping: error)) }
  }

  /// The access log; nil when nobody read anything so far.
  public func accessLog() throws(LogError) -> AccessLog? {
    guard Folder.exists("\(EventLog.accessFolder(path))/data.mdb") else { return nil }
    do { return try openAccessLog() } catch { throw LogError(wrapping: error) }
  }

  // Opened once in a process, and kept.
  private func openAccessLog() throws -> AccessLog {
    let keyring = keyring
    return try access.withLock { access in
      if let access { return access }
      let opened = try AccessLog(EventLog.accessFolder(path), keyring: keyring)
      access = opened
      return opened
    }
  }
}
