/// Measures how long the timeline of one person takes from a cold process.
///
/// Five people from different places of the list, five runs each, over a view that is up to date; the
/// flush of the access record included. Expected answer: the page of that person, the same every time.
enum PersonSubject: Subject {
  static let name = "person"
  static let question = "How long does the timeline of one person take?"

  static func figures(_ bench: Workbench) throws -> [Figure] {
    let store = try bench.simulatedStore().store
    let codes = try PersonSubject.codes(bench, store)
    var runs: [FinishedProcess] = []
    for code in codes {
      let again = try (0..<max(5, bench.options.runs)).map { _ in
        try bench.run(["timeline", code], on: store)
      }
      for run in again {
        try WrongAnswer.check("timeline of \(code)", run.output, expected: again[0].output)
      }
      try WrongAnswer.check("\(code) is named", again[0].output.contains(code), expected: true)
      runs += again
    }
    return [
      Figure(
        name, "(f) timeline of one person", .milliseconds, runs.map { $0.wall * 1000 },
        bar: .init(name: "goal", value: 30), cpuSeconds: runs.map(\.cpu))
    ]
  }

  /// The codes of five people among the first thousand of the list.
  static func codes(_ bench: Workbench, _ store: Store) throws -> [String] {
    let list = try bench.run(["participants", "list", "--limit", "1000", "-f", "csv"], on: store)
    let codes = list.output.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: ",").first.map(String.init)
    }
    guard !codes.isEmpty else { throw WrongAnswer(description: "The list has nobody.") }
    return (0..<5).map { codes[$0 * codes.count / 5] }
  }
}
