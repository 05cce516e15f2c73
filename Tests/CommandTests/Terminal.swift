import Glibc
import Testing

/// A terminal that belongs to a test.
enum Terminal {
  struct NotThere: Error {}

  /// What `unlockpt` and `ptsname` ask of the system; Swift does not see these functions.
  private enum Request {
    static let unlock = UInt(0x4004_5431)  // TIOCSPTLCK
    static let number = UInt(0x8004_5430)  // TIOCGPTN
  }

  /// Runs a command whose output goes to a terminal of so many columns, and gives what it showed.
  static func run(
    _ command: String, at desk: Desk, columns: UInt16, with environment: [String: String]
  ) throws -> String {
    let (control, screen) = try open(columns: columns)
    defer { close(control) }
    let running = try desk.start(command, with: environment, output: .descriptor(screen))
    close(screen)
    let shown = screenful(of: control)
    #expect(running.child.wait() == .exit(0), "wegmarke \(command)")
    return shown
  }

  /// Runs a command at a terminal at which somebody types lines; gives how it ended and all that the
  /// screen showed, the lines typed among it.
  static func talk(
    _ command: String, at desk: Desk, typing lines: [String], columns: UInt16 = 80
  ) throws -> (ending: Child.Ending, shown: String) {
    let (control, screen) = try open(columns: columns)
    defer { close(control) }
    let child = try Child(
      Program.path(), command.split(separator: " ").map(String.init),
      environment: desk.environment, in: desk.folder, input: screen, output: .descriptor(screen),
      errors: .descriptor(screen))
    close(screen)
    let typed = Array(lines.map { "\($0)\n" }.joined().utf8)
    _ = unsafe write(control, typed, typed.count)
    let shown = screenful(of: control)
    return (child.wait(), shown.replacing("\r\n", with: "\n"))
  }

  private static func open(columns: UInt16) throws -> (control: Int32, screen: Int32) {
    let control = unsafe Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard control >= 0 else { throw NotThere() }
    var (number, isLocked): (CInt, CInt) = (0, 0)
    guard unsafe ioctl(control, Request.unlock, &isLocked) == 0,
      unsafe ioctl(control, Request.number, &number) == 0
    else { throw NotThere() }
    let screen = unsafe Glibc.open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard screen >= 0 else { throw NotThere() }
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard unsafe ioctl(control, UInt(TIOCSWINSZ), &size) == 0 else { throw NotThere() }
    return (control, screen)
  }

  /// All that is shown until the last writer is gone.
  private static func screenful(of control: Int32) -> String {
    var shown: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = unsafe read(control, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      // The end of the last writer is an error here, not an end of file.
      if count <= 0 { break }
      shown += buffer[..<count]
    }
    return String(decoding: shown, as: UTF8.self)
  }
}
