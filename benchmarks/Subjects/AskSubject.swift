import EventLog
import Files
import FoundationEssentials
import ProjectionEngine

/// Measures how long an answer about a million people takes.
///
/// The whole process, cold, over a view that is up to date: plain, by gender, and as known half-way
/// through the log. Expected answer: everybody is accounted for; the groups add up; the peer, which
/// works on a table of events, finds the same numbers of people and losses and the same retention
/// after twelve months; and, for the usual size and seed, the numbers kept here.
enum AskSubject: Subject {
  static let name = "ask"
  static let question = "How long does an answer about a million people take?"

  /// The reference day: the last one of the made-up data.
  private static let referenceDay = "2026-11-22"

  static func figures(_ bench: Workbench) throws -> [Figure] {
    let simulated = try bench.simulatedStore()
    var figures = [try first(bench, simulated)].compactMap { $0 }
    let goal = Figure.Bar(name: "goal", value: 1)

    let plain = try ask(bench, simulated, ["--on", referenceDay])
    try plain.answer.checkSums(participants: bench.options.askParticipants)
    try KnownAnswer.check(plain.answer, bench.options)
    figures.append(plain.figure("retention-after-job-start", bar: goal))
    figures.append(Figure(name, "peak private memory", .megabytes, plain.memory))

    let grouped = try ask(bench, simulated, ["--on", referenceDay, "--by", "gender"])
    try grouped.answer.checkSums(participants: bench.options.askParticipants)
    try WrongAnswer.check(
      "losses by gender", grouped.answer.events, expected: plain.answer.events)
    try WrongAnswer.check(
      "counted by gender", grouped.answer.subjects, expected: plain.answer.subjects)
    figures.append(grouped.figure("… by gender", bar: goal))

    let half = UInt64(simulated.events / 2)
    let past = try ask(bench, simulated, ["--as-of", "#\(half - 1)"])
    try past.answer.checkSums(
      participants: try participants(in: simulated.store.open(), size: half))
    figures.append(past.figure("… as known half-way through the log", bar: goal))

    figures.append(try peer(bench, simulated, plain, grouped))
    return figures
  }

  /// The first answer of all, which has to make the view; nil when an earlier run did.
  private static func first(_ bench: Workbench, _ simulated: SimulatedStore) throws -> Figure? {
    if Folder.exists("\(simulated.store.path)/views/journeys") { return nil }
    bench.say("first answer, which makes the view")
    let finished = try bench.run(
      ["ask", "retention-after-job-start", "--on", referenceDay], on: simulated.store)
    return Figure(
      name, "first of all: makes the view", .seconds, [finished.wall],
      cpuSeconds: [finished.cpu])
  }

  private struct Asked {
    let answer: RetentionAnswer
    let times: [Double]
    let processor: [Double]
    let memory: [Double]

    func figure(_ title: String, bar: Figure.Bar) -> Figure {
      Figure(AskSubject.name, title, .seconds, times, bar: bar, cpuSeconds: processor)
    }
  }

  private static func ask(
    _ bench: Workbench, _ simulated: SimulatedStore, _ options: [String]
  ) throws -> Asked {
    let runs = try (0..<max(5, bench.options.runs)).map { _ in
      try bench.run(
        ["ask", "retention-after-job-start", "-f", "json"] + options, on: simulated.store)
    }
    let answers = try runs.map { run in
      try JSONDecoder().decode(RetentionAnswer.self, from: Data(run.output.utf8))
    }
    for answer in answers { try WrongAnswer.check("answer", answer, expected: answers[0]) }
    return Asked(
      answer: answers[0], times: runs.map(\.wall), processor: runs.map(\.cpu),
      memory: runs.map { Double($0.peakPrivate) / 1e6 })
  }

  /// How many participants the first records of the log know: refs are given in order.
  private static func participants(in log: EventLog, size: UInt64) throws -> Int {
    var end = size
    while end > 0 {
      let begin = end > 4096 ? end - 4096 : 0
      let records = try log.records(begin..<end) { $0.kind == .participant }
      if let last = records.last(where: { $0.header.streamVersion == 1 }) {
        return Int(last.header.stream.ref) + 1
      }
      end = begin
    }
    return 0
  }

  // MARK: The peer

  private static func peer(
    _ bench: Workbench, _ simulated: SimulatedStore, _ plain: Asked, _ grouped: Asked
  ) throws -> Figure {
    let title = "the same, against NumPy on a table of events"
    guard let python = bench.python, python.numpy != nil else {
      return Figure(name, title, notRun: bench.python == nil ? "no python3" : "no NumPy")
    }
    bench.say("exporting the table of events")
    let folder = "\(bench.folder)/table"
    let table = try EventTable(JourneysView(of: try simulated.store.open()), attribute: "gender")
    try table.write(to: folder)
    let runs = try (0..<max(5, bench.options.runs)).map { _ in
      try bench.run(
        python.program, ["benchmarks/peers/retention_numpy.py", folder, referenceDay])
    }
    let lines = runs[0].output.split(separator: "\n").map { String($0) }
    try WrongAnswer.check("lines of the peer", lines.count, expected: table.values.count + 1)
    try PeerAnswer(lines[0]).check(against: plain.answer.groups[0], "NumPy")
    for group in grouped.answer.groups {
      let number = table.values.firstIndex { $0 == (group.values[0] ?? "") } ?? 0
      try PeerAnswer(lines[number + 1]).check(against: group, "NumPy, \(group.values)")
    }
    return Figure(
      name, title, .seconds, plain.times,
      bar: .init(name: "NumPy", value: runs.map(\.wall).median))
  }
}

/// One line of the peer: people, losses, retention after twelve months.
private struct PeerAnswer {
  let subjects: Int
  let events: Int
  let survival: Double

  init(_ line: String) throws {
    let words = line.split(separator: " ")
    guard words.count == 3, let subjects = Int(words[0]), let events = Int(words[1]),
      let survival = Double(words[2])
    else { throw WrongAnswer(description: "The peer said: \(line)") }
    (self.subjects, self.events, self.survival) = (subjects, events, survival)
  }

  func check(against group: RetentionAnswer.Group, _ who: String) throws {
    try WrongAnswer.check("\(who): counted", subjects, expected: group.subjects)
    try WrongAnswer.check("\(who): losses", events, expected: group.events)
    let ours = group.at.first { $0.time == 12 }?.survival ?? .nan
    if !(abs(ours - survival) <= 1e-10) {
      throw WrongAnswer(description: "\(who): retention \(survival), here \(ours).")
    }
  }
}
