/// A small dense matrix, rows one after the other.
///
/// For covariance and information matrices of a few dozen columns; nothing here is meant for large
/// ones.
public struct Matrix: Equatable, Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The elements, row by row.
  public private(set) var elements: [Double]

  /// A matrix of zeros.
  public init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, elements: [Double](repeating: 0, count: rows * columns))
  }

  /// A matrix of given elements, row by row.
  ///
  /// - Precondition: There are `rows * columns` elements.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(elements.count == rows * columns, "elements do not fill the matrix")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// The square matrix with ones on its diagonal.
  public static func identity(_ size: Int) -> Matrix {
    var matrix = Matrix(rows: size, columns: size)
    for index in 0..<size { matrix[index, index] = 1 }
    return matrix
  }

  /// One element.
  public subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// The diagonal of a square matrix.
  public var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

  /// Rows and columns exchanged.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }

  /// The chosen rows and columns, in the order given.
  public func submatrix(_ chosen: [Int]) -> Matrix {
    Matrix(
      rows: chosen.count, columns: chosen.count,
      elements: chosen.flatMap { row in chosen.map { self[row, $0] } })
  }

  /// The matrix product.
  public static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.columns == right.rows, "matrices do not fit")
    var product = Matrix(rows: left.rows, columns: right.columns)
    for row in 0..<left.rows {
      for middle in 0..<left.columns {
        let factor = left[row, middle]
        if factor == 0 { continue }
        for column in 0..<right.columns { product[row, column] += factor * right[middle, column] }
      }
    }
    return product
  }

  /// The matrix times a column.
  public static func * (left: Matrix, right: [Double]) -> [Double] {
    precondition(left.columns == right.count, "matrix and column do not fit")
    return (0..<left.rows).map { row in
      var sum = CompensatedSum()
      for column in right.indices { sum.add(left[row, column] * right[column]) }
      return sum.value
    }
  }

  /// The sum of two matrices of one shape.
  public static func + (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.rows == right.rows && left.columns == right.columns, "other shapes")
    return Matrix(
      rows: left.rows, columns: left.columns, elements: zip(left.elements, right.elements).map(+))
  }
}
