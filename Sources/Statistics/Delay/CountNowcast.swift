import Glibc

/// How many events of each period there will be once all are recorded.
///
///     let nowcast = try CountNowcast(occurred: starts, periods: quarters, delays: delays)
///     // nowcast.periods[7].recorded 41, .expected 63.2, .limits 52 … 81
///
/// An event of age a is in the data with probability F(a), so each one recorded stands for 1/F(a):
/// the expected number is Σ 1/F. Its variance has two parts: what chance has not yet recorded, Σ (1 − F)/F²,
/// and that of the estimated delays, from the same increments as their own variance. The limits are for the
/// number that there will be. They are symmetric on the log scale of what is still missing, so never
/// below what is recorded. All figures are of events recorded within ``ReportingDelays/maximum`` days.
///
/// - SeeAlso: Kalbfleisch, Lawless (1989), doi:10.1080/01621459.1989.10478780; Lawless (1994),
///   Canadian Journal of Statistics 22:15–31.
public struct CountNowcast: Sendable {
  /// One period.
  public struct Period: Equatable, Sendable {
    /// The days of the period; the end is open.
    public let days: Range<Int>
    /// The events recorded so far.
    public let recorded: Int
    /// The events to be expected; nil where the period's last days are too recent to tell.
    public let expected: Double?
    /// The standard error of the expected number as a forecast of the final one.
    public let standardError: Double?
    /// Limits of the final number.
    public let limits: ConfidenceLimits?
    /// The share recorded so far, on average over the events, or over the days when there are none.
    public let completeness: Double?

    /// Whether even the longest delay has passed for the last day, so that nothing is missing.
    public let isComplete: Bool
  }

  /// The periods, in the order given.
  public let periods: [Period]

  /// Expects the events of periods.
  ///
  /// - Parameters:
  ///   - occurred: The day of each event recorded by the cut of `delays`.
  ///   - periods: The days of each period, up to the cut at most.
  ///   - delays: The delays with which such events are recorded.
  ///   - least: The smallest probability of being recorded with which a day can be told.
  ///   - level: Two-sided level of the limits.
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``, or
  ///   ``StatisticsError/probabilityOutsideUnitInterval(_:)`` for `least`.
  public init(
    occurred: [Int], periods: [Range<Int>], delays: ReportingDelays, least: Double = 0.2,
    level: Double = 0.95
  ) throws(StatisticsError) {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    guard least > 0, least < 1 else { throw .probabilityOutsideUnitInterval(least) }
    self.periods = periods.map { days in
      let ages = occurred.filter(days.contains).map { delays.cut - $0 }
      return Self.period(days, ages, delays, least: least, z: z, level: level)
    }
  }

  private static func period(
    _ days: Range<Int>, _ ages: [Int], _ delays: ReportingDelays, least: Double, z: Double,
    level: Double
  ) -> Period {
    let youngest = delays.cut - (days.upperBound - 1)
    let isComplete = days.isEmpty || delays.share(within: youngest) == 1
    guard days.isEmpty || delays.share(within: youngest) >= least else {
      return Period(
        days: days, recorded: ages.count, expected: nil, standardError: nil, limits: nil,
        completeness: nil, isComplete: false)
    }
    var expected = CompensatedSum()
    var chance = CompensatedSum()
    var derivative: [Int: Double] = [:]
    for age in ages {
      let share = delays.share(within: age)
      expected.add(1 / share)
      chance.add((1 - share) / (share * share))
      derivative[age, default: 0] -= 1 / share
    }
    let missing = max(0, expected.value - Double(ages.count))
    let error = (chance.value + delays.variance(of: derivative)).squareRoot()
    let limits: ConfidenceLimits?
    let completeness: Double
    if ages.isEmpty {
      let shares = days.map { delays.share(within: delays.cut - $0) }
      completeness = shares.isEmpty ? 1 : shares.reduce(0, +) / Double(shares.count)
      // None of m events is recorded with probability (1 − F)^m.
      let most = completeness < 1 ? log((1 - level) / 2) / log1p(-completeness) : 0
      limits = ConfidenceLimits(lower: 0, upper: most)
    } else {
      completeness = Double(ages.count) / expected.value
      let factor = missing > 0 ? exp(z * error / missing) : 1
      limits = ConfidenceLimits(
        lower: Double(ages.count) + missing / factor, upper: Double(ages.count) + missing * factor)
    }
    return Period(
      days: days, recorded: ages.count, expected: expected.value, standardError: error,
      limits: limits, completeness: completeness, isComplete: isComplete)
  }
}
