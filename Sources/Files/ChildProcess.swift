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
  /// - Parameters:
  ///   - arguments: Its arguments, its own name first.
  ///   - input: What it reads from standard input; without it that of this process. A program that
  ///     stops reading early is none the worse for it.
  /// - Throws: `FileError` when it cannot be started.
  public static func run(
    _ program: String, _ arguments: [String], environment: [String: String],
    input: [UInt8]? = nil
  ) throws(FileError) -> Ending {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    var ends: [Int32] = [-1, -1]
    if input != nil {
      guard unsafe pipe(&ends) == 0 else { throw FileError(.start, program) }
      // The child gets the one end that it reads, under another number.
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      unsafe posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    }
    var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    var pid: pid_t = 0
    let code = unsafe posix_spawn(&pid, program, &actions, nil, &words, &variables)
    if input != nil { close(ends[0]) }
    guard code == 0 else {
      if input != nil { close(ends[1]) }
      errno = code
      throw FileError(.start, program)
    }
    if let input {
      var written = 0
      while written < input.count {
        let count = unsafe input[written...].withUnsafeBytes {
          unsafe write(ends[1], $0.baseAddress, $0.count)
        }
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { break }
        written += count
      }
      close(ends[1])
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
