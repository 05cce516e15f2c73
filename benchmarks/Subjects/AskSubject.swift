import EventLog
import Files
import FoundationEssentials
import ProjectionEngine

/// Measures how long an answer about a million people takes.
///
/// The whole process, cold, over a view that is up to date: plain, by gender, and as known half-way
/// through the log. Expected answer: everybody is accounted for; the groups add up; and, for the usual
/// size and seed, the numbers kept here. What peers find is compared in `PeersSubject`.
enum AskSubject: Subject {
  static let name = "ask"
  static let question = "How long does an answer about a million people take?"

  /// The reference day: the last one of the made-up data.
  static let referenceDay = "2026-11-22"

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
    figures += try onDisk(simulated)

    return figures
  }

  /// Bytes an event, for the log and for the view.
  private static func onDisk(_ simulated: SimulatedStore) throws -> [Figure] {
    let path = simulated.store.path
    let view = String(
      decoding: try Folder.contents(of: "\(path)/views/journeys"), as: UTF8.self)
    return try [
      ("log, an event", "\(path)/log/data.mdb", 160.0),
      ("journeys view, an event", "\(path)/views/\(view)/data.mdb", 24),
    ].map { title, file, goal in
      Figure(
        name, title, .bytes,
        [Double(try Folder.size(ofFile: file)) / Double(simulated.events)],
        bar: .init(name: "goal", value: goal))
    }
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
}
