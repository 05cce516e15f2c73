public import Files
import LMDB

/// What crashes left in a store: folders that were being built and never got their names.
///
/// Nothing reads them, and they take up space. One that is being built right now looks the same, so
/// age and lock decide: making an access log takes milliseconds, and who makes a view holds its lock.
public struct Leftovers: Sendable, Equatable {
  /// Seconds after which an unfinished access log is nobody's any more.
  public static let patience: Int64 = 3600

  /// The store.
  public let store: String
  /// The folders, by their paths.
  public let paths: [String]

  /// Looks for them; changes nothing.
  ///
  /// - Throws: `FileError` when a folder cannot be listed.
  public init(of store: String, now: Int64) throws(FileError) {
    self.store = store
    var paths: [String] = []
    for name in try Folder.names(store) where name.hasPrefix("access.building-") {
      let path = "\(store)/\(name)"
      if now - (try Folder.modified(path)) > Leftovers.patience * 1_000_000 { paths.append(path) }
    }
    self.paths = paths + (try Leftovers.unfinishedViews(of: store))
  }

  /// Views that the file `journeys` does not name; none while somebody makes one.
  private static func unfinishedViews(of store: String) throws(FileError) -> [String] {
    let views = "\(store)/views"
    guard Folder.exists(views),
      FileLocks.state(of: "\(views)/\(WriterLock.fileName)") == .free
    else { return [] }
    let pointer = "\(views)/journeys"
    let used =
      Folder.exists(pointer)
      ? String(decoding: try Folder.contents(of: pointer), as: UTF8.self) : nil
    return try Folder.names(views).filter { $0.hasPrefix("journeys-") && $0 != used }
      .map { "\(views)/\($0)" }
  }

  /// Removes them, as far as they are still nobody's.
  ///
  /// - Returns: What is gone.
  /// - Throws: `FileError` when something cannot be removed; `LMDBError` when the lock of the views
  ///   cannot be taken.
  public func sweep(now: Int64) throws -> [String] {
    // Who makes a view waits meanwhile, or is not disturbed.
    guard Folder.exists("\(store)/views") else { return try remove(now) }
    let lock = try WriterLock(directory: "\(store)/views", waitingAtMost: .zero)
    defer { withExtendedLifetime(lock) {} }
    return try remove(now)
  }

  private func remove(_ now: Int64) throws(FileError) -> [String] {
    var gone: [String] = []
    for path in paths where Folder.exists(path) {
      let name = Folder.name(of: path)
      if name.hasPrefix("access.") {
        guard now - (try Folder.modified(path)) > Leftovers.patience * 1_000_000 else { continue }
      } else {
        let pointer = "\(store)/views/journeys"
        let used = Folder.exists(pointer) ? try Folder.contents(of: pointer) : []
        if used == Array(name.utf8) { continue }
      }
      try Folder.remove(path)
      gone.append(path)
    }
    return gone
  }
}
