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
  /// What happened, in German.
  public var germanMessage: String { FileError.germanMessage(errno) }
  /// Whether a folder stands where a file was expected.
  public var isFolder: Bool { errno == EISDIR }

  /// The operating system's own words for an error number.
  public static func systemMessage(_ errno: Int32) -> String {
    unsafe String(cString: strerror(errno))
  }

  /// What an error number means, in German; in the operating system's words where it is a rare one.
  public static func germanMessage(_ errno: Int32) -> String {
    switch errno {
    case EACCES, EPERM: "keine Berechtigung"
    case ENOENT: "gibt es nicht"
    case EEXIST: "gibt es schon"
    case EISDIR: "ist ein Ordner"
    case ENOTDIR: "ein Teil des Pfads ist kein Ordner"
    case ENOTEMPTY: "der Ordner ist nicht leer"
    case EROFS: "der Datenträger lässt sich nur lesen"
    case ENOSPC: "der Datenträger ist voll"
    case EDQUOT: "der zugeteilte Platz ist verbraucht"
    case EIO: "das Gerät meldet einen Fehler"
    case EBUSY: "wird gerade benutzt"
    case EMFILE, ENFILE: "zu viele offene Dateien"
    case ENAMETOOLONG: "der Name ist zu lang"
    case ELOOP: "zu viele Verknüpfungen"
    case EXDEV: "liegt auf einem anderen Datenträger"
    case EFBIG: "die Datei wird zu groß"
    case ENOMEM: "der Speicher reicht nicht"
    case ENXIO, ENODEV: "es gibt kein solches Gerät"
    case EPIPE: "niemand liest mehr"
    default: systemMessage(errno)
    }
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
