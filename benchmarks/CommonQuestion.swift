import FoundationEssentials

/// One of the questions that are measured everywhere, and what peers say to it.
struct CommonQuestion: Sendable {
  let title: String
  /// What `ask` gets, without the reference day.
  let command: [String]
  /// The beginning of the names of the peers' scripts.
  let script: String
  /// The lines that a peer has to say, from the answer.
  let lines: @Sendable (String) throws -> [String]

  /// The letter in front of the title.
  var letter: String { String(title.dropFirst().prefix(1)) }

  /// All of them, in order of their letters.
  static let all = [
    CommonQuestion(
      title: "(a) retention, rule B, gap of 28 days, by 8 groups",
      command: [
        "retention-after-job-start", "--clock", "day", "--gap", "28d", "--by", "isced", "--at",
        "365", "-f", "json",
      ], script: "retention", lines: { try CurveLines($0).lines }),
    CommonQuestion(
      title: "(b) time to placement, competing exits, by 8 groups",
      command: ["time-to-placement", "--by", "isced", "--at", "12", "-f", "json"],
      script: "placement", lines: { try CurveLines($0).lines }),
    CommonQuestion(
      title: "(c) occupancy of four states, 36 months",
      command: ["benchmarks/questions/occupancy.toml", "-f", "json"], script: "occupancy",
      lines: { try StateLines($0).lines }),
    CommonQuestion(
      title: "(d) cohorts: quarter, class of residence, 3 horizons",
      command: ["placement-cohorts", "-f", "csv"], script: "cohorts",
      lines: { try CSVLines($0).cohorts }),
    CommonQuestion(
      title: "(e) ESF+ outputs by gender and network",
      command: ["esf-outputs", "--by", "gender", "--by", "network", "-f", "csv"],
      script: "outputs", lines: { try CSVLines($0).outputs }),
  ]
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

/// The answer to a question of kind `occupancy` as peers say it.
struct StateLines: Decodable {
  struct Group: Decodable {
    let fromIndex: [Moves]
    let occupancy: [State]
  }
  struct State: Decodable {
    let state: String
    let at: [Reading]
  }
  struct Reading: Decodable {
    let time: Double
    let probability: Double?
  }
  struct Moves: Decodable {
    let horizon: Double
    let notDue: Int
    let counts: [Move]
  }
  struct Move: Decodable {
    let to: String?
    let people: Int
  }

  let groups: [Group]

  init(_ output: String) throws {
    self = try JSONDecoder().decode(StateLines.self, from: Data(output.utf8))
  }

  /// Lines "horizon state probability" (Aalen, Johansen).
  var probabilities: [String] {
    groups.flatMap { group in
      group.occupancy.flatMap { state in
        state.at.map { "\(Int($0.time)) \(state.state) \($0.probability ?? .nan)" }
      }
    }
  }

  /// Lines "horizon state people", with those of whom it is not known and not due.
  var lines: [String] {
    groups.flatMap { group in
      group.fromIndex.flatMap { moves in
        let horizon = Int(moves.horizon)
        let known = group.occupancy.map { state in
          let people = moves.counts.reduce(0) { $0 + ($1.to == state.state ? $1.people : 0) }
          return "\(horizon) \(state.state) \(people)"
        }
        let unknown = moves.counts.reduce(0) { $0 + ($1.to == nil ? $1.people : 0) }
        return known + ["\(horizon) unknown \(unknown)", "\(horizon) not-due \(moves.notDue)"]
      }
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
