import ArgumentParser
import EventLog
import Files
import Journey
import Presentation
import Simulation

/// `wegmarke init`: a new store with its key.
struct Initialise: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Creates a store and its root key: empty, or with made-up people.",
    discussion: """
      EXAMPLES
        wegmarke init
        wegmarke init --demo --store demo       # made-up people to look around with
        wegmarke init --key-file /media/stick/office.key
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions

  @Flag(help: "Fill it with a made-up programme of 500 people, marked as simulated.")
  var demo = false

  func run() throws {
    let console = global.console
    try EventLog.create(store: store.path, rootKey: store.rootKey, isSimulated: demo)
    let log = demo ? try store.openForWriting() : try store.openForReading()
    let key = store.rootKey.path(log.origin)
    if demo { return try fill(log, key, console) }
    try console.print(
      LocalizedText(
        en: """
          Created the store \(store.path) (\(log.origin)).
          Its key: \(key)
          Keep a copy of the key apart from the store: nobody can read it without.
          Next: wegmarke import FILE --mapping NAME\(store.option)
          """,
        de: """
          Bestand \(store.path) angelegt (\(log.origin)).
          Sein Schlüssel: \(key)
          Bitte eine Kopie getrennt vom Bestand verwahren: Ohne ihn ist nichts lesbar.
          Weiter: wegmarke import DATEI --mapping NAME\(store.option)
          """)(console.language))
  }

  private func fill(_ log: EventLog, _ key: String, _ console: Console) throws {
    let programme = Demonstration.programme(
      endingBefore: StoreZone.day(of: SystemClock.microseconds()))
    try SimulatedStoreWriter.fill(log, with: programme, people: programme.participants, console)
    let numbers = NumberStyle(console.language)
    let (people, events) = (programme.participants, numbers.integer(try log.size()))
    let person =
      "simulated:\(SimulatedJourney.externalID(of: Demonstration.example(of: programme)))"
    try console.print(
      LocalizedText(
        en: """
          Created the store \(store.path) (\(log.origin)):
          \(people) made-up people, \(events) records. Nobody in it exists.
          Its key: \(key)

          Look around:
            wegmarke due --within 4w\(store.option)
            wegmarke timeline \(person)\(store.option)
            wegmarke ask retention-after-job-start\(store.option)
          """,
        de: """
          Bestand \(store.path) angelegt (\(log.origin)):
          \(people) erfundene Personen, \(events) Einträge. Niemand darin ist echt.
          Sein Schlüssel: \(key)

          Zum Umsehen:
            wegmarke due --within 4w\(store.option)
            wegmarke timeline \(person)\(store.option)
            wegmarke ask retention-after-job-start\(store.option)
          """)(console.language))
  }
}

/// The made-up programme of a store to look around in.
enum Demonstration {
  /// Three and a half years of 500 people up to yesterday, so that something is due today.
  static func programme(endingBefore today: Day) -> SimulatedProgramme {
    var scenario = Scenario(dataCut: today - 1)
    scenario.start = today - 1280
    scenario.projectEnd = max(scenario.projectEnd, today + 365)
    return SimulatedProgramme(scenario, participants: 500, seed: 11)
  }

  /// Somebody who has left after a job: the fullest journey of the first hundred that fits a screen.
  static func example(of programme: SimulatedProgramme) -> Int {
    var (best, most) = (0, 0)
    for index in 0..<100 {
      let types = programme.journey(of: index).events.map(\.event.type)
      guard types.contains(.employmentStarted), types.contains(.participationExited),
        types.count > most, types.count <= 16
      else { continue }
      (best, most) = (index, types.count)
    }
    return best
  }
}
