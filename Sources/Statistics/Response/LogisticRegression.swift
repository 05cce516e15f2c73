import Glibc

/// A logistic regression: how the odds of an outcome depend on covariates.
///
///     let model = try LogisticRegression(covariates: [age, isFemale], outcomes: responded)
///     // model.coefficients: intercept, age, isFemale; model.fitted: a probability a row
///
/// log(π / (1 − π)) = β₀ + xβ, β the maximum of the likelihood by Newton's method (iteratively
/// reweighted least squares) on centred and scaled covariates. The covariance is the inverse
/// information; the robust one stands between two of them. Agrees with `glm(y ~ x, family = binomial)`.
///
/// Where covariates part the outcomes perfectly the likelihood has no maximum, and this is refused
/// with the covariates that do it. ``Penalty/firth`` has a maximum even then: Jeffreys' prior, which
/// takes away the bias of first order, and adds to the score hᵢ(½ − πᵢ), h the leverages. Its
/// predictions are drawn towards one half a little.
///
/// - SeeAlso: McCullagh, Nelder (1989), Generalized Linear Models; Albert, Anderson (1984),
///   doi:10.1093/biomet/71.1.1 (separation); Firth (1993), doi:10.1093/biomet/80.1.27; Heinze, Schemper
///   (2002), doi:10.1002/sim.1047.
public struct LogisticRegression: Sendable {
  /// What is added to the log-likelihood.
  public enum Penalty: String, Sendable, CaseIterable {
    /// Nothing: maximum likelihood.
    case none
    /// Half the log determinant of the information.
    case firth
  }

  /// What was added to the log-likelihood.
  public let penalty: Penalty
  /// The intercept, then a coefficient a covariate: changes of the log odds a unit.
  public let coefficients: [Double]
  /// The covariance of the coefficients, from the information.
  public let covariance: SymmetricMatrix
  /// The covariance of the coefficients that holds without the model: the sandwich.
  public let robustCovariance: SymmetricMatrix
  /// The probability of the outcome of each row.
  public let fitted: [Double]
  /// The log-likelihood, with the penalty where there is one.
  public let logLikelihood: Double
  /// The iterations that were needed.
  public let iterations: Int

  /// The intercept and the standardised covariates, row after row.
  let design: [Double]
  /// The inverse information for the standardised covariates.
  let inverse: SymmetricMatrix
  let outcomes: [Bool]

  /// Fits a model.
  ///
  /// - Parameters:
  ///   - covariates: The covariates, one column each; none gives the intercept alone.
  ///   - outcomes: Whether each row had the outcome.
  ///   - penalty: Firth's, or none.
  /// - Throws: ``StatisticsError/covariateNotFinite(row:covariate:)``,
  ///   ``StatisticsError/outcomesDoNotVary``, ``StatisticsError/covariateNotIdentified(covariate:)``,
  ///   ``StatisticsError/coefficientsUnbounded(covariates:)``, ``StatisticsError/notConverged(iterations:)``.
  /// - Precondition: The columns have the length of `outcomes`.
  /// - Complexity: O(rows · covariates²) an iteration, some ten of them; more with a penalty.
  public init(
    covariates: [[Double]], outcomes: [Bool], penalty: Penalty = .none
  ) throws(StatisticsError) {
    for (number, column) in covariates.enumerated() {
      precondition(column.count == outcomes.count, "columns of different length")
      for row in column.indices where !column[row].isFinite {
        throw .covariateNotFinite(row: row, covariate: number)
      }
    }
    guard outcomes.contains(true), outcomes.contains(false) else { throw .outcomesDoNotVary }
    let standard = try StandardisedCovariates(
      covariates, rows: Array(outcomes.indices),
      weights: [Double](repeating: 1, count: outcomes.count))
    let width = covariates.count + 1
    var design: [Double] = []
    design.reserveCapacity(width * outcomes.count)
    for row in outcomes.indices {
      design.append(1)
      design += standard.values[row * (width - 1)..<(row + 1) * (width - 1)]
    }
    let likelihood = LogisticLikelihood(
      design: design, width: width, outcomes: outcomes, penalty: penalty)
    let maximum = try likelihood.maximum()
    // From the scale of the standardised covariates back to that of the caller.
    var back = Matrix(rows: width, columns: width)
    back[0, 0] = 1
    for column in 1..<max(width, 1) {
      back[column, column] = 1 / standard.scale[column - 1]
      back[0, column] = -standard.centre[column - 1] / standard.scale[column - 1]
    }
    self.penalty = penalty
    self.design = design
    self.outcomes = outcomes
    inverse = maximum.inverse
    coefficients = back * maximum.point
    covariance = maximum.inverse.transformed(by: back)
    robustCovariance = maximum.meat.between(maximum.inverse).transformed(by: back)
    fitted = maximum.fitted
    // The determinant in the penalty is that of the covariates in the caller's unit.
    logLikelihood =
      maximum.logarithm + (penalty == .firth ? standard.scale.reduce(0) { $0 + log($1) } : 0)
    iterations = maximum.iterations
  }

  /// The number of rows.
  public var count: Int { outcomes.count }
  /// The standard errors of the coefficients, from the information.
  public var standardErrors: [Double] { covariance.standardErrors }
  /// The standard errors of the coefficients that hold without the model.
  public var robustStandardErrors: [Double] { robustCovariance.standardErrors }
}

extension SymmetricMatrix {
  /// T · self · Tᵀ.
  fileprivate func transformed(by matrix: Matrix) -> SymmetricMatrix {
    var result = SymmetricMatrix(order: matrix.rows)
    let rows = (0..<matrix.rows).map { row in (0..<order).map { matrix[row, $0] } }
    for row in 0..<matrix.rows {
      let image = times(rows[row])
      for column in 0...row { result[row, column] = image.dot(rows[column]) }
    }
    return result
  }
}
