import Foundation
import Testing

/// Every shipped question is asked of SQL too, which was written from its rule in words and knows nothing
/// of the program.
///
/// The SQL runs in DuckDB by Python; `make crosscheck` brings both. Counts must be equal, shares to 1e-9.
@Suite("A question asked of SQL too")
struct QuestionSQLTests {
  private static let folder = Program.checkout.appending(path: "Tests/DuckDB").path
  private static let python =
    ProcessInfo.processInfo.environment["WEGMARKE_DUCKDB_PYTHON"] ?? "python3"

  private static let isInstalled: Bool = {
    guard let desk = try? Desk(), let outcome = try? run(["-c", "import duckdb"], at: desk) else {
      return false
    }
    return outcome.ending == .exit(0)
  }()

  @Test("has its SQL")
  func isWritten() throws {
    let missing = try Self.questions().filter {
      !FileManager.default.fileExists(atPath: "\(Self.folder)/\($0).sql")
    }
    #expect(missing.isEmpty)
  }

  @Test(
    "has the same answer",
    .enabled(if: isInstalled, "DuckDB is not installed for Python; see: make crosscheck"),
    arguments: [(1, "2026-11-22"), (2, "2026-06-30"), (3, "2025-02-28"), (4, "2024-12-31")])
  func isTheSame(seed: Int, day: String) throws {
    let desk = try Desk()
    try desk.expect("simulate --participants 600 --seed \(seed) -o made-up")
    var recorded = ""
    // A midnight during the import would give its records two days.
    repeat {
      recorded = Self.today()
      try? FileManager.default.removeItem(atPath: "\(desk.folder)/home")
      try desk.expect("init")
      try desk.expect(
        "import made-up/participants.csv made-up/events.csv --mapping wir-simulated")
    } while recorded != Self.today()
    var arguments = ["\(Self.folder)/compare.py", "made-up", day, recorded]
    let questions = try Self.questions()
    for question in questions {
      try desk.write(
        try desk.expect("ask \(question) -f csv --on \(day)"), to: "\(question).csv")
      arguments.append("\(question)=\(question).csv")
    }
    let outcome = try Self.run(arguments, at: desk)
    let differences = outcome.output.split(separator: "\n").filter { !$0.hasPrefix("same ") }
    #expect(differences.isEmpty && outcome.ending == .exit(0), "seed \(seed): \(outcome)")
    #expect(outcome.lines.count == questions.count)
  }

  private static func questions() throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: Program.checkout.appending(path: "projections/questions").path
    )
    .filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }.sorted()
  }

  private static func run(_ arguments: [String], at desk: Desk) throws -> Desk.Outcome {
    let stream = "\(desk.folder)/streams/python"
    let child = try Child(
      python, arguments, environment: desk.environment, in: desk.folder,
      output: .file("\(stream).out"), errors: .file("\(stream).err"))
    return Desk.Outcome(
      ending: child.wait(), output: try readText("\(stream).out"),
      errors: try readText("\(stream).err"), peakKilobytes: 0)
  }

  /// The day in the zone of a new store.
  private static func today() -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Europe/Berlin") ?? .gmt
    let parts = calendar.dateComponents([.year, .month, .day], from: Date())
    return [parts.year, parts.month, parts.day].compactMap(\.self)
      .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: "-")
  }
}
