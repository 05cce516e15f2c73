import EventLog
import Imports
import Interchange
import Journey
import Presentation

/// What an import did or would do, as people read it.
struct ImportPage {
  let report: ImportReport
  /// The option that names the store again, where it was named.
  let store: String
  let limit: Int
  let console: Console

  var language: Language { console.language }
  var numbers: NumberStyle { NumberStyle(language) }

  /// How the command ends; nil when all is well.
  var exitStatus: Int32? {
    switch report.outcome {
    case .stored, .alreadyImported: return nil
    case .forecast:
      return report.diagnostics.errors > 0 ? ExitStatus.problems.rawValue : nil
    case .refused: return (isUnread ? ExitStatus.noInput : .data).rawValue
    case .interrupted: return 130
    }
  }

  var text: String {
    if case .alreadyImported(let batch) = report.outcome { return already(batch) }
    var lines: [String] = []
    let unread = Set(fatal.map(\.file))
    for file in report.files where file.rows.read > 0 || !unread.contains(file.path) {
      lines.append(line(file))
    }
    if report.rows.read > 0 { lines += ["", "  " + counts, ""] }
    let shown = report.diagnostics.kept.prefix(limit)
    lines += messages(shown)
    let total = report.diagnostics.errors + report.diagnostics.warnings
    let more = total - shown.count
    if more > 0, shown.isEmpty {
      let messages = count(more, "message", "messages", "Meldung", "Meldungen")
      lines.append(
        word("\(messages) (--messages 20 shows them)", "\(messages) (--messages 20 zeigt sie)"))
    } else if more > 0 {
      lines.append(
        word("… \(more) more (--messages shows more)", "… \(more) weitere (--messages zeigt mehr)"))
    }
    if total > 0 { lines.append("") }
    for file in report.rejectsFiles {
      lines.append(
        word(
          "The rejected rows, ready to be mended and imported again: \(file)",
          "Die abgewiesenen Zeilen, zum Berichtigen und erneuten Einlesen: \(file)"))
    }
    return console.output.wrapped((lines + [outcome]).joined(separator: "\n"))
  }

  func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  /// A number with its noun.
  private func count(
    _ number: Int, _ one: String, _ many: String, _ eins: String, _ viele: String
  ) -> String {
    "\(numbers.integer(number)) \(number == 1 ? word(one, eins) : word(many, viele))"
  }

  /// The messages; advice that stood under the one before is not said again.
  private func messages(_ diagnostics: ArraySlice<RowDiagnostic>) -> [String] {
    var said: [String: LocalizedText] = [:]
    return diagnostics.map { diagnostic in
      let isSaid = diagnostic.hint != nil && said[diagnostic.code] == diagnostic.hint
      said[diagnostic.code] = diagnostic.hint
      let text = diagnostic.rendered(in: language)
      return wrapped(isSaid ? String(text.prefix { $0 != "\n" }) : text)
    }
  }

  /// A message on a terminal: what goes on of its first line stands in from the next message.
  private func wrapped(_ text: String) -> String {
    guard let width = console.output.width else { return text }
    let lines = text.split(separator: "\n", maxSplits: 1)
    let first = lines[0].description.wrapped(to: max(20, width - 2)).hanging(2)
    return lines.count > 1 ? "\(first)\n\(lines[1])" : first
  }

  private func line(_ file: ImportReport.File) -> String {
    let read = count(file.rows.read, "row", "rows", "Zeile", "Zeilen")
    var text = word("\(file.path): read \(read)", "\(file.path): \(read) gelesen")
    if file.isScattered {
      text += word(", sorted by participant", ", nach Personen sortiert")
    }
    for notice in file.notices { text += "\n  \(notice.message(language)) [\(notice.code)]" }
    return text
  }

  /// What became of rows: how many, in the reader's words; they always add up to the rows read.
  func fates(of rows: RowCounts) -> [(count: Int, name: String)] {
    [
      (rows.new, word("new", "neu")), (rows.changed, word("changed", "geändert")),
      (rows.unchanged, word("unchanged", "unverändert")),
      (rows.similar, word("possible duplicate", "mögliche Dublette")),
      (rows.resumed, word("stored before the stop", "vor dem Abbruch gespeichert")),
      (rows.silent, word("without content", "ohne Aussage")),
      (rows.duplicate, word("duplicate", "doppelt")),
      (rows.rejected, word("rejected", "abgewiesen")),
      (rows.skipped, word("skipped", "übergangen")),
      // With a file that cannot be read the rest is not compared with the store.
      (rows.uncounted, word("not compared", "nicht verglichen")),
    ]
  }

  /// The counts, which always add up to the rows read.
  private var counts: String {
    let parts = fates(of: report.rows)
    let counted = parts.filter { $0.count > 0 || $0.name == parts[0].name }
    return counted.map { "\($0.name) \(numbers.integer($0.count))" }.joined(separator: " · ")
      + "      (\(word("sum", "Summe")) \(numbers.integer(report.rows.read)))"
  }

  var outcome: String {
    var events = count(report.newEvents, "event", "events", "Ereignis", "Ereignisse")
    if report.corrections > 0 {
      events += word(
        " (\(count(report.corrections, "correction", "corrections", "", "")))",
        " (davon \(count(report.corrections, "", "", "Berichtigung", "Berichtigungen")))")
    }
    let people = count(
      report.newParticipants, "new participant", "new participants", "neue Person",
      "neue Personen")
    let batch = report.batchCode ?? ""
    switch report.outcome {
    case .stored:
      let resumed = report.isResumed ? word(" (resumed)", " (fortgesetzt)") : ""
      return word(
        """
        Import \(batch)\(resumed): \(events) stored, \(people).
        Next: wegmarke participants list\(store)
        """,
        """
        Import \(batch)\(resumed): \(events) gespeichert, \(people).
        Weiter: wegmarke participants list\(store)
        """)
    case .forecast:
      return word(
        "Dry run: nothing was stored. It would be \(events), \(people).",
        "Probelauf: Nichts wurde gespeichert. Es wären \(events), \(people)."
      )
    case .refused:
      let errors = count(
        report.diagnostics.errors, "error was", "errors were", "Fehler", "Fehler")
      let result = word(
        "Nothing was stored, because \(errors) found.",
        "Nichts wurde gespeichert, denn es gab \(errors).")
      guard fatal.isEmpty else { return result }
      return result + "\n"
        + word(
          "Mend the file, or leave those rows out: --on-error skip",
          "Datei berichtigen oder diese Zeilen weglassen: --on-error skip")
    case .interrupted:
      guard report.durable.events > 0 else {
        return word("Stopped. Nothing was stored.", "Angehalten. Nichts wurde gespeichert.")
      }
      let stored = report.durable.message(language)
      return word(
        "Stopped. \(stored)\nRun the same import again to complete it.",
        "Angehalten. \(stored)\nDerselbe Befehl setzt den Import fort.")
    case .alreadyImported(let batch): return already(batch)
    }
  }

  /// What keeps whole files out, so that leaving rows out would not help.
  private var fatal: [RowDiagnostic] { report.diagnostics.kept.filter { $0.severity == .fatal } }

  /// Whether a file could not even be opened.
  private var isUnread: Bool { fatal.contains { $0.code.hasPrefix("E-FILE-") } }

  private func already(_ batch: ImportBatch) -> String {
    let words = EventText(language)
    let day = words.date(StoreZone.day(of: batch.begunAt))
    return word(
      "Nothing to do: these files came in on \(day) as \(batch.code).",
      "Nichts zu tun: Diese Dateien kamen am \(day) als \(batch.code).")
  }
}

extension RowCounts {
  /// Rows that were read and of which nothing else is said.
  var uncounted: Int {
    read - new - changed - similar - unchanged - silent - resumed - duplicate - rejected - skipped
  }
}
