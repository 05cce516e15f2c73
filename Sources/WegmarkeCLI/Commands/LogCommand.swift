import ArgumentParser
import EventLog
import Journey
import LMDB
import Presentation

/// `wegmarke log`: the log itself.
struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Looks at and checks the log.",
    subcommands: [Verify.self, Statistics.self])

  /// The command `wegmarke log verify`.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks every record: checksums, order, streams, Merkle tree.",
      discussion: """
        EXAMPLES
          wegmarke log verify
          wegmarke log verify --deep     opens every seal as well
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Flag(help: "Also opens every seal and reads every event.") var deep = false

    func run() throws {
      let console = global.console
      let log = try store.openForReading()
      let line = console.progress(
        .init(en: "Verifying", de: "Prüfe"), total: Int(try log.size()))
      let report = try log.verify(deep: deep) { done, _ in line?.update(done: Int(done)) }
      line?.finish()
      let numbers = NumberStyle(console.language)
      if report.isIntact {
        let count = numbers.integer(report.size)
        let root = ContentDigest.hex(report.root ?? [])
        try console.print(
          LocalizedText(
            en: """
              The log holds: \(count) records, gapless, tree and streams agree.
              Origin \(log.origin) · size \(report.size) · root \(root)
              """,
            de: """
              Das Protokoll ist in Ordnung: \(count) Datensätze, lückenlos, Baum und Ströme stimmen.
              Herkunft \(log.origin) · Größe \(report.size) · Wurzel \(root)
              """)(console.language))
        return
      }
      for finding in report.findings.prefix(50) { try console.print("\(finding)") }
      throw Failure(
        .init(
          en: "The log does not hold: \(report.findingCount) findings.",
          de: "Das Protokoll ist nicht in Ordnung: \(report.findingCount) Befunde."),
        advice: Failure.restore, .data)
    }
  }

  /// The command `wegmarke log stats`.
  struct Statistics: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "stats", abstract: "Size, participants and space of the log.")

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
        try Knowledge.includesMadeUpPeople(log, size: log.size())
          ? LocalizedText(en: "yes", de: "ja")(console.language)
          : LocalizedText(en: "no", de: "nein")(console.language))
      try console.print(lines.joined(separator: "\n"))
    }
  }
}
