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
    let plain = try PlainScan.bytesPerSecond(threads: 2)
    figures.append(
      Figure(
        name, "plain sum of a gigabyte, one core", .gigabytesPerSecond,
        [try PlainScan.bytesPerSecond(threads: 1) / 1e9]))
    for question in bench.questions {
      bench.say(question.title)
      let runs = try bench.answers(to: question, on: simulated.store)
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
      if question.script == "occupancy" { figures += try followed(question, peers, bench) }
    }
    return figures
  }

  /// How many people R follows from state to state: more take it too long.
  private static let mostFollowed = 100_000

  /// The probabilities of the states over time, beside R.
  ///
  /// Expected answer: what R says, to 1e-9.
  private static func followed(
    _ question: CommonQuestion, _ peers: PeerTools, _ bench: Workbench
  ) throws -> [Figure] {
    let people = min(bench.options.askParticipants, mostFollowed)
    let found = try peers.followStates(of: people, bench)
    if found.isEmpty { return [] }
    let store = try bench.simulatedStore(of: people).store
    let runs = try bench.answers(to: question, on: store)
    let expected = try StateLines(runs[0].output).probabilities
    return try found.map { peer in
      try PeerLines.check(peer.runs[0].output, against: expected, "R survfit, states")
      return Figure(
        name, "… of \(people) people, R survfit", .seconds, runs.map(\.wall),
        bar: .init(name: "R survfit, stretches ready-made", value: peer.runs.map(\.wall).median),
        cpuSeconds: peer.runs.map(\.cpu))
    }
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
