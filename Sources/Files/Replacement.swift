import Glibc

// What a program leaves that is killed while it replaces a file: the new content, beside the old one.

extension Folder {
  /// The paths of new contents of a file that were never put into its place.
  ///
  /// `NAME.new-PID`, as `replace` names them, of processes that run no more. Nothing there is no failure.
  public static func unfinishedReplacements(of path: String) -> [String] {
    let folder = parent(of: path)
    let start = "\(name(of: path)).new-"
    return ((try? names(folder)) ?? []).compactMap { name in
      guard name.hasPrefix(start), let process = Int32(name.dropFirst(start.count)), process > 0,
        kill(process, 0) != 0, errno == ESRCH
      else { return nil }
      return "\(folder)/\(name)"
    }
  }

  /// Overwrites and removes new contents of a file that were never put into its place.
  ///
  /// - Returns: The paths of those that are gone.
  @discardableResult
  public static func destroyUnfinishedReplacements(of path: String) throws(FileError) -> [String] {
    let left = unfinishedReplacements(of: path)
    for file in left {
      try overwrite(file)
      try remove(file)
    }
    if !left.isEmpty { try sync(parent(of: path)) }
    return left
  }

  /// Whether two paths lead to the same file or folder; false where there is nothing at one of them.
  public static func isSame(_ path: String, _ other: String) -> Bool {
    var (one, two) = (stat(), stat())
    guard unsafe stat(path, &one) == 0, unsafe stat(other, &two) == 0 else { return false }
    return one.st_dev == two.st_dev && one.st_ino == two.st_ino
  }

  /// Whether the user of this process owns what is at the path; the administrator owns everything.
  public static func isOwn(_ path: String) -> Bool {
    var info = stat()
    return unsafe lstat(path, &info) == 0 && (info.st_uid == geteuid() || geteuid() == 0)
  }
}
