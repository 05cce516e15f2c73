import EventLog
import Files

/// Measures imports of people with names, each compared with all before, and the search for pairs.
///
/// The mapping is `office-participants`; what is measured is the whole process, the journeys view
/// included. Expected answer: three events a row; of the copies that the file is made with at least nine
/// in ten are among the pairs (a copy of a copy is more than one pair), and the same import again adds
/// nothing.
enum NamesSubject: Subject {
  static let name = "names"
  static let question = "How fast are people with names imported, and found who are there twice?"

  static func figures(_ bench: Workbench) throws -> [Figure] {
    let people = bench.options.namedPeople
    bench.say("making up \(people) people with names")
    let file = "\(bench.folder)/teilnehmende.csv"
    var source = NamedPeople(seed: bench.options.seed)
    let copies = try source.write(people, to: file)
    let command = [
      "import", "run", file, "--mapping", "office-participants", "--lang", "en", "--messages", "0",
    ]
    var (speeds, memory, processor): ([Double], [Double], [Double]) = ([], [], [])
    let store = Store(path: "\(bench.folder)/named")
    for run in 1...bench.options.runs {
      bench.say("import of names \(run) of \(bench.options.runs)")
      if run > 1 {
        try Folder.remove(store.path)
        try Folder.remove(store.key)
      }
      _ = try bench.run(["init"], on: store)
      let finished = try bench.run(command, on: store)
      let counts = try ImportCounts(finished.output)
      try WrongAnswer.check("events stored", counts.events, expected: 3 * people)
      try WrongAnswer.check("new participants", counts.participants, expected: people)
      speeds.append(Double(people) / finished.wall * 60)
      memory.append(Double(finished.peakPrivate) / 1e6)
      processor.append(finished.cpu)
    }
    let size = try store.open().size()
    _ = try bench.run(command, on: store)
    try WrongAnswer.check("records after the same import", try store.open().size(), expected: size)
    return [
      Figure(
        name, "import with names", .rowsPerMinute, speeds,
        bar: .init(name: "goal", value: 1_000_000), cpuSeconds: processor),
      Figure(name, "peak private memory", .megabytes, memory),
    ] + (try pairs(bench, store, copies: copies))
  }

  private static func pairs(
    _ bench: Workbench, _ store: Store, copies: Int
  ) throws -> [Figure] {
    var (times, memory, processor): ([Double], [Double], [Double]) = ([], [], [])
    var output: String?
    for _ in 0..<max(3, bench.options.runs) {
      let finished = try bench.run(["participants", "duplicates", "-f", "csv"], on: store)
      try WrongAnswer.check("pairs", finished.output, expected: output ?? finished.output)
      output = finished.output
      times.append(finished.wall)
      memory.append(Double(finished.peakPrivate) / 1e6)
      processor.append(finished.cpu)
    }
    let lines = (output ?? "").split(separator: "\n")
    let same = lines.count { $0.contains("same_name same_birth same_postcode") }
    try WrongAnswer.check("nine in ten copies are found", same * 10 >= copies * 9, expected: true)
    return [
      Figure(
        name, "participants duplicates, \(lines.count - 1) pairs", .seconds, times,
        cpuSeconds: processor),
      Figure(name, "… peak private memory", .megabytes, memory),
    ]
  }
}
