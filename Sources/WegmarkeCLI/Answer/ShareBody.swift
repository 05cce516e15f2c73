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
  private var isPoint: Bool { answer.definition.kind == .point }
  private var rows: ShareRows { ShareRows(answer: answer, language: language) }
  private var isGrouped: Bool { rows.isGrouped }

  var unit: AnalysisUnit { answer.question.definition.unit }

  var parameters: [String] {
    let level = numbers.percent(answer.level, places: 0)
    return [word("\(level) limits: Wilson", "\(level)-Grenzen: Wilson")]
  }

  /// The last horizon of which enough are known, the first row of a `count`, or the first number, in
  /// words; nothing for several groups.
  var lead: String? {
    guard answer.groups.count == 1, let group = answer.groups.first else { return nil }
    guard isPoint else { return count(group.cells.first) ?? number(group.numbers.first) }
    guard group.cells.contains(where: { $0.heard.answered > 0 }) else {
      return group.cells.contains { $0.shares.due > 0 } ? nothingKnown : nil
    }
    guard let cell = group.cells.last(where: { $0.heard.answered >= AnswerPage.fewestToQuote })
    else { return fewObserved }
    let shares = cell.shares
    let known = numbers.percent(cell.heard.known)
    let limits = numbers.percentRange(cell.interval.limits?.lower, cell.interval.limits?.upper)
    let bounds = numbers.percentRange(shares.bounds?.lower, shares.bounds?.upper)
    let due = numbers.integer(shares.due)
    let clock = answer.question.clock.counted
    let after =
      cell.horizon == 0
      ? ""
      : word("After \(clock(cell.horizon, .english)): ", "Nach \(clock(cell.horizon, .german)): ")
    return after
      + word(
        "\(known) of those heard of (\(limits)); \(bounds) whatever the unknown would say;"
          + " \(due) due.",
        "\(known) derer, von denen man es weiß (\(limits)); \(bounds), gleich was die"
          + " Unbekannten sagen würden; \(due) fällig.")
  }

  /// How many have what a row asks, in words.
  private func count(_ cell: ShareAnswer.Cell?) -> String? {
    guard let cell, cell.shares.due > 0 else { return nil }
    guard cell.shares.answered > 0 else { return nothingKnown }
    let (shares, label) = (cell.shares, cell.row.label(language))
    let (yes, due) = (numbers.integer(shares.yes), numbers.integer(shares.due))
    let all = numbers.percent(shares.all)
    let unknown =
      shares.unknown == 0
      ? ""
      : word(", at most ", ", höchstens ") + numbers.percent(shares.bounds?.upper)
        + word(" if all the unknown were a yes", ", wenn alle Unbekannten ein Ja wären")
    return word(
      "\(label): \(yes) of \(due) due (\(all)\(unknown)).",
      "\(label): \(yes) von \(due) Fälligen (\(all)\(unknown)).")
  }

  /// What stands in place of a sentence where of nobody due anything is known.
  private var nothingKnown: String {
    word(
      "Not computable: what it asks is not recorded of anybody due.",
      "Nicht berechenbar: Wonach sie fragt, ist von niemandem Fälligen erfasst.")
  }

  /// A number summed up, in words.
  private func number(_ number: ShareAnswer.Number?) -> String? {
    guard let number, let first = number.summaries.first, let value = first.number else {
      return nil
    }
    guard number.known >= AnswerPage.fewestToQuote else { return nil }
    let (name, known) = (number.value.label(language), numbers.integer(number.known))
    let shown = numbers.decimal(value, places: value == value.rounded() ? 0 : 2)
    return word(
      "\(name): \(label(first.summary)) \(shown), of \(known) of whom it is known.",
      "\(name): \(label(first.summary)) \(shown), bei \(known), von denen man es weiß.")
  }

  var tables: [(caption: String, table: TerminalTable)] {
    let hasRows = !answer.question.definition.rows.isEmpty
    var tables: [(caption: String, table: TerminalTable)] = []
    if hasRows { tables.append((word("Shares", "Anteile"), shares)) }
    if !answer.question.definition.values.isEmpty {
      tables.append((word("Numbers", "Zahlen"), figures))
    }
    if answer.groups.count > 1, hasRows {
      tables.append((word("Groups compared", "Gruppen im Vergleich"), contrasts))
    }
    return tables + doubts.tables
  }

  private var doubts: ShareDoubts {
    ShareDoubts(answer: answer, language: language)
  }

  var remarks: [String] {
    guard !answer.question.definition.rows.isEmpty else { return figureNotes }
    return notes + doubts.notes + figureNotes + (answer.groups.count > 1 ? warnings : [])
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
    if answer.groups.count > 1, !answer.question.definition.rows.isEmpty {
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
    let (shares, limits) = (cell.shares, cell.interval.limits)
    // A horizon that nobody has reached is blank, not 0 %.
    guard shares.due > 0 else {
      let reason = shares.notDue > 0 ? word("not due", "nicht fällig") : NumberStyle.undefined
      return [TableCell(reason)] + [TableCell](repeating: TableCell(""), count: 6)
    }
    return [
      TableCell(numbers.integer(shares.due)), TableCell(numbers.integer(shares.yes)),
      // Where nothing is known of anybody, no yes says nothing.
      TableCell(shares.answered == 0 ? NumberStyle.undefined : numbers.percent(shares.all)),
      TableCell(numbers.percent(cell.heard.known)),
      TableCell(numbers.percentRange(limits?.lower, limits?.upper)),
      TableCell(numbers.percentRange(shares.bounds?.lower, shares.bounds?.upper)),
      TableCell(numbers.percent(cell.heard.coverage)),
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
    var columns: [TerminalTable.Column] = []
    if isGrouped { columns.append(.text(word("GROUP", "GRUPPE"))) }
    columns += [
      .text(word("NUMBER", "ZAHL"), minimum: 14), .number("N"),
      .number(word("UNKNOWN", "UNBEKANNT")), .number(word("NOT DUE", "NICHT FÄLLIG")),
      .text(word("SUMMARY", "MASS")),
      .number(word("VALUE", "WERT")),
    ]
    var table = TerminalTable(columns)
    for group in answer.groups {
      for number in group.numbers {
        for (summary, value) in number.summaries {
          table.append(
            (isGrouped ? [TableCell(rows.name(group))] : []) + [
              TableCell(number.value.label(language)), TableCell(numbers.integer(number.known)),
              TableCell(numbers.integer(number.unknown + number.askedUnknown)),
              TableCell(numbers.integer(number.notDue)), TableCell(label(summary)),
              TableCell(numbers.decimal(value, places: value == value?.rounded() ? 0 : 2)),
            ])
        }
      }
    }
    return table
  }

  /// What the numbers leave out, where they leave somebody out.
  private var figureNotes: [String] {
    let numbers = answer.groups.flatMap(\.numbers)
    guard numbers.contains(where: { $0.unknown + $0.askedUnknown + $0.notDue > 0 }) else {
      return []
    }
    return [
      word(
        "Unknown: due, but nobody knows the number, or whether it is asked of them. Not due: the"
          + " last day of it is still to come. Neither is in any value.",
        "Unbekannt: fällig, aber niemand kennt die Zahl, oder ob danach gefragt ist. Nicht fällig:"
          + " Der letzte Tag dafür kommt erst noch. Beides steht in keinem Wert.")
    ]
  }

  private func label(_ summary: ValueSummary) -> String {
    switch summary {
    case .median: word("median", "Median")
    case .p90: word("90% at most", "90 % höchstens")
    case .mean: word("mean", "Mittel")
    case .sum: word("sum", "Summe")
    }
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
        let contrast = answer.groups[group].contrasts?[row],
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
    let contrasts = answer.groups.flatMap { $0.contrasts ?? [] }
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
