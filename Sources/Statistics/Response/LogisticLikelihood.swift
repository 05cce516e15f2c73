import Glibc

/// The likelihood of a logistic regression on a standardised design, and its maximum.
struct LogisticLikelihood {
  /// The intercept and the covariates, row after row.
  let design: [Double]
  let width: Int
  let outcomes: [Bool]
  let penalty: LogisticRegression.Penalty

  /// Where the likelihood is largest.
  struct Maximum {
    var point: [Double]
    var inverse: SymmetricMatrix
    /// The sum of the squared scores of the rows.
    var meat: SymmetricMatrix
    var fitted: [Double]
    var logarithm: Double
    var iterations: Int
  }

  /// The likelihood at one point.
  private struct Value {
    var logarithm: Double
    var fitted: [Double]
    var score: [Double]
    var information: SymmetricMatrix
    /// Nil where the information is singular.
    var factors: Factorisation?
    var singular: Int
  }

  /// Newton's method with halved steps from coefficients of 0.
  ///
  /// As for ``PartialLikelihood``: where the gain of a step dies away while linear predictors go on
  /// moving, or probabilities reach 0 and 1 to the last digit, there is no maximum. With Firth's
  /// penalty the steps use the information of the likelihood alone, so they converge linearly.
  func maximum() throws(StatisticsError) -> Maximum {
    var point = [Double](repeating: 0, count: width)
    var here = value(at: point)
    let limit = penalty == .firth ? 500 : 60
    for iteration in 0..<limit {
      guard let factors = here.factors else {
        if iteration == 0 { throw .covariateNotIdentified(covariate: here.singular - 1) }
        throw .coefficientsUnbounded(covariates: here.singular > 0 ? [here.singular - 1] : [])
      }
      let step = factors.solve(here.score)
      let gain = here.score.dot(step)
      if penalty == .none, gain < 1e-7, spread(of: step) > 0.1 { throw unbounded(step) }
      let isLast = gain <= 1e-18 * Double(outcomes.count) || iteration > 20 && gain <= 1e-14
      var fraction = 1.0
      var next = value(at: zip(point, step).map { $0 + $1 })
      let slack = 1e-12 * max(here.logarithm.magnitude, 1)
      while !(next.logarithm >= here.logarithm - slack) {
        fraction /= 2
        guard fraction > 1e-6 else { throw .notConverged(iterations: iteration + 1) }
        next = value(at: zip(point, step).map { $0 + fraction * $1 })
      }
      point = zip(point, step).map { $0 + fraction * $1 }
      here = next
      guard isLast else { continue }
      guard let last = here.factors else { throw unbounded(step) }
      return Maximum(
        point: point, inverse: last.inverse(), meat: meat(here.fitted), fitted: here.fitted,
        logarithm: here.logarithm, iterations: iteration + 1)
    }
    throw .notConverged(iterations: limit)
  }

  private func value(at point: [Double]) -> Value {
    var logarithm = CompensatedSum()
    var fitted = [Double](repeating: 0, count: outcomes.count)
    var score = [Double](repeating: 0, count: width)
    var information = SymmetricMatrix(order: width)
    for row in outcomes.indices {
      let x = design[row * width..<(row + 1) * width]
      let predictor = x.dot(point)
      let tail = exp(-predictor.magnitude)
      let probability = predictor >= 0 ? 1 / (1 + tail) : tail / (1 + tail)
      // log π or log(1 − π), whichever happened, without the loss of a difference from 1.
      logarithm.add(
        -log1p(tail) - (outcomes[row] ? max(-predictor, 0) : max(predictor, 0)))
      fitted[row] = probability
      let residual = (outcomes[row] ? 1 : 0) - probability
      for (column, value) in x.enumerated() { score[column] += residual * value }
      information.addSquare(of: Array(x), times: tail / ((1 + tail) * (1 + tail)))
    }
    var value = Value(
      logarithm: logarithm.value, fitted: fitted, score: score, information: information,
      factors: nil, singular: 0)
    do {
      let factors = try Factorisation(information)
      value.factors = factors
      if penalty == .firth { addPenalty(to: &value, factors) }
    } catch { value.singular = error.row }
    return value
  }

  /// Adds ½ log |I| and its derivative, Σ h (½ − π) x.
  private func addPenalty(to value: inout Value, _ factors: Factorisation) {
    value.logarithm += 0.5 * factors.logDeterminant
    let inverse = factors.inverse()
    for row in outcomes.indices {
      let x = Array(design[row * width..<(row + 1) * width])
      let probability = value.fitted[row]
      let leverage = probability * (1 - probability) * inverse.times(x).dot(x)
      for column in 0..<width {
        value.score[column] += leverage * (0.5 - probability) * x[column]
      }
    }
  }

  private func meat(_ fitted: [Double]) -> SymmetricMatrix {
    var meat = SymmetricMatrix(order: width)
    for row in outcomes.indices {
      let residual = (outcomes[row] ? 1 : 0) - fitted[row]
      meat.addSquare(of: Array(design[row * width..<(row + 1) * width]), times: residual * residual)
    }
    return meat
  }

  /// How far apart a step moves the linear predictors of two rows at most.
  private func spread(of step: [Double]) -> Double {
    var (low, high) = (Double.infinity, -Double.infinity)
    for row in outcomes.indices {
      let movement = design[row * width..<(row + 1) * width].dot(step)
      low = min(low, movement)
      high = max(high, movement)
    }
    return high - low
  }

  private func unbounded(_ step: [Double]) -> StatisticsError {
    let largest = step.dropFirst().reduce(0) { max($0, $1.magnitude) }
    return .coefficientsUnbounded(
      covariates: step.indices.dropFirst().filter { step[$0].magnitude >= 0.1 * largest }
        .map { $0 - 1 })
  }
}
