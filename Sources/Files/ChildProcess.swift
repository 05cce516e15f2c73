// The C calls on processes, behind safe names.

import Glibc

/// A program that runs beside this one, with the same streams.
///
/// Started with `posix_spawn`: nothing of this process, no memory map and no lock, goes along.
public enum ChildProcess {
  /// How a program ended.
  public enum Ending: Sendable, Equatable {
    /// By itself, with a status.
    case exit(Int32)
    /// By a signal.
    case signal(Int32)
  }

  /// The program of this process, also when its file was replaced meanwhile.
  public static let ownProgram = "/proc/self/exe"

  /// Runs a program to its end.
  ///
  /// - Parameter arguments: Its arguments, its own name first.
  /// - Throws: `FileError` when it cannot be started.
  public static func run(
    _ program: String, _ arguments: [String], environment: [String: String]
  ) throws(FileError) -> Ending {
    var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    var pid: pid_t = 0
    let code = unsafe posix_spawn(&pid, program, nil, nil, &words, &variables)
    guard code == 0 else {
      errno = code
      throw FileError(.start, program)
    }
    var status: Int32 = 0
    while unsafe waitpid(pid, &status, 0) < 0 {
      guard errno == EINTR else { throw FileError(.start, program) }
    }
    let signal = status & 0x7F
    return signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
  }

  /// Whether a signal is one that damaged memory or a failed assertion sends, rather than a person.
  public static func isCrash(_ signal: Int32) -> Bool {
    [SIGBUS, SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGFPE].contains(signal)
  }

  /// The name of a signal in the system's words.
  public static func name(ofSignal signal: Int32) -> String {
    unsafe strsignal(signal).map { unsafe String(cString: $0) } ?? "\(signal)"
  }
}
