import Glibc

/// A small symmetric matrix, such as a covariance matrix of estimates.
///
/// Only the lower triangle is kept, because regressions add up millions of them; ``Matrix`` is for
/// everything else.
public struct SymmetricMatrix: Equatable, Sendable {
  /// The number of rows, and of columns.
  public let order: Int
  /// The lower triangle, row after row: element (i, j ≤ i) at i (i + 1) / 2 + j.
  var triangle: [Double]

  /// A matrix of zeros.
  init(order: Int) {
    self.order = order
    triangle = [Double](repeating: 0, count: order * (order + 1) / 2)
  }

  /// One element; the order of the indices does not matter.
  public subscript(row: Int, column: Int) -> Double {
    get { triangle[Self.index(row, column)] }
    set { triangle[Self.index(row, column)] = newValue }
  }

  /// The square roots of the diagonal: standard errors, when the matrix is a covariance.
  public var standardErrors: [Double] { (0..<order).map { self[$0, $0].squareRoot() } }

  static func index(_ row: Int, _ column: Int) -> Int {
    row >= column ? row * (row + 1) / 2 + column : column * (column + 1) / 2 + row
  }

  /// Adds the product of a column with itself.
  mutating func addSquare(of column: [Double], times factor: Double = 1) {
    var index = 0
    for row in 0..<order {
      let scaled = factor * column[row]
      for other in 0...row {
        triangle[index] += scaled * column[other]
        index += 1
      }
    }
  }

  /// The product with a column.
  func times(_ column: [Double]) -> [Double] {
    (0..<order).map { row in
      var sum = 0.0
      for other in 0..<order { sum += self[row, other] * column[other] }
      return sum
    }
  }

  /// The matrix of some rows and the columns of the same numbers.
  func block(_ kept: [Int]) -> SymmetricMatrix {
    var block = SymmetricMatrix(order: kept.count)
    for row in kept.indices {
      for column in 0...row { block[row, column] = self[kept[row], kept[column]] }
    }
    return block
  }

  /// Each element times the factors of its row and its column.
  func scaled(by factors: [Double]) -> SymmetricMatrix {
    var scaled = self
    for row in 0..<order {
      for column in 0...row { scaled[row, column] *= factors[row] * factors[column] }
    }
    return scaled
  }

  /// The matrix between two copies of another: `other · self · other`.
  func between(_ other: SymmetricMatrix) -> SymmetricMatrix {
    // Columns of self · other; then other · that, of which the lower triangle is enough.
    let columns = (0..<order).map { column in times((0..<order).map { other[$0, column] }) }
    var product = SymmetricMatrix(order: order)
    for column in 0..<order {
      let image = other.times(columns[column])
      for row in column..<order { product[row, column] = image[row] }
    }
    return product
  }
}

extension Collection<Double> {
  /// The sum of the products with the elements of another column of the same length.
  func dot(_ other: some Collection<Double>) -> Double {
    zip(self, other).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

/// The factors L D Lᵀ of a positive definite matrix, with a check of every pivot.
///
/// The matrix is first scaled to a unit diagonal, so that a pivot is the share of a variable's
/// information that the variables before it do not already hold. Where ``Cholesky`` leaves a
/// dependent column out, this refuses and names it.
struct Factorisation {
  /// Why a matrix has no factors.
  struct Singularity: Error, Equatable {
    /// The first row that adds nothing to the rows before it.
    var row: Int
  }

  private let order: Int
  private let scale: [Double]
  private var lower: [Double]
  private var pivots: [Double]

  /// The smallest pivot accepted: below it 99.999 999 99 % of a variable are the others'.
  static let smallestPivot = 1e-10

  init(
    _ matrix: SymmetricMatrix, smallestPivot: Double = Factorisation.smallestPivot
  ) throws(Singularity) {
    order = matrix.order
    var scale: [Double] = []
    for row in 0..<order {
      let diagonal = matrix[row, row]
      guard diagonal > 0, diagonal.isFinite else { throw Singularity(row: row) }
      scale.append(1 / diagonal.squareRoot())
    }
    self.scale = scale
    lower = [Double](repeating: 0, count: order * order)
    pivots = [Double](repeating: 0, count: order)
    for row in 0..<order {
      for column in 0..<row {
        var value = matrix[row, column] * scale[row] * scale[column]
        for k in 0..<column {
          value -= lower[row * order + k] * pivots[k] * lower[column * order + k]
        }
        lower[row * order + column] = value / pivots[column]
      }
      var pivot = 1.0
      for k in 0..<row { pivot -= lower[row * order + k] * lower[row * order + k] * pivots[k] }
      guard pivot > smallestPivot else { throw Singularity(row: row) }
      pivots[row] = pivot
    }
  }

  /// The logarithm of the determinant.
  var logDeterminant: Double {
    zip(pivots, scale).reduce(0) { $0 + log($1.0) - 2 * log($1.1) }
  }

  /// The solution of `matrix · x = right`.
  func solve(_ right: [Double]) -> [Double] {
    var x = (0..<order).map { right[$0] * scale[$0] }
    for row in 0..<order {
      for k in 0..<row { x[row] -= lower[row * order + k] * x[k] }
    }
    for row in 0..<order { x[row] /= pivots[row] }
    for row in (0..<order).reversed() {
      for k in row + 1..<max(order, row + 1) { x[row] -= lower[k * order + row] * x[k] }
    }
    return (0..<order).map { x[$0] * scale[$0] }
  }

  /// The inverse of the matrix.
  func inverse() -> SymmetricMatrix {
    var inverse = SymmetricMatrix(order: order)
    for column in 0..<order {
      var unit = [Double](repeating: 0, count: order)
      unit[column] = 1
      let solution = solve(unit)
      for row in column..<order { inverse[row, column] = solution[row] }
    }
    return inverse
  }
}
