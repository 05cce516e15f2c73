import ArgumentParser
import EventLog
import Interchange
import Journey
import Keyring
import Presentation
import ProjectionEngine

extension IndicatorsCommand {
  /// The command `wegmarke indicators incomplete`.
  struct Incomplete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "incomplete",
      abstract: "Records that count nowhere, and what each lacks, for whoever can mend them.",
      discussion: """
        EXAMPLES
          wegmarke indicators incomplete --period 2026-H1
          wegmarke indicators incomplete --period 2026-H1 --advisor B-014 -f de-csv -o offen.csv
        """, aliases: ["unvollstaendig"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var options: IndicatorOptions

    @Option(help: "Only people of this advisor.") var advisor: String?
    @Option(help: "Only people of this sub-project.") var subproject: String?
    @Option(help: "Only people of this network.") var network: String?
    @Option(name: .shortAndLong, help: "table, csv or de-csv.") var format = ListFormat.table
    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("Write the list into this file.", valueName: "file"))
    var output: String?
    @OptionGroup var replacing: ReplaceOptions

    func run() throws {
      let console = global.console
      let set = try options.set()
      let file = try replacing.file(output)
      let log = try store.openForReading()
      let knowledge = try Knowledge(try options.time(time), of: log)
      let request = try options.request(set, log, knowledge.referenceDay)
      let view = try console.refreshedView(of: log)
      let records = try set.incomplete(request, from: view, size: knowledge.size).filter { record in
        (advisor == nil || record.advisor == advisor)
          && (subproject == nil || record.subproject == subproject)
          && (network == nil || record.network == network)
      }
      let list = IncompleteList(records: records, set: set) {
        (try? log.keyring.identity(of: $0))?.code.description
      }
      try log.noteReading(
        by: "indicators incomplete",
        of: .persons(Set(records.map(\.participant)).sorted()), groups: [.record])
      switch format {
      case .table:
        let text = list.text(console)
        if let file { return try file.write(Array(text.pageWithoutControls.utf8)) }
        try console.print(text)
        if knowledge.isSimulated { console.note(Knowledge.simulated) }
        console.note(knowledge.basis)
      case .csv, .deCSV:
        let bytes = list.csv(format.dialect)
        if let file { return try file.write(bytes) }
        try console.printBytes(bytes)
      }
    }
  }
}

/// Records that lack something, as a table for people or in a machine's format.
struct IncompleteList {
  let records: [IncompleteRecord]
  let set: IndicatorSet
  /// The code of a participant.
  let name: (ParticipantRef) -> String?

  /// The table.
  func text(_ console: Console) -> String {
    let language = console.language
    func word(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    guard !records.isEmpty else {
      return word("Every record is complete.", "Jeder Datensatz ist vollständig.") + "\n"
    }
    let words = EventText(language)
    var table = TerminalTable([
      .code(word("PARTICIPANT", "TEILNEHMENDE")), .code(word("ENTRY", "EINTRITT")),
      .text(word("MISSING", "ES FEHLT"), minimum: 20), .text(word("ADVISOR", "BERATUNG")),
      .text(word("SUB-PROJECT", "TEILPROJEKT")),
    ])
    let labels = Dictionary(set.needed.map { ($0.code, $0.label) }) { one, _ in one }
    for record in records {
      table.append([
        TableCell(name(record.participant) ?? NumberStyle.undefined),
        TableCell(words.date(record.entry)),
        TableCell(
          record.missing.map { labels[$0]?(language) ?? $0 }.joined(separator: ", ")),
        TableCell(record.advisor ?? ""), TableCell(record.subproject ?? record.network ?? ""),
      ])
    }
    return table.text(for: console.output)
  }

  /// CSV; codes and ISO dates whatever the language.
  func csv(_ dialect: CSVDialect) -> [UInt8] {
    var writer = CSVWriter(dialect)
    writer.header([
      "participant", "entry", "missing", "advisor", "subproject", "network",
    ])
    for record in records {
      writer.text(name(record.participant) ?? "")
      writer.day(record.entry)
      writer.text(record.missing.joined(separator: " "))
      for value in [record.advisor, record.subproject, record.network] { writer.text(value ?? "") }
      writer.endRow()
    }
    return writer.take()
  }
}
