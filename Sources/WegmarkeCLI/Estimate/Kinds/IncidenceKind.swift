import Journey
import Statistics

/// `estimate incidence`: the share that each of several causes has reached, by time.
enum IncidenceKind: EstimateKind {
  static let name = "incidence"
  static let summary = LocalizedText(
    en: "cumulative incidence of competing causes (Aalen–Johansen)",
    de: "kumulierte Inzidenz konkurrierender Ursachen (Aalen-Johansen)")
  static let drawsChart = true

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    try StateProbabilities.estimate(
      input, try input.causes(),
      title: .init(en: "Cumulative incidence", de: "Kumulierte Inzidenz"), opensInFirst: true)
  }
}

/// `estimate occupancy`: the share in each state, by time.
enum OccupancyKind: EstimateKind {
  static let name = "occupancy"
  static let summary = LocalizedText(
    en: "share in each state over time; states may come again",
    de: "Anteil in jedem Zustand im Zeitverlauf, Zustände dürfen wiederkehren")
  static let drawsChart = true

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    try StateProbabilities.estimate(
      input, try input.states(), title: .init(en: "Share in each state", de: "Anteil je Zustand"),
      opensInFirst: false)
  }
}

/// What the two kinds share.
private enum StateProbabilities {
  static func estimate(
    _ input: EstimateInput, _ states: NamedStates, title: LocalizedText, opensInFirst: Bool
  ) throws -> EstimateResult {
    let options = input.options
    let variance = options.variance ?? .infinitesimalJackknife
    let error = variance == .greenwood ? "se_greenwood" : "se_ij"
    var result = EstimateResult(title: title, columns: columns(error))
    var drawn: [(name: String, total: Int, curve: AalenJohansen)] = []
    for group in try EstimateGroups(input).all {
      let rows = states.rows.rows(group.rows)
      let curve = try AalenJohansen(rows, from: options.since, variance: variance)
      drawn.append((group.name, rows.subjects.map { Set($0).count } ?? rows.count, curve))
      for (state, name) in states.names.enumerated() {
        if let times = options.at {
          try addReadings(curve, times.values, (state, name), group.name, options, to: &result)
        } else {
          try addSteps(curve, (state, name), group.name, options, to: &result)
        }
      }
    }
    result.chart = try EstimateCharts(result, input).states(
      drawn, names: states.names, opensInFirst: opensInFirst)
    result.state(variance)
    result.state(options.interval, level: options.level)
    return result
  }

  private static func columns(_ error: String) -> [EstimateResult.Column] {
    [
      .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
      .init("state", .text, en: "STATE", de: "ZUSTAND"),
      .init("time", .time, en: "TIME", de: "ZEIT"),
      .init("n_risk_in_state", .count, en: "IN STATE", de: "IM ZUSTAND"),
      .init("n_into_state", .count, en: "INTO", de: "ZUGÄNGE"),
      .init("n_censor_from_state", .count, en: "CENSORED", de: "ZENSIERT"),
      .init("prob", .number, en: "SHARE", de: "ANTEIL"),
      .init(error, .number, en: "SE", de: "SE"),
      .init("lower", .number, en: "LOWER", de: "UNTEN"),
      .init("upper", .number, en: "UPPER", de: "OBEN"),
    ]
      + IntervalType.allCases.flatMap { type -> [EstimateResult.Column] in
        [
          .init(machine: "lower_\(type.columnName)"), .init(machine: "upper_\(type.columnName)"),
        ]
      }
  }

  private static func addSteps(
    _ curve: AalenJohansen, _ state: (number: Int, name: String), _ group: String,
    _ options: EstimateOptions, to result: inout EstimateResult
  ) throws {
    let number = state.number
    let own = try curve.confidenceLimits(
      state: number, type: options.interval, level: options.level)
    let bands = try IntervalType.allCases.map {
      try curve.confidenceLimits(state: number, type: $0, level: options.level)
    }
    let arrivals = curve.counts.arrivals(in: number)
    for index in curve.times.indices {
      var cells: [EstimateResult.Value] = [.text(group), .text(state.name)]
      cells += [
        curve.times[index], curve.counts.atRisk[number][index], arrivals[index],
        curve.counts.censored[number][index], curve.probability[number][index],
        curve.standardError[number][index],
      ].map { .number($0) }
      cells += EstimateResult.Value.limits(own.lower[index], own.upper[index])
      cells += bands.flatMap { [.number($0.lower[index]), .number($0.upper[index])] }
      result.append(cells)
    }
  }

  private static func addReadings(
    _ curve: AalenJohansen, _ times: [Double], _ state: (number: Int, name: String),
    _ group: String, _ options: EstimateOptions, to result: inout EstimateResult
  ) throws {
    let number = state.number
    let own = try curve.at(
      times, state: number, limitsOf: options.interval, level: options.level)
    let others = try IntervalType.allCases.map {
      try curve.at(times, state: number, limitsOf: $0, level: options.level)
    }
    let arrivals = curve.counts.arrivals(in: number)
    for (place, reading) in own.enumerated() {
      let upTo = curve.times.prefix { $0 <= reading.time }.count
      // Beyond the last follow-up no data speak: what R carries on is not given.
      let isKnown = !reading.isExtrapolated
      let own = isKnown ? reading.limits : nil
      var cells: [EstimateResult.Value] = [.text(group), .text(state.name)]
      cells += [
        reading.time, reading.atRisk, arrivals.prefix(upTo).reduce(0, +),
        curve.counts.censored[number].prefix(upTo).reduce(0, +),
        isKnown ? reading.probability : nil, isKnown ? reading.standardError : nil,
      ].map { .number($0) }
      cells += EstimateResult.Value.limits(own?.lower, own?.upper)
      cells += others.flatMap { other -> [EstimateResult.Value] in
        let limits = isKnown ? other[place].limits : nil
        return [.number(limits?.lower), .number(limits?.upper)]
      }
      result.append(cells)
      if number == 0, reading.isExtrapolated {
        result.warnings.append(.beyond(reading.time, group))
      }
    }
  }
}
