import EventLog
import Imports
import Interchange
import Journey
import Presentation

/// What an import did or would do, as a page to read, print and hand on.
struct ImportDocument {
  let page: ImportPage
  let mapping: Mapping

  /// How many examples of each kind of message are shown.
  private static let examples = 5

  var imported: ImportReport { page.report }

  private func word(_ en: String, _ de: String) -> String { page.word(en, de) }
  private func number(_ value: Int) -> String { page.numbers.integer(value) }

  /// The page.
  var report: ReportPage {
    var report = ReportPage(title: title, lead: lead, language: page.language)
    if imported.isSimulated { report.warnings.append(Knowledge.simulated(page.language)) }
    if imported.rows.read > 0 {
      report.sections.append(
        .init(word("Rows", "Zeilen"), [.table(rows, caption: rowsCaption)] + notices))
    }
    if imported.newEvents > 0 {
      report.sections.append(
        .init(
          word("What comes in", "Was hinzukommt"),
          [.table(events, caption: eventsCaption), .paragraph(people)]))
    }
    report.sections += messages
    if imported.rows.similar > 0 { report.sections.append(duplicates) }
    let steps = nextSteps
    if !steps.isEmpty { report.sections.append(.init(word("Next", "Weiter"), [.list(steps)])) }
    report.certificate = [
      .init(word("Files", "Dateien"), imported.files.map(\.path).joined(separator: ", ")),
      .init(word("Mapping", "Zuordnung"), "\(mapping.name) v\(mapping.version)"),
      .init(word("Program", "Programm"), "wegmarke \(Wegmarke.version)"),
      .init(word("Command", "Befehl"), Self.command(without: [:]), isCode: true),
    ]
    return report
  }

  private var title: String {
    let code = imported.batchCode ?? ""
    switch imported.outcome {
    case .forecast: return word("Dry run of an import", "Probelauf eines Imports")
    case .refused: return word("An import that was refused", "Ein abgelehnter Import")
    case .stored, .alreadyImported, .interrupted: return "Import \(code)"
    }
  }

  private var lead: [String] {
    if case .alreadyImported = imported.outcome { return [page.text] }
    // What to do next stands in a section of its own.
    return [String(page.outcome.prefix { $0 != "\n" })]
  }

  // MARK: Rows

  private var rowsCaption: String {
    word(
      "What became of the rows; each row is counted once, and they add up to the rows read",
      "Was aus den Zeilen wurde; jede zählt einmal, und zusammen sind es die gelesenen")
  }

  /// A line for each fate, a column for each file, and all of them together.
  private var rows: TerminalTable {
    let files = imported.files
    var columns: [TerminalTable.Column] = [.label(word("Rows", "Zeilen"))]
    if files.count > 1 { columns += files.map { .number(Self.name(of: $0.path)) } }
    columns.append(.number(files.count > 1 ? word("together", "zusammen") : word("count", "Zahl")))
    var table = TerminalTable(columns)
    let counted = (files.count > 1 ? files.map(\.rows) : []) + [imported.rows]
    let fates = counted.map { page.fates(of: $0) }
    for (place, fate) in fates[fates.count - 1].enumerated() where fate.count > 0 {
      table.append([TableCell(fate.name)] + fates.map { TableCell(number($0[place].count)) })
    }
    table.append(
      [TableCell(word("read", "gelesen"))] + counted.map { TableCell(number($0.read)) })
    return table
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map { String($0) } ?? path
  }

  private var notices: [ReportPage.Block] {
    let said = imported.files.flatMap { file in
      file.notices.map { "\(file.path): \($0.message(page.language)) [\($0.code)]" }
    }
    return said.isEmpty ? [] : [.list(said)]
  }

  // MARK: Events and people

  private var eventsCaption: String {
    switch imported.outcome {
    case .stored: word("Events stored", "Gespeicherte Ereignisse")
    default: word("Events that would be stored", "Ereignisse, die gespeichert würden")
    }
  }

  private var events: TerminalTable {
    var table = TerminalTable([
      .label(word("Event", "Ereignis")), .number(word("count", "Zahl")),
    ])
    let sorted = imported.events.sorted {
      ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue)
    }
    for (type, count) in sorted {
      table.append([TableCell(type.label(page.language)), TableCell(number(count))])
    }
    table.append([
      TableCell(word("together", "zusammen")), TableCell(number(imported.newEvents)),
    ])
    return table
  }

  private var people: String {
    let (new, known) = (number(imported.newParticipants), number(imported.knownParticipants))
    let (same, corrected) = (number(imported.unchangedEvents), number(imported.corrections))
    return word(
      "New participants: \(new); known ones of whom the files speak: \(known). Corrections among the"
        + " events: \(corrected). Statements that the store had already: \(same).",
      "Neue Personen: \(new); bekannte, von denen die Dateien sprechen: \(known). Berichtigungen"
        + " unter den Ereignissen: \(corrected). Angaben, die schon gespeichert waren: \(same).")
  }

  // MARK: Messages

  /// One kind of message: everything with one code.
  struct Kind {
    let code: String
    let count: Int
    let examples: [RowDiagnostic]

    var isError: Bool { code.hasPrefix("E-") }
  }

  /// The kinds of messages, errors before warnings, the most frequent first.
  var kinds: [Kind] {
    let diagnostics = imported.diagnostics
    let examples = Dictionary(grouping: diagnostics.kept, by: \.code)
    let kinds = diagnostics.byCode.map { code, count in
      Kind(
        code: code, count: count,
        examples: Array(examples[code, default: []].prefix(Self.examples)))
    }
    return kinds.sorted {
      ($0.isError ? 0 : 1, $1.count, $0.code) < ($1.isError ? 0 : 1, $0.count, $1.code)
    }
  }

  private var messages: [ReportPage.Section] {
    let kinds = kinds
    guard !kinds.isEmpty else { return [] }
    var table = TerminalTable([
      .code(word("Kind", "Art")), .number(word("count", "Zahl")),
      .text(word("What becomes of the row", "Was aus der Zeile wird")),
    ])
    for kind in kinds {
      let fate =
        kind.isError
        ? word("error: kept out", "Fehler: bleibt draußen")
        : word("warning: does not keep it out", "Hinweis: hält sie nicht auf")
      table.append([TableCell(kind.code), TableCell(number(kind.count)), TableCell(fate)])
    }
    var blocks: [ReportPage.Block] = [
      .table(table, caption: word("Messages by kind", "Meldungen nach Art"))
    ]
    for kind in kinds where !kind.examples.isEmpty {
      let more = kind.count - kind.examples.count
      var lines = kind.examples.map { example in
        example.rendered(in: page.language).replacing("\n    ", with: " ")
      }
      if more > 0 { lines.append(word("and \(number(more)) more", "und \(number(more)) weitere")) }
      blocks.append(.list(lines))
    }
    return [.init(word("Messages", "Meldungen"), blocks)]
  }

  private var duplicates: ReportPage.Section {
    .init(
      word("Possible duplicates", "Mögliche Dubletten"),
      [
        .paragraph(
          word(
            "\(number(imported.rows.similar)) rows name somebody new who resembles somebody else. They"
              + " come in as people of their own; nobody is merged by the program.",
            "\(number(imported.rows.similar)) Zeilen nennen jemand Neues, der oder die einer anderen"
              + " Person gleicht. Sie kommen als eigene Personen herein; das Programm führt niemand"
              + " zusammen."))
      ])
  }

  // MARK: What to do next

  /// The command that ran, without where the store and its keys lie: that is no concern of readers.
  private static func command(without options: [String: Bool], adding words: [String] = [])
    -> String
  {
    ShellWords.again(
      without: options.merging(["--store": true, "--key-file": true]) { $1 }, adding: words)
  }

  /// What to do, each with its command.
  var nextSteps: [String] {
    var steps: [String] = []
    let plain = ["--report": true, "--dry-run": false]
    for file in imported.rejectsFiles {
      let again = ShellWords.line(["wegmarke", "import", file, "--mapping", mapping.name])
      steps.append(
        word(
          "Mend the rejected rows in \(file) and import them: \(again)",
          "Die abgewiesenen Zeilen in \(file) berichtigen und einlesen: \(again)"))
    }
    let hasErrors = imported.diagnostics.errors > 0
    switch imported.outcome {
    case .alreadyImported: return []
    case .interrupted:
      return [
        word("Run it again to complete it: ", "Zum Abschließen noch einmal starten: ")
          + Self.command(without: ["--report": true])
      ]
    case .forecast where !hasErrors:
      steps.append(word("Import it: ", "Einlesen: ") + Self.command(without: plain))
    case .forecast, .refused:
      steps.append(
        word("Mend the file and check it again: ", "Datei berichtigen und noch einmal prüfen: ")
          + Self.command(without: plain, adding: ["--dry-run"]))
      steps.append(
        word("Or leave these rows out: ", "Oder diese Zeilen weglassen: ")
          + Self.command(
            without: plain.merging(["--on-error": true]) { $1 }, adding: ["--on-error", "skip"]))
    case .stored:
      let code = imported.batchCode ?? ""
      steps.append(
        word("See who is there: ", "Ansehen, wer da ist: ") + "wegmarke participants list")
      steps.append(
        word("If it was the wrong file, take it back: ", "Falls es die falsche Datei war: ")
          + "wegmarke import undo \(code) --reason … --dry-run")
    }
    if imported.rows.similar > 0, imported.outcome == .stored {
      steps.append(
        word("Look at the possible duplicates: ", "Mögliche Dubletten ansehen: ")
          + "wegmarke participants duplicates")
    }
    return steps
  }
}
