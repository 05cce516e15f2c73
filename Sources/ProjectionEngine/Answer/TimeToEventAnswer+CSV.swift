import Statistics

extension TimeToEventAnswer {
  /// The names of the columns of `rows`.
  ///
  /// The columns of one event are those of `survfit` in R; where events compete, one row per group,
  /// cause and time says how likely that cause was by then.
  public var columnNames: [String] {
    let limits = IntervalType.allCases.flatMap { type in
      let name = String(type.rawValue.map { $0 == "-" ? "_" : $0 })
      return ["lower_\(name)", "upper_\(name)"]
    }
    guard question.competing.isEmpty else {
      return ["stratum", "cause", "time", "n_event", "incidence", "se_incidence"] + limits
        + (hasBounds ? ["bound_lower", "bound_upper"] : [])
    }
    return ["stratum", "time", "n_risk", "n_event", "n_censor", "surv", "se_surv", "se_log_surv"]
      + ["cumhaz", "se_cumhaz"] + limits
      + (hasBounds ? ["bound_lower", "bound_upper"] : []) + (hasNowcast ? ["surv_nowcast"] : [])
  }

  /// The curves as a table in full precision: one row per group and time, and cause where there
  /// are several.
  ///
  /// `NA` where a value is not defined; limits of all five interval types.
  ///
  /// - Throws: `StatisticsError` when the level is out of range.
  public func rows() throws -> [[String]] {
    try groups.flatMap { group in
      question.competing.isEmpty ? try curveRows(group) : try incidenceRows(group)
    }
  }

  private func curveRows(_ group: Group) throws(StatisticsError) -> [[String]] {
    let name = FigureText.group(group.values)
    var bands: [ConfidenceBand] = []
    for type in IntervalType.allCases {
      bands.append(try group.curve.confidenceLimits(type: type, level: level))
    }
    return (0..<group.curve.count).map { index in
      let row = group.curve[index]
      var cells = [name, FigureText.number(row.time)]
      cells += [row.atRisk, row.events, row.censored].map { String($0) }
      cells += [
        row.survival, row.standardError, row.standardErrorOfLog, row.cumulativeHazard,
        row.cumulativeHazardStandardError,
      ].map(FigureText.number)
      return cells + FigureText.limits(bands, at: index) + bounds(group, 0, at: index)
        + nowcast(group, at: row.time)
    }
  }

  private func incidenceRows(_ group: Group) throws(StatisticsError) -> [[String]] {
    var rows: [[String]] = []
    for (place, incidence) in group.incidences.enumerated() {
      var bands: [ConfidenceBand] = []
      for type in IntervalType.allCases {
        bands.append(try incidence.confidenceLimits(type: type, level: level))
      }
      for index in incidence.times.indices {
        let cells =
          [
            FigureText.group(group.values), incidence.cause,
            FigureText.number(incidence.times[index]), String(incidence.eventsAt[index]),
          ]
          + [incidence.incidence[index], incidence.standardError[index]].map(FigureText.number)
        rows.append(
          cells + FigureText.limits(bands, at: index) + bounds(group, place, at: index))
      }
    }
    return rows
  }

  /// What the lost could have made of a value; nothing where it was not asked for.
  private func bounds(_ group: Group, _ curve: Int, at index: Int) -> [String] {
    guard let bounds = group.bounds?.curves[curve].steps[index].bounds else {
      return hasBounds ? ["NA", "NA"] : []
    }
    return [bounds.lower, bounds.upper].map(FigureText.number)
  }

  private var hasNowcast: Bool { groups.contains { $0.nowcast != nil } }

  /// The value corrected for delay; nothing where it was not asked for.
  private func nowcast(_ group: Group, at time: Double) -> [String] {
    guard hasNowcast else { return [] }
    return [FigureText.number(group.nowcast?.survival(at: time))]
  }
}

extension FigureText {
  fileprivate static func limits(_ bands: [ConfidenceBand], at index: Int) -> [String] {
    bands.flatMap { band in [band[index]?.lower, band[index]?.upper].map(number) }
  }
}
