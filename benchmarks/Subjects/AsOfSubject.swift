/// Measures what an answer costs as known two years ago, beside the same as known now.
///
/// In turn, so that what else the machine does meets both alike. Expected answer: the same every time;
/// that of then is compared with naive replay by the tests.
enum AsOfSubject: Subject {
  static let name = "as-of"
  static let question = "What does an answer cost as known two years ago?"

  /// Two years before the reference day.
  private static let past = "2024-11-22"

  static func figures(_ bench: Workbench) throws -> [Figure] {
    let store = try bench.simulatedStore().store
    var figures: [Figure] = []
    for question in bench.questions {
      bench.say("\(question.title), as of \(past)")
      var (now, then): ([FinishedProcess], [FinishedProcess]) = ([], [])
      let command = ["ask"] + question.command
      for _ in 0..<max(5, bench.options.runs) {
        now.append(try bench.run(command + ["--on", AskSubject.referenceDay], on: store))
        then.append(try bench.run(command + ["--as-of", past], on: store))
      }
      for (one, other) in zip(now, then) {
        try WrongAnswer.check("now", one.output, expected: now[0].output)
        try WrongAnswer.check("as of \(past)", other.output, expected: then[0].output)
      }
      figures.append(
        Figure(
          name, question.title, .seconds, then.map(\.wall),
          bar: .init(name: "twice as of now", value: 2 * now.map(\.wall).median),
          cpuSeconds: then.map(\.cpu)))
    }
    return figures
  }
}
