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
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(
      help: "Only readings of this person: a code or a source's own id.",
      completion: Completing.participants)
    var participant: String?
    @Option(help: "Show the last so many; 0 for all.") var limit = 50
    @Option(name: .shortAndLong, help: "table or csv.") var format = ListFormat.table

    func run() throws {
      let console = global.console
      let log = try store.openForReading()
      try log.keyring.require([.accessLog])
      let wrong = try log.verifyAccess(deep: false).findings.first
      try show(log, console, isWhole: wrong == nil)
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

    private func show(_ log: EventLog, _ console: Console, isWhole: Bool) throws {
      let ref = try participant.map { try log.find($0) }
      var found = try log.readings(of: ref)
      let total = found.count
      if format == .table, limit > 0 { found = Array(found.suffix(limit)) }
      switch format {
      case .csv: try console.printData(AccessPage.csv(found))
      case .table:
        guard total > 0 else {
          guard isWhole else { return }
          return try console.print(
            LocalizedText(en: "Nobody read anything.", de: "Niemand hat etwas gelesen.")(
              console.language))
        }
        try console.print(AccessPage.table(found, console))
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
  static func table(_ readings: [RecordedAccess], _ console: Console) -> String {
    let language = console.language
    func title(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    var table = TerminalTable([
      .code(title("WHEN", "WANN")), .text(title("WHO", "WER"), minimum: 12),
      .text(title("COMMAND", "BEFEHL"), minimum: 10), .text(title("WHOSE", "WESSEN"), minimum: 8),
      .text(title("GROUPS", "GRUPPEN"), minimum: 8),
    ])
    for read in readings {
      let groups = read.entry.groups.map { KeyringWords.group($0)(language) }
      table.append([
        TableCell(time(read.recordedAt, language)), TableCell(who(read.entry)(language)),
        TableCell(read.entry.command), TableCell(whose(read.entry.subject)(language)),
        TableCell(groups.joined(separator: ", ")),
      ])
    }
    return table.text(for: console.output)
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

  /// One row a reading and person; figures over everybody have no person.
  static func csv(_ readings: [RecordedAccess]) -> String {
    var writer = CSVWriter(.csv)
    writer.header([
      "entry", "recorded_at", "user", "role", "role_kind", "holder", "command", "person", "groups",
    ])
    for read in readings {
      let role = read.entry.role
      var people: [String] = [""]
      if case .persons(let refs) = read.entry.subject { people = refs.map { "\($0.number)" } }
      for person in people {
        let cells = [
          "\(read.position)", Timestamp.text(read.recordedAt), read.entry.user,
          role.map { "\($0.number)" } ?? "", role?.kind.rawValue ?? "root", role?.holder ?? "",
          read.entry.command, person, read.entry.groups.map(\.name).joined(separator: " "),
        ]
        for cell in cells { writer.text(cell) }
        writer.endRow()
      }
    }
    return String(decoding: writer.take(), as: UTF8.self)
  }
}
