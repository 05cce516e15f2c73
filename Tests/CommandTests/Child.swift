import Glibc

/// A process started by a test, which nobody else waits for.
final class Child {
  /// How a process ended.
  enum Ending: Equatable {
    case exit(Int32)
    case signal(Int32)
  }

  /// Where one of the child's streams goes.
  enum Stream {
    case file(String)
    case descriptor(Int32)
  }

  let pid: pid_t
  private(set) var ending: Ending?
  /// The most memory that it was seen to hold, in kilobytes; only after `wait(watchingMemory:)`.
  private(set) var peakKilobytes = 0

  /// Starts a program in a folder.
  ///
  /// - Throws: `CannotStart` with the system's error number.
  init(
    _ program: String, _ arguments: [String], environment: [String: String], in folder: String,
    input: Int32? = nil, output: Stream, errors: Stream
  ) throws {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    if let input {
      unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
    } else {
      unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    for (number, stream) in [(1, output), (2, errors)] as [(Int32, Stream)] {
      switch stream {
      case .file(let path):
        unsafe posix_spawn_file_actions_addopen(
          &actions, number, path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600)
      case .descriptor(let descriptor):
        unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, number)
      }
    }
    // Threads of the tests block most signals, and a child would inherit that.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    // The C library's own way to choose the folder is not visible to Swift; `env` becomes the program.
    let command = ["/usr/bin/env", "-C", folder, program] + arguments
    var words: [UnsafeMutablePointer<CChar>?] =
      unsafe command.map { unsafe strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    var pid: pid_t = 0
    let code = unsafe posix_spawn(&pid, command[0], &actions, &attributes, &words, &variables)
    guard code == 0 else { throw CannotStart(program: program, code: code) }
    self.pid = pid
  }

  struct CannotStart: Error {
    let program: String
    let code: Int32
  }

  deinit {
    if ending == nil {
      kill(pid, SIGKILL)
      wait()
    }
  }

  func send(_ signal: Int32) {
    if ending == nil { kill(pid, signal) }
  }

  /// Waits for the end.
  @discardableResult
  func wait() -> Ending {
    if let ending { return ending }
    var status: Int32 = 0
    while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return note(status)
  }

  /// The end, if it has come.
  func poll() -> Ending? {
    if let ending { return ending }
    var status: Int32 = 0
    return unsafe waitpid(pid, &status, WNOHANG) == pid ? note(status) : nil
  }

  /// Waits until a signal has stopped the process; false when it ended instead.
  func waitUntilStopped() -> Bool {
    var status: Int32 = 0
    while unsafe waitpid(pid, &status, WUNTRACED) < 0, errno == EINTR {}
    if status & 0xFF == 0x7F { return true }
    _ = note(status)
    return false
  }

  /// Waits for the end and looks at the memory meanwhile.
  ///
  /// What `wait4` tells begins with the memory of the process that started the child, so the high
  /// water mark of the child itself is read as long as it lives.
  func wait(watchingMemory: Bool) -> Ending {
    while poll() == nil {
      peakKilobytes = max(peakKilobytes, highWaterMark())
      usleep(1000)
    }
    return wait()
  }

  private func highWaterMark() -> Int {
    guard let text = try? readText("/proc/\(pid)/status"),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
    else { return 0 }
    return line.split(separator: " ").compactMap { Int($0) }.first
      ?? line.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }.first ?? 0
  }

  private func note(_ status: Int32) -> Ending {
    let signal = status & 0x7F
    let end: Ending = signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
    ending = end
    return end
  }
}
