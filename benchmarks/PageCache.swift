// open takes an address, hence `unsafe`; nothing else here does.
import Files
import Glibc

/// What the kernel holds of files in memory.
enum PageCache {
  /// Asks the kernel to drop what it holds of all files in a folder and those below it.
  ///
  /// What was written is brought to the disk first: it could not be dropped otherwise. What another
  /// process has mapped stays.
  static func drop(_ path: String) {
    if let names = try? Folder.names(path) {
      for name in names { drop("\(path)/\(name)") }
      return
    }
    let file = unsafe open(path, O_RDONLY)
    guard file >= 0 else { return }
    _ = fdatasync(file)
    _ = posix_fadvise(file, 0, 0, Int32(POSIX_FADV_DONTNEED))
    close(file)
  }
}
