import Glibc

/// A survival curve and cumulative hazard of rows with weights, delayed entry, several rows a
/// person, and clusters.
///
///     let curve = SurvivalEstimate(rows, variance: .infinitesimalJackknife)
///     let week26 = try curve.at([182], limitsOf: .logLog)[0]
///
/// With `d` the weight of the events and `n` the weight at risk just before each time the
/// estimators are those of ``SurvivalEstimator``. The variances:
///
/// - ``CurveVariance/greenwood``: Σ d / (n (n − d)) of log S for Kaplan–Meier, Aalen's Σ d / n² of Λ;
///   for Fleming–Harrington Σ 1/(n − k)² of both. With weights they hold for frequencies only:
///   a weight of 3 is three people.
/// - ``CurveVariance/infinitesimalJackknife``: Σ over the sampling units of (Σ wᵢ Uᵢ)², with Uᵢ
///   the derivative of the estimate with respect to the weight of row i; for log S
///   Uᵢ = Σ (dNᵢ − Yᵢ h) / (n (1 − h)), for Λ without the 1 − h. It holds for sampling weights
///   and for people that depend on each other within a unit, and does not change when all weights
///   are multiplied. For plain data without ties of weights it is Greenwood's, exactly.
///
/// For one row a person, weight 1 and no clusters ``KaplanMeier`` gives the same curve from counts.
/// Agrees with `survfit(Surv(start, stop, event) ~ 1, weights =, id =, cluster =, robust =)` in R.
/// Memory is linear in rows; O(n log n).
///
/// - SeeAlso: Kaplan, Meier (1958), doi:10.1080/01621459.1958.10501452; Fleming, Harrington (1984),
///   doi:10.1080/03610928408828837; Therneau, Grambsch (2000), Modeling Survival Data; Binder
///   (1992), doi:10.1093/biomet/79.1.139.
public struct SurvivalEstimate: SurvivalSteps {
  /// The weighted counts by time.
  public let counts: WeightedCounts
  /// The estimator.
  public let estimator: SurvivalEstimator
  /// What the standard errors are.
  public let variance: CurveVariance
  /// S at each time.
  public let survival: [Double]
  /// The standard error of S; NaN once S is 0.
  public let standardError: [Double]
  /// The standard error of log S; infinite once S is 0.
  public let standardErrorOfLog: [Double]
  /// The cumulative hazard at each time.
  public let cumulativeHazard: [Double]
  /// The standard error of the cumulative hazard.
  public let cumulativeHazardStandardError: [Double]

  let rows: FollowUp
  /// The steps of −log S.
  let logSteps: HazardSteps

  /// Estimates the curve of one stratum.
  ///
  /// - Complexity: O(n log n), for clusters and weights too.
  public init(
    _ rows: FollowUp, estimator: SurvivalEstimator = .kaplanMeier,
    variance: CurveVariance = .greenwood
  ) {
    let counts = WeightedCounts(rows)
    let steps = HazardSteps(counts, estimator)
    let logSteps = estimator == .kaplanMeier ? HazardSteps(productLimit: counts) : steps
    var product = CompensatedProduct()
    var hazard = CompensatedSum()
    var survival: [Double] = []
    var cumulativeHazard: [Double] = []
    for index in counts.times.indices {
      if counts.events[index] > 0 {
        product.multiply(
          by: counts.atRisk[index] - counts.events[index], over: counts.atRisk[index])
        hazard.add(steps.increments[index])
      }
      cumulativeHazard.append(hazard.value)
      survival.append(estimator == .kaplanMeier ? product.value : exp(-hazard.value))
    }
    let hazardVariances = Self.variances(rows, counts, steps, variance)
    let logVariances =
      estimator == .kaplanMeier ? Self.variances(rows, counts, logSteps, variance) : hazardVariances
    self.counts = counts
    self.estimator = estimator
    self.variance = variance
    self.survival = survival
    self.cumulativeHazard = cumulativeHazard
    self.rows = rows
    self.logSteps = logSteps
    cumulativeHazardStandardError = hazardVariances.map { $0.squareRoot() }
    standardErrorOfLog = zip(survival, logVariances).map { $0 > 0 ? $1.squareRoot() : .infinity }
    standardError = zip(survival, standardErrorOfLog).map { $0 > 0 ? $0 * $1 : .nan }
  }

  private static func variances(
    _ rows: FollowUp, _ counts: WeightedCounts, _ steps: HazardSteps, _ kind: CurveVariance
  ) -> [Double] {
    switch kind {
    case .greenwood:
      var sum = CompensatedSum()
      return steps.variances.map { term in
        if term.isFinite { sum.add(term) }
        return sum.value
      }
    case .infinitesimalJackknife:
      return UnitJackknife.variances(
        rows, counts.riskSet, times: counts.times, stays: steps.stays, extras: steps.extras)
    }
  }
}

extension SurvivalEstimate {
  /// The number of distinct times.
  public var count: Int { counts.count }
  /// The number of rows the curve was made from.
  public var rowCount: Int { rows.count }
  /// The distinct times, rising.
  public var times: [Double] { counts.times }

  /// A curve read at one time, with nil for what is not defined.
  public struct Reading: Equatable, Sendable {
    /// The time asked for.
    public let time: Double
    /// The weight at risk just before the time; 0 after the last.
    public let atRisk: Double
    /// S at the time, the last S when the time is after the last; nil on an empty curve.
    public let survival: Double?
    /// The standard error of S; nil once S is 0.
    public let standardError: Double?
    /// The confidence limits of S; nil once S is 0.
    public let limits: ConfidenceLimits?
    /// The cumulative hazard; nil on an empty curve.
    public let cumulativeHazard: Double?
    /// Whether S is only carried on: nobody was followed as far, and S had not reached 0.
    public let isExtrapolated: Bool
  }

  /// Reads the curve at given times, in the order given; as ``KaplanMeier/at(_:limitsOf:level:)``.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``, or
  ///   ``StatisticsError/durationNotFinite(row:)`` with the index of a time that is not finite.
  /// - Complexity: O(k log n) for k times.
  public func at(
    _ times: [Double], limitsOf type: IntervalType = .logLog, level: Double = 0.95
  ) throws(StatisticsError) -> [Reading] {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    var readings: [Reading] = []
    for index in times.indices {
      guard times[index].isFinite else { throw .durationNotFinite(row: index) }
      readings.append(reading(at: times[index], type: type, z: z))
    }
    return readings
  }

  private func reading(at time: Double, type: IntervalType, z: Double) -> Reading {
    guard let last = times.last else {
      return Reading(
        time: time, atRisk: 0, survival: nil, standardError: nil, limits: nil,
        cumulativeHazard: nil, isExtrapolated: true)
    }
    let index = times.lastIndex(notAbove: time)
    let height = index.map { survival[$0] } ?? 1
    let error = index.map { standardErrorOfLog[$0] } ?? 0
    let limits = type.limits(survival: height, standardErrorOfLog: error, z: z)
    return Reading(
      time: time, atRisk: counts.atRisk(at: time), survival: height,
      standardError: (height * error).definedOrNil,
      limits: ConfidenceLimits(lower: limits.lower, upper: limits.upper),
      cumulativeHazard: index.map { cumulativeHazard[$0] } ?? 0,
      isExtrapolated: time > last && height > 0)
  }
}
