/// Measures how long the worklist of one advisor takes from a cold process.
///
/// Expected answer: the rows of that advisor in the list of the sub-project, in the same order.
enum WorklistSubject: Subject {
  static let name = "worklist"
  static let question = "How long does the worklist of one advisor take?"

  static func figures(_ bench: Workbench) throws -> [Figure] {
    let store = try bench.simulatedStore().store
    let page = try bench.run(["timeline", try PersonSubject.codes(bench, store)[2]], on: store)
    guard let advisor = word(after: "advisor", in: page.output),
      let subproject = word(after: "sub-project", in: page.output)
    else { throw WrongAnswer(description: "The timeline names no advisor.") }
    let whole = try list(["--subproject", subproject], bench, store).output
    let expected = whole.split(separator: "\n").filter {
      $0.split(separator: ",", omittingEmptySubsequences: false).dropLast(2).last ?? "" == advisor
    }
    let runs = try (0..<max(5, bench.options.runs)).map { _ in
      try list(["--advisor", advisor], bench, store)
    }
    for run in runs {
      let rows = Array(run.output.split(separator: "\n").dropFirst())
      try WrongAnswer.check("worklist of \(advisor)", rows, expected: expected)
    }
    return [
      Figure(
        name, "(g) worklist of one advisor, \(expected.count) rows", .milliseconds,
        runs.map { $0.wall * 1000 }, bar: .init(name: "goal", value: 30),
        cpuSeconds: runs.map(\.cpu))
    ]
  }

  private static func list(
    _ filter: [String], _ bench: Workbench, _ store: Store
  ) throws -> FinishedProcess {
    try bench.run(
      ["due", "list", "-f", "csv", "--on", AskSubject.referenceDay] + filter, on: store)
  }

  private static func word(after word: String, in page: String) -> String? {
    let words = page.split { $0.isWhitespace }
    return words.firstIndex { $0 == word }.flatMap { place in
      place + 1 < words.count ? String(words[place + 1]) : nil
    }
  }
}
