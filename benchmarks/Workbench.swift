import EventLog
import Files
import Presentation
import ProjectionEngine

/// What the subjects work with: the program, a folder, made-up data, and each other's stores.
final class Workbench {
  let options: Options
  /// The program as its users run it.
  let wegmarke: String
  /// The Python of the peers, nil when there is none or none is asked for.
  let python: Python?
  /// Everything that is made for this run and removed at its end.
  let folder: String
  /// The share of the machine that others used during each measured run.
  private(set) var others: [Double] = []

  /// The versions of the peers that ran.
  var versions: [String: String] = [:]

  private var csv: SimulatedCSV?
  /// The store that the import subject left, for those that need one.
  var imported: ImportedStore?
  private var simulated: [Int: SimulatedStore] = [:]
  private var tables: [Int: String] = [:]

  /// Prepares a bench around the program that was built beside this one.
  init(_ options: Options) throws {
    self.options = options
    let own = CommandLine.arguments[0]
    wegmarke = "\(Folder.parent(of: own))/wegmarke"
    guard Folder.exists(wegmarke) else {
      throw WrongAnswer(description: "\(wegmarke) is missing; build it first: make bench.")
    }
    python = options.peers ? Python(options.python) : nil
    folder = try Folder.temporary("benchmarks")
  }

  /// Removes what was made.
  func clear() { try? Folder.remove(folder) }

  /// Runs a program and notes how much of the machine others took meanwhile.
  func run(_ program: String, _ arguments: [String]) throws -> FinishedProcess {
    let before = ProcessorTime()
    let finished = try ChildProcess.run(program, arguments)
    // Clocks of the kernel tick a hundred times a second: too coarse for short runs.
    if finished.wall > 0.3 { others.append(before.shareOfOthers(own: finished.cpu)) }
    return finished
  }

  /// Runs a command of the program on a store.
  func run(_ command: [String], on store: Store) throws -> FinishedProcess {
    try run(wegmarke, command + ["--store", store.path, "--key-file", store.key, "--quiet"])
  }

  /// Asks a common question as often as it is measured, five times at least.
  ///
  /// The view is made, and the files come into memory, before anything is measured; every answer must be
  /// the same.
  func answers(to question: CommonQuestion, on store: Store) throws -> [FinishedProcess] {
    let command = ["ask"] + question.command + ["--on", AskSubject.referenceDay]
    let first = try run(command, on: store)
    return try (0..<max(5, options.runs)).map { _ in
      let again = try run(command, on: store)
      try WrongAnswer.check(question.title, again.output, expected: first.output)
      return again
    }
  }

  /// Says what is being done, to standard error.
  func say(_ text: String) { try? StandardStream.error.write("… \(text)\n") }

  /// The common questions that are asked for.
  var questions: [CommonQuestion] {
    CommonQuestion.all.filter {
      options.questions.isEmpty || options.questions.contains($0.letter)
    }
  }

  // MARK: Made-up data

  /// The files of a made-up programme, made at first need.
  func csvFiles() throws -> SimulatedCSV {
    if let csv { return csv }
    say("making up \(options.participants) people as CSV")
    let path = "\(folder)/csv"
    _ = try run(
      wegmarke,
      [
        "simulate", "--participants", "\(options.participants)", "--seed", "\(options.seed)",
        "-o", path, "--quiet",
      ])
    let made = try SimulatedCSV(folder: path)
    try WrongAnswer.check("rows of participants.csv", made.people, expected: options.participants)
    csv = made
    return made
  }

  private func place(_ people: Int) -> Store {
    Store(path: "\(options.keep ?? folder)/simulated-\(people)-\(options.seed)")
  }

  /// Whether a store of so many people is there from an earlier run.
  func isKept(_ people: Int) -> Bool { Folder.exists(place(people).path) }

  /// A store of a made-up programme, made at first need or kept from an earlier run.
  ///
  /// - Parameter people: How many; as many as are asked about unless it says otherwise.
  func simulatedStore(of people: Int? = nil) throws -> SimulatedStore {
    let people = people ?? options.askParticipants
    if let simulated = simulated[people] { return simulated }
    let store = place(people)
    if let keep = options.keep { try Folder.create(keep) }
    if !Folder.exists(store.path) {
      say("making up \(people) people in a store")
      let building = Store(path: "\(store.path).tmp")
      try? Folder.remove(building.path)
      try Folder.remove(store.key)
      _ = try run(
        wegmarke,
        [
          "simulate", "--participants", "\(people)", "--seed", "\(options.seed)",
          "--store", building.path, "--key-file", store.key, "--quiet",
        ])
      try Folder.rename(building.path, to: store.path)
    }
    let log = try store.open()
    try WrongAnswer.check(
      "participants of \(store.path)", Int(try log.participantCount()),
      expected: people)
    let found = SimulatedStore(store: store, events: Int(try log.size()))
    simulated[people] = found
    return found
  }
}

extension Workbench {
  /// The attributes that peers get.
  static let attributes = [
    "gender", "isced", EventTable.residenceClass, "network", "employment-status", "birth-year",
    "third-country", "foreign-background", "rural",
  ]

  /// The folder of the milestones of the simulated store and the attributes of its people as plain
  /// columns, written at first need.
  ///
  /// By a process of its own: this one stays small, because what it has is charged to those it starts.
  ///
  /// - Parameter people: How many; as many as are asked about unless it says otherwise.
  func eventTable(of people: Int? = nil) throws -> String {
    let people = people ?? options.askParticipants
    if let table = tables[people] { return table }
    say("exporting the table of events for the peers")
    let path = "\(folder)/table-\(people)"
    let store = try simulatedStore(of: people).store
    _ = try run(CommandLine.arguments[0], [EventTable.option, store.path, path])
    tables[people] = path
    return path
  }
}

/// A store and its key, which lies beside it: nobody in it exists.
struct Store {
  let path: String
  var key: String { "\(path).key" }

  /// Opens the log for reading.
  func open() throws -> EventLog { try EventLog(store: path, access: .read, rootKey: .file(key)) }
}

/// A store filled by an import.
struct ImportedStore {
  let store: Store
  /// Records of the log.
  let records: Int
  /// The digest of its journeys.
  let digest: String
}

/// A store filled by `simulate`.
struct SimulatedStore {
  let store: Store
  let events: Int
}

/// The files of `simulate -o` and what they hold, counted without the program's own reader.
struct SimulatedCSV {
  let participantsFile: String
  let eventsFile: String
  /// Rows of the first file.
  let people: Int
  /// Events that both files state: a row of the first states an entry, a profile and until when the
  /// person was observed; a row of the second one event.
  let statements: Int
  /// The same without rows that say again what another row says: what an import stores.
  let events: Int

  init(folder: String) throws {
    participantsFile = "\(folder)/participants.csv"
    eventsFile = "\(folder)/events.csv"
    people = try Self.rows(participantsFile).all
    let rows = try Self.rows(eventsFile)
    statements = 3 * people + rows.all
    events = 3 * people + rows.distinct
  }

  private static func rows(_ path: String) throws -> (all: Int, distinct: Int) {
    let file = try File(path, .read)
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var lines = 0
    // Two of a million lines have the same hash with a chance of one in ten million.
    var hashes: Set<Int> = []
    var hasher = Hasher()
    var at = 0
    while true {
      let count = try file.read(into: &buffer, at: at)
      guard count > 0 else { return (lines - 1, hashes.count - 1) }
      for byte in buffer[..<count] {
        if byte == UInt8(ascii: "\n") {
          lines += 1
          hashes.insert(hasher.finalize())
          hasher = Hasher()
        } else {
          hasher.combine(byte)
        }
      }
      at += count
    }
  }
}
