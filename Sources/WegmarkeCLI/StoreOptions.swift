public import ArgumentParser
import EventLog
import Files
public import Journey
public import Presentation
public import ProjectionEngine

/// Options of every command.
struct GlobalOptions: ParsableArguments {
  @Option(help: "Language of messages and tables: en or de.")
  var lang: Language?

  @Option(help: "Colours: auto, always or never.")
  var color: ColorChoice = .auto

  @Flag(name: .shortAndLong, help: "No remarks and no progress.")
  var quiet = false

  @Flag(help: "Show long pages as a whole, without another program.") var noPager = false

  var console: Console {
    Console(
      language: Console.language(asked: lang), color: color, isQuiet: quiet, pages: !noPager)
  }
}

/// Which store, and the key that opens it.
struct StoreOptions: ParsableArguments {
  @Option(
    help: "Folder of the store. Default: WEGMARKE_STORE, else the user's data folder.",
    completion: .directory)
  var store: String?

  @Option(
    help: "Key file, the root key or a role's. Default: WEGMARKE_KEY_FILE, else the user's folder.",
    completion: .file())
  var keyFile: String?

  @Option(help: "Seconds to wait while another program writes.")
  var wait: Int = 0

  /// The folder of the store.
  var path: String {
    let environment = Console.environment
    if let store { return store }
    if let store = environment["WEGMARKE_STORE"], !store.isEmpty { return store }
    return "\(Self.userFolder("XDG_DATA_HOME", else: ".local/share"))/wegmarke"
  }

  /// A folder of the user: what a variable names, which counts only as an absolute path, else one
  /// below the home folder (XDG Base Directory Specification 0.8).
  private static func userFolder(_ variable: String, else place: String) -> String {
    let environment = Console.environment
    if let named = environment[variable], named.hasPrefix("/") { return named }
    return "\(environment["HOME"] ?? ".")/\(place)"
  }

  /// The option that names the same store again: empty where it was not needed.
  var option: String { store.map { " --store \($0)" } ?? "" }

  /// The key file, by the store's origin unless named.
  var rootKey: RootKeySource {
    let environment = Console.environment
    let named = keyFile ?? environment["WEGMARKE_KEY_FILE"].flatMap { $0.isEmpty ? nil : $0 }
    let config = Self.userFolder("XDG_CONFIG_HOME", else: ".config")
    return RootKeySource(
      path: { origin in
        named ?? "\(config)/wegmarke/keys/\(origin.split(separator: "/").last ?? "store").key"
      }, passphrase: Passphrase.source)
  }

  /// Opens the log for reading.
  func openForReading() throws -> EventLog {
    let (path, rootKey) = (path, rootKey)
    return try Watchdog.watching { () throws(LogError) in
      try EventLog(store: path, access: .read, rootKey: rootKey)
    }
  }

  /// Opens the log for writing; refused while another program writes.
  func openForWriting() throws -> EventLog {
    let log = try EventLog(
      store: path, access: .write(waitingAtMost: .seconds(wait)), rootKey: rootKey)
    try Housekeeping.renewBallast(of: log)
    return log
  }
}

/// Which state of knowledge, and which day.
struct TimeOptions: ParsableArguments {
  // What begins with a dash is a time span here: -6M.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What was known then: a position (#17), a time (2026-11-22T14:40:03Z) or a day.",
      valueName: "position|time|day"))
  var asOf: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Reference day: nothing that happened later counts; a date, today, -6M, 2025-H1.",
      valueName: "day"))
  var on: String?

  /// The number of records known, nil for all of them.
  func size(in log: EventLog) throws -> UInt64? {
    guard let asOf else { return nil }
    if let instant = Timestamp.parse(asOf) { return try log.size(recordedUntil: instant) }
    // A number alone that can be a year is one; a position is never mistaken with its sign: #2026.
    if let day = TimeOptions.day(asOf) {
      return try log.size(recordedUntil: StoreZone.end(of: day) - 1)
    }
    if let position = UInt64(asOf.hasPrefix("#") ? asOf.dropFirst() : asOf[...]) {
      let size = try log.size()
      guard position < size else {
        throw LogError.noSuchPosition(Position(position), size: size)
      }
      return position + 1
    }
    throw Failure(
      .init(
        en: "--as-of \(asOf) is no position, time or day.",
        de: "--as-of \(asOf) ist weder Position noch Zeitpunkt noch Tag."),
      advice: .init(
        en: "Write #17, 2026-11-22T14:40:03Z or 2026-11-22.",
        de: "Bitte #17, 2026-11-22T14:40:03Z oder 22.11.2026 schreiben."), .usage)
  }

  /// The reference day: the one given, else the day of the state of knowledge.
  func referenceDay(recordedUntil: Int64?) throws -> Day {
    guard let on else {
      // Without a past state of knowledge the reference day is today.
      guard let asOf else { return StoreZone.day(of: SystemClock.microseconds()) }
      if let recordedUntil { return StoreZone.day(of: recordedUntil) }
      // Before anything was known: the day that was named.
      if let day = TimeOptions.day(asOf) { return day }
      return StoreZone.day(of: Timestamp.parse(asOf) ?? SystemClock.microseconds())
    }
    if let day = TimeOptions.day(on) { return day }
    throw Failure(
      .init(en: "--on \(on) is no day.", de: "--on \(on) ist kein Tag."),
      advice: .init(
        en: "Write 2026-06-30, 30.06.2026, today, yesterday, -6M or 2026-H1.",
        de: "Bitte 30.06.2026, 2026-06-30, heute, gestern, -6M oder 2026-H1 schreiben."), .usage)
  }

  /// The day that a text means: a date, a word such as today, or the last day of a period; nil for none.
  private static func day(_ text: String) -> Day? {
    let today = StoreZone.day(of: SystemClock.microseconds())
    return CivilDate.parse(word: text, today: today)?.day
      ?? CalendarPeriod.parse(text)?.upperBound
  }
}

extension Language: ExpressibleByArgument {}
extension ColorChoice: ExpressibleByArgument {}
extension GapRule: ExpressibleByArgument {
  /// Reads a rule's letter in either case.
  public init?(argument: String) { self.init(rawValue: argument.uppercased()) }
}
extension ClockUnit: ExpressibleByArgument {}
extension TimeLength: ExpressibleByArgument {
  /// Reads `28d`, `4w`, `2mo`.
  public init?(argument: String) { self.init(argument) }
}
