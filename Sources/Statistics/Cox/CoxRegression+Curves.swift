import Glibc

/// The curve a regression predicts for one set of covariates in one stratum.
///
/// The columns have one element for each event time of the stratum; the curves are steps that hold
/// from their time on.
public struct PredictedCurve: Sendable {
  /// The event times, rising.
  public let times: [Double]
  /// The cumulative hazard at each time.
  public let cumulativeHazard: [Double]
  /// The standard error of the cumulative hazard, which is that of log survival; nil where the
  /// model has a robust covariance, whose counterpart for curves is not estimated.
  public let standardError: [Double]?

  /// exp(−cumulative hazard) at each time.
  public var survival: [Double] { cumulativeHazard.map { exp(-$0) } }

  /// Pointwise confidence limits of survival; nil without a standard error.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public func confidenceLimits(
    type: IntervalType = .logLog, level: Double = 0.95
  ) throws(StatisticsError) -> ConfidenceBand? {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    guard let standardError else { return nil }
    let limits = zip(survival, standardError).map { survival, error in
      type.limits(survival: survival, standardErrorOfLog: error, z: z)
    }
    return ConfidenceBand(
      type: type, level: level, lower: limits.map(\.lower), upper: limits.map(\.upper))
  }
}

extension CoxRegression {
  /// The cumulative hazard and survival of somebody with the given covariates.
  ///
  /// With all covariates 0 it is the baseline. At an event time the hazard rises by the deaths over
  /// the risks, exp(xβ), of those at risk, with Efron's rule share by share; the curve then agrees
  /// with `survfit(fit, newdata)` and `basehaz(fit, centered = FALSE)` of R. Covariates are taken
  /// as constant from the origin on. The variance has a part for the events and one for the
  /// coefficients (Tsiatis).
  ///
  /// - Parameters:
  ///   - covariates: One value for each covariate of the model.
  ///   - stratum: The number of the stratum in ``CoxRows/strata``; nil when there are none.
  /// - Precondition: There are as many values as covariates.
  /// - Returns: The curve, empty for a stratum without events.
  /// - Throws: ``StatisticsError/notForExactTies``, or
  ///   ``StatisticsError/covariateNotFinite(row:covariate:)`` with row 0.
  /// - Complexity: O(n p²).
  /// - SeeAlso: Tsiatis (1981), doi:10.1214/aos/1176345333.
  public func curve(
    covariates values: [Double], stratum: Int? = nil
  ) throws(StatisticsError) -> PredictedCurve {
    precondition(values.count == coefficients.count, "one value for each covariate")
    guard ties != .exact else { throw .notForExactTies }
    if let column = values.firstIndex(where: { !$0.isFinite }) {
      throw .covariateNotFinite(row: 0, covariate: column)
    }
    let x = design.standardised.standardise(values)
    let predictor = x.dot(standardised)
    let predictors = design.predictors(standardised)
    let offset = predictors.max() ?? 0
    let factor = exp(predictor - offset)
    let sets = design.sets
    let covariance = modelCovariance.scaled(by: design.scale)
    // The walk goes down in time; its increments are summed up afterwards.
    var steps: [(time: Double, hazard: Double, variance: Double, shift: [Double])] = []
    design.walk(risks: predictors.map { exp($0 - offset) }) { step, all, deaths in
      let row = sets.rows[sets.deaths[step].lowerBound]
      guard stratum == nil || data.strata?[row] == stratum else { return }
      var hazard = 0.0
      var variance = 0.0
      var shift = [Double](repeating: 0, count: design.width)
      let shares = TieShare.shares(
        ties, count: sets.deaths[step].count, weight: design.deathWeights[step])
      for share in shares {
        let average = RiskAverage(all, less: deaths, fraction: share.fraction)
        let increment = share.weight / average.total
        hazard += increment
        variance += increment / average.total
        for column in 0..<design.width {
          shift[column] += increment * (x[column] - average.mean[column])
        }
      }
      steps.append((sets.times[step], hazard, variance, shift))
    }
    var times: [Double] = []
    var cumulative: [Double] = []
    var errors: [Double] = []
    var hazard = CompensatedSum()
    var variance = CompensatedSum()
    var shift = [Double](repeating: 0, count: design.width)
    for step in steps.reversed() {
      hazard.add(step.hazard)
      variance.add(step.variance)
      for column in 0..<design.width { shift[column] += step.shift[column] }
      times.append(step.time)
      cumulative.append(factor * hazard.value)
      let sum = variance.value + shift.dot(covariance.times(shift))
      errors.append(factor * sum.squareRoot())
    }
    return PredictedCurve(
      times: times, cumulativeHazard: cumulative,
      standardError: robustCovariance == nil ? errors : nil)
  }
}
