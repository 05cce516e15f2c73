// The C calls on file descriptors, behind safe names: the only unsafe code of this module.

import Glibc

/// An open file; closed when the value ends.
@safe public struct File: ~Copyable, Sendable {
  let descriptor: Int32
  /// The path it was opened by.
  public let path: String

  /// How to open a file.
  public enum Mode: Sendable {
    /// Read only.
    case read
    /// Read and write; created with mode 0600 when missing.
    case update
    /// Read and write; must not exist yet; mode 0600.
    case createNew
  }

  /// Opens a file.
  ///
  /// - Throws: `FileError` with the operating system's reason.
  public init(_ path: String, _ mode: Mode) throws(FileError) {
    let flags: Int32 =
      switch mode {
      case .read: O_RDONLY
      case .update: O_RDWR | O_CREAT
      case .createNew: O_RDWR | O_CREAT | O_EXCL
      }
    let descriptor = unsafe open(path, flags | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError(.open, path) }
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// The length in bytes.
  public func size() throws(FileError) -> Int {
    var info = stat()
    guard unsafe fstat(descriptor, &info) == 0 else { throw FileError(.status, path) }
    return Int(info.st_size)
  }

  /// The permission bits, and the number of the user who owns it.
  ///
  /// Of the file that is open, whatever stands at its path by now.
  public func access() throws(FileError) -> (permissions: UInt32, owner: UInt32) {
    var info = stat()
    guard unsafe fstat(descriptor, &info) == 0 else { throw FileError(.status, path) }
    return (info.st_mode & 0o777, info.st_uid)
  }

  /// Whether this is a folder rather than a file.
  public func isFolder() throws(FileError) -> Bool {
    var info = stat()
    guard unsafe fstat(descriptor, &info) == 0 else { throw FileError(.status, path) }
    return info.st_mode & S_IFMT == S_IFDIR
  }

  /// Reads up to `buffer.count` bytes at an offset; returns how many were there.
  public func read(into buffer: inout [UInt8], at offset: Int) throws(FileError) -> Int {
    var done = 0
    while done < buffer.count {
      let room = buffer.count - done
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe pread(descriptor, bytes.baseAddress.map { unsafe $0 + done }, room, offset + done)
      }
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(.read, path)
      }
      done += count
    }
    return done
  }

  /// Reads exactly `count` bytes at an offset, or fewer at the end of the file.
  public func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    let read = try read(into: &buffer, at: offset)
    if read < count { buffer.removeLast(count - read) }
    return buffer
  }

  /// Reads the next bytes of a stream such as standard input; returns 0 at the end.
  public func readNext(into buffer: inout [UInt8]) throws(FileError) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(descriptor, bytes.baseAddress, bytes.count)
      }
      if count >= 0 { return count }
      if errno != EINTR { throw FileError(.read, path) }
    }
  }

  /// Writes all bytes at an offset.
  public func write(_ bytes: Span<UInt8>, at offset: Int) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { source in
        unsafe pwrite(
          descriptor, source.baseAddress.map { unsafe $0 + done }, source.count - done,
          offset + done)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(.write, path)
      }
      done += count
    }
  }

  /// Forces everything written to the device.
  public func sync() throws(FileError) {
    guard fdatasync(descriptor) == 0 else { throw FileError(.sync, path) }
  }

  /// Cuts or extends the file to a length.
  public func truncate(to size: Int) throws(FileError) {
    guard ftruncate(descriptor, size) == 0 else { throw FileError(.write, path) }
  }
}
