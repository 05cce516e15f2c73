import ArgumentParser
import EventLog
import Files
import Journey
import Keyring
import Presentation
import Simulation

/// `wegmarke simulate`: a made-up programme.
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Makes up a programme: as files for import, or straight into a new store.",
    discussion: """
      EXAMPLES
        wegmarke simulate --participants 400 --seed 7 -o made-up
        wegmarke simulate --participants 1000000 --seed 1 --store big
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions

  @Option(help: "How many people.") var participants: Int
  @Option(help: "The same seed gives the same journeys.") var seed: UInt64 = 1
  @Option(help: "Last day of the data.") var until: String = "2026-11-22"
  @Option(name: .shortAndLong, help: "Folder for participants.csv and events.csv.")
  var output: String?
  @OptionGroup var replacing: ReplaceOptions

  func validate() throws {
    guard (1...20_000_000).contains(participants) else {
      throw ValidationError(
        .init(
          en: "--participants must be between 1 and 20000000.",
          de: "--participants liegt zwischen 1 und 20000000."))
    }
    guard (output == nil) != (store.store == nil) else {
      throw ValidationError(
        .init(
          en: "Name either a folder with -o or a new store with --store.",
          de: "Bitte mit -o einen Ordner nennen oder mit --store einen neuen Bestand."))
    }
  }

  func run() throws {
    let console = global.console
    guard let date = try? CivilDate.parse(until) else {
      throw Failure(
        .init(en: "--until \(until) is no day.", de: "--until \(until) ist kein Tag."), .usage)
    }
    var scenario = Scenario()
    scenario.dataCut = date.lastDay
    scenario.staff(for: participants)
    let programme = SimulatedProgramme(scenario, participants: participants, seed: seed)
    if let output {
      try writeFiles(programme, to: output, console)
    } else {
      try writeStore(programme, console)
    }
  }

  private func writeFiles(
    _ programme: SimulatedProgramme, to folder: String, _ console: Console
  ) throws {
    for file in SimulatedFile.allCases { try OutputFile.refuseStore(at: "\(folder)/\(file.name)") }
    try Folder.create(folder)
    let outputs = try SimulatedFile.allCases.map { try replacing.file(at: "\(folder)/\($0.name)") }
    var ends: [SimulatedFile: Int] = [:]
    for file in SimulatedFile.allCases {
      try File("\(folder)/\(file.name)", .update).truncate(to: 0)
    }
    let people = try File("\(folder)/\(SimulatedFile.participants.name)", .update)
    let events = try File("\(folder)/\(SimulatedFile.events.name)", .update)
    let readme = try File("\(folder)/\(SimulatedFile.readme.name)", .update)
    try programme.writeFiles { (file: SimulatedFile, bytes: [UInt8]) throws(FileError) in
      let end = ends[file] ?? 0
      switch file {
      case .participants: try people.write(bytes.span, at: end)
      case .events: try events.write(bytes.span, at: end)
      case .readme: try readme.write(bytes.span, at: end)
      }
      ends[file] = end + bytes.count
    }
    for output in outputs { output.noteWritten() }
    try console.print(
      LocalizedText(
        en: """
          Made up \(participants) journeys in \(folder) (nobody in them exists).
          Next: wegmarke import \(folder)/*.csv --mapping wir-simulated
          """,
        de: """
          \(participants) erfundene Verläufe in \(folder) (niemand darin ist echt).
          Weiter: wegmarke import \(folder)/*.csv --mapping wir-simulated
          """)(console.language))
  }

  private func writeStore(_ programme: SimulatedProgramme, _ console: Console) throws {
    try EventLog.create(store: store.path, rootKey: store.rootKey, isSimulated: true)
    let log = try store.openForWriting()
    try SimulatedStoreWriter.fill(log, with: programme, people: participants, console)
    let numbers = NumberStyle(console.language)
    let events = numbers.integer(try log.size())
    try console.print(
      LocalizedText(
        en: """
          Made up \(numbers.integer(participants)) journeys with \(events) events in \(store.path).
          Next: wegmarke ask retention-after-job-start --store \(store.path)
          """,
        de: """
          \(numbers.integer(participants)) erfundene Verläufe mit \(events) Ereignissen in \(store.path).
          Weiter: wegmarke ask retention-after-job-start --store \(store.path)
          """)(console.language))
  }
}
