import Files

/// Runs a body with a folder that is removed afterwards.
func withFolder<R>(_ body: (String) throws -> R) throws -> R {
  let folder = try Folder.temporary("wegmarke-test")
  defer { try? Folder.remove(folder) }
  return try body(folder)
}

/// What `body` throws, or nil.
func failure(of body: () throws -> Void) -> FileError? {
  do {
    try body()
    return nil
  } catch { return error as? FileError }
}
