import ArgumentParser
import Disclosure
import EventLog
import Journey
import Presentation
import Releases

extension ReleaseCommand {
  /// The command `wegmarke release list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Lists every table that was asked for, with what became of it.",
      discussion: """
        EXAMPLES
          wegmarke release list
        """, aliases: ["liste"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
      let console = global.console
      let language = console.language
      let ledger = try Ledger(try store.openForReading())
      var table = TerminalTable(
        language == .english
          ? [
            .number("NO"), .code("WHEN"), .text("TABLE", minimum: 16), .text("FOR"), .text("STATE"),
          ]
          : [
            .number("NR"), .code("WANN"), .text("TABELLE", minimum: 16), .text("FÜR"),
            .text("STAND"),
          ])
      for release in ledger.releases {
        let time = release.deliveries.first.map { AccessPage.time($0.recordedAt, language) }
        let by = release.table?.people.shape.dimensions.map(\.name) ?? release.request.groupedBy
        let what =
          (release.request.question ?? LocalizedText(en: "entries", de: "Eintritte")(language))
          + (release.request.figure.map { " · " + $0.label(language) } ?? "")
        table.append([
          TableCell("\(release.number)"), TableCell(time ?? ""),
          TableCell("\(what): \(by.joined(separator: ", "))"),
          TableCell(release.deliveries.map(\.recipient).joined(separator: ", ")),
          TableCell(release.state.words(language)),
        ])
      }
      try console.print(
        ledger.releases.isEmpty
          ? LocalizedText(
            en: "Nothing was released yet.", de: "Es wurde noch nichts freigegeben.")(language)
          : table.text(for: console.output))
    }
  }

  /// The command `wegmarke release show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract:
        "Shows a release as the log holds it: table, report, and for the steward all of it.",
      discussion: """
        EXAMPLES
          wegmarke release show 3
          wegmarke release show 3 --for-steward
          wegmarke release show 3 -o table.csv --report report.html
        """, aliases: ["zeigen"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "Number of the release.") var number: Int
    @Flag(help: "Also what the table hides.") var forSteward = false
    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("Write the table to this file.", valueName: "table.csv"))
    var output: String?
    @Option(
      help: ArgumentHelp(
        "Write the report to this file; as a page where the name ends in .html.",
        valueName: "report"))
    var report: String?
    @OptionGroup var replacing: ReplaceOptions

    func run() throws {
      let console = global.console
      let targets = try ReleaseTargets(output, report, nil, replacing)
      let log = try store.openForReading()
      let release = try Ledger(log).release(number)
      guard let table = release.table else {
        let words = release.state.words(console.language)
        return try console.print("\(number): \(words)\n\(release.request.text)")
      }
      if output != nil || report != nil {
        return try targets.write(release, to: nil, from: log, console)
      }
      let page = try ReleasePage(release, table, in: log)
      if forSteward {
        try log.noteReading(by: "release show", of: .everybody, groups: [.record])
        try console.print(page.steward(console.language, style: console.output))
      } else {
        try console.print(page.summary(console.language, style: console.output))
      }
    }
  }
}

extension Release.State {
  /// What became of a release, in words.
  func words(_ language: Language) -> String {
    switch self {
    case .published: LocalizedText(en: "published", de: "veröffentlicht")(language)
    case .withdrawn(let reason):
      LocalizedText(en: "withdrawn: \(reason)", de: "zurückgezogen: \(reason)")(language)
    case .refused(.notSafe), .refused(.noneSafe):
      LocalizedText(en: "refused: not safe", de: "abgelehnt: nicht geheimhaltungsfest")(language)
    case .refused(.quota):
      LocalizedText(en: "refused: quota", de: "abgelehnt: Kontingent")(language)
    }
  }
}
