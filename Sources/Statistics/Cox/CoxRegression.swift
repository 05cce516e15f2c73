/// Cox's proportional hazards regression.
///
///     let rows = try CoxRows(exits: days, events: ends, covariates: [age, isInTraining])
///     let model = try CoxRegression(rows)
///     // model.coefficients, model.standardErrors, model.likelihoodRatioTest.probability
///
/// The hazard of a row with covariates x is λ(t) exp(xβ), with an unspecified λ for each stratum.
/// The coefficients maximise the partial likelihood: at every event time, the chance that of those
/// at risk just those have the event who had it. A row is at risk at `t` when entry < t ≤ exit, so
/// late entry and covariates that change with time need no more than rows. Ties are equal times,
/// nothing else; ``Ties`` says what is done with them.
///
/// Nothing is estimated that the data do not hold: a covariate that others determine, coefficients
/// that grow without bound because a group has no events, and iterations that do not settle are
/// errors, not numbers.
///
/// The values agree with `coxph` of R's survival package.
///
/// - SeeAlso: Cox (1972), doi:10.1111/j.2517-6161.1972.tb00899.x; Andersen, Gill (1982),
///   doi:10.1214/aos/1176345976; Therneau, Grambsch (2000), Modeling Survival Data, Springer.
public struct CoxRegression: Sendable {
  /// The rule for several events at the same time.
  public enum Ties: String, CaseIterable, Sendable {
    /// Efron's approximation: the deaths leave the risk set one after the other, on average. Close
    /// to exact for moderate ties, and the default.
    case efron
    /// Breslow's approximation: each death sees the whole risk set. Understates effects under heavy
    /// ties.
    case breslow
    /// The exact conditional likelihood of discrete time: the chance of this set among all sets of
    /// the same size. Takes time in proportion to the deaths times those at risk.
    case exact
  }

  /// The rule for ties.
  public let ties: Ties
  /// The coefficients: log hazard ratios for one unit of each covariate.
  public let coefficients: [Double]
  /// The inverse of the observed information.
  public let modelCovariance: SymmetricMatrix
  /// The sandwich of the rows' (or clusters') influences; nil when it was not asked for.
  public let robustCovariance: SymmetricMatrix?
  /// The logarithm of the partial likelihood when all coefficients are 0.
  public let nullLogLikelihood: Double
  /// The largest logarithm of the partial likelihood.
  public let logLikelihood: Double
  /// The score test that all coefficients are 0; with one group variable, the log-rank test.
  public let scoreTest: ChiSquareTest
  /// The number of iterations.
  public let iterations: Int
  /// The number of rows of positive weight.
  public let rows: Int
  /// The number of events.
  public let events: Int

  let data: CoxRows
  let design: CoxDesign
  /// The coefficients of the standardised covariates.
  let standardised: [Double]

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - rows: The data. Weights are taken as sampling weights when they are not whole numbers.
  ///   - ties: The rule for ties.
  ///   - robust: Whether to estimate the robust covariance. By default that is done when there are
  ///     clusters or a weight that is not a whole number, where the model's covariance is wrong.
  /// - Throws: ``StatisticsError/noEvents``,
  ///   ``StatisticsError/covariateNotIdentified(covariate:)``,
  ///   ``StatisticsError/coefficientsUnbounded(covariates:)``,
  ///   ``StatisticsError/notConverged(iterations:)``, or
  ///   ``StatisticsError/notForExactTies`` for weights, clusters or a robust covariance with
  ///   ``Ties/exact``.
  /// - Precondition: There is at least one covariate.
  /// - Complexity: O(n log n) once and O(n p²) for each iteration, whether or not rows begin late.
  public init(
    _ rows: CoxRows, ties: Ties = .efron, robust: Bool? = nil
  ) throws(StatisticsError) {
    precondition(!rows.covariates.isEmpty, "a regression needs a covariate")
    let hasFractions = rows.followUp.weights?.contains { $0 != $0.rounded() } ?? false
    let isRobust = robust ?? (rows.followUp.clusters != nil || hasFractions)
    if ties == .exact, isRobust || (rows.followUp.weights?.contains { $0 != 1 } ?? false) {
      throw .notForExactTies
    }
    let design = try CoxDesign(rows)
    let maximum = try PartialLikelihood.maximum(design, ties: ties)
    let inverseScale = design.scale.map { 1 / $0 }
    self.ties = ties
    self.data = rows
    self.design = design
    standardised = maximum.coefficients
    coefficients = zip(maximum.coefficients, inverseScale).map { $0 * $1 }
    modelCovariance = maximum.covariance.scaled(by: inverseScale)
    nullLogLikelihood = maximum.nullLogarithm
    logLikelihood = maximum.logarithm
    scoreTest = ChiSquareTest(
      statistic: maximum.nullScoreStatistic, degreesOfFreedom: design.width)
    iterations = maximum.iterations
    self.rows = rows.followUp.weights?.count { $0 > 0 } ?? rows.count
    events = design.sets.deaths.reduce(0) { $0 + $1.count }
    robustCovariance =
      isRobust
      ? design.sandwich(
        ties: ties, at: maximum.coefficients, covariance: maximum.covariance,
        units: rows.followUp.units
      ).scaled(by: inverseScale) : nil
  }
}

extension CoxRegression {
  /// The covariance of the coefficients: the robust one where there is one.
  public var covariance: SymmetricMatrix { robustCovariance ?? modelCovariance }

  /// The standard errors of the coefficients: robust ones where there are any.
  public var standardErrors: [Double] { covariance.standardErrors }

  /// Twice the gain in log likelihood over no covariates at all.
  ///
  /// Not a valid test with clusters or sampling weights; Wald's is, with the robust covariance.
  public var likelihoodRatioTest: ChiSquareTest {
    ChiSquareTest(
      statistic: 2 * (logLikelihood - nullLogLikelihood), degreesOfFreedom: coefficients.count)
  }

  /// Wald's test that all coefficients are 0, robust where there is a robust covariance.
  ///
  /// Nil when the robust covariance has no inverse, as with fewer clusters than covariates.
  public var waldTest: ChiSquareTest? {
    guard let factors = try? Factorisation(covariance, smallestPivot: 1e-13) else { return nil }
    return ChiSquareTest(
      statistic: coefficients.dot(factors.solve(coefficients)),
      degreesOfFreedom: coefficients.count)
  }

  /// The hazard ratio exp(β) of one covariate.
  public func hazardRatio(_ covariate: Int) -> Double { exponential(coefficients[covariate]) }

  /// Confidence limits of the hazard ratio exp(β) of one covariate, symmetric on the log scale.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public func hazardRatioLimits(
    _ covariate: Int, level: Double = 0.95
  ) throws(StatisticsError) -> ConfidenceLimits? {
    let step = try StandardNormal.twoSidedQuantile(level: level) * standardErrors[covariate]
    return ConfidenceLimits(
      lower: exponential(coefficients[covariate] - step),
      upper: exponential(coefficients[covariate] + step))
  }

  /// The test that one coefficient is 0: (β / standard error)².
  public func test(of covariate: Int) -> ChiSquareTest {
    let ratio = coefficients[covariate] / standardErrors[covariate]
    return ChiSquareTest(statistic: ratio * ratio, degreesOfFreedom: 1)
  }
}
