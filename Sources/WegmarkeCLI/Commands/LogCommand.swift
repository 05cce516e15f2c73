import ArgumentParser
import EventLog
import Journey
import LMDB
import Presentation

/// `wegmarke log`: the log itself.
struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Looks at the log, checks, signs, proves and backs up what it holds.",
    discussion: """
      EXAMPLES
        wegmarke log verify --deep
        wegmarke log backup /media/backup/office
        wegmarke log checkpoint -o log.checkpoint
      """,
    subcommands: [
      Verify.self, Checkpoint.self, Prove.self, CheckProof.self, Statistics.self, BackUp.self,
      RestoreCommand.self,
    ])

  /// The command `wegmarke log stats`.
  struct Statistics: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "stats", abstract: "Size, participants and space of the log.",
      discussion: """
        EXAMPLES
          wegmarke log stats
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
      let console = global.console
      let log = try store.openForReading()
      let information = try log.environmentInformation()
      let numbers = NumberStyle(console.language)
      var lines: [String] = []
      func row(_ label: LocalizedText, _ value: String) {
        lines.append(label(console.language).padded(to: 14) + value)
      }
      row(.init(en: "Origin", de: "Herkunft"), log.origin)
      row(.init(en: "Records", de: "Datensätze"), numbers.integer(try log.size()))
      row(
        .init(en: "Participants", de: "Teilnehmende"),
        numbers.integer(try log.participantCount()))
      row(
        .init(en: "Space", de: "Platz"),
        "\(numbers.decimal(Double(information.usedBytes) / 1e6, places: 1)) MB")
      row(
        .init(en: "Made up", de: "Simuliert"),
        (try Knowledge.includesMadeUpPeople(log, size: log.size()).map { isMadeUp in
          isMadeUp ? LocalizedText(en: "yes", de: "ja") : LocalizedText(en: "no", de: "nein")
        }
          ?? .init(
            en: "not told by this key", de: "mit diesem Schlüssel nicht zu sehen"))(
            console.language))
      try console.print(lines.joined(separator: "\n"))
    }
  }
}
