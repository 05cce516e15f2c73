import Files
import FoundationEssentials

/// Measures common questions side by side with the peers of analysts: DuckDB, polars, R.
///
/// Whole process against whole process, each warm in its native form. Expected answer: what the peer
/// says too, counts exactly and shares to 1e-9. Peers get the milestones with corrections applied,
/// without seals, checksums, history or certificate.
enum PeersSubject: Subject {
  static let name = "peers"
  static let question = "How long do common questions take here, in DuckDB, in polars, and in R?"

  /// One question, and how the peers' answers compare with its own.
  private struct Question: Sendable {
    let title: String
    let command: [String]
    /// The beginning of the scripts' names.
    let script: String
    /// The lines that a peer has to say.
    let lines: @Sendable (String) throws -> [String]
  }

  private static let questions = [
    Question(
      title: "(a) retention, rule B, gap of 28 days, by 8 groups",
      command: [
        "retention-after-job-start", "--clock", "day", "--gap", "28d", "--by", "isced", "--at",
        "365", "-f", "json",
      ], script: "retention", lines: { try CurveLines($0).lines }),
    Question(
      title: "(b) time to placement, competing exits, by 8 groups",
      command: ["time-to-placement", "--by", "isced", "--at", "12", "-f", "json"],
      script: "placement", lines: { try CurveLines($0).lines }),
    Question(
      title: "(d) cohorts: quarter, class of residence, 3 horizons",
      command: ["placement-cohorts", "-f", "csv"], script: "cohorts",
      lines: { try CSVLines($0).cohorts }),
    Question(
      title: "(e) ESF+ outputs by gender and network",
      command: ["esf-outputs", "--by", "gender", "--by", "network", "-f", "csv"],
      script: "outputs", lines: { try CSVLines($0).outputs }),
  ]

  static func figures(_ bench: Workbench) throws -> [Figure] {
    let simulated = try bench.simulatedStore()
    // The view is made before anything is measured.
    _ = try bench.run(["ask", "retention-after-job-start"], on: simulated.store)
    guard let peers = try PeerTools(bench) else {
      return [Figure(name, "all", notRun: "no python3, or no peers asked for")]
    }
    var figures: [Figure] = []
    // What the program itself and an empty question touch is no data.
    let program = try bench.run(bench.wegmarke, ["--version"]).peakResident
    let plain = try PlainScan.bytesPerSecond()
    for question in questions {
      bench.say(question.title)
      let runs = try (0..<max(5, bench.options.runs)).map { _ in
        try bench.run(
          ["ask"] + question.command + ["--on", AskSubject.referenceDay], on: simulated.store)
      }
      let expected = try question.lines(runs[0].output)
      figures.append(
        Figure(
          name, question.title, .seconds, runs.map(\.wall), cpuSeconds: runs.map(\.cpu)))
      figures += touched(runs, plain: plain, program: program)
      for peer in try peers.run(question.script, bench) {
        try PeerLines.check(
          peer.runs[0].output, against: expected, "\(peer.name), \(question.script)")
        figures.append(
          Figure(
            name, "… \(peer.name)", .seconds, runs.map(\.wall),
            bar: .init(name: peer.name, value: peer.runs.map(\.wall).median),
            cpuSeconds: peer.runs.map(\.cpu)))
      }
    }
    return figures
  }
}

extension PeersSubject {
  /// How much of its files a question touched, and how fast, against adding up as much memory.
  fileprivate static func touched(
    _ runs: [FinishedProcess], plain: Double, program: Int
  ) -> [Figure] {
    let bytes = runs.map { Double(max(0, $0.peakResident - program)) }
    return [
      Figure(name, "… touched", .megabytes, bytes.map { $0 / 1e6 }),
      Figure(
        name, "… a second", .gigabytesPerSecond, zip(bytes, runs).map { $0 / $1.wall / 1e9 },
        bar: .init(name: "plain sum", value: plain / 1e9)),
    ]
  }
}

/// The answer to a question of kind `time-to-event` as peers say it.
private struct CurveLines: Decodable {
  struct Group: Decodable {
    let values: [String?]
    let subjects: Int
    let events: Int
    let at: [Reading]
    let incidence: [Cause]?
    let curve: [Step]
  }
  struct Reading: Decodable {
    let survival: Double?
    let incidence: Double?
  }
  struct Step: Decodable {
    let events: Int
  }
  struct Cause: Decodable {
    let at: [Reading]
    let curve: [Step]
  }

  let groups: [Group]

  init(_ output: String) throws {
    self = try JSONDecoder().decode(CurveLines.self, from: Data(output.utf8))
  }

  /// Lines "value people events share".
  var lines: [String] {
    groups.map { group in
      let value = group.values[0] ?? ""
      guard let cause = group.incidence?.first else {
        return "\(value) \(group.subjects) \(group.events) \(group.at[0].survival ?? .nan)"
      }
      let events = cause.curve.reduce(0) { $0 + $1.events }
      return "\(value) \(group.subjects) \(events) \(cause.at[0].incidence ?? .nan)"
    }
  }
}

/// The rows of an answer as CSV, as peers say them.
private struct CSVLines {
  private let rows: [[String: String]]

  init(_ output: String) throws {
    let lines = output.split(separator: "\n").map { CSVLines.cells(String($0)) }
    guard let header = lines.first, lines.allSatisfy({ $0.count == header.count }) else {
      throw WrongAnswer(description: "The answer is no table.")
    }
    rows = lines.dropFirst().map { Dictionary(zip(header, $0)) { one, _ in one } }
  }

  /// The cells of a line; commas in quotes separate nothing.
  private static func cells(_ line: String) -> [String] {
    line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().map { place, part in
      place % 2 == 1 ? part.filter { $0 != "," } : String(part)
    }.joined().split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  private func line(_ row: [String: String], _ names: [String]) -> String {
    names.map { row[$0] ?? "" }.joined(separator: " ")
  }

  /// Lines "class quarter horizon people due happened share"; without those over all cohorts.
  var cohorts: [String] {
    rows.filter { $0["cohort"]?.contains("-Q") == true }.map { row in
      line(row, ["stratum", "cohort", "horizon", "n", "due", "happened", "share"])
    }
  }

  /// Lines "group row yes no unknown", of the rows that peers count too.
  var outputs: [String] {
    rows.filter { !["EECO06", "EECO07", "EECO08"].contains($0["row"] ?? "") }.map { row in
      line(row, ["stratum", "row", "yes", "no", "unknown"])
    }
  }
}

/// Compares lines of a peer with those expected: words and whole numbers exactly, others to 1e-9.
enum PeerLines {
  static func check(_ output: String, against expected: [String], _ who: String) throws {
    let found = output.split(separator: "\n").map(String.init).sorted()
    try WrongAnswer.check("\(who): lines", found.count, expected: expected.count)
    for (one, other) in zip(found, expected.sorted()) where !agree(one, other) {
      throw WrongAnswer(description: "\(who): says “\(one)”, here “\(other)”.")
    }
  }

  private static func agree(_ one: String, _ other: String) -> Bool {
    let (left, right) = (one.split(separator: " "), other.split(separator: " "))
    return left.count == right.count
      && zip(left, right).allSatisfy { a, b in
        if a == b || b == "NA" { return true }
        guard a.contains("."), let a = Double(a), let b = Double(b) else { return false }
        return abs(a - b) <= 1e-9
      }
  }
}
