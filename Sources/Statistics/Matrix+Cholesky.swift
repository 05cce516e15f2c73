/// The factor L D Lᵀ of a symmetric, non-negative matrix, with the pivots that count as 0.
///
/// A pivot not above `tolerance` times the largest diagonal element is set to 0, its column takes no
/// part: the solution is that of a generalised inverse, as in R's survival package for covariates
/// that depend on each other.
///
/// - SeeAlso: Golub, Van Loan (2013), Matrix Computations, 4.1.
public struct Cholesky: Sendable {
  /// L below the diagonal, D on it.
  private let factor: Matrix
  /// The number of pivots above 0.
  public let rank: Int

  /// Factors a symmetric matrix, of which only the lower triangle is read.
  ///
  /// - Parameter tolerance: Size below which a pivot counts as 0, relative to the largest diagonal
  ///   element.
  /// - Returns: Nil when the matrix is not finite or a pivot is clearly negative.
  public init?(_ matrix: Matrix, tolerance: Double = 1e-12) {
    precondition(matrix.rows == matrix.columns, "a symmetric matrix is square")
    guard matrix.elements.allSatisfy(\.isFinite) else { return nil }
    let floor = tolerance * (matrix.diagonal.max() ?? 0)
    var factor = matrix
    var rank = 0
    for column in 0..<matrix.rows {
      var pivot = factor[column, column]
      for inner in 0..<column {
        pivot -= factor[column, inner] * factor[column, inner] * factor[inner, inner]
      }
      if pivot < -8 * floor { return nil }
      let isDefined = pivot > floor
      factor[column, column] = isDefined ? pivot : 0
      if isDefined { rank += 1 }
      for row in column + 1..<max(column + 1, matrix.rows) {
        var sum = factor[row, column]
        for inner in 0..<column {
          sum -= factor[row, inner] * factor[column, inner] * factor[inner, inner]
        }
        factor[row, column] = isDefined ? sum / pivot : 0
      }
    }
    self.factor = factor
    self.rank = rank
  }

  /// Whether the pivot of a column counted as 0.
  public func isDropped(_ column: Int) -> Bool { factor[column, column] == 0 }

  /// x with A x = b; elements of dropped columns are 0.
  public func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == factor.rows, "matrix and column do not fit")
    var x = right
    for row in x.indices {
      for column in 0..<row { x[row] -= factor[row, column] * x[column] }
    }
    for row in x.indices { x[row] = isDropped(row) ? 0 : x[row] / factor[row, row] }
    for row in x.indices.reversed() {
      for lower in row + 1..<max(row + 1, x.count) { x[row] -= factor[lower, row] * x[lower] }
      if isDropped(row) { x[row] = 0 }
    }
    return x
  }

  /// The inverse, with zero rows and columns where a column was dropped.
  public var inverse: Matrix {
    let size = factor.rows
    var result = Matrix(rows: size, columns: size)
    for column in 0..<size where !isDropped(column) {
      var unit = [Double](repeating: 0, count: size)
      unit[column] = 1
      for (row, value) in solve(unit).enumerated() { result[row, column] = value }
    }
    return result
  }

  /// bᵀ A⁻¹ b, the statistic of a Wald or score test.
  public func quadraticForm(_ vector: [Double]) -> Double {
    var sum = CompensatedSum()
    for (left, right) in zip(vector, solve(vector)) { sum.add(left * right) }
    return sum.value
  }
}
