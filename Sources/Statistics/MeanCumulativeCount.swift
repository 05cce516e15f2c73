import Glibc

/// The mean number of recurrent events per person up to each time.
///
/// M(t) = Σ d/n, with `d` the events and `n` the people under observation just before each time: the
/// estimate of Nelson for the mean of a counting process, without any assumption about how one
/// person's events depend on each other. The standard error is the infinitesimal jackknife over
/// people (the robust variance of Lawless and Nadeau); `.greenwood` gives Σ d/n², right for a Poisson
/// process only.
///
///     let jobs = MeanCumulativeCount(rows)   // one row from each event to the next, with subjects
///     let year = try jobs.at([365])[0]
///
/// People stay under observation after an event; give each person's rows the same subject, or the
/// standard error will treat them as strangers. Death or another end of the events is not handled
/// as a competing event: the mean is among those still under observation. Agrees with the cumulative
/// hazard of `survfit(Surv(start, stop, event) ~ 1, id =, robust = TRUE)` in R.
///
/// - SeeAlso: Nelson (1995), doi:10.1080/00401706.1995.10484299; Lawless, Nadeau (1995),
///   doi:10.1080/00401706.1995.10484300.
public struct MeanCumulativeCount: Sendable {
  /// The weighted counts by time.
  public let counts: WeightedCounts
  /// The mean number of events up to each time.
  public let mean: [Double]
  /// The standard error of the mean.
  public let standardError: [Double]
  /// What the standard errors are.
  public let variance: CurveVariance

  /// Estimates the mean of one stratum.
  ///
  /// - Complexity: O(n log n).
  public init(_ rows: FollowUp, variance: CurveVariance = .infinitesimalJackknife) {
    let curve = SurvivalEstimate(rows, estimator: .nelsonAalen, variance: variance)
    counts = curve.counts
    mean = curve.cumulativeHazard
    standardError = curve.cumulativeHazardStandardError
    self.variance = variance
  }

  /// The distinct times, rising.
  public var times: [Double] { counts.times }

  /// The mean at one time.
  public struct Reading: Equatable, Sendable {
    /// The time asked for.
    public let time: Double
    /// The weight under observation just before the time; 0 after the last.
    public let atRisk: Double
    /// The mean number of events up to the time; nil without anybody, or after the last time.
    public let mean: Double?
    /// The standard error of the mean.
    public let standardError: Double?
    /// mean · exp(± z SE / mean), which stays above 0; nil before the first event.
    public let limits: ConfidenceLimits?
  }

  /// Reads the mean at given times, in the order given.
  ///
  /// After the last time nobody was under observation and nothing is known: nil, not the last mean.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)`` or
  ///   ``StatisticsError/durationNotFinite(row:)`` with the index of the time.
  /// - Complexity: O(k log n) for k times.
  public func at(_ times: [Double], level: Double = 0.95) throws(StatisticsError) -> [Reading] {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    var readings: [Reading] = []
    for index in times.indices {
      let time = times[index]
      guard time.isFinite else { throw .durationNotFinite(row: index) }
      let isKnown = self.times.last.map { time <= $0 } ?? false
      let step = self.times.lastIndex(notAbove: time)
      let height = isKnown ? step.map { mean[$0] } ?? 0 : nil
      let error = isKnown ? step.map { standardError[$0] } ?? 0 : nil
      readings.append(
        Reading(
          time: time, atRisk: counts.atRisk(at: time), mean: height, standardError: error,
          limits: Self.limits(mean: height, standardError: error, z: z)))
    }
    return readings
  }

  /// The limits at the index of a time; nil before the first event.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public func limits(at index: Int, level: Double = 0.95) throws(StatisticsError)
    -> ConfidenceLimits?
  {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    return Self.limits(mean: mean[index], standardError: standardError[index], z: z)
  }

  private static func limits(mean: Double?, standardError: Double?, z: Double) -> ConfidenceLimits?
  {
    guard let mean, let standardError, mean > 0 else { return nil }
    let factor = exp(z * standardError / mean)
    return ConfidenceLimits(lower: mean / factor, upper: mean * factor)
  }
}
