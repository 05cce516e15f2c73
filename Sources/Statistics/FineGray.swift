import Glibc

/// Fine and Gray's regression of the subdistribution hazard of one cause among several.
///
///     let model = try FineGray(durations: weeks, causes: exits, cause: 1, covariates: [age, trained])
///     // model.coefficients, model.standardErrors
///
/// The coefficients act on the cumulative incidence directly: F(t | x) = 1 − exp(−Λ₀(t) exp(xβ)), so
/// exp β above 1 means that more people get there. It is a weighted Cox regression: who had another
/// cause stays in the risk set with a weight that falls from 1 like the chance of still being under
/// observation, G(t−)/G(T−), with G the reverse Kaplan–Meier estimate (an event of any kind at a
/// time of censoring leaves G's risk set after it). Ties follow Breslow's rule.
///
/// The covariance is that of Fine and Gray: the sandwich of the rows' influences, including what
/// they contribute to G. Coefficients, standard errors and likelihood agree with `cmprsk::crr`.
///
/// - SeeAlso: Fine, Gray (1999), doi:10.1080/01621459.1999.10474144.
public struct FineGray: Sendable {
  /// The cause whose incidence is regressed.
  public let cause: Int
  /// The coefficients: log subdistribution hazard ratios for one unit of each covariate.
  public let coefficients: [Double]
  /// Fine and Gray's sandwich covariance of the coefficients.
  public let covariance: SymmetricMatrix
  /// The inverse of the information, which takes the weights as known.
  public let modelCovariance: SymmetricMatrix
  /// The logarithm of the weighted partial likelihood when all coefficients are 0.
  public let nullLogLikelihood: Double
  /// The largest logarithm of the weighted partial likelihood.
  public let logLikelihood: Double
  /// The number of iterations.
  public let iterations: Int
  /// The number of events of the cause, of other causes, and of censored rows.
  public let counts: (events: Int, competing: Int, censored: Int)

  private let design: FineGrayDesign
  private let standardised: [Double]

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - durations: Length of follow-up of each person, from the origin on.
  ///   - causes: What ended it: 0 when it was censored, else the number of a cause.
  ///   - cause: The cause of interest.
  ///   - covariates: The covariates, one column each; at least one.
  /// - Precondition: The columns have the same length.
  /// - Throws: ``StatisticsError`` for the first row with a bad duration or covariate, and
  ///   ``StatisticsError/noEventsOfCause(_:)``,
  ///   ``StatisticsError/covariateNotIdentified(covariate:)``,
  ///   ``StatisticsError/coefficientsUnbounded(covariates:)`` or
  ///   ``StatisticsError/notConverged(iterations:)``.
  /// - Complexity: O(n log n) once and O(n p²) for each iteration.
  public init(
    durations: [Double], causes: [Int], cause: Int, covariates: [[Double]]
  ) throws(StatisticsError) {
    precondition(durations.count == causes.count, "columns of other length")
    precondition(!covariates.isEmpty && covariates.allSatisfy { $0.count == causes.count })
    for row in durations.indices {
      try checkDuration(durations[row], row: row)
      for column in covariates.indices where !covariates[column][row].isFinite {
        throw .covariateNotFinite(row: row, covariate: column)
      }
    }
    guard causes.contains(cause) else { throw .noEventsOfCause(cause) }
    let design = try FineGrayDesign(
      durations: durations, causes: causes, cause: cause, covariates: covariates)
    let standard = design.standardised
    let events = causes.count { $0 == cause }
    let maximum = try PartialLikelihood.maximum(
      width: standard.width, covariates: standard.values, weight: Double(events)
    ) { design.likelihood(at: $0) }
    let inverseScale = standard.scale.map { 1 / $0 }
    self.cause = cause
    self.design = design
    standardised = maximum.coefficients
    coefficients = zip(maximum.coefficients, inverseScale).map { $0 * $1 }
    modelCovariance = maximum.covariance.scaled(by: inverseScale)
    covariance = design.influenceSquares(at: maximum.coefficients).between(maximum.covariance)
      .scaled(by: inverseScale)
    nullLogLikelihood = maximum.nullLogarithm
    logLikelihood = maximum.logarithm
    iterations = maximum.iterations
    let censored = causes.count { $0 == 0 }
    counts = (events, causes.count - events - censored, censored)
  }

  /// The standard errors of the coefficients.
  public var standardErrors: [Double] { covariance.standardErrors }

  /// The test that one coefficient is 0: (β / standard error)².
  public func test(of covariate: Int) -> ChiSquareTest {
    let ratio = coefficients[covariate] / standardErrors[covariate]
    return ChiSquareTest(statistic: ratio * ratio, degreesOfFreedom: 1)
  }

  /// Wald's test that all coefficients are 0; nil when the covariance has no inverse.
  public var waldTest: ChiSquareTest? {
    guard let factors = try? Factorisation(covariance, smallestPivot: 1e-13) else { return nil }
    return ChiSquareTest(
      statistic: coefficients.dot(factors.solve(coefficients)),
      degreesOfFreedom: coefficients.count)
  }

  /// The predicted cumulative incidence of the cause for somebody with the given covariates.
  ///
  /// - Returns: The times of events of the cause, rising, and F at each.
  /// - Precondition: There are as many values as covariates.
  public func cumulativeIncidence(
    covariates: [Double]
  ) -> (times: [Double], incidence: [Double]) {
    precondition(covariates.count == coefficients.count, "one value for each covariate")
    let predictor = design.standardised.standardise(covariates).dot(standardised)
    let steps = design.hazards(at: standardised)
    var hazard = CompensatedSum()
    var incidence: [Double] = []
    for step in steps {
      hazard.add(step.hazard)
      incidence.append(-expm1(-hazard.value * exp(predictor)))
    }
    return (steps.map { design.times[$0.time] }, incidence)
  }
}
