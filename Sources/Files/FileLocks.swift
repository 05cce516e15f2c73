import Glibc

/// Who holds the advisory locks (`flock`) of this machine, without asking for one.
///
/// Trying a lock would take it for a moment, and refuse whoever comes at that moment.
public enum FileLocks {
  /// What is known about a file.
  public enum State: Sendable, Equatable {
    /// Nobody holds it.
    case free
    /// A process holds it; the number is nil where it is hidden.
    case held(by: Int32?)
    /// The system does not tell.
    case unknown
  }

  /// Looks a file up in the system's list of locks.
  public static func state(of path: String) -> State {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return .free }
    guard let file = try? File("/proc/locks", .read) else { return .unknown }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while let count = try? file.readNext(into: &buffer), count > 0 { text += buffer[..<count] }
    // `1: FLOCK  ADVISORY  WRITE 4711 08:01:1234 0 EOF`; one that waits has an arrow behind the 1.
    for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count >= 6, words[1] == "FLOCK",
        words[5].split(separator: ":").last.flatMap({ UInt64($0) }) == UInt64(facts.st_ino)
      else { continue }
      return .held(by: Int32(words[4]).flatMap { $0 > 0 ? $0 : nil })
    }
    return .free
  }
}
