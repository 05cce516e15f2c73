/// Weighted sums over a changing set of rows: of 1, of the covariates and of their products.
///
/// The sums carry their rounding errors along (Neumaier), because rows that leave are subtracted:
/// a small risk set left over from a large one would otherwise inherit the large one's rounding.
struct RiskMoments {
  let width: Int
  /// The sum of 1, the sums of each covariate, and the lower triangle of the sums of products.
  private(set) var values: [Double]
  private var sums: [Double]
  private var errors: [Double]

  init(width: Int) {
    self.width = width
    let count = 1 + width + width * (width + 1) / 2
    values = [Double](repeating: 0, count: count)
    sums = values
    errors = values
  }

  mutating func removeAll() {
    for index in values.indices {
      values[index] = 0
      sums[index] = 0
      errors[index] = 0
    }
  }

  /// Adds a row with a weight; a negative weight takes it away.
  mutating func add(_ weight: Double, covariates: Span<Double>, row: Int) {
    addTerm(weight, at: 0)
    let base = row * width
    var product = 1 + width
    for column in 0..<width {
      let term = weight * covariates[base + column]
      addTerm(term, at: 1 + column)
      for other in 0...column {
        addTerm(term * covariates[base + other], at: product)
        product += 1
      }
    }
  }

  @inline(__always)
  private mutating func addTerm(_ term: Double, at index: Int) {
    let sum = sums[index]
    let total = sum + term
    errors[index] += sum.magnitude >= term.magnitude ? (sum - total) + term : (term - total) + sum
    sums[index] = total
  }

  /// Brings ``values`` up to date; to be called before they are read.
  mutating func settle() {
    for index in values.indices { values[index] = sums[index] + errors[index] }
  }
}

extension RiskMoments {
  /// The settled sums plus a multiple of others.
  func adding(_ other: RiskMoments, times factor: Double) -> RiskMoments {
    var total = self
    for index in values.indices { total.values[index] += factor * other.values[index] }
    return total
  }
}

/// One share of the deaths at a time, with the risk set that Efron's or Breslow's rule gives it.
struct TieShare {
  /// The share of the deaths' own risk that is taken out of the risk set.
  var fraction: Double
  /// The weight of the share.
  var weight: Double
}

extension TieShare {
  /// The shares of `count` deaths with a sum of weights.
  static func shares(_ ties: CoxRegression.Ties, count: Int, weight: Double) -> [TieShare] {
    // Without ties both rules are one.
    if ties != .efron || count == 1 { return [TieShare(fraction: 0, weight: weight)] }
    return (0..<count).map {
      TieShare(fraction: Double($0) / Double(count), weight: weight / Double(count))
    }
  }
}

/// The mean and, when asked for, the covariance of the covariates in the risk set of one share.
struct RiskAverage {
  /// The sum of the risk weights.
  var total: Double
  var mean: [Double]

  init(_ all: RiskMoments, less deaths: RiskMoments, fraction: Double) {
    total = all.values[0] - fraction * deaths.values[0]
    mean = []
    mean.reserveCapacity(all.width)
    for column in 0..<all.width {
      mean.append((all.values[1 + column] - fraction * deaths.values[1 + column]) / total)
    }
  }

  /// Adds the covariance times a factor.
  func addCovariance(
    of all: RiskMoments, less deaths: RiskMoments, fraction: Double, times factor: Double,
    to matrix: inout SymmetricMatrix
  ) {
    var index = 0
    let products = 1 + all.width
    for row in 0..<all.width {
      for column in 0...row {
        let sum = all.values[products + index] - fraction * deaths.values[products + index]
        matrix.triangle[index] += factor * (sum / total - mean[row] * mean[column])
        index += 1
      }
    }
  }
}
