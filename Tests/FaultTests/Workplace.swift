import Foundation
import Testing

/// A folder of its own with a user's folders in it, and the programs that work there.
///
/// What is watched lies under ``home``; everything else (inputs, streams, traces) beside it.
final class Workplace {
  /// What a command did.
  struct Outcome: CustomStringConvertible {
    let exitCode: Int32?
    let signal: Int32?
    let output: String
    let errors: String
    var description: String {
      "\(exitCode.map { "exit \($0)" } ?? "signal \(signal ?? 0)")\n\(output)\(errors)"
    }
  }

  let folder: String
  var home: String { "\(folder)/user" }
  var store: String { "\(home)/data/wegmarke" }

  /// - Parameter isInMemory: On a memory file system, where there is one: for files that are
  ///   written many times and need not last.
  init(isInMemory: Bool = true) throws {
    let memory = URL(filePath: "/dev/shm")
    let base =
      isInMemory && FileManager.default.isWritableFile(atPath: memory.path)
      ? memory : FileManager.default.temporaryDirectory
    folder = base.appending(path: "wegmarke-faults-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: "\(folder)/user", withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The folder in which the build put the programs.
  static let programs: String = {
    let given = ProcessInfo.processInfo.environment["WEGMARKE_BINARY"] ?? ""
    return URL(filePath: given).deletingLastPathComponent().path
  }()

  /// Whether the build put there what these tests need; `make test` says where.
  static let areProgramsThere = ["wegmarke", "FaultWorker", "libWegmarkeFaults.so"].allSatisfy {
    FileManager.default.isExecutableFile(atPath: "\(programs)/\($0)")
  }

  /// The environment of every program here.
  var environment: [String: String] {
    [
      "HOME": home, "XDG_CONFIG_HOME": "\(home)/config", "XDG_DATA_HOME": "\(home)/data",
      "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
      "TMPDIR": folder,
      // Fullness is made here, and in other places than where the program would stop by itself.
      "WEGMARKE_DISK_WARN": "0", "WEGMARKE_DISK_STOP": "0", "WEGMARKE_BALLAST": "0",
    ]
  }

  /// Starts a program, with the library that watches it when the environment says what to do.
  func start(
    _ program: String, _ words: [String], with extra: [String: String] = [:], output: String,
    errors: String
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "\(Workplace.programs)/\(program)")
    process.arguments = words
    process.currentDirectoryURL = URL(filePath: folder)
    var all = environment.merging(extra) { $1 }
    if !extra.isEmpty {
      all["LD_PRELOAD"] = "\(Workplace.programs)/libWegmarkeFaults.so"
      all["WEGMARKE_FAULTS_ROOT"] = home
    }
    process.environment = all
    for path in [output, errors] { try Data().write(to: URL(filePath: path)) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
    try process.run()
    return process
  }

  /// Runs a program to its end.
  func run(
    _ program: String, _ words: [String], with extra: [String: String] = [:]
  ) throws -> Outcome {
    let name = "\(folder)/stream-\(UUID().uuidString)"
    defer {
      for end in ["out", "err"] { try? FileManager.default.removeItem(atPath: "\(name).\(end)") }
    }
    let process = try start(
      program, words, with: extra, output: "\(name).out", errors: "\(name).err")
    process.waitUntilExit()
    let isExit = process.terminationReason == .exit
    return Outcome(
      exitCode: isExit ? process.terminationStatus : nil,
      signal: isExit ? nil : process.terminationStatus, output: try read("\(name).out"),
      errors: try read("\(name).err"))
  }

  /// Runs `wegmarke` with the words of a line.
  func wegmarke(_ line: String, with extra: [String: String] = [:]) throws -> Outcome {
    try run("wegmarke", line.split(separator: " ").map(String.init), with: extra)
  }

  /// Runs `wegmarke`, which must succeed, and gives what it says.
  @discardableResult
  func expect(
    _ line: String, with extra: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let outcome = try wegmarke(line, with: extra)
    try #require(
      outcome.exitCode == 0, "wegmarke \(line): \(outcome)", sourceLocation: sourceLocation)
    return outcome.output
  }

  /// The text of a file; a path without a beginning lies in the folder.
  func read(_ path: String) throws -> String {
    let path = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }
}

/// A number that a make target sets; the value in continuous integration otherwise.
func setting(_ name: String, _ otherwise: Int) -> Int {
  ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? otherwise
}
