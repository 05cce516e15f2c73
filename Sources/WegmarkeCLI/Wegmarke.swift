import ArgumentParser
import Files
import Glibc
import Journey
import Presentation

/// The command `wegmarke`: parses, calls the libraries, prints.
@main
struct Wegmarke: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "wegmarke",
    abstract: "Keeps the journeys of people through a programme and answers questions about them.",
    discussion: """
      EXAMPLES
        wegmarke init --store demo
        wegmarke import persons.csv changes.csv --mapping mvad --store demo
        wegmarke ask retention-after-job-start --gap 2mo --store demo
        wegmarke timeline TN-7K4Q2M --store demo
      """,
    version: version,
    subcommands: [
      Initialise.self, Import.self, MappingCommand.self, Record.self, Correct.self, Retract.self,
      TimelineCommand.self,
      Participants.self, Due.self, Export.self, Ask.self, Compare.self, Estimate.self, Protect.self,
      ReleaseCommand.self, IndicatorsCommand.self, Questions.self, VerifyAnswer.self,
      LogCommand.self, DoctorCommand.self, Views.self, Privacy.self, Simulate.self,
      ConfigCommand.self, Completions.self, ManualCommand.self, Recipes.self,
      Messages.self, VersionCommand.self,
    ])

  static func main() {
    // A closed pipe is an ordinary end of output, said by the write that meets it.
    signal(SIGPIPE, SIG_IGN)
    Secrecy.protectMemory()
    MemoryReuse.keepFreedMemory()
    let arguments = LeadingOptions.movedBehind(Array(CommandLine.arguments.dropFirst()))
    // The reader of `log verify` may be ended by what it meets; its parent says what that means.
    if !arguments.contains("--as-reader") {
      CrashNotice.install(
        crashNotice(Console.language(in: arguments)),
        stuck: stuckNotice(Console.language(in: arguments)), exitStatus: ExitStatus.data.rawValue)
    }
    // Settings that cannot be read lock out neither help nor their own repair.
    let needsNone = [
      "config", "einstellungen", "help", "completions", "manual", "recipes", "rezepte", "messages",
      "meldungen", "version",
    ]
    let isHelp = arguments.contains("--help") || arguments.contains("-h")
    do {
      if !isHelp, !needsNone.contains(arguments.first ?? "") {
        _ = try Console.settings.get()
      }
    } catch {
      var failure = Failure(error)
      failure.exitCode = .configuration
      Console(language: Console.language(in: arguments)).report(failure)
      Glibc.exit(failure.exitCode.rawValue)
    }
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      exit(withFailure: error, arguments)
    }
  }

  /// What is said when the system stops the program in the middle of reading.
  private static let crashNotice = LocalizedText(
    en: """
      Error: The system stopped the program while it read, as happens when a file of the store is
      damaged. Nothing was changed that is not stored for good.
      Check the log with: wegmarke log verify --deep
      If it holds, delete the folder “views” of the store: it is made again. If that does not help,
      please report this.

      """,
    de: """
      Fehler: Das System hat das Programm beim Lesen angehalten, wie es geschieht, wenn eine Datei
      des Bestands beschädigt ist. Geändert ist nur, was sicher gespeichert ist.
      Das Protokoll prüfen: wegmarke log verify --deep
      Ist es in Ordnung, den Ordner „views“ des Bestands löschen: er entsteht neu. Hilft das nicht,
      melden Sie es bitte.

      """)

  /// What is said when the program reads and reads and gets no further.
  private static let stuckNotice = LocalizedText(
    en: """
      Error: The program read on and on without getting any further, as happens when pages of a
      damaged file lead to each other in a circle. It ended itself; nothing was changed that is not
      stored for good.
      Check the log with: wegmarke log verify --deep
      If it holds, delete the folder “views” of the store: it is made again.
      For a machine that is slower than any: WEGMARKE_WATCHDOG=600 allows more time.

      """,
    de: """
      Fehler: Das Programm hat gelesen und gelesen und kam nicht weiter, wie es geschieht, wenn
      Seiten einer beschädigten Datei im Kreis aufeinander verweisen. Es hat sich selbst beendet;
      geändert ist nur, was sicher gespeichert ist.
      Das Protokoll prüfen: wegmarke log verify --deep
      Ist es in Ordnung, den Ordner „views“ des Bestands löschen: er entsteht neu.
      Für einen überaus langsamen Rechner: WEGMARKE_WATCHDOG=600 lässt mehr Zeit.

      """)

  private static func exit(withFailure error: any Error, _ arguments: [String]) -> Never {
    if let write = error as? StreamWriteError, write.isBrokenPipe { Glibc.exit(0) }
    let console = Console(language: Console.language(in: arguments))
    var failure = Failure(error)
    // What ArgumentParser throws has its own text and exit code; only `failure` is ours to word.
    if error is ExitCode || exitCode(for: error) != .failure {
      // The parser's own `help` knows no options: `help due --lang de`.
      let isHelp = arguments.first == "help"
      if isHelp || Self.isHelp(fullMessage(for: error), exitCode(for: error)),
        ArgumentMessage.unknownHelp(arguments) == nil
      {
        showHelp(arguments)
      }
      let unknown =
        ArgumentMessage.unknownHelp(arguments)
        ?? (exitCode(for: error) == .validationFailure
          ? ArgumentMessage.unknownCommand(arguments) : nil)
      guard unknown != nil || exitCode(for: error) == .validationFailure else {
        Self.exit(withError: error)
      }
      guard let unknown else {
        let text = fullMessage(for: error).pageWithoutControls
        let words = ArgumentMessage.words(text, of: arguments, console.language)
        try? StandardStream.error.write(words + "\n")
        Glibc.exit(ExitStatus.usage.rawValue)
      }
      failure = unknown
    }
    console.report(failure)
    Glibc.exit(failure.exitCode.rawValue)
  }

  /// Whether a text that the parser ends with is help.
  private static func isHelp(_ text: String, _ code: ExitCode) -> Bool {
    code == .success && (text.hasPrefix("OVERVIEW:") || text.hasPrefix("USAGE:"))
  }

  /// Shows the help of the command that words name, in the language asked for.
  private static func showHelp(_ arguments: [String]) -> Never {
    do {
      let console = Console(language: Console.language(in: arguments))
      let page = HelpPage(
        command: try CommandInfo.root().named(in: arguments), words: HelpWords(console.language),
        style: console.output)
      try console.print(page.text)
      Glibc.exit(0)
    } catch {
      exit(withFailure: error, arguments)
    }
  }
}
