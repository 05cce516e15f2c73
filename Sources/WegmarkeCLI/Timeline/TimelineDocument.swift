import Journey
import Presentation
import ProjectionEngine

/// A timeline as a document: Markdown, or a page to read and print.
struct TimelineDocument {
  let page: TimelinePage

  private var language: Language { page.language }

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  private var warnings: [String] {
    page.knowledge.isSimulated ? [Knowledge.simulated(language)] : []
  }

  /// The timeline in Markdown.
  var markdown: String {
    var lines = ["# \(escaped(page.heading))", ""]
    lines += page.state.map { "- \(escaped($0))" }
    lines += [""] + warnings.map { "**\($0)**" }
    lines += (page.remarks + [page.knowledge.basis(language)]).map { "\n\(escaped($0))" }
    var year: Int?
    for row in page.rows {
      if row.year != year {
        lines += ["", "## \(row.year)", ""]
        year = row.year
      }
      let mark = row.isRetracted ? "~~" : ""
      var line = "- **\(row.date)** \(mark)\(escaped(row.label))\(mark)"
      if !row.details.isEmpty { line += " – \(escaped(row.details))" }
      if !row.number.isEmpty { line += " (\(row.number))" }
      lines.append(line)
      lines += row.changes.map { "  - \(escaped($0))" }
    }
    if !page.open.isEmpty {
      lines += ["", "## \(page.openTitle)", ""]
      for entry in page.open {
        let command = page.command(entry).map { ": `\($0)`" } ?? ""
        lines.append(
          "- [ ] **\(page.words.date(entry.item.due))** \(escaped(page.standing(entry)))\(command)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The timeline as a page, with the journey drawn above it.
  var report: ReportPage {
    var report = ReportPage(title: page.heading, lead: page.state, language: language)
    report.warnings = warnings
    let chart = TimelineBars(page).chart
    if !chart.lanes.isEmpty {
      report.sections.append(.init(word("The journey", "Der Weg"), [.figure(chart)]))
    }
    if !page.open.isEmpty {
      report.sections.append(
        .init(
          page.openTitle,
          [
            .list(
              page.open.map { entry in
                let command = page.command(entry).map { " (\($0))" } ?? ""
                return "\(page.words.date(entry.item.due)): \(page.standing(entry))\(command)"
              })
          ]))
    }
    var years: [Int] = []
    for row in page.rows where years.last != row.year { years.append(row.year) }
    for year in years {
      report.sections.append(
        .init(
          String(year),
          [.table(table(page.rows.filter { $0.year == year }), caption: caption(year))]))
    }
    if !page.remarks.isEmpty {
      report.sections.append(
        .init(word("Remarks", "Hinweise"), page.remarks.map { .paragraph($0) }))
    }
    report.certificate = [
      .init(word("State of the data", "Datenstand"), page.knowledge.basis(language))
    ]
    return report
  }

  private func caption(_ year: Int) -> String {
    word("What happened in \(year)", "Was \(year) geschah")
  }

  private func table(_ rows: [TimelinePage.Row]) -> TerminalTable {
    var columns: [TerminalTable.Column] = [
      .code(word("Date", "Datum")), .text(word("What", "Was")),
      .text(word("Details", "Einzelheiten")),
    ]
    let isNumbered = rows.contains { !$0.number.isEmpty }
    if isNumbered { columns.append(.code(word("Entry", "Eintrag"))) }
    var table = TerminalTable(columns)
    for row in rows {
      let details = ([row.details] + row.changes.map { "✎ \($0)" }).filter { !$0.isEmpty }
      var cells = [
        TableCell(row.date), TableCell(row.label), TableCell(details.joined(separator: " ")),
      ]
      if isNumbered { cells.append(TableCell(row.number)) }
      table.append(cells)
    }
    return table
  }

  /// Recorded words as Markdown shows them: nothing of them is markup.
  private func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.withoutControls {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case "\\", "*", "_", "`", "[", "]", "~", "#", "|": escaped += "\\\(character)"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
