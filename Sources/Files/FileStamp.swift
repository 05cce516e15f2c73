import Glibc

extension Folder {
  /// What tells whether the file at a path is still the one that it was, and unchanged.
  ///
  /// Its device, number, size and time of change; nil where there is none.
  public static func stamp(of path: String) -> String? {
    var info = stat()
    guard unsafe stat(path, &info) == 0 else { return nil }
    let changed = info.st_mtim
    return "\(info.st_dev) \(info.st_ino) \(info.st_size) \(changed.tv_sec).\(changed.tv_nsec)"
  }
}
