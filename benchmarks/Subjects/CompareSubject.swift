import Files

/// Measures two builds of the program side by side: this one, and one of another commit.
///
/// Both ask the same questions of copies of one store, in turn, so that what else the machine does
/// meets both alike. Expected answer: both say the same.
enum CompareSubject: Subject {
  static let name = "compare"
  static let question = "What became faster or slower since another commit?"

  private static let commands = [
    ["ask", "retention-after-job-start"],
    ["ask", "retention-after-job-start", "--as-of", "2024-11-22"],
    ["ask", "time-to-placement", "--by", "isced"], ["ask", "placement-cohorts"],
    ["ask", "status-path"], ["ask", "esf-outputs", "--by", "gender"],
  ]

  static func figures(_ bench: Workbench) throws -> [Figure] {
    guard let base = bench.options.base else { return [] }
    let store = try bench.simulatedStore().store
    let other = Store(path: "\(bench.folder)/base")
    bench.say("copying the store, so that each program has its own view")
    _ = try bench.run("cp", ["-r", "--reflink=auto", store.path, other.path])
    _ = try bench.run("cp", [store.key, other.key])
    // Views are made anew where the layouts differ.
    for (program, store) in [(bench.wegmarke, store), (base, other)] {
      _ = try ask(bench, program, store, commands[0])
    }
    return try commands.map { command in
      let title = command.dropFirst().joined(separator: " ")
      bench.say(title)
      var (ours, theirs): ([FinishedProcess], [FinishedProcess]) = ([], [])
      for _ in 0..<max(7, bench.options.runs) {
        theirs.append(try ask(bench, base, other, command))
        ours.append(try ask(bench, bench.wegmarke, store, command))
      }
      try WrongAnswer.check(title, ours[0].output, expected: theirs[0].output)
      return Figure(
        name, title, .seconds, ours.map(\.cpu),
        bar: .init(name: "base, CPU", value: theirs.map(\.cpu).median),
        cpuSeconds: ours.map(\.cpu))
    }
  }

  private static func ask(
    _ bench: Workbench, _ program: String, _ store: Store, _ command: [String]
  ) throws -> FinishedProcess {
    let date =
      command.contains("--as-of") ? [] : ["--on", AskSubject.referenceDay]
    return try bench.run(
      program,
      command + date
        + ["--store", store.path, "--key-file", store.key, "--quiet", "-f", "csv"])
  }
}
