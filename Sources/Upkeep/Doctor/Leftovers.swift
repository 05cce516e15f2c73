public import Files
import LMDB

/// What crashes left of a store: folders that were being built and never got their names, new contents
/// of the key file that never took its place, and restores for trial that were not removed.
///
/// Nothing reads them; they take up space, and some hold keys. What is being built right now looks the
/// same, so age, lock and process decide: making an access log takes milliseconds, who makes a view or
/// a restore for trial holds its lock, and a new key file names its process.
public struct Leftovers: Sendable, Equatable {
  /// Seconds after which an unfinished access log is nobody's any more.
  public static let patience: Int64 = 3600

  /// The store.
  public let store: String
  /// The folders and files, by their paths.
  public let paths: [String]

  /// Looks for them; changes nothing.
  ///
  /// - Parameters:
  ///   - store: The folder of the store.
  ///   - keyFile: The key file in use; nil where it is not known.
  ///   - temporary: Where restores for trial are made.
  ///   - now: The time.
  /// - Throws: `FileError` when a folder cannot be listed.
  public init(
    of store: String, keyFile: String? = nil, temporary: String = Folder.temporaryBase, now: Int64
  ) throws(FileError) {
    self.store = store
    var paths: [String] = []
    for name in try Folder.names(store) where name.hasPrefix("access.building-") {
      let path = "\(store)/\(name)"
      if now - (try Folder.modified(path)) > Leftovers.patience * 1_000_000 { paths.append(path) }
    }
    paths += try Leftovers.unfinishedViews(of: store)
    if let keyFile { paths += Folder.unfinishedReplacements(of: keyFile) }
    self.paths = paths + Leftovers.drills(in: temporary, now)
  }

  /// Restores for trial whose program was killed: log and, where they were put back, keys together.
  private static func drills(in folder: String, _ now: Int64) -> [String] {
    ((try? Folder.names(folder)) ?? []).filter { $0.hasPrefix("\(Restore.drillName)-") }
      .map { "\(folder)/\($0)" }.filter { Folder.isOwn($0) && isAbandoned(drill: $0, now) }
  }

  private static func isAbandoned(drill path: String, _ now: Int64) -> Bool {
    let lock = "\(path)/\(WriterLock.fileName)"
    if Folder.exists(lock) { return FileLocks.state(of: lock) == .free }
    guard let modified = try? Folder.modified(path) else { return false }
    return now - modified > patience * 1_000_000
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
      guard try remove(path, now) else { continue }
      gone.append(path)
    }
    return gone
  }

  /// Removes one, unless it is somebody's by now.
  private func remove(_ path: String, _ now: Int64) throws(FileError) -> Bool {
    let name = Folder.name(of: path)
    if name.hasPrefix("access.") {
      guard now - (try Folder.modified(path)) > Leftovers.patience * 1_000_000 else { return false }
    } else if name.hasPrefix("\(Restore.drillName)-") {
      guard Leftovers.isAbandoned(drill: path, now) else { return false }
      try overwriteFiles(in: "\(path)/store/keys")
    } else if !Folder.isFolder(path) {
      try Folder.overwrite(path)
    } else {
      let pointer = "\(store)/views/journeys"
      let used = Folder.exists(pointer) ? try Folder.contents(of: pointer) : []
      if used == Array(name.utf8) { return false }
    }
    try Folder.remove(path)
    return true
  }

  /// Overwrites keys before they are removed.
  private func overwriteFiles(in folder: String) throws(FileError) {
    guard Folder.exists(folder) else { return }
    for name in try Folder.names(folder) {
      let path = "\(folder)/\(name)"
      if Folder.isFolder(path) { try overwriteFiles(in: path) } else { try Folder.overwrite(path) }
    }
  }
}
