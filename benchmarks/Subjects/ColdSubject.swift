import Files

/// Measures the time from `exec` to the printed answer when nothing of the store lies in memory.
///
/// Before each run the kernel is asked to drop what it holds of the store's files; the program's own
/// file stays. Expected answer: the same as with the files in memory.
enum ColdSubject: Subject {
  static let name = "cold"
  static let question =
    "How long does an answer take when the store's files have to be read from the disk?"

  static func figures(_ bench: Workbench) throws -> [Figure] {
    let store = try bench.simulatedStore().store
    let code = try PersonSubject.codes(bench, store)[0]
    let questions = bench.questions.map {
      (title: $0.title, command: ["ask"] + $0.command + ["--on", AskSubject.referenceDay])
    }
    var figures: [Figure] = []
    for (title, command) in questions + [("(f) timeline of one person", ["timeline", code])] {
      bench.say("\(title), cold")
      var (warm, cold): ([FinishedProcess], [FinishedProcess]) = ([], [])
      for _ in 0..<max(5, bench.options.runs) {
        warm.append(try bench.run(command, on: store))
        PageCache.drop(store.path)
        cold.append(try bench.run(command, on: store))
      }
      for run in cold {
        try WrongAnswer.check("cold answer", run.output, expected: warm[0].output)
      }
      figures.append(
        Figure(
          name, title, .milliseconds, cold.map { $0.wall * 1000 },
          bar: .init(name: "warm", value: warm.map(\.wall).median * 1000),
          cpuSeconds: cold.map(\.cpu)))
    }
    return figures
  }
}
