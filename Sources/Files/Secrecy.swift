// The C calls that keep secrets out of places where they would last.

internal import CProcess
import Glibc

/// What a process with keys in its memory does about it.
public enum Secrecy {
  /// Keeps the memory of this process out of core dumps, and away from other programs of the user.
  ///
  /// Pages that the system swaps out, and whoever is root, are out of its reach.
  public static func protectMemory() {
    _ = wegmarke_forbid_dumps()
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }

  /// Asks on the terminal for a line that is not shown; nil where there is no terminal.
  ///
  /// - Throws: `FileError` when the terminal cannot be read.
  public static func ask(_ prompt: String) throws(FileError) -> [UInt8]? {
    guard let terminal = try? File("/dev/tty", .update) else { return nil }
    var before = termios()
    guard unsafe tcgetattr(terminal.descriptor, &before) == 0 else { return nil }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    guard unsafe tcsetattr(terminal.descriptor, TCSAFLUSH, &silent) == 0 else { return nil }
    defer { _ = unsafe tcsetattr(terminal.descriptor, TCSAFLUSH, &before) }
    try write(prompt, to: terminal.descriptor)
    let line = try firstLine(of: terminal)
    try write("\n", to: terminal.descriptor)
    return line
  }

  /// The first line of a file or of an open descriptor under `/dev/fd`, without its end.
  public static func firstLine(ofFile path: String) throws(FileError) -> [UInt8] {
    try firstLine(of: try File(path, .read))
  }

  private static func firstLine(of file: borrowing File) throws(FileError) -> [UInt8] {
    var line: [UInt8] = []
    var byte: [UInt8] = [0]
    while line.count < 4096, try file.readNext(into: &byte) == 1, byte[0] != 10 {
      line.append(byte[0])
    }
    if line.last == 13 { line.removeLast() }
    return line
  }

  private static func write(_ text: String, to descriptor: Int32) throws(FileError) {
    let bytes = Array(text.utf8)
    let count = unsafe bytes.withUnsafeBytes {
      unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
    }
    if count < 0 { throw FileError(.write, "/dev/tty") }
  }

  /// Whether a file of an owner may be taken for one's own: nobody else can have exchanged it.
  ///
  /// The administrator's files may, and the administrator takes everybody's.
  public static func trusts(owner: UInt32, user: UInt32) -> Bool {
    owner == user || owner == 0 || user == 0
  }

  /// The number of the user who runs this process.
  public static var user: UInt32 { geteuid() }

  /// The login name of who runs this process; `uid 1000` where the system has none.
  public static var userName: String {
    let id = geteuid()
    var entry = unsafe passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    let code = unsafe buffer.withUnsafeMutableBufferPointer { space in
      guard let start = space.baseAddress else { return ERANGE }
      return unsafe getpwuid_r(id, &entry, start, space.count, &found)
    }
    guard code == 0, let person = unsafe found, let name = unsafe person.pointee.pw_name else {
      return "uid \(id)"
    }
    return unsafe String(cString: name)
  }
}
