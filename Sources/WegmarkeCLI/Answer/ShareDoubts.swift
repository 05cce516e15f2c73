import Journey
import Presentation
import ProjectionEngine
import Statistics

/// What stands beside shares on demand: corrected for delay, and weighted for response.
struct ShareDoubts {
  let answer: ShareAnswer
  let language: Language

  private var numbers: NumberStyle { NumberStyle(language) }
  private var rows: ShareRows { ShareRows(answer: answer, language: language) }
  private var cells: [ShareAnswer.Cell] { answer.groups.flatMap(\.cells) }

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  /// The tables that were asked for, each with its caption.
  var tables: [(caption: String, table: TerminalTable)] {
    var tables: [(caption: String, table: TerminalTable)] = []
    if cells.contains(where: { $0.nowcast != nil }) {
      tables.append((word("Corrected for delay", "Um Verzug bereinigt"), nowcast))
    }
    if answer.groups.contains(where: { !$0.months.isEmpty }) {
      tables.append((word("Units by month", "Einheiten nach Monaten"), months))
    }
    if cells.contains(where: { $0.weighting != nil }) {
      tables.append((word("Weighted for response", "Nach Antwortverhalten gewichtet"), weighted))
    }
    return tables
  }

  /// What must be said of them.
  var notes: [String] {
    var notes: [String] = []
    if cells.contains(where: { $0.nowcast != nil }) {
      notes.append(
        word(
          "NOWCAST: the immature part (N*) as the outcomes of earlier units ripened that were looked at"
            + " equally early; the rest as recorded. Assumes that people are told as late as before.",
          "NOWCAST: der unreife Teil (N*) so, wie die Ergebnisse früherer Einheiten nachgereift sind, die"
            + " man gleich früh ansah; das Übrige wie erfasst. Setzt voraus, dass so spät erfasst wird"
            + " wie bisher."))
    }
    if answer.groups.contains(where: { !$0.months.isEmpty }) {
      notes.append(
        word(
          "EXPECTED: units of the month of their index day once all are recorded that will be, by how"
            + " late such events were recorded so far.",
          "ERWARTET: Einheiten nach dem Monat ihres Starttags, wenn alle erfasst sind, die es werden,"
            + " nach dem bisherigen Verzug solcher Ereignisse."))
    }
    let weightings = cells.compactMap(\.weighting)
    if !weightings.isEmpty {
      let by = answer.question.responseBy.joined(separator: ", ")
      var text = word(
        "WEIGHTED: who was heard of stands for those of the same profile (\(by)) who were not."
          + " Assumes that within a profile being heard of has nothing to do with the outcome."
          + " EFFECTIVE: so many of equal weight would say as much.",
        "GEWICHTET: Wer bekannt ist, steht auch für die Unbekannten gleichen Profils (\(by)). Setzt"
          + " voraus, dass innerhalb eines Profils das Bekanntsein nichts mit dem Ergebnis zu tun hat."
          + " WIRKSAM: so viele gleichen Gewichts sagten ebenso viel.")
      if weightings.contains(where: { $0.model == .logistic }) {
        text += word(
          " ‡ In some profile nobody was heard of: from a logistic model of the attributes.",
          " ‡ Aus einem Profil ist niemand bekannt: aus einem logistischen Modell der Merkmale.")
      }
      notes.append(text)
    }
    return notes
  }

  private var nowcast: TerminalTable {
    let columns: [TerminalTable.Column] = [
      .number(word("DUE", "FÄLLIG")), .number("N*"), .number(word("ALL", "ALLE")),
      .number("NOWCAST"), .number(word("LIMITS", "GRENZEN")), .number(word("KNOWN", "BEKANNT")),
      .number("NOWCAST"),
    ]
    return rows.table(columns) { group, row in
      let cell = answer.groups[group].cells[row]
      guard cell.shares.due > 0 else { return nil }
      let nowcast = cell.nowcast
      return [
        TableCell(numbers.integer(cell.shares.due)), TableCell(numbers.integer(cell.immature)),
        TableCell(numbers.percent(cell.all)),
        TableCell(numbers.percent(nowcast?.all?.estimate)),
        TableCell(numbers.percentRange(nowcast?.allLimits?.lower, nowcast?.allLimits?.upper)),
        TableCell(numbers.percent(cell.known)),
        TableCell(numbers.percent(nowcast?.known?.estimate)),
      ]
    }
  }

  /// How many units the last months have, and how many they will have.
  private var months: TerminalTable {
    var table = TerminalTable(
      (rows.isGrouped ? [.text(word("GROUP", "GRUPPE"))] : []) + [
        .code(word("MONTH", "MONAT")), .number(word("RECORDED", "ERFASST")),
        .number(word("EXPECTED", "ERWARTET")), .number(word("LIMITS", "GRENZEN")),
      ])
    for group in answer.groups {
      for month in group.months {
        let limits = month.count.limits
        table.append(
          (rows.isGrouped ? [TableCell(rows.name(group))] : []) + [
            TableCell(month.name), TableCell(numbers.integer(month.count.recorded)),
            TableCell(numbers.decimal(month.count.expected, places: 1)),
            TableCell(
              numbers.range(
                limits.map { numbers.decimal($0.lower, places: 0) },
                limits.map { numbers.decimal($0.upper, places: 0) })),
          ])
      }
    }
    return table
  }

  private var weighted: TerminalTable {
    let columns: [TerminalTable.Column] = [
      .number(word("KNOWN", "BEKANNT")), .number(word("WEIGHTED", "GEWICHTET")),
      .number(word("LIMITS", "GRENZEN")), .number(word("EFFECTIVE", "WIRKSAM")),
    ]
    return rows.table(columns) { group, row in
      let cell = answer.groups[group].cells[row]
      guard cell.shares.due > 0 else { return nil }
      let weighting = cell.weighting
      let mark = weighting?.model == .logistic ? "‡" : ""
      return [
        TableCell(numbers.percent(cell.known)),
        TableCell(numbers.percent(weighting?.share?.estimate) + mark),
        TableCell(numbers.percentRange(weighting?.limits?.lower, weighting?.limits?.upper)),
        TableCell(numbers.decimal(weighting?.share?.effectiveSize, places: 1)),
      ]
    }
  }
}
