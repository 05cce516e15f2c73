import EventLog
import Files

/// Measures how fast a file becomes a store that can be asked, and what that costs in memory.
///
/// The whole process: reading, checking, sealing, durable appends, and the refresh of the journeys
/// view at its end. Expected answer: as many events and participants as the files state, counted
/// here by their distinct lines; the same import once more adds nothing; the peer stores as many.
enum ImportSubject: Subject {
  static let name = "import"
  static let question = "How fast does a CSV file become a store that can be asked?"

  static func figures(_ bench: Workbench) throws -> [Figure] {
    let csv = try bench.csvFiles()
    var speeds: [Double] = []
    var memory: [Double] = []
    var processor: [Double] = []
    for run in 1...bench.options.runs {
      bench.say("import \(run) of \(bench.options.runs)")
      let store = Store(path: "\(bench.folder)/imported-\(run)")
      let finished = try Self.run(bench, csv, into: store)
      speeds.append(Double(csv.events) / finished.wall)
      memory.append(Double(finished.peakPrivate) / 1e6)
      processor.append(finished.cpu)
      if let before = bench.imported { try Folder.remove(before.store.path) }
      bench.imported = try imported(bench, csv, store)
    }
    var figures = [
      Figure(
        name, "CSV to durable, sealed, projected", .eventsPerSecond, speeds,
        bar: .init(name: "goal", value: 150_000), cpuSeconds: processor),
      Figure(
        name, "peak private memory", .megabytes, memory,
        bar: .init(name: "goal", value: memoryLimit(people: csv.people))),
    ]
    figures.append(try again(bench, csv))
    figures.append(try peer(bench, csv, speeds))
    return figures
  }

  /// A store that holds the import, from this subject or made for another one.
  static func store(_ bench: Workbench) throws -> ImportedStore {
    if let imported = bench.imported { return imported }
    let csv = try bench.csvFiles()
    let store = Store(path: "\(bench.folder)/imported")
    bench.say("import")
    _ = try run(bench, csv, into: store)
    let made = try imported(bench, csv, store)
    bench.imported = made
    return made
  }

  /// The goal: 500 MB up to a million people, 100 bytes for each further one.
  private static func memoryLimit(people: Int) -> Double {
    500 + Double(max(0, people - 1_000_000)) * 100 / 1e6
  }

  private static func command(_ csv: SimulatedCSV) -> [String] {
    [
      "import", "run", csv.participantsFile, csv.eventsFile, "--mapping", "wir-simulated",
      "--lang", "en",
    ]
  }

  private static func run(
    _ bench: Workbench, _ csv: SimulatedCSV, into store: Store
  ) throws -> FinishedProcess {
    _ = try bench.run(["init"], on: store)
    let finished = try bench.run(command(csv), on: store)
    let counts = try ImportCounts(finished.output)
    try WrongAnswer.check("events stored", counts.events, expected: csv.events)
    try WrongAnswer.check("new participants", counts.participants, expected: csv.people)
    return finished
  }

  private static func imported(
    _ bench: Workbench, _ csv: SimulatedCSV, _ store: Store
  ) throws -> ImportedStore {
    let log = try store.open()
    // The mapping's text, and the events that begin and end the batch.
    try WrongAnswer.check("records of the log", Int(try log.size()), expected: csv.events + 3)
    let digest = try bench.run(["views", "digest"], on: store).output
    return ImportedStore(store: store, records: csv.events + 3, digest: digest)
  }

  private static func again(_ bench: Workbench, _ csv: SimulatedCSV) throws -> Figure {
    let imported = try store(bench)
    var times: [Double] = []
    var processor: [Double] = []
    for _ in 0..<max(3, bench.options.runs) {
      let finished = try bench.run(command(csv), on: imported.store)
      times.append(finished.wall)
      processor.append(finished.cpu)
    }
    let log = try imported.store.open()
    try WrongAnswer.check(
      "records after the same import", Int(try log.size()), expected: imported.records)
    return Figure(name, "the same files again", .seconds, times, cpuSeconds: processor)
  }

  private static func peer(
    _ bench: Workbench, _ csv: SimulatedCSV, _ ours: [Double]
  ) throws -> Figure {
    let title = "the same, against sqlite3 (no seals, no view)"
    guard let python = bench.python else {
      return Figure(name, title, notRun: "no python3")
    }
    let payload = try meanPayload(try store(bench))
    var speeds: [Double] = []
    for run in 1...bench.options.runs {
      bench.say("sqlite3 import \(run) of \(bench.options.runs)")
      let database = "\(bench.folder)/peer.sqlite"
      let finished = try bench.run(
        python.program,
        [
          "benchmarks/peers/import_sqlite.py", csv.participantsFile, csv.eventsFile, database,
          "\(payload)",
        ])
      for suffix in ["", "-wal", "-shm"] { try Folder.remove(database + suffix) }
      let counts = finished.output.split { !$0.isNumber }.compactMap { Int($0) }
      try WrongAnswer.check(
        "sqlite3: events, people", counts, expected: [csv.statements, csv.people])
      speeds.append(Double(csv.statements) / finished.wall)
    }
    return Figure(
      name, title, .eventsPerSecond, ours, bar: .init(name: "sqlite3", value: speeds.median))
  }

  /// How many bytes a record has besides its header, on average.
  private static func meanPayload(_ imported: ImportedStore) throws -> Int {
    let records = try imported.store.open().records(0..<UInt64(min(imported.records, 50_000)))
    return records.reduce(0) { $0 + $1.bytes.count - RecordHeader.size } / records.count
  }
}

/// The counts in the report of an import.
struct ImportCounts {
  let events: Int
  let participants: Int

  /// Reads `1,234 events stored, 56 new participants` out of a report.
  init(_ report: String) throws {
    let words = report.split { $0 == " " || $0 == "\n" }
    func number(before word: String) -> Int? {
      words.firstIndex { $0 == word }.flatMap { index in
        index > 0 ? Int(words[index - 1].filter { $0 != "," }) : nil
      }
    }
    guard let events = number(before: "events"),
      let place = words.firstIndex(where: { $0 == "events" }),
      let new = words[place...].firstIndex(where: { $0 == "new" }),
      let participants = Int(words[new - 1].filter { $0 != "," })
    else { throw WrongAnswer(description: "The report has no counts:\n\(report)") }
    self.events = events
    self.participants = participants
  }
}
