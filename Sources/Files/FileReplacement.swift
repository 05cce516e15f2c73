import Glibc

/// A file that is written piece by piece and takes its place as a whole, or not at all.
///
/// Until `commit`, whatever stood at the path stands there; what was begun and not committed is removed.
@safe public struct FileReplacement: ~Copyable {
  private let path: String
  private let temporary: String
  private let file: File
  private var size = 0
  private var isCommitted = false

  /// Begins a file beside the one that it replaces.
  public init(_ path: String) throws(FileError) {
    self.path = path
    temporary = "\(path).new-\(getpid())"
    _ = unsafe unlink(temporary)
    file = try File(temporary, .createNew)
  }

  deinit {
    if !isCommitted { _ = unsafe unlink(temporary) }
  }

  /// Adds bytes at the end.
  public mutating func append(_ bytes: [UInt8]) throws(FileError) {
    try file.write(bytes.span, at: size)
    size += bytes.count
  }

  /// Puts the file into its place, forced to the device.
  public mutating func commit() throws(FileError) {
    try file.sync()
    try Folder.rename(temporary, to: path)
    isCommitted = true
  }
}
