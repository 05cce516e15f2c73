import Glibc

func exponential(_ value: Double) -> Double { exp(value) }

extension PartialLikelihood {
  /// The point at which a partial likelihood is largest, for standardised covariates.
  struct Maximum {
    var coefficients: [Double]
    var covariance: SymmetricMatrix
    var logarithm: Double
    var nullLogarithm: Double
    var nullScoreStatistic: Double
    var iterations: Int
  }

  static func maximum(
    _ design: CoxDesign, ties: CoxRegression.Ties
  ) throws(StatisticsError) -> Maximum {
    let weight = design.deathWeights.reduce(0, +)
    return try maximum(width: design.width, covariates: design.covariates, weight: weight) {
      PartialLikelihood(design, ties: ties, at: $0)
    }
  }

  /// Newton's method with halved steps from coefficients of 0.
  ///
  /// The function is concave, so a point where the expected gain of a step (Newton's decrement)
  /// is 1e-14 is within 1e-7 standard errors of the maximum, and the step taken from there within
  /// about 1e-14. When instead the gain dies away while the linear predictors go on moving, there
  /// is no maximum: along that direction the likelihood rises towards infinity.
  ///
  /// - Parameter weight: The sum of the weights of the events, to which all gains are in proportion.
  static func maximum(
    width: Int, covariates: [Double], weight: Double,
    _ likelihood: ([Double]) -> PartialLikelihood
  ) throws(StatisticsError) -> Maximum {
    let unit = min(weight, 1)
    var point = [Double](repeating: 0, count: width)
    var here = likelihood(point)
    let null = here
    var nullStatistic = 0.0
    for iteration in 0..<60 {
      let factors: Factorisation
      do {
        factors = try Factorisation(here.information)
      } catch {
        if iteration == 0 { throw .covariateNotIdentified(covariate: error.row) }
        throw .coefficientsUnbounded(covariates: [error.row])
      }
      // At 0 the information on a standardised covariate is of the order of the events; where it
      // is mere rounding the covariate does not vary within any risk set.
      if iteration == 0 {
        for column in 0..<width where here.information[column, column] < 1e-10 * weight {
          throw .covariateNotIdentified(covariate: column)
        }
      }
      let step = factors.solve(here.score)
      let gain = here.score.dot(step)
      if iteration == 0 { nullStatistic = gain }
      let movement = spread(of: step, covariates: covariates)
      if gain < 1e-7 * unit, movement > 0.1 { throw unbounded(step) }
      let isLast = gain <= 1e-14 * unit
      var fraction = 1.0
      var next = likelihood(zip(point, step).map { $0 + $1 })
      let slack = 1e-12 * max(here.logarithm.magnitude, unit)
      while !(next.logarithm >= here.logarithm - slack) {
        fraction /= 2
        guard fraction > 1e-6 else { throw .notConverged(iterations: iteration + 1) }
        next = likelihood(zip(point, step).map { $0 + fraction * $1 })
      }
      point = zip(point, step).map { $0 + fraction * $1 }
      here = next
      guard isLast else { continue }
      guard let last = try? Factorisation(here.information) else { throw unbounded(step) }
      return Maximum(
        coefficients: point, covariance: last.inverse(), logarithm: here.logarithm,
        nullLogarithm: null.logarithm, nullScoreStatistic: nullStatistic,
        iterations: iteration + 1)
    }
    throw .notConverged(iterations: 60)
  }

  /// How far apart a step moves the linear predictors of two rows at most.
  private static func spread(of step: [Double], covariates: [Double]) -> Double {
    var low = Double.infinity
    var high = -Double.infinity
    for row in 0..<covariates.count / step.count {
      var movement = 0.0
      for column in step.indices {
        movement += step[column] * covariates[row * step.count + column]
      }
      low = min(low, movement)
      high = max(high, movement)
    }
    return high - low
  }

  private static func unbounded(_ step: [Double]) -> StatisticsError {
    let largest = step.reduce(0) { max($0, $1.magnitude) }
    return .coefficientsUnbounded(
      covariates: step.indices.filter { step[$0].magnitude >= 0.1 * largest })
  }
}
