public import Files
import Glibc

/// Folders on a file system in memory, where flushes cost nothing: for tests of very many stores.
public enum MemoryFolder {
  /// Makes a folder with a fresh name, in memory where the system offers that, otherwise where
  /// temporary files lie.
  public static func make(_ purpose: String) throws(FileError) -> String {
    let shared = "/dev/shm"
    guard isWritable(shared) else { return try Folder.temporary(purpose) }
    let path = "\(shared)/\(purpose)-\(getpid())-\(UInt64.random(in: .min ... .max))"
    try Folder.create(path)
    return path
  }

  private static func isWritable(_ path: String) -> Bool { unsafe access(path, W_OK | X_OK) == 0 }
}
