public import Statistics

extension TimeToEventAnswer {
  /// The names of the columns of `rows`.
  public static let columnNames =
    ["stratum", "time", "n_risk", "n_event", "n_censor", "surv", "se_surv", "se_log_surv"]
    + ["cumhaz", "se_cumhaz"]
    + IntervalType.allCases.flatMap { type in
      let name = type.rawValue.map { $0 == "-" ? "_" : $0 }
      return ["lower_\(String(name))", "upper_\(String(name))"]
    }

  /// The curves as a table in full precision: one row per group and time.
  ///
  /// `NA` where a value is not defined; limits of all five interval types.
  ///
  /// - Throws: `StatisticsError` when the level is out of range.
  public func rows() throws(StatisticsError) -> [[String]] {
    var rows: [[String]] = []
    for group in groups {
      let name = label(group)
      var bands: [ConfidenceBand] = []
      for type in IntervalType.allCases {
        bands.append(try group.curve.confidenceLimits(type: type, level: level))
      }
      for index in 0..<group.curve.count {
        let row = group.curve[index]
        var cells = [name, TimeToEventAnswer.text(row.time)]
        cells += [row.atRisk, row.events, row.censored].map { String($0) }
        cells += [
          row.survival, row.standardError, row.standardErrorOfLog, row.cumulativeHazard,
          row.cumulativeHazardStandardError,
        ].map(TimeToEventAnswer.text)
        for band in bands {
          let limits = band[index]
          cells += [limits?.lower, limits?.upper].map(TimeToEventAnswer.text)
        }
        rows.append(cells)
      }
    }
    return rows
  }

  /// A number in the shortest form that gives back the same double; whole numbers without a point.
  static func text(_ number: Double?) -> String {
    guard let number, !number.isNaN else { return "NA" }
    if number.isInfinite { return number < 0 ? "-Inf" : "Inf" }
    if let whole = Int64(exactly: number) { return String(whole) }
    return "\(number)"
  }
}
