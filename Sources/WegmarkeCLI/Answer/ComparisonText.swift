import Journey
import Presentation
import ProjectionEngine
import Statistics

/// What a page says of how the curves of groups differ: effect, interval, tests.
struct ComparisonText {
  let answer: TimeToEventAnswer
  let comparison: CurveComparison
  let language: Language

  private var numbers: NumberStyle { NumberStyle(language) }
  private var isCompeting: Bool { !answer.question.competing.isEmpty }

  /// Nothing for fewer than two groups.
  init?(_ answer: TimeToEventAnswer, _ language: Language) {
    guard let comparison = answer.comparison else { return nil }
    self.answer = answer
    self.comparison = comparison
    self.language = language
  }

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  /// The table, then what must be said of it; only the tests where no difference is defined.
  func sections(for style: TerminalStyle) -> [String] {
    (table.map { [$0.text(for: style)] } ?? []) + notes.map { $0.wrapped(to: style.proseWidth) }
  }

  /// The differences; nil where none is defined.
  var table: TerminalTable? {
    guard !comparison.differences.isEmpty else { return nil }
    var columns: [TerminalTable.Column] = [.text(word("GROUP", "GRUPPE"))]
    if isCompeting { columns.append(.text(word("EVENT", "EREIGNIS"))) }
    columns += [
      .number(answer.question.clock == .day ? word("DAYS", "TAGE") : word("MONTHS", "MONATE")),
      .number(word("TO OTHERS", "ZU ANDEREN")), .number(word("LIMITS", "GRENZEN")), .number("P"),
      .number("P (HOLM)"),
    ]
    var table = TerminalTable(columns)
    var last: (group: Int, cause: String?)?
    for (place, difference) in comparison.differences.enumerated() {
      let time = difference.time
      // Names once, above their times.
      let isNew = last.map { $0 != (difference.group, difference.cause) } ?? true
      let values = answer.groups[difference.group].values
      let name = answer.name(values, language)
      var cells = [TableCell(isCompeting && !isNew ? "" : name)]
      if isCompeting {
        cells.append(
          TableCell(isNew ? difference.cause.map { CauseText.label($0)(language) } ?? "" : ""))
      }
      last = (difference.group, difference.cause)
      table.append(
        cells + [
          TableCell(numbers.decimal(time, places: time == time.rounded() ? 0 : 1)),
          TableCell(points(difference.contrast.estimate)),
          TableCell(
            numbers.range(
              points(difference.contrast.limits.lower), points(difference.contrast.limits.upper))),
          TableCell(numbers.decimal(difference.contrast.pValue, places: 4)),
          TableCell(numbers.decimal(comparison.adjusted.adjusted[place], places: 4)),
        ])
    }
    return table
  }

  /// What must be said of the table, and the tests of all groups at once.
  var notes: [String] {
    var notes: [String] = []
    if !comparison.differences.isEmpty {
      var text = word(
        "Differences in percentage points to all other groups together, with limits and p from the"
          + " limits of both (MOVER). Descriptive: groups differ in more than their name.",
        "Unterschiede in Prozentpunkten zu allen anderen Gruppen zusammen; Grenzen und p aus den"
          + " Grenzen beider (MOVER). Beschreibend: Gruppen unterscheiden sich in mehr als ihrem Namen."
      )
      let tests = comparison.adjusted
      if tests.count > 1 {
        let alarms = numbers.decimal(tests.expectedFalseAlarms(level: answer.level), places: 1)
        text += word(
          " \(tests.count) comparisons: about \(alarms) would look remarkable by chance alone. P (HOLM)"
            + " allows for that.",
          " \(tests.count) Vergleiche: etwa \(alarms) sähen schon durch Zufall auffällig aus. P (HOLM)"
            + " berücksichtigt das.")
      }
      notes.append(text)
    }
    if comparison.tooFew > 0 {
      let few = CurveComparison.fewestAtRisk
      let left = numbers.integer(comparison.tooFew)
      let all = numbers.integer(comparison.tooFew + comparison.differences.count)
      notes.append(
        word(
          "\(left) of \(all) comparisons are not made: fewer than \(few) are at risk in the group, or in"
            + " all others.",
          "\(left) von \(all) Vergleichen unterbleiben: Weniger als \(few) sind in der Gruppe oder in"
            + " allen anderen unter Beobachtung."))
    }
    notes += comparison.tests.compactMap(sentence)
    if comparison.untested > 0, !comparison.tests.isEmpty {
      let few = CurveComparison.fewestAtRisk
      let left = numbers.integer(comparison.untested)
      notes.append(
        word(
          "Groups that the test leaves out, of fewer than \(few) people: \(left).",
          "Gruppen, die der Test auslässt, mit weniger als \(few) Personen: \(left)."))
    }
    return notes
  }

  /// A test of all groups in a sentence; nil when there is nothing to test.
  private func sentence(_ test: CurveComparison.Test) -> String? {
    guard let outcome = test.outcome else { return nil }
    let statistic = numbers.decimal(outcome.statistic, places: 2)
    let p = numbers.decimal(outcome.probability, places: 4)
    let degrees = outcome.degreesOfFreedom
    if let cause = test.cause {
      let what = CauseText.label(cause)
      return word(
        "Gray's test of all groups, \(what.en): chi-square \(statistic) on \(degrees) df, p \(p).",
        "Gray-Test aller Gruppen, \(what.de): Chi-Quadrat \(statistic) bei \(degrees) FG, p \(p).")
    }
    return word(
      "Log-rank test of all groups: chi-square \(statistic) on \(degrees) df, p \(p).",
      "Log-Rank-Test aller Gruppen: Chi-Quadrat \(statistic) bei \(degrees) FG, p \(p).")
  }

  /// A difference of shares in percentage points, with its sign.
  private func points(_ difference: Double) -> String {
    (difference > 0 ? "+" : "") + numbers.decimal(difference * 100, places: 1)
  }
}
