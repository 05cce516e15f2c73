public import ArgumentParser
import EventLog
import Files
public import Journey
import Keyring
import Presentation
import Recording

/// Who records, on which version, and whether only to look.
struct RecordingOptions: ParsableArguments {
  @Option(help: "Who records. Default: the login name.") var author: String?

  // Without a default of its own: the parser would show the number that stands for it.
  @Option(help: "In which role. Default: advisor.") var actingAs: ActorRole?

  @Option(
    help: ArgumentHelp(
      "The version on which you decided; refused when somebody recorded something since.",
      valueName: "version"))
  var expect: UInt32?

  @Flag(help: "Say what would be stored; store nothing.") var dryRun = false

  /// Who records.
  var voice: Recorder.Voice {
    Recorder.Voice(author: RecordingOptions.author(author), role: actingAs ?? .advisor)
  }

  /// The name that was given, else the login name.
  static func author(_ given: String?) -> String {
    let names = ["WEGMARKE_AUTHOR", "LOGNAME", "USER"].compactMap { Console.environment[$0] }
    return given ?? names.first { !$0.isEmpty } ?? LoginName.ofProcess ?? "unknown"
  }

  /// Opens the log: for reading only where nothing is to be stored.
  func open(_ store: StoreOptions) throws -> EventLog {
    guard dryRun else { return try store.openForIngest() }
    let log = try store.openForReading()
    // Who may not store it is not shown what it would look like.
    try log.keyring.require([.writing])
    return log
  }
}

extension ActorRole: ExpressibleByArgument {
  /// The codes, for help and messages.
  public static var allValueStrings: [String] { allCases.map(\.code) }
  /// Reads a role by its code.
  public init?(argument: String) { self.init(code: argument) }
}

extension RetractionReason: ExpressibleByArgument {
  /// The codes, for help and messages.
  public static var allValueStrings: [String] { allCases.map(\.code) }
  /// Reads a reason by its code.
  public init?(argument: String) { self.init(code: argument) }
}

/// A command line that can be copied into a shell.
enum ShellWords {
  /// Words with quotes where a shell needs them.
  static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  private static func quoted(_ word: String) -> String {
    // What steers a terminal is written out, in the way that shells read back.
    if word.linesWithoutControls != word || word.contains("\n") {
      return "$'" + word.unicodeScalars.map(escaped).joined() + "'"
    }
    let plain = word.unicodeScalars.allSatisfy { scalar in
      scalar.value > 0x7F || scalar.properties.isAlphabetic
        || ("0"..."9").contains(scalar) || "-_./=:,+@%".unicodeScalars.contains(scalar)
    }
    if plain && !word.isEmpty { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    if scalar == "'" || scalar == "\\" { return "\\\(scalar)" }
    let text = String(scalar)
    guard scalar == "\n" || text.linesWithoutControls != text else { return text }
    let digits = String(scalar.value, radix: 16)
    return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// The command that is running, with some options taken out and others put in.
  static func again(without options: [String: Bool], adding words: [String]) -> String {
    var kept: [String] = []
    var skips = false
    for word in CommandLine.arguments.dropFirst() {
      if skips {
        skips = false
        continue
      }
      let name = String(word.prefix { $0 != "=" })
      if let hasValue = options[name] {
        skips = hasValue && name == word
        continue
      }
      kept.append(word)
    }
    return line(["wegmarke"] + kept + words)
  }
}
