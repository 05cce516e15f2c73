import ArgumentParser
import EventLog
import Interchange
import Journey
import Keyring
import Presentation

extension Privacy {
  /// The command `wegmarke privacy access-log`.
  struct AccessLogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "access-log", abstract: "Shows who read whose data, when, and with what keys.",
      discussion: """
        Every key writes entries; the data-protection officer's and the root key read
        them.

        EXAMPLES
          wegmarke privacy access-log
          wegmarke privacy access-log TN-7K4Q2M --key-file dpo.key
          wegmarke privacy access-log --columns recorded_at,user,command
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(
      help: "Only readings of this person: a code or a source's own id.",
      completion: Completing.participants)
    var participant: String?
    @Option(help: "Show the last so many; 0 for all.") var limit = 50
    @Option(name: .shortAndLong, help: "table, csv or de-csv.") var format = ListFormat.table
    @OptionGroup var chosen: ColumnOptions

    func run() throws {
      let console = global.console
      // Before the work, not after it.
      let columns = try chosen.places(in: AccessPage.list(console).names)
      let log = try store.openForReading()
      try log.keyring.require([.accessLog])
      let wrong = try log.verifyAccess(deep: false).findings.first
      try show(log, columns, console, isWhole: wrong == nil)
      // Said last, so that it is read: what is missing cannot be listed.
      if let wrong { throw notWhole(wrong) }
    }

    /// What was removed or changed leaves a list that is not to be trusted.
    private func notWhole(_ finding: AccessFinding) -> Failure {
      Failure(
        .init(
          en: "The access log is not whole: entries were removed or changed. ",
          de: "Das Zugriffsprotokoll ist nicht vollständig: Einträge fehlen oder sind geändert. "
        ) + FindingText.words(finding),
        advice: .init(
          en: "Put STORE/access back from a backup of the log; wegmarke log verify says more.",
          de: "BESTAND/access aus einer Sicherung des Protokolls zurückholen; mehr sagt"
            + " wegmarke log verify."), .data)
    }

    private func show(
      _ log: EventLog, _ columns: [Int]?, _ console: Console, isWhole: Bool
    ) throws {
      let ref = try participant.map { try log.find($0) }
      var found = try log.readings(of: ref)
      let total = found.count
      if format == .table, limit > 0 { found = Array(found.suffix(limit)) }
      switch format {
      case .csv, .deCSV:
        try console.printBytes(AccessPage.csv(found, columns, format.dialect, console))
      case .table:
        guard total > 0 else {
          guard isWhole else { return }
          return try console.print(
            LocalizedText(en: "Nobody read anything.", de: "Niemand hat etwas gelesen.")(
              console.language))
        }
        try console.print(AccessPage.table(found, columns, console))
        if found.count < total {
          console.note(
            .init(
              en: "The last \(found.count) of \(total); --limit 0 shows all.",
              de: "Die letzten \(found.count) von \(total); --limit 0 zeigt alle."))
        }
      }
    }
  }
}

extension EventLog {
  /// The readings of one participant, or all of them, oldest first.
  func readings(of ref: ParticipantRef?) throws(LogError) -> [RecordedAccess] {
    guard let access = try accessLog() else { return [] }
    var found: [RecordedAccess] = []
    var next: UInt64 = 0
    while true {
      let batch = try access.entries(from: next, limit: 4096)
      guard let last = batch.last else { return found }
      found += batch.filter { read in ref.map { read.entry.names($0) } ?? true }
      next = last.position + 1
    }
  }
}

/// Readings as people and programs read them.
enum AccessPage {
  /// A reading, and whose data of those it read; nil stands for all of them together.
  typealias Row = (read: RecordedAccess, person: ParticipantRef?)

  /// One row a reading.
  static func table(
    _ readings: [RecordedAccess], _ columns: [Int]?, _ console: Console
  ) -> String {
    list(console).table(readings.map { ($0, nil) }, columns, console)
  }

  /// One row a reading and person; figures over everybody have no person.
  static func csv(
    _ readings: [RecordedAccess], _ columns: [Int]?, _ dialect: CSVDialect, _ console: Console
  ) -> [UInt8] {
    var rows: [Row] = []
    for read in readings {
      if case .persons(let refs) = read.entry.subject {
        rows += refs.map { (read, $0) }
      } else {
        rows.append((read, nil))
      }
    }
    return list(console).csv(rows, columns, dialect)
  }

  /// The columns, in the order of CSV.
  static func list(_ console: Console) -> PrintedList<Row> {
    let language = console.language
    typealias Column = PrintedList<Row>.Column
    var columns: [Column] = []
    columns.append(
      Column("entry", .whole, .init(en: "ENTRY", de: "EINTRAG"), .number) {
        .whole(Int64(clamping: $0.read.position))
      })
    columns.append(
      Column(
        "recorded_at", .instant, .init(en: "WHEN", de: "WANN"),
        value: { .instant($0.read.recordedAt) },
        cell: { TableCell(time($0.read.recordedAt, language)) }))
    // A name alone does not say with what right: people see the role beside it.
    columns.append(
      Column(
        "user", .text, .init(en: "WHO", de: "WER"), .words(minimum: 12),
        value: { .words($0.read.entry.user) },
        cell: { TableCell(who($0.read.entry)(language)) }))
    columns.append(
      Column("role", .whole, .init(en: "ROLE", de: "ROLLE"), .number) {
        .optional($0.read.entry.role) { .whole(Int64($0.number)) }
      })
    columns.append(
      Column("role_kind", .code, .init(en: "KIND OF ROLE", de: "ART DER ROLLE")) {
        .text($0.read.entry.role?.kind.rawValue ?? "root")
      })
    columns.append(
      Column("holder", .text, .init(en: "HOLDER", de: "INHABER"), .words(minimum: 8)) {
        .words($0.read.entry.role?.holder)
      })
    columns.append(
      Column("command", .text, .init(en: "COMMAND", de: "BEFEHL"), .words(minimum: 10)) {
        .words($0.read.entry.command)
      })
    columns.append(
      Column(
        "person", .whole, .init(en: "WHOSE", de: "WESSEN"), .words(minimum: 8),
        value: { .optional($0.person) { .whole(Int64($0.number)) } },
        cell: { TableCell(whose($0.read.entry.subject)(language)) }))
    columns.append(
      Column(
        "groups", .text, .init(en: "GROUPS", de: "GRUPPEN"), .words(minimum: 8),
        value: { .words($0.read.entry.groups.map(\.name).joined(separator: " ")) },
        cell: { row in
          let groups = row.read.entry.groups.map { KeyringWords.group($0)(language) }
          return TableCell(groups.joined(separator: ", "))
        }))
    return PrintedList(
      columns: columns, usual: ["recorded_at", "user", "command", "person", "groups"])
  }

  static func time(_ microseconds: Int64, _ language: Language) -> String {
    let (hour, minute) = StoreZone.time(of: microseconds)
    return EventText(language).date(StoreZone.day(of: microseconds)) + " "
      + NumberStyle(language).time(hour: hour, minute: minute)
  }

  static func who(_ entry: AccessEntry) -> LocalizedText {
    let key =
      entry.role.map { KeyringWords.role($0) }
      ?? LocalizedText(en: "root key", de: "Hauptschlüssel")
    return LocalizedText(verbatim: "\(entry.user): ") + key
  }

  static func whose(_ subject: AccessEntry.Subject) -> LocalizedText {
    switch subject {
    case .everybody: return .init(en: "figures over all", de: "Zahlen über alle")
    case .persons(let refs):
      if refs.count == 1 {
        return .init(en: "no. \(refs[0].number)", de: "Nr. \(refs[0].number)")
      }
      return .init(en: "\(refs.count) people", de: "\(refs.count) Personen")
    }
  }
}
