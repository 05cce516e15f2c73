import Glibc

/// Where and with what the figures were made: they mean little without it.
struct Machine: Encodable {
  let processor: String
  let cores: Int
  let memoryGigabytes: Double
  let kernel: String
  let commit: String
  let versions: [String: String]

  /// Asks the kernel and the programs involved.
  init(wegmarke: String, python: Python?) {
    let information = "/proc/cpuinfo"
    processor = SystemFile.value(after: "model name", in: information) ?? "unknown"
    cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let memory = SystemFile.number(after: "MemTotal", in: "/proc/meminfo") ?? 0
    memoryGigabytes = (Double(memory) / 1024 / 102.4).rounded() / 10
    kernel = Self.line(SystemFile.text("/proc/sys/kernel/osrelease"))
    commit = Self.said("git", ["describe", "--always", "--dirty"]) ?? "unknown"
    var versions: [String: String] = [:]
    versions["wegmarke"] = Self.said(wegmarke, ["--version"])
    versions["swift"] = Self.said("swift", ["--version"])
    versions["python"] = python?.version
    versions["sqlite"] = python?.sqlite
    versions["numpy"] = python?.numpy
    self.versions = versions
  }

  /// The first line that a program says, nil when it is not there.
  private static func said(_ program: String, _ arguments: [String]) -> String? {
    (try? ChildProcess.run(program, arguments)).map { line($0.output) }
  }

  private static func line(_ text: String) -> String {
    text.split(separator: "\n").first.map { String($0) } ?? ""
  }
}

/// The processor time that the whole machine has spent, to tell how much others took meanwhile.
struct ProcessorTime {
  private let busy: Double
  private let moment = ContinuousClock.now

  /// Reads the counters now.
  init() {
    let fields = SystemFile.text("/proc/stat").prefix { $0 != "\n" }.split(separator: " ")
    let ticks = fields.dropFirst().map { Double($0) ?? 0 }
    // user, nice, system, interrupts, soft interrupts
    let used = [0, 1, 2, 5, 6].reduce(0) { $0 + ($1 < ticks.count ? ticks[$1] : 0) }
    busy = used / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// The share of the machine that others used since then, 0 to 1.
  func shareOfOthers(own: Double) -> Double {
    let now = ProcessorTime()
    let wall = (now.moment - moment) / .seconds(1)
    let all = wall * Double(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    return all > 0 ? min(1, max(0, (now.busy - busy - own) / all)) : 0
  }
}

/// The Python of this machine, for the peers.
struct Python {
  let program: String
  let version: String
  let sqlite: String
  /// Nil when NumPy is not there.
  let numpy: String?

  /// Looks for `python3`; nil when there is none.
  init?(_ program: String) {
    let script = """
      import platform, sqlite3
      print(platform.python_version()); print(sqlite3.sqlite_version)
      try:
          import numpy; print(numpy.__version__)
      except ImportError: pass
      """
    guard let said = try? ChildProcess.run(program, ["-c", script]).output else { return nil }
    let lines = said.split(separator: "\n").map { String($0) }
    guard lines.count >= 2 else { return nil }
    self.program = program
    version = lines[0]
    sqlite = lines[1]
    numpy = lines.count > 2 ? lines[2] : nil
  }
}
