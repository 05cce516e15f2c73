import Foundation
import Glibc
import Testing

/// A text file as it stands.
func readText(_ path: String) throws -> String {
  String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
}

/// Somebody's working place: a folder with files, a home of its own, and the program.
///
/// Without `--store` commands work on the store in the user's data folder, which is here too.
final class Desk {
  /// What a command did.
  struct Outcome: CustomStringConvertible {
    let ending: Child.Ending
    let output: String
    let errors: String
    let peakKilobytes: Int

    var exitCode: Int32? { if case .exit(let code) = ending { code } else { nil } }
    var lines: [String] { output.split(separator: "\n").map(String.init) }
    var description: String { "\(ending)\n--- output\n\(output)--- errors\n\(errors)---" }
  }

  let folder: String
  var environment: [String: String]
  private var number = 0

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appending(path: "wegmarke-desk-\(UUID().uuidString)")
    folder = url.path
    environment = [
      "HOME": "\(folder)/home", "XDG_CONFIG_HOME": "\(folder)/home/config",
      "XDG_DATA_HOME": "\(folder)/home/data", "LC_ALL": "C.UTF-8", "TERM": "xterm",
      "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
      // However full the disk of the tests is; suites about that set their own.
      "WEGMARKE_DISK_STOP": "0", "WEGMARKE_BALLAST": "0",
    ]
    for name in ["home", "streams"] {
      try FileManager.default.createDirectory(
        at: url.appending(path: name), withIntermediateDirectories: true)
    }
  }

  /// A desk whose store holds a made-up programme, imported from the files that it keeps in `net`.
  static func simulated(people: Int, seed: Int = 7) throws -> Desk {
    let desk = try Desk()
    try desk.expect("simulate --participants \(people) --seed \(seed) -o net")
    try desk.expect("init")
    try desk.expect(
      "import net/participants.csv net/events.csv --mapping wir-simulated --messages 0")
    return desk
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The folder of the store that commands use.
  var store: String { "\(folder)/home/data/wegmarke" }

  /// The folder of the keys.
  var keys: String { "\(folder)/home/config/wegmarke/keys" }

  /// Writes a file into the folder.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
  }

  /// A file of the folder.
  func read(_ name: String) throws -> String { try readText("\(folder)/\(name)") }

  /// Starts a command, its words separated by blanks; its streams go to files.
  func start(
    _ command: String, with extra: [String: String] = [:], output: Child.Stream? = nil
  ) throws -> (child: Child, output: String, errors: String) {
    number += 1
    let stream = "\(folder)/streams/\(number)"
    let words = command.split(separator: " ").map(String.init)
    let child = try Child(
      Program.path(), words, environment: environment.merging(extra) { $1 }, in: folder,
      output: output ?? .file("\(stream).out"), errors: .file("\(stream).err"))
    return (child, "\(stream).out", "\(stream).err")
  }

  /// Runs a command to its end.
  @discardableResult
  func run(
    _ command: String, with extra: [String: String] = [:], watchingMemory: Bool = false
  ) throws -> Outcome {
    let running = try start(command, with: extra)
    let ending = watchingMemory ? running.child.wait(watchingMemory: true) : running.child.wait()
    return Outcome(
      ending: ending, output: try readText(running.output), errors: try readText(running.errors),
      peakKilobytes: running.child.peakKilobytes)
  }

  /// Runs a command that must succeed, and gives what it says.
  @discardableResult
  func expect(
    _ command: String, with extra: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let outcome = try run(command, with: extra)
    #expect(
      outcome.exitCode == 0, "wegmarke \(command): \(outcome)", sourceLocation: sourceLocation)
    return outcome.output
  }

  /// The number of records of the store, and a check of all of them, every seal included.
  func verifiedSize(sourceLocation: SourceLocation = #_sourceLocation) throws -> Int {
    let text = try expect("log verify --deep", sourceLocation: sourceLocation)
    return try #require(text.firstMatch(of: /size (\d+)/).flatMap { Int($0.output.1) })
  }

  /// What the journeys of the store say, as a digest.
  func digest(asOf: String? = nil) throws -> String {
    try expect("views digest" + (asOf.map { " --as-of \($0)" } ?? ""))
  }
}
