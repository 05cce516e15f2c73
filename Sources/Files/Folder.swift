import Glibc

/// What can be done with folders and whole files by path.
public enum Folder {
  /// Creates a folder and its parents, those that are missing with mode 0700.
  ///
  /// The names of new folders are forced to the device: what is flushed inside would be lost with
  /// them.
  public static func create(_ path: String) throws(FileError) {
    if try make(path) { return }
    guard let slash = path.dropLast().lastIndex(of: "/"), slash > path.startIndex else {
      throw FileError(.createFolder, path)
    }
    try create(String(path[..<slash]))
    guard try make(path) else { throw FileError(.createFolder, path) }
  }

  /// Makes a folder if there is none; false when the folder above is missing.
  private static func make(_ path: String) throws(FileError) -> Bool {
    var path = path
    while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
    if unsafe mkdir(path, 0o700) == 0 {
      try sync(parent(of: path))
      return true
    }
    if errno == EEXIST { return true }
    guard errno == ENOENT else { throw FileError(.createFolder, path) }
    return false
  }

  /// Whether anything is at the path.
  public static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// The names in a folder, sorted, without `.` and `..`.
  public static func names(_ path: String) throws(FileError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw FileError(.list, path) }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Forces a folder's entries to the device, so that a rename or creation in it lasts.
  public static func sync(_ path: String) throws(FileError) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.open, path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileError(.sync, path) }
  }

  /// Replaces a file as a whole: readers see the old bytes or the new ones, also after a crash.
  public static func replace(_ path: String, with bytes: Span<UInt8>) throws(FileError) {
    let temporary = "\(path).new-\(getpid())"
    do throws(FileError) {
      _ = unsafe unlink(temporary)
      let file = try File(temporary, .createNew)
      try file.write(bytes, at: 0)
      try file.sync()
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
    guard unsafe Glibc.rename(temporary, path) == 0 else {
      let failure = FileError(.rename, path)
      _ = unsafe unlink(temporary)
      throw failure
    }
    try sync(parent(of: path))
  }

  /// Renames a file or folder and forces the change to the device.
  public static func rename(_ old: String, to new: String) throws(FileError) {
    guard unsafe Glibc.rename(old, new) == 0 else { throw FileError(.rename, old) }
    try sync(parent(of: new))
  }

  /// Replaces a file as a whole and overwrites the bytes of the one that it replaces.
  ///
  /// For keys. Copies that the file system or the device made on its own are out of reach.
  public static func replaceDestroying(
    _ path: String, with bytes: Span<UInt8>
  ) throws(FileError) {
    // Open before the rename, while the old file still has its name.
    let old = try File(path, .update)
    let size = try old.size()
    try replace(path, with: bytes)
    try old.write([UInt8](repeating: 0, count: size).span, at: 0)
    try old.sync()
  }

  /// Removes a file, or a folder with everything in it; nothing there is no failure.
  public static func remove(_ path: String) throws(FileError) {
    var info = stat()
    guard unsafe lstat(path, &info) == 0 else { return }
    if info.st_mode & S_IFMT == S_IFDIR {
      for name in try names(path) { try remove("\(path)/\(name)") }
      guard unsafe rmdir(path) == 0 else { throw FileError(.remove, path) }
    } else {
      guard unsafe unlink(path) == 0 else { throw FileError(.remove, path) }
    }
  }

  /// Overwrites the content of a file with zeros, in place, and forces that to the device.
  ///
  /// Where a file system or a device writes elsewhere than it is told, the old bytes may last; nobody
  /// above it can prevent that.
  public static func overwrite(_ path: String) throws(FileError) {
    let file = try File(path, .update)
    let size = try file.size()
    let zeros = [UInt8](repeating: 0, count: min(size, 1 << 20))
    for start in stride(from: 0, to: size, by: 1 << 20) {
      try file.write(zeros.span.extracting(..<min(zeros.count, size - start)), at: start)
    }
    try file.sync()
  }

  /// Removes a folder that is empty; one with anything in it stays.
  public static func removeEmpty(_ path: String) throws(FileError) {
    guard unsafe rmdir(path) == 0 else { throw FileError(.remove, path) }
  }

  /// The permission bits of a file: `0o600` for example.
  public static func permissions(_ path: String) throws(FileError) -> UInt32 {
    var info = stat()
    guard unsafe stat(path, &info) == 0 else { throw FileError(.status, path) }
    return info.st_mode & 0o777
  }

  /// The length of a file in bytes, without opening it.
  public static func size(ofFile path: String) throws(FileError) -> Int {
    var info = stat()
    guard unsafe stat(path, &info) == 0 else { throw FileError(.status, path) }
    return Int(info.st_size)
  }

  /// The folder that holds a path.
  public static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last component of a path.
  public static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The whole content of a file.
  public static func contents(of path: String) throws(FileError) -> [UInt8] {
    let file = try File(path, .read)
    return try file.bytes(at: 0, count: try file.size())
  }

  /// Where folders for temporary data are made: `TMPDIR`, else `/tmp`.
  public static var temporaryBase: String {
    unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
  }

  /// A folder with a fresh name for temporary data, mode 0700.
  public static func temporary(_ purpose: String) throws(FileError) -> String {
    try fresh(purpose, in: temporaryBase)
  }

  static func fresh(_ purpose: String, in base: String) throws(FileError) -> String {
    var template = Array("\(base)/\(purpose)-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.flatMap { unsafe mkdtemp($0) } != nil
    }
    guard made else { throw FileError(.createFolder, base) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
