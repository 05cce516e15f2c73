public import Files

/// Folders on a file system in memory, where flushes cost nothing: for tests of very many stores.
public enum MemoryFolder {
  /// Makes a folder with a fresh name, in memory where the system offers that, otherwise where
  /// temporary files lie.
  public static func make(_ purpose: String) throws(FileError) -> String {
    if let folder = try Folder.inMemory(purpose) { return folder }
    return try Folder.temporary(purpose)
  }
}
