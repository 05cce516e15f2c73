import Glibc

/// A failure of the operating system while working on a file.
public struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was being done.
  public enum Action: String, Sendable {
    /// Opening a file.
    case open
    /// Reading bytes.
    case read
    /// Writing bytes.
    case write
    /// Forcing bytes to the device.
    case sync
    /// Creating a folder.
    case createFolder = "create folder"
    /// Renaming a file.
    case rename
    /// Removing a file.
    case remove
    /// Asking for facts about a file.
    case status
    /// Listing a folder.
    case list
    /// Starting a program.
    case start
  }

  /// The path as it was given.
  public let path: String
  /// What was being done.
  public let action: Action
  /// The error number of the operating system.
  public let errno: Int32

  init(_ action: Action, _ path: String) {
    self.path = path
    self.action = action
    self.errno = Glibc.errno
  }

  /// The operating system's own words.
  public var systemMessage: String { FileError.systemMessage(errno) }
  /// Whether a folder stands where a file was expected.
  public var isFolder: Bool { errno == EISDIR }

  /// The operating system's own words for an error number.
  public static func systemMessage(_ errno: Int32) -> String {
    unsafe String(cString: strerror(errno))
  }
  /// Whether the device or quota is full.
  public var isDiskFull: Bool { errno == ENOSPC || errno == EDQUOT }
  /// Whether the device itself failed.
  public var isDeviceFault: Bool { errno == EIO }
  /// Whether this user may not do it there.
  public var isRefusal: Bool { [EACCES, EPERM, EROFS].contains(errno) }
  /// Whether there is nothing at the path.
  public var isMissing: Bool { errno == ENOENT }

  /// A line for developers; the program's front says it in the reader's language.
  public var description: String { "\(action.rawValue) \(path): \(systemMessage)" }
}
