import EventLog
import Files
import Journey

/// Measures what an answer costs that has to take in new events first.
///
/// A thousand events on a thousand random people, appended durably in one commit; then the same
/// question twice: the first answer takes them in, the second finds them there. In a copy of the store,
/// so that the next run finds it as it was. Expected answer: both say the same.
enum LateSubject: Subject {
  static let name = "late"
  static let question = "What does an answer cost more after a thousand new events?"

  static func figures(_ bench: Workbench) throws -> [Figure] {
    let simulated = try bench.simulatedStore()
    let people = bench.options.askParticipants
    guard people <= 2_000_000 else {
      return [
        Figure(name, "first answer after", notRun: "the copy of the store would be too large")
      ]
    }
    let store = Store(path: "\(bench.folder)/late")
    bench.say("copying the store")
    _ = try bench.run("cp", ["-r", "--reflink=auto", simulated.store.path, store.path])
    _ = try bench.run("cp", [simulated.store.key, store.key])
    _ = try ask(bench, store)
    var (commits, more, again): ([Double], [Double], [Double]) = ([], [], [])
    for round in 0..<5 {
      commits.append(try append(1000, of: people, round: round, to: store))
      let (first, second) = (try ask(bench, store), try ask(bench, store))
      try WrongAnswer.check("answer", second.output, expected: first.output)
      more.append((first.wall - second.wall) * 1000)
      again.append(second.wall)
    }
    return [
      Figure(name, "one durable append of 1,000 events", .milliseconds, commits),
      Figure(
        name, "first answer after, more than the next", .milliseconds, more,
        bar: .init(name: "goal", value: 100)),
      Figure(name, "the next one", .seconds, again),
    ]
  }

  private static func ask(_ bench: Workbench, _ store: Store) throws -> FinishedProcess {
    try bench.run(
      ["ask", "retention-after-job-start", "-f", "csv", "--on", AskSubject.referenceDay], on: store)
  }

  /// Appends in one commit; gives the milliseconds that took.
  private static func append(
    _ count: Int, of people: Int, round: Int, to store: Store
  ) throws -> Double {
    let log = try EventLog(
      store: store.path, access: .write(waitingAtMost: .zero), rootKey: .file(store.key))
    let event = JourneyEvent(.statusConfirmed, on: CivilDate(Day(number: 20_700)))
    // Steps by a prime number go round everybody.
    let parts = (0..<min(count, people)).map { number in
      AppendRequest.Part(
        .stream(.participant(ParticipantRef(UInt32((number * 7919 + round * 31) % people)))),
        expecting: .any, [event])
    }
    let clock = ContinuousClock()
    let start = clock.now
    try log.append(AppendRequest(parts))
    return (clock.now - start) / .milliseconds(1)
  }
}
