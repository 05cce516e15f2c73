import Journey
import Presentation
import Statistics

/// `estimate survival`: the share without the event, by time.
enum SurvivalKind: EstimateKind {
  static let name = "survival"
  static let summary = LocalizedText(
    en: "share without the event over time (Kaplan–Meier)",
    de: "Anteil ohne Ereignis im Zeitverlauf (Kaplan-Meier)")
  static let drawsChart = true

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let options = input.options
    var result = EstimateResult(
      title: .init(en: "Share without the event", de: "Anteil ohne Ereignis"), columns: columns)
    let rows = try input.followUpOfTheOnlyEvent()
    let variance = input.variance(hasRepeatedSubjects: try input.hasRepeatedSubjects())
    if rows.hasRepeatedEvents {
      result.warnings.append(
        .init(
          en: "Some people have the event more than once: for their number estimate mean-count.",
          de: "Manche haben das Ereignis mehrmals: ihre Zahl schätzt estimate mean-count."))
    }
    var drawn: [SurvivalCurve] = []
    for group in try EstimateGroups(input, keptBy: rows).all {
      let curve = SurvivalEstimate(
        rows.rows(group.rows), estimator: options.estimator, variance: variance)
      if let times = options.at {
        try addReadings(curve, times.values, group.name, options, to: &result)
      } else {
        try addSteps(curve, group.name, options, to: &result)
      }
      let people = rows.subjects.map { subjects in Set(group.rows.map { subjects[$0] }).count }
      drawn.append(
        try SurvivalCurve(
          curve, label: options.by == nil ? "" : group.name, people: people ?? group.rows.count,
          options: options))
    }
    result.chart = try EstimateCharts(result, input).survival(drawn)
    result.facts.append(
      (key: "estimator", value: options.estimator.rawValue, words: options.estimator.words))
    result.state(variance)
    result.state(options.interval, level: options.level)
    return result
  }

  private static let columns: [EstimateResult.Column] =
    [
      .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
      .init("time", .time, en: "TIME", de: "ZEIT"),
      .init("n_risk", .count, en: "AT RISK", de: "UNTER RISIKO"),
      .init("n_event", .count, en: "EVENTS", de: "EREIGNISSE"),
      .init("n_censor", .count, en: "CENSORED", de: "ZENSIERT"),
      .init("surv", .number, en: "SHARE", de: "ANTEIL"),
      .init("se_surv", .number, en: "SE", de: "SE"),
      .init(machine: "se_log_surv"), .init(machine: "cumhaz"), .init(machine: "se_cumhaz"),
      .init("lower", .number, en: "LOWER", de: "UNTEN"),
      .init("upper", .number, en: "UPPER", de: "OBEN"),
    ]
    + IntervalType.allCases.flatMap { type in
      [
        .init(machine: "lower_\(type.columnName)"), .init(machine: "upper_\(type.columnName)"),
      ]
    }

  private static func addSteps(
    _ curve: SurvivalEstimate, _ group: String, _ options: EstimateOptions,
    to result: inout EstimateResult
  ) throws {
    let own = try curve.confidenceLimits(type: options.interval, level: options.level)
    let bands = try IntervalType.allCases.map {
      try curve.confidenceLimits(type: $0, level: options.level)
    }
    for index in curve.times.indices {
      var cells: [EstimateResult.Value] = [.text(group)]
      cells += [
        curve.times[index], curve.counts.atRisk[index], curve.counts.events[index],
        curve.counts.censored[index], curve.survival[index], curve.standardError[index],
        curve.standardErrorOfLog[index], curve.cumulativeHazard[index],
        curve.cumulativeHazardStandardError[index],
      ].map { .number($0) }
      cells += EstimateResult.Value.limits(own.lower[index], own.upper[index])
      cells += bands.flatMap { [.number($0.lower[index]), .number($0.upper[index])] }
      result.append(cells)
    }
  }

  private static func addReadings(
    _ curve: SurvivalEstimate, _ times: [Double], _ group: String, _ options: EstimateOptions,
    to result: inout EstimateResult
  ) throws {
    let own = try curve.at(times, limitsOf: options.interval, level: options.level)
    let others = try IntervalType.allCases.map {
      try curve.at(times, limitsOf: $0, level: options.level)
    }
    for (place, reading) in own.enumerated() {
      let upTo = curve.times.prefix { $0 <= reading.time }.count
      let events = curve.counts.events.prefix(upTo).reduce(0, +)
      let censored = curve.counts.censored.prefix(upTo).reduce(0, +)
      let error = upTo > 0 ? curve.standardErrorOfLog[upTo - 1] : 0
      let hazardError = upTo > 0 ? curve.cumulativeHazardStandardError[upTo - 1] : 0
      // Beyond the last follow-up no data speak: what R carries on is not given.
      let isKnown = !reading.isExtrapolated
      func limits(_ reading: SurvivalEstimate.Reading) -> ConfidenceLimits? {
        isKnown ? reading.limits : nil
      }
      var cells: [EstimateResult.Value] = [.text(group)]
      cells += [reading.time, reading.atRisk, events, censored].map { .number($0) }
      cells += [
        reading.survival, reading.standardError, error, reading.cumulativeHazard, hazardError,
      ].map { .number(isKnown ? $0 : nil) }
      cells += EstimateResult.Value.limits(limits(reading)?.lower, limits(reading)?.upper)
      cells += others.flatMap {
        [.number(limits($0[place])?.lower), .number(limits($0[place])?.upper)]
      }
      result.append(cells)
      if reading.isExtrapolated { result.warnings.append(.beyond(reading.time, group)) }
    }
  }
}

/// `estimate cumulative-hazard`: events per person still at risk, added up.
enum CumulativeHazardKind: EstimateKind {
  static let name = "cumulative-hazard"
  static let summary = LocalizedText(
    en: "cumulative hazard (Nelson–Aalen)", de: "kumulierte Rate (Nelson-Aalen)")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    var result = EstimateResult(
      title: .init(en: "Cumulative hazard", de: "Kumulierte Rate"),
      columns: [
        .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
        .init("time", .time, en: "TIME", de: "ZEIT"),
        .init("n_risk", .count, en: "AT RISK", de: "UNTER RISIKO"),
        .init("n_event", .count, en: "EVENTS", de: "EREIGNISSE"),
        .init("cumhaz", .number, en: "HAZARD", de: "RATE"),
        .init("se_cumhaz", .number, en: "SE", de: "SE"),
      ])
    let rows = try input.followUp()
    let variance = input.variance(hasRepeatedSubjects: try input.hasRepeatedSubjects())
    for group in try EstimateGroups(input, keptBy: rows).all {
      let curve = SurvivalEstimate(
        rows.rows(group.rows),
        estimator: input.options.estimator == .flemingHarrington
          ? .flemingHarrington : .nelsonAalen,
        variance: variance)
      for index in curve.times.indices {
        result.append(
          [.text(group.name)]
            + [
              curve.times[index], curve.counts.atRisk[index], curve.counts.events[index],
              curve.cumulativeHazard[index], curve.cumulativeHazardStandardError[index],
            ].map { .number($0) })
      }
    }
    result.state(variance)
    return result
  }
}

extension FollowUp {
  /// Whether somebody has the event in more than one row.
  fileprivate var hasRepeatedEvents: Bool {
    guard let subjects else { return false }
    var seen: Set<Int> = []
    return (0..<count).contains { events[$0] && !seen.insert(subjects[$0]).inserted }
  }
}

extension IntervalType {
  /// The name in the headers of machine formats.
  var columnName: String { self == .logLog ? "log_log" : rawValue }
}

extension SurvivalEstimator {
  /// The estimator in words.
  var words: LocalizedText {
    switch self {
    case .kaplanMeier: .init(en: "Kaplan–Meier", de: "Kaplan-Meier")
    case .nelsonAalen: .init(en: "exp(−Nelson–Aalen)", de: "exp(−Nelson-Aalen)")
    case .flemingHarrington: .init(en: "Fleming–Harrington", de: "Fleming-Harrington")
    }
  }
}

extension LocalizedText {
  /// A reading after the last follow-up.
  static func beyond(_ time: Double, _ group: String) -> LocalizedText {
    let time = EstimateInput.text(time)
    return .init(
      en: "\(group): nobody was followed up to \(time); there is no value.",
      de: "\(group): Bis \(time) wurde niemand beobachtet; einen Wert gibt es nicht.")
  }
}
