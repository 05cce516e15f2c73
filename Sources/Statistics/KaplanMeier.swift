/// The product-limit estimate of survival, and the Nelson–Aalen estimate of cumulative hazard.
///
///     let curve = KaplanMeier(counts)
///     let weeks26 = try curve.at([182])[0]
///     // weeks26.survival, weeks26.standardError, weeks26.limits, weeks26.atRisk
///
/// With `d` events among `n` at risk just before each time up to and including `t`:
///
/// | column | estimator |
/// |---|---|
/// | ``survival`` | S(t) = ∏ (1 − d/n) |
/// | ``standardErrorOfLog`` | √ Σ d / (n (n − d)), Greenwood |
/// | ``standardError`` | S(t) times the above |
/// | ``cumulativeHazard`` | Λ(t) = Σ d/n, Nelson–Aalen |
/// | ``cumulativeHazardStandardError`` | √ Σ d/n², Aalen |
///
/// Every column has one element for each element of ``times``, that is for each distinct time with
/// an event or a censoring; the curves are right-continuous steps, so an element holds from its
/// time up to, not including, the next. Conventions of risk sets and ties are those of
/// ``TimeCounts``. Once S is 0 the variance on the scale of S is not defined: the columns then
/// hold infinity (log) and NaN, and the row accessor ``subscript(_:)`` gives nil. The values agree
/// with `survfit(Surv(time, event) ~ 1)` of R's survival package.
///
/// The curve is not carried to 0 when the longest follow-up is censored, and it says nothing about
/// times after the last. Where a competing event can prevent the one counted, 1 − S is not the
/// share of people who get there.
///
/// - SeeAlso: Kaplan, Meier (1958), doi:10.1080/01621459.1958.10501452; Greenwood (1926), Reports
///   on Public Health and Medical Subjects 33; Nelson (1972), doi:10.1080/00401706.1972.10488991;
///   Aalen (1978), doi:10.1214/aos/1176344247.
public struct KaplanMeier: SurvivalSteps {
  /// The counts the curve was made from.
  public let counts: TimeCounts
  /// S at each time.
  public let survival: [Double]
  /// The standard error of S; NaN once S is 0.
  public let standardError: [Double]
  /// The standard error of log S; infinite once S is 0.
  public let standardErrorOfLog: [Double]
  /// The cumulative hazard at each time, in events per subject.
  public let cumulativeHazard: [Double]
  /// The standard error of the cumulative hazard.
  public let cumulativeHazardStandardError: [Double]

  /// Estimates the curve of one stratum.
  ///
  /// An empty table gives an empty curve, whose readings have no survival.
  ///
  /// - Complexity: O(distinct times).
  public init(_ counts: TimeCounts) {
    var survival: [Double] = []
    var standardError: [Double] = []
    var standardErrorOfLog: [Double] = []
    var hazard: [Double] = []
    var hazardError: [Double] = []
    survival.reserveCapacity(counts.count)
    standardError.reserveCapacity(counts.count)
    standardErrorOfLog.reserveCapacity(counts.count)
    hazard.reserveCapacity(counts.count)
    hazardError.reserveCapacity(counts.count)

    var product = CompensatedProduct()
    var greenwood = CompensatedSum()
    var nelson = CompensatedSum()
    var aalen = CompensatedSum()
    for index in counts.times.indices {
      let atRisk = Double(counts.atRisk[index])
      let events = Double(counts.events[index])
      if events > 0 {
        let left = atRisk - events
        product.multiply(by: left, over: atRisk)
        if left > 0 { greenwood.add(events / (atRisk * left)) }
        nelson.add(events / atRisk)
        aalen.add(events / (atRisk * atRisk))
      }
      let height = product.value
      let logError = height > 0 ? greenwood.value.squareRoot() : .infinity
      survival.append(height)
      standardErrorOfLog.append(logError)
      standardError.append(height > 0 ? height * logError : .nan)
      hazard.append(nelson.value)
      hazardError.append(aalen.value.squareRoot())
    }
    self.counts = counts
    self.survival = survival
    self.standardError = standardError
    self.standardErrorOfLog = standardErrorOfLog
    cumulativeHazard = hazard
    cumulativeHazardStandardError = hazardError
  }

  /// Shows the figures of a weighted or clustered curve, beside the plain counts of its rows.
  ///
  /// Numbers at risk, of events and of censorings are rows, whatever their weight; everything else is
  /// the estimate's.
  ///
  /// - Precondition: Both are of the same rows.
  public init(_ counts: TimeCounts, figuresOf estimate: SurvivalEstimate) {
    precondition(counts.times == estimate.times, "counts of other rows")
    self.counts = counts
    survival = estimate.survival
    standardError = estimate.standardError
    standardErrorOfLog = estimate.standardErrorOfLog
    cumulativeHazard = estimate.cumulativeHazard
    cumulativeHazardStandardError = estimate.cumulativeHazardStandardError
  }
}

extension KaplanMeier {
  /// The number of distinct times.
  public var count: Int { counts.count }
  /// The distinct times, rising.
  public var times: [Double] { counts.times }
  /// The subjects at risk just before each time.
  public var atRisk: [Int] { counts.atRisk }
  /// The events at each time.
  public var events: [Int] { counts.events }
  /// The censorings at each time.
  public var censored: [Int] { counts.censored }

  /// One time of a curve, with nil for what is not defined.
  public struct Row: Equatable, Sendable {
    /// The time, in the caller's unit.
    public let time: Double
    /// The subjects at risk just before the time.
    public let atRisk: Int
    /// The events at the time.
    public let events: Int
    /// The censorings at the time.
    public let censored: Int
    /// S at the time.
    public let survival: Double
    /// Greenwood's standard error of S; nil once S is 0.
    public let standardError: Double?
    /// The standard error of log S; nil once S is 0.
    public let standardErrorOfLog: Double?
    /// The Nelson–Aalen cumulative hazard.
    public let cumulativeHazard: Double
    /// Aalen's standard error of the cumulative hazard.
    public let cumulativeHazardStandardError: Double
  }

  /// The row at an index, from 0 up to ``count``.
  public subscript(_ index: Int) -> Row {
    Row(
      time: times[index], atRisk: atRisk[index], events: events[index], censored: censored[index],
      survival: survival[index],
      standardError: standardError[index].definedOrNil,
      standardErrorOfLog: standardErrorOfLog[index].definedOrNil,
      cumulativeHazard: cumulativeHazard[index],
      cumulativeHazardStandardError: cumulativeHazardStandardError[index])
  }
}

extension Double {
  /// The value, or nil where a column holds NaN or infinity for “not defined”.
  var definedOrNil: Double? { isFinite ? self : nil }
}
