import EventLog
import Imports
import Interchange
import Journey
import Presentation

/// What an import did or would do, as people read it.
struct ImportPage {
  let report: ImportReport
  let store: String
  let limit: Int
  let console: Console

  private var language: Language { console.language }
  private var numbers: NumberStyle { NumberStyle(language) }

  /// How the command ends; nil when all is well.
  var exitStatus: Int32? {
    switch report.outcome {
    case .stored, .alreadyImported: return nil
    case .forecast:
      return report.diagnostics.errors > 0 ? ExitStatus.problems.rawValue : nil
    case .refused: return ExitStatus.data.rawValue
    case .interrupted: return 130
    }
  }

  var text: String {
    if case .alreadyImported(let batch) = report.outcome { return already(batch) }
    var lines: [String] = []
    for file in report.files { lines.append(line(file)) }
    lines += ["", "  " + counts, ""]
    for diagnostic in report.diagnostics.kept.prefix(limit) {
      lines.append(diagnostic.rendered(in: language))
    }
    let total = report.diagnostics.errors + report.diagnostics.warnings
    if total > limit {
      lines.append(
        word("… \(total - limit) more (--messages shows more)", "… \(total - limit) weitere (--messages zeigt mehr)"))
    }
    if total > 0 { lines.append("") }
    return (lines + [outcome]).joined(separator: "\n")
  }

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  private func line(_ file: ImportReport.File) -> String {
    let read = numbers.integer(file.rows.read)
    var text = word("\(file.path): read \(read) rows", "\(file.path): \(read) Zeilen gelesen")
    if file.isScattered {
      text += word(", sorted by participant", ", nach Personen sortiert")
    }
    for notice in file.notices { text += "\n  \(notice.message(language)) [\(notice.code)]" }
    return text
  }

  /// The counts, which always add up to the rows read.
  private var counts: String {
    let rows = report.rows
    let parts: [(Int, String)] = [
      (rows.new, word("new", "neu")), (rows.unchanged, word("unchanged", "unverändert")),
      (rows.resumed, word("stored before the stop", "vor dem Abbruch gespeichert")),
      (rows.silent, word("without content", "ohne Aussage")),
      (rows.duplicate, word("duplicate", "doppelt")),
      (rows.rejected, word("rejected", "abgewiesen")),
      (rows.skipped, word("skipped", "übergangen")),
    ]
    let counted = parts.filter { $0.0 > 0 || $0.1 == parts[0].1 }
    return counted.map { "\($0.1) \(numbers.integer($0.0))" }.joined(separator: " · ")
      + "      (\(word("sum", "Summe")) \(numbers.integer(rows.read)))"
  }

  private var outcome: String {
    let events = numbers.integer(report.newEvents)
    let people = numbers.integer(report.newParticipants)
    let batch = report.batchCode ?? ""
    switch report.outcome {
    case .stored:
      let resumed = report.isResumed ? word(" (resumed)", " (fortgesetzt)") : ""
      return word(
        """
        Import \(batch)\(resumed): \(events) events stored, \(people) new participants.
        Next: wegmarke participants list --store \(store)
        """,
        """
        Import \(batch)\(resumed): \(events) Ereignisse gespeichert, \(people) neue Teilnehmende.
        Weiter: wegmarke participants list --store \(store)
        """)
    case .forecast:
      return word(
        "Dry run: nothing was stored. It would be \(events) events, \(people) new participants.",
        "Probelauf: Nichts wurde gespeichert. Es wären \(events) Ereignisse, \(people) neue Teilnehmende."
      )
    case .refused:
      return word(
        """
        Nothing was stored, because \(numbers.integer(report.diagnostics.errors)) error(s) were found.
        Mend the file, or leave those rows out: --on-error skip
        """,
        """
        Nichts wurde gespeichert, denn es gab \(numbers.integer(report.diagnostics.errors)) Fehler.
        Datei berichtigen oder diese Zeilen weglassen: --on-error skip
        """)
    case .interrupted:
      return word(
        "Stopped. \(events) events are stored for good; run the same import again to complete it.",
        "Angehalten. \(events) Ereignisse sind sicher gespeichert; derselbe Import vollendet sich beim nächsten Lauf."
      )
    case .alreadyImported(let batch): return already(batch)
    }
  }

  private func already(_ batch: ImportBatch) -> String {
    let words = EventText(language)
    let day = words.date(StoreZone.day(of: batch.begunAt))
    return word(
      "Nothing to do: these files came in on \(day) as \(batch.code).",
      "Nichts zu tun: Diese Dateien kamen am \(day) als \(batch.code).")
  }
}
