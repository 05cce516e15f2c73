import Journey
import Presentation
import ProjectionEngine

/// The figures of one group at two states of knowledge as a table: what stands between adds up.
struct CompareSummary {
  let result: QuestionDefinition.Comparison
  let language: Language

  private typealias Figures = KnowledgeComparison.Figures
  private var numbers: NumberStyle { NumberStyle(language) }

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  /// What stands between the two answers, in words, with how many events it were.
  private func steps(
    _ group: KnowledgeComparison.Group
  ) -> [(title: String, count: Int?, change: Figures)] {
    var steps: [(String, Int?, Figures)] = []
    if !group.passing.isZero {
      steps.append((word("time passing", "Zeitablauf"), nil, group.passing))
    }
    for kind in KnowledgeComparison.Kind.allCases {
      let (count, change) = result.comparison.total(of: kind, group: group.values)
      if count > 0 { steps.append((kind.label(language), count, change)) }
    }
    return steps
  }

  /// A line for each step, a column for each horizon.
  func curve(_ group: KnowledgeComparison.Group, _ label: String) -> TerminalTable {
    var table = TerminalTable(
      [.text(label, minimum: 16), .number(word("EVENTS", "EREIGNISSE")), .number("n")]
        + result.horizons.map { .number(horizon($0)) })
    func add(_ title: String, _ count: Int?, _ figures: Figures, _ isSum: Bool) {
      table.append(
        [
          TableCell(title), TableCell(count.map { numbers.integer($0) } ?? ""),
          TableCell(isSum ? numbers.integer(figures.counted) : signed(figures.counted)),
        ]
          + figures.survival.map { TableCell(isSum ? share($0) : points($0)) })
    }
    add("A", nil, group.before, true)
    for step in steps(group) { add(step.title, step.count, step.change, false) }
    add("B", nil, group.after, true)
    return table
  }

  /// Where events compete, a table for each of them: the share to whom it has happened.
  func causes(_ group: KnowledgeComparison.Group) -> [TerminalTable] {
    let count = result.horizons.count
    return result.causes.enumerated().map { place, cause in
      var table = TerminalTable(
        [.text(CauseText.label(cause)(language), minimum: 16)]
          + result.horizons.map { .number(horizon($0)) })
      func add(_ title: String, _ figures: Figures, _ isSum: Bool) {
        table.append(
          [TableCell(title)]
            + figures.incidence[place * count..<(place + 1) * count].map {
              TableCell(isSum ? share($0) : points($0))
            })
      }
      add("A", group.before, true)
      for step in steps(group) { add(step.title, step.change, false) }
      add("B", group.after, true)
      return table
    }
  }

  /// A column for each step, two lines for each row and horizon: how many, and their share.
  func shares(_ group: KnowledgeComparison.Group, _ label: String) -> TerminalTable {
    let steps = steps(group)
    var table = TerminalTable(
      [.text(label, minimum: 16), .number("A")] + steps.map { .number($0.title) } + [.number("B")])
    func add(
      _ title: String, sum: (Figures) -> String, change: (Figures) -> String
    ) {
      table.append(
        ([title, sum(group.before)] + steps.map { change($0.change) } + [sum(group.after)])
          .map { TableCell($0) })
    }
    table.append(
      [TableCell(word("events", "Ereignisse")), ""]
        + steps.map { TableCell($0.count.map { numbers.integer($0) } ?? "") })
    add("n", sum: { numbers.integer($0.counted) }, change: { signed($0.counted) })
    for (place, name) in cellNames.enumerated() {
      add(
        name + word(": yes", ": ja"), sum: { numbers.integer($0.cells[place].yes) },
        change: { signed($0.cells[place].yes) })
      add(
        word("  of the known", "  der Bekannten"), sum: { share($0.cells[place].known) },
        change: { points($0.cells[place].known) })
    }
    let moved = [group.before, group.after] + steps.map(\.change)
    for (place, number) in result.numbers.enumerated() {
      // Of all ways from one state to another most are gone by nobody.
      if number.measure == .count, moved.allSatisfy({ $0.numbers[place] == 0 }) { continue }
      add(
        name(number), sum: { sum($0, number, place) },
        change: { self.change($0.numbers[place], number) })
    }
    return table
  }

  /// A number as it stands; nothing where it is of nobody.
  private func sum(
    _ figures: Figures, _ number: QuestionDefinition.Number, _ place: Int
  ) -> String {
    let value = figures.numbers[place]
    if number.measure == .count { return numbers.integer(Int(value)) }
    guard figures.bases[place] > 0 else { return NumberStyle.undefined }
    return number.measure == .share ? share(value) : numbers.decimal(value, places: 2)
  }

  private func change(_ change: Double, _ number: QuestionDefinition.Number) -> String {
    switch number.measure {
    case .share: points(change)
    case .count: signed(Int(change))
    case .time, .value: signed(change)
    }
  }

  private func name(_ number: QuestionDefinition.Number) -> String {
    let label = number.label(language)
    return number.horizon.map { "\(label), \(horizon($0))" } ?? label
  }

  /// What each cell of the figures is of.
  private var cellNames: [String] {
    result.rows.flatMap { row in
      result.horizons.map { time in
        if result.rows.count > 1 || time == 0 { return row.label(language) }
        return horizon(time)
      }
    }
  }

  /// What one event moved: `3 mo: yes +1, no −1`.
  func moved(_ change: KnowledgeComparison.Figures) -> String {
    var parts: [String] = []
    for (name, cell) in zip(cellNames, change.cells) {
      let counts = [
        (word("yes", "ja"), cell.yes), (word("no", "nein"), cell.no),
        (word("unknown", "unbekannt"), cell.unknown),
      ].filter { $0.1 != 0 }.map { "\($0.0) \(signed($0.1))" }
      if !counts.isEmpty { parts.append("\(name): \(counts.joined(separator: ", "))") }
    }
    for (number, moved) in zip(result.numbers, change.numbers) where moved != 0 {
      parts.append("\(name(number)) \(self.change(moved, number))")
    }
    let shown = parts.prefix(3).joined(separator: "; ")
    return parts.count > 3 ? shown + word("; and more", "; und mehr") : shown
  }

  func horizon(_ time: Double) -> String {
    let unit = result.clock == .day ? word("d", "T") : word("mo", "M")
    return numbers.decimal(time, places: time == time.rounded() ? 0 : 1) + " \(unit)"
  }

  private func share(_ share: Double) -> String { numbers.percent(share) }

  func signed(_ number: Int) -> String {
    number == 0 ? "0" : (number > 0 ? "+" : "−") + numbers.integer(abs(number))
  }

  private func signed(_ number: Double) -> String {
    number == 0 ? "0" : (number > 0 ? "+" : "−") + numbers.decimal(abs(number), places: 2)
  }

  /// Percentage points.
  func points(_ change: Double) -> String {
    let shown = numbers.decimal(abs(change) * 100, places: 2)
    if abs(change) < 0.000_05 { return "0" }
    return (change > 0 ? "+" : "−") + shown
  }
}
