/// Covariates centred at their means and scaled to a standard deviation of 1, row after row.
///
/// Neither changes an estimate; both keep sums of squares far from cancelling and make pivots and
/// step lengths comparable.
struct StandardisedCovariates {
  let width: Int
  /// `width` numbers a row, in the order of the rows asked for.
  private(set) var values: [Double]
  /// The centre and the scale of each covariate, in its own unit.
  private(set) var centre: [Double] = []
  private(set) var scale: [Double] = []

  /// - Parameters:
  ///   - columns: The covariates, one column each.
  ///   - rows: The rows to take, in the order wanted.
  ///   - weights: The weight of each row taken.
  init(
    _ columns: [[Double]], rows: [Int], weights: [Double]
  ) throws(StatisticsError) {
    let width = columns.count
    self.width = width
    values = [Double](repeating: 0, count: width * rows.count)
    let total = weights.reduce(0, +)
    for (column, covariate) in columns.enumerated() {
      var sum = CompensatedSum()
      for row in rows.indices { sum.add(weights[row] * covariate[rows[row]]) }
      let mean = sum.value / total
      var squares = CompensatedSum()
      for row in rows.indices {
        let deviation = covariate[rows[row]] - mean
        squares.add(weights[row] * deviation * deviation)
      }
      let deviation = (squares.value / total).squareRoot()
      guard deviation > mean.magnitude * 1e-12, deviation > 0, deviation.isFinite else {
        throw .covariateNotIdentified(covariate: column)
      }
      centre.append(mean)
      scale.append(deviation)
      for row in rows.indices {
        values[row * width + column] = (covariate[rows[row]] - mean) / deviation
      }
    }
  }

  /// The linear predictors of all rows for standardised coefficients.
  func predictors(_ coefficients: [Double]) -> [Double] {
    guard width > 0 else { return [] }
    var predictors: [Double] = []
    predictors.reserveCapacity(values.count / width)
    for first in stride(from: 0, to: values.count, by: width) {
      var sum = 0.0
      for column in 0..<width { sum += coefficients[column] * values[first + column] }
      predictors.append(sum)
    }
    return predictors
  }

  /// One row of the caller's numbers, standardised.
  func standardise(_ row: [Double]) -> [Double] {
    row.indices.map { (row[$0] - centre[$0]) / scale[$0] }
  }
}
