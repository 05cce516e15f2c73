import Journey
import Presentation
import ProjectionEngine
import Statistics

/// What a page says of a question of kind `point` or `count`.
struct ShareBody: AnswerBody {
  let answer: ShareAnswer
  let language: Language
  /// Whether to say what the unknown can change.
  let saysBounds: Bool

  private var numbers: NumberStyle { NumberStyle(language) }
  private var rows: ShareRows { ShareRows(answer: answer, language: language) }
  private var isGrouped: Bool { rows.isGrouped }
  /// Whether groups are compared: not those of units with weights, whose tests would count each once.
  private var isCompared: Bool {
    answer.groups.count > 1 && !answer.question.definition.rows.isEmpty
      && answer.question.definition.weight == nil
  }

  var unit: AnalysisUnit { answer.question.definition.unit }

  var parameters: [String] {
    let level = numbers.percent(answer.level, places: 0)
    let limits = word("\(level) limits: Wilson", "\(level)-Grenzen: Wilson")
    if answer.question.definition.rows.isEmpty {
      return [
        word(
          "\(level) limits: order statistics, mean Student's t",
          "\(level)-Grenzen: Ordnungsstatistiken, Mittel Students t")
      ]
    }
    guard let weight = answer.question.definition.weight else { return [limits] }
    // The largest: every row and horizon leaves out others.
    let cells = answer.groups.first?.cells.indices ?? 0..<0
    let sums = cells.map { cell in
      answer.groups.reduce(0) { $0 + ($1.cells[cell].weighted?.due ?? 0) }
    }
    let sum = numbers.decimal(sums.max() ?? 0, places: 1)
    return [limits, weight.words(sum: word("\(sum) due", "\(sum) fällig"))(language)]
  }

  var lead: String? { ShareSentence(answer: answer, language: language).text }

  var tables: [(caption: String, table: TerminalTable)] {
    let hasRows = !answer.question.definition.rows.isEmpty
    var tables: [(caption: String, table: TerminalTable)] = []
    if hasRows { tables.append((word("Shares", "Anteile"), shares)) }
    if !answer.question.definition.values.isEmpty {
      tables.append((word("Numbers", "Zahlen"), figures))
    }
    if isCompared {
      tables.append((word("Groups compared", "Gruppen im Vergleich"), contrasts))
    }
    return tables + doubts.tables
  }

  private var doubts: ShareDoubts {
    ShareDoubts(answer: answer, language: language)
  }

  var remarks: [String] {
    guard !answer.question.definition.rows.isEmpty else { return figureNotes }
    return notes + doubts.notes + figureNotes + (isCompared ? warnings : [])
  }

  func sections(for style: TerminalStyle) -> [String] {
    var parts: [String] = []
    if !answer.question.definition.rows.isEmpty {
      parts.append("\n" + shares.text(for: style))
      parts += notes.map { $0.wrapped(to: style.proseWidth) }
    }
    if saysBounds, !answer.question.definition.rows.isEmpty {
      parts += UnknownShares(answer: answer, language: language).sections(for: style)
    }
    for (caption, table) in doubts.tables {
      parts += [style.paint(caption, .bold), table.text(for: style)]
    }
    parts += doubts.notes.map { $0.wrapped(to: style.proseWidth) }
    if !answer.question.definition.values.isEmpty {
      parts.append(figures.text(for: style))
      parts += figureNotes.map { $0.wrapped(to: style.proseWidth) }
    }
    if isCompared {
      parts.append("\n" + contrasts.text(for: style))
      parts += warnings.map { $0.wrapped(to: style.proseWidth) }
    }
    return parts
  }

  /// What every row or horizon gave: official, known, bounds, coverage.
  private var shares: TerminalTable {
    let columns: [TerminalTable.Column] = [
      .number(word("DUE", "FÄLLIG")), .number(word("YES", "JA")), .number(word("ALL", "ALLE")),
      .number(word("KNOWN", "BEKANNT")), .number(word("LIMITS", "GRENZEN")),
      .number(word("BOUNDS", "SCHRANKEN")), .number(word("COVERAGE", "ABDECKUNG")),
    ]
    return rows.table(columns) { group, row in
      figures(answer.groups[group].cells[row])
    }
  }

  private func figures(_ cell: ShareAnswer.Cell) -> [TableCell] {
    let (shares, limits) = (cell.shares, cell.limits)
    // A horizon that nobody has reached is blank, not 0 %.
    guard shares.due > 0 else {
      let reason = shares.notDue > 0 ? word("not due", "nicht fällig") : NumberStyle.undefined
      return [TableCell(reason)] + [TableCell](repeating: TableCell(""), count: 6)
    }
    return [
      TableCell(numbers.integer(shares.due)), TableCell(numbers.integer(shares.yes)),
      // Where nothing is known of anybody, no yes says nothing.
      TableCell(shares.answered == 0 ? NumberStyle.undefined : numbers.percent(cell.all)),
      TableCell(numbers.percent(cell.known)),
      TableCell(numbers.percentRange(limits?.lower, limits?.upper)),
      TableCell(numbers.percentRange(cell.bounds?.lower, cell.bounds?.upper)),
      TableCell(numbers.percent(cell.coverage)),
    ]
  }

  private var notes: [String] {
    var notes = [
      word(
        "all: yes of everybody due. known: yes of those heard of. bounds: if none, if all of the"
          + " unknown were a yes. coverage: heard of among the due.",
        "alle: ja unter allen Fälligen. bekannt: ja unter denen, von denen man es weiß. Schranken:"
          + " wenn keine, wenn alle Unbekannten ein Ja wären. Abdeckung: bekannt unter den Fälligen."
      )
    ]
    if answer.question.definition.weight != nil {
      notes.append(
        word(
          "DUE and YES are units as they are; shares, limits, bounds and coverage are of their weights."
            + (answer.groups.count > 1 ? " Groups with weights are shown, not tested." : ""),
          "FÄLLIG und JA sind Einheiten, wie sie sind; Anteile, Grenzen, Schranken und Abdeckung gelten"
            + " ihren Gewichten."
            + (answer.groups.count > 1
              ? " Gruppen mit Gewichten werden gezeigt, nicht getestet." : "")
        ))
    }
    let cells = answer.groups.flatMap(\.cells)
    let early = cells.map { $0.shares.answered - $0.heard.answered }.max() ?? 0
    if early > 0 {
      notes.append(
        word(
          "Of up to \(numbers.integer(early)) the outcome was known earlier than the contrary would"
            + " have been, before the period was over or seen to its end. They count in all and bounds;"
            + " known and coverage are of those seen throughout. Where these are few, an earlier"
            + " reference day (--on) says more.",
          "Von bis zu \(numbers.integer(early)) war das Ergebnis früher bekannt, als das Gegenteil es"
            + " gewesen wäre: ehe der Zeitraum um oder bis zu Ende beobachtet war. Sie zählen in „alle“"
            + " und Schranken; „bekannt“ und Abdeckung gelten denen, die durchgehend beobachtet wurden."
            + " Sind das wenige, sagt ein früherer Stichtag (--on) mehr."))
    }
    let notDue = cells.map(\.shares.notDue).max() ?? 0
    if notDue > 0 {
      notes.append(
        word(
          "* Not everybody has reached it yet (up to \(numbers.integer(notDue)) have not); they are"
            + " in no denominator.",
          "* Noch nicht alle haben ihn erreicht (bis zu \(numbers.integer(notDue)) nicht); sie"
            + " stehen in keinem Nenner."))
    }
    let excluded = cells.map(\.excluded).max() ?? 0
    if excluded > 0 {
      notes.append(
        word(
          "Up to \(numbers.integer(excluded)) are left out by the rule of the question.",
          "Bis zu \(numbers.integer(excluded)) nimmt die Regel der Frage aus."))
    }
    let asked = cells.map(\.askedUnknown).max() ?? 0
    if asked > 0 {
      notes.append(
        word(
          "Of up to \(numbers.integer(asked)) it is not known whether they are among those asked.",
          "Von bis zu \(numbers.integer(asked)) weiß man nicht, ob sie zu den Gefragten gehören."))
    }
    return notes
  }

  /// The numbers that were taken, summed up.
  private var figures: TerminalTable {
    let summary = TerminalTable.Column.text(word("SUMMARY", "MASS"), minimum: 12)
    let counts: [TerminalTable.Column] = [
      .number("N"), .number(word("UNKNOWN", "UNBEKANNT")),
      .number(word("NOT DUE", "NICHT FÄLLIG")),
    ]
    let value: [TerminalTable.Column] = [
      .number(word("VALUE", "WERT")), .number(word("LIMITS", "GRENZEN")),
    ]
    let group = TerminalTable.Column.label(word("GROUP", "GRUPPE"), minimum: 10)
    var table = TerminalTable(
      isGrouped ? [group] + counts + [summary] + value : [summary] + counts + value)
    table.isSplittable = true
    for place in answer.question.definition.values.indices {
      table.section(answer.question.definition.values[place].label(language))
      for group in answer.groups {
        for summary in group.numbers[place].summaries {
          table.append(cells(of: summary, group.numbers[place], in: group))
        }
      }
    }
    return table
  }

  private func cells(
    of summary: ShareAnswer.Summary, _ number: ShareAnswer.Number, in group: ShareAnswer.Group
  ) -> [TableCell] {
    let label = TableCell(summary.summary.label(language))
    let counts = [number.known, number.unknown + number.askedUnknown, number.notDue]
      .map { TableCell(numbers.integer($0)) }
    let value = [
      TableCell(numbers.figure(summary.number)),
      TableCell(
        numbers.range(
          (summary.limits?.lower).map(numbers.figure), (summary.limits?.upper).map(numbers.figure))),
    ]
    return isGrouped
      ? [TableCell(rows.name(group))] + counts + [label] + value : [label] + counts + value
  }

  /// What the numbers leave out, where they leave somebody out.
  private var figureNotes: [String] {
    let numbers = answer.groups.flatMap(\.numbers)
    var notes: [String] = []
    if numbers.contains(where: { $0.summaries.contains { $0.number != nil && $0.limits == nil } }) {
      notes.append(
        word(
          "–: too few are known for limits; a sum has none.",
          "–: Für Grenzen ist von zu wenigen etwas bekannt; eine Summe hat keine."))
    }
    guard numbers.contains(where: { $0.unknown + $0.askedUnknown + $0.notDue > 0 }) else {
      return notes
    }
    return notes + [
      word(
        "Unknown: due, but nobody knows the number, or whether it is asked of them. Not due: the"
          + " last day of it is still to come. Neither is in any value.",
        "Unbekannt: fällig, aber niemand kennt die Zahl, oder ob danach gefragt ist. Nicht fällig:"
          + " Der letzte Tag dafür kommt erst noch. Beides steht in keinem Wert.")
    ]
  }

  /// How each group differs from all others together: effect, interval, test.
  private var contrasts: TerminalTable {
    let columns: [TerminalTable.Column] = [
      .number(word("TO OTHERS", "ZU ANDEREN")), .number(word("LIMITS", "GRENZEN")), .number("P"),
      .number(word("P (HOLM)", "P (HOLM)")),
    ]
    return rows.table(columns) { group, row in
      // Of two groups the second one's is the same comparison.
      guard answer.groups.count > 2 || group == 0,
        let contrast = answer.groups[group].contrasts?[row] ?? nil,
        let difference = contrast.difference
      else { return nil }
      let limits = contrast.differenceLimits
      return [
        TableCell(points(difference)),
        TableCell(
          numbers.range(limits.map { points($0.lower) }, limits.map { points($0.upper) })),
        TableCell(
          numbers.decimal(contrast.testedPValue, places: 4) + (contrast.usesFisher ? "†" : "")),
        TableCell(numbers.decimal(answer.adjustedPValue(group: group, cell: row), places: 4)),
      ]
    }
  }

  /// A difference of shares in percentage points, with its sign.
  private func points(_ difference: Double) -> String {
    (difference > 0 ? "+" : "") + numbers.decimal(difference * 100, places: 1)
  }

  /// Which test gave the p values that are marked; nothing where none is.
  private var fisher: String {
    let contrasts = answer.groups.flatMap { ($0.contrasts ?? []).compactMap(\.self) }
    guard contrasts.contains(where: { $0.usesFisher && $0.difference != nil }) else { return "" }
    return word(
      ", † of Fisher's exact test (small counts)",
      ", † des exakten Tests von Fisher (kleine Zahlen)")
  }

  private var warnings: [String] {
    var lines = [
      word(
        "Differences in percentage points to all other groups together (Newcombe); p of the score"
          + " test\(fisher). Descriptive: groups differ in more than their name.",
        "Unterschiede in Prozentpunkten zu allen anderen Gruppen zusammen (Newcombe); p des"
          + " Score-Tests\(fisher). Beschreibend: Gruppen unterscheiden sich in mehr als ihrem Namen."
      )
    ]
    if let tests = answer.tests, tests.count > 1 {
      let alarms = numbers.decimal(tests.expectedFalseAlarms(level: answer.level), places: 1)
      lines.append(
        word(
          "\(tests.count) comparisons: about \(alarms) would look remarkable by chance alone. P"
            + " (HOLM) allows for that.",
          "\(tests.count) Vergleiche: etwa \(alarms) sähen schon durch Zufall auffällig aus. P (HOLM)"
            + " berücksichtigt das."))
    }
    return lines
  }
}
