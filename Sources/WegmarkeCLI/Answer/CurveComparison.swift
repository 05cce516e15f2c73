import Journey
import Presentation
import ProjectionEngine
import Statistics

/// What a page says of how the curves of groups differ: effect, interval, tests.
///
/// Each group is compared with all others together at the question's horizons, and all groups at once
/// by the log-rank test. Groups share nobody.
struct CurveComparison {
  let answer: TimeToEventAnswer
  let language: Language

  /// A group's difference to all others at one horizon.
  private struct Difference {
    var group: TimeToEventAnswer.Group
    var time: Double
    var contrast: Contrast
  }

  private var numbers: NumberStyle { NumberStyle(language) }

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  /// The table and what must be said of it; nothing for one group, or where nothing is defined.
  ///
  /// - Throws: `StatisticsError` that no valid answer gives.
  func sections(for style: TerminalStyle) throws(StatisticsError) -> [String] {
    guard answer.groups.count > 1 else { return [] }
    let differences = try differences()
    let tests = try MultipleTests(differences.map(\.contrast.pValue))
    var parts: [String] = []
    if !differences.isEmpty {
      parts.append(try table(differences, tests).text(for: style))
      parts.append(notes(tests).wrapped(to: style.proseWidth))
    }
    if let test = try logRank() { parts.append(test.wrapped(to: style.proseWidth)) }
    return parts
  }

  private func table(
    _ differences: [Difference], _ tests: MultipleTests
  ) throws(StatisticsError) -> TerminalTable {
    var table = TerminalTable([
      .text(word("GROUP", "GRUPPE")),
      .number(answer.question.clock == .day ? word("DAYS", "TAGE") : word("MONTHS", "MONATE")),
      .number(word("TO OTHERS", "ZU ANDEREN")), .number(word("LIMITS", "GRENZEN")), .number("P"),
      .number("P (HOLM)"),
    ])
    for (place, difference) in differences.enumerated() {
      let limits = try difference.contrast.limits(level: answer.level)
      let time = difference.time
      table.append([
        TableCell(
          GroupName.text(difference.group.values, by: answer.question.groupedBy, language)),
        TableCell(numbers.decimal(time, places: time == time.rounded() ? 0 : 1)),
        TableCell(points(difference.contrast.estimate)),
        TableCell(numbers.range(limits.map { points($0.lower) }, limits.map { points($0.upper) })),
        TableCell(numbers.decimal(difference.contrast.pValue, places: 4)),
        TableCell(numbers.decimal(tests.adjusted[place], places: 4)),
      ])
    }
    return table
  }

  private func notes(_ tests: MultipleTests) -> String {
    var text = word(
      "Differences in percentage points to all other groups together. Descriptive: groups differ in"
        + " more than their name.",
      "Unterschiede in Prozentpunkten zu allen anderen Gruppen zusammen. Beschreibend: Gruppen"
        + " unterscheiden sich in mehr als ihrem Namen.")
    if tests.count > 1 {
      let alarms = numbers.decimal(tests.expectedFalseAlarms(level: answer.level), places: 1)
      text += word(
        " \(tests.count) comparisons: about \(alarms) would look remarkable by chance alone. P (HOLM)"
          + " allows for that.",
        " \(tests.count) Vergleiche: etwa \(alarms) sähen schon durch Zufall auffällig aus. P (HOLM)"
          + " berücksichtigt das.")
    }
    return text
  }

  /// The log-rank test of all groups in a sentence; nil when there is nothing to test.
  private func logRank() throws(StatisticsError) -> String? {
    var stops: [Double] = []
    var events: [Bool] = []
    var groups: [Int] = []
    for (number, group) in answer.groups.enumerated() {
      let curve = group.curve
      for index in curve.times.indices {
        let (event, censored) = (curve.events[index], curve.censored[index])
        stops += [Double](repeating: curve.times[index], count: event + censored)
        events += [Bool](repeating: true, count: event)
        events += [Bool](repeating: false, count: censored)
        groups += [Int](repeating: number, count: event + censored)
      }
    }
    let rows = try FollowUp(stops: stops, events: events)
    let test = try LogRank(rows, groups: groups, groupCount: answer.groups.count)
    guard let outcome = test.outcome else { return nil }
    let statistic = numbers.decimal(outcome.statistic, places: 2)
    let p = numbers.decimal(outcome.probability, places: 4)
    let degrees = outcome.degreesOfFreedom
    return word(
      "Log-rank test of all groups: chi-square \(statistic) on \(degrees) df, p \(p).",
      "Log-Rank-Test aller Gruppen: Chi-Quadrat \(statistic) bei \(degrees) FG, p \(p).")
  }

  private func differences() throws(StatisticsError) -> [Difference] {
    var differences: [Difference] = []
    for (place, group) in answer.groups.enumerated() {
      let others = try KaplanMeier(others(than: place)).at(answer.horizons)
      for (own, other) in zip(group.readings, others)
      where !own.isExtrapolated && !other.isExtrapolated {
        guard let survival = own.survival, let error = own.standardError,
          let otherSurvival = other.survival, let otherError = other.standardError,
          let contrast = Contrast.difference((survival, error), (otherSurvival, otherError))
        else { continue }
        differences.append(Difference(group: group, time: own.time, contrast: contrast))
      }
    }
    return differences
  }

  /// The counts of all groups but one.
  private func others(than place: Int) throws(StatisticsError) -> TimeCounts {
    var counts: [Double: (events: Int, censored: Int)] = [:]
    for (number, group) in answer.groups.enumerated() where number != place {
      for index in group.curve.times.indices {
        let time = group.curve.times[index]
        counts[time, default: (0, 0)].events += group.curve.events[index]
        counts[time, default: (0, 0)].censored += group.curve.censored[index]
      }
    }
    let times = counts.keys.sorted()
    return try TimeCounts(
      times: times, events: times.map { counts[$0]?.events ?? 0 },
      censored: times.map { counts[$0]?.censored ?? 0 })
  }

  /// A difference of shares in percentage points, with its sign.
  private func points(_ difference: Double) -> String {
    (difference > 0 ? "+" : "") + numbers.decimal(difference * 100, places: 1)
  }
}
