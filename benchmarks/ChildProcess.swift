// posix_spawn, pipe and wait4 take addresses, hence `unsafe`; nothing else here does.
import FoundationEssentials
import Glibc

/// What a finished process said and used.
struct FinishedProcess {
  /// What it wrote to standard output.
  let output: String
  /// Its exit code; 128 + signal when one ended it.
  let status: Int32
  /// Seconds from its start to its end.
  let wall: Double
  /// Seconds of processor time, its own and the system's for it, of all threads.
  let cpu: Double
  /// The most private memory seen, in bytes: anonymous pages, without mapped files.
  let peakPrivate: Int
  /// The most memory that it had in all, in bytes: what it touched of files included.
  ///
  /// The kernel's figure where it is above what the measuring process had itself, which a new process
  /// is charged with; else the most that was seen.
  let peakResident: Int
}

/// Why a process was no help.
enum ChildProcessError: Error, CustomStringConvertible {
  case notStarted(program: String, code: Int32)
  case failed(command: String, status: Int32)

  var description: String {
    switch self {
    case .notStarted(let program, let code):
      "\(program) could not be started: \(unsafe String(cString: strerror(code)))."
    case .failed(let command, let status): "exit code \(status): \(command)"
    }
  }
}

/// Processes that are measured from outside: what their user would wait for and pay.
enum ChildProcess {
  /// How often the memory of a process is looked at, in milliseconds.
  static let samplingInterval: Int32 = 20

  /// Runs a program to its end; fails when the program does.
  static func run(_ program: String, _ arguments: [String]) throws -> FinishedProcess {
    let finished = try runToEnd(program, arguments)
    guard finished.status == 0 else {
      throw ChildProcessError.failed(
        command: ([program] + arguments).joined(separator: " "), status: finished.status)
    }
    return finished
  }

  /// Runs a program to its end, whatever its exit code is.
  ///
  /// Its standard error is this process's. While its output is read, its memory is sampled; the end
  /// of the output wakes this process at once, so that sampling adds nothing to the time.
  static func runToEnd(_ program: String, _ arguments: [String]) throws -> FinishedProcess {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else {
      throw ChildProcessError.notStarted(program: program, code: errno)
    }
    let (reading, writing) = (ends[0], ends[1])
    // The child gets the writing end as its standard output only, else the end never comes.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(reading) }
    forgetPeak()
    let ownPeak = SystemFile.number(after: "VmHWM:", in: "/proc/self/status") ?? .max
    let clock = ContinuousClock()
    let start = clock.now
    let pid: pid_t
    do {
      defer { close(writing) }
      pid = try spawn(program, arguments, output: writing)
    }
    let (output, memory) = listen(to: reading, memoryOf: pid)
    var status: Int32 = 0
    var usage = rusage()
    while unsafe wait4(pid, &status, 0, &usage) < 0 && errno == EINTR {}
    let wall = (clock.now - start) / .seconds(1)
    return FinishedProcess(
      output: String(decoding: output, as: UTF8.self),
      status: status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F, wall: wall,
      cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime), peakPrivate: memory.ownPages,
      peakResident: usage.ru_maxrss > ownPeak ? usage.ru_maxrss * 1024 : memory.resident)
  }

  /// Lets the most memory that this process had be what it has now.
  private static func forgetPeak() {
    let file = unsafe open("/proc/self/clear_refs", O_WRONLY)
    guard file >= 0 else { return }
    _ = unsafe write(file, "5", 1)
    close(file)
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }

  private static func spawn(
    _ program: String, _ arguments: [String], output: Int32
  ) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    var variables =
      unsafe ProcessInfo.processInfo.environment.map { unsafe strdup("\($0)=\($1)") } + [nil]
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    var pid: pid_t = 0
    let code = unsafe posix_spawnp(&pid, program, &actions, nil, &words, &variables)
    guard code == 0 else { throw ChildProcessError.notStarted(program: program, code: code) }
    return pid
  }

  /// Reads to the end of a pipe, meanwhile looking at the memory of the process that writes it.
  private static func listen(to pipe: Int32, memoryOf pid: pid_t) -> ([UInt8], Memory) {
    let clock = ContinuousClock()
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var peak = Memory()
    var due = clock.now + .milliseconds(Int(samplingInterval))
    while true {
      var event = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
      let ready = unsafe poll(&event, 1, samplingInterval)
      // Most programs have touched everything when they begin to answer.
      if ready > 0 || clock.now >= due {
        peak.see(pid)
        due = clock.now + .milliseconds(Int(samplingInterval))
      }
      if ready == 0 { continue }
      let count = unsafe read(pipe, &buffer, buffer.count)
      if count > 0 {
        output += buffer[..<count]
      } else if count == 0 || errno != EINTR {
        return (output, peak)
      }
    }
  }

  /// The most memory seen of a process, in bytes.
  private struct Memory {
    /// Its anonymous pages.
    var ownPages = 0
    /// All its pages, at any time of its life.
    var resident = 0

    /// Looks once more; a process that has ended shows nothing.
    mutating func see(_ pid: pid_t) {
      let status = "/proc/\(pid)/status"
      func bytes(_ label: String) -> Int {
        SystemFile.number(after: label, in: status).map { $0 * 1024 } ?? 0
      }
      ownPages = max(ownPages, bytes("RssAnon:"))
      resident = max(resident, bytes("VmHWM:"))
    }
  }
}
