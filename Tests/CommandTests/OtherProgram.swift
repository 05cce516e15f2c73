import Foundation
import Synchronization

/// Programs of other people that read what Wegmarke exports; none of them is needed to build or run it.
///
/// Python is the one that `WEGMARKE_READERS_PYTHON` names (see `make crosscheck`), else `python3`; R is `Rscript`.
enum OtherProgram: String {
  case python
  case r

  /// A script that came to an end.
  struct Outcome {
    let ending: Child.Ending
    let said: String

    var isGood: Bool { ending == .exit(0) }
  }

  private static let known = Mutex<[String: Bool]>([:])

  /// The command, where it can be had.
  var path: String? {
    let environment = ProcessInfo.processInfo.environment
    switch self {
    case .python:
      if let named = environment["WEGMARKE_READERS_PYTHON"] { return named }
      return OtherProgram.find("python3")
    case .r: return OtherProgram.find("Rscript")
    }
  }

  private static func find(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.lazy.map { "\($0)/\(name)" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  /// Whether it is there with all of these packages.
  func has(_ packages: [String]) -> Bool {
    guard path != nil else { return false }
    let script: String
    switch self {
    case .python: script = packages.map { "import \($0)\n" }.joined()
    case .r:
      let names = packages.map { "\"\($0)\"" }.joined(separator: ", ")
      script =
        "for (p in c(\(names))) if (!requireNamespace(p, quietly = TRUE)) quit(status = 1)\n"
    }
    let key = "\(rawValue) \(packages)"
    if let answer = OtherProgram.known.withLock({ $0[key] }) { return answer }
    let isThere =
      packages.isEmpty
      || ((try? Desk()).flatMap { try? run(script, at: $0) }?.isGood ?? false)
    OtherProgram.known.withLock { $0[key] = isThere }
    return isThere
  }

  /// The packages that a script names.
  func packages(of script: String) -> [String] {
    switch self {
    case .python:
      script.matches(of: /(?m)^import (\w+)/).map { String($0.output.1) }
        + (script.contains("read_parquet") ? ["pyarrow"] : [])
    case .r: Set(script.matches(of: /(\w+)::/).map { String($0.output.1) }).sorted()
    }
  }

  /// Runs a script in the folder of a desk.
  func run(_ script: String, _ arguments: [String] = [], at desk: Desk) throws -> Outcome {
    let stem = "\(desk.folder)/streams/\(UUID().uuidString)"
    let file = "\(stem).\(self == .python ? "py" : "R")"
    try Data(script.utf8).write(to: URL(filePath: file))
    var environment = desk.environment
    // A Python of several versions finds its own through this.
    environment["PATH"] = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    environment["HOME"] = ProcessInfo.processInfo.environment["HOME"] ?? environment["HOME"]
    let child = try Child(
      path ?? rawValue, (self == .r ? ["--vanilla"] : []) + [file] + arguments,
      environment: environment, in: desk.folder, output: .file("\(stem).out"),
      errors: .file("\(stem).err"))
    let ending = child.wait()
    return Outcome(
      ending: ending, said: try readText("\(stem).out") + readText("\(stem).err"))
  }
}
