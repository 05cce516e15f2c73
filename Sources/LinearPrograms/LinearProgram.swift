import CCoin

/// Columns between bounds, and rows that add multiples of columns and lie between bounds too.
///
/// The objective is no part of it: one program is asked for many of them.
///
///     var program = LinearProgram()
///     let x = program.addColumn(.atLeast(0))
///     let y = program.addColumn(.atLeast(0))
///     program.addRow([.init(x), .init(y)], .exactly(7))
public struct LinearProgram: Sendable {
  /// The closed interval that a column or a row may lie in.
  public struct Bounds: Equatable, Sendable {
    /// The smallest value, minus infinity when there is none.
    public var lower: Double
    /// The largest value, infinity when there is none.
    public var upper: Double

    /// The interval with these ends, both included.
    public init(_ lower: Double, _ upper: Double) {
      self.lower = lower
      self.upper = upper
    }

    /// This one value.
    public static func exactly(_ value: Double) -> Bounds { Bounds(value, value) }

    /// This value and everything above it.
    public static func atLeast(_ value: Double) -> Bounds { Bounds(value, .infinity) }

    /// Every number.
    public static let free = Bounds(-.infinity, .infinity)
  }

  /// A multiple of one column.
  public struct Term: Equatable, Sendable {
    /// The number of the column, from 0.
    public var column: Int
    /// What the column is multiplied by.
    public var coefficient: Double

    /// A column, multiplied by 1 unless said otherwise.
    public init(_ column: Int, times coefficient: Double = 1) {
      self.column = column
      self.coefficient = coefficient
    }
  }

  /// The bounds of the columns, in the order in which they were added.
  public private(set) var columns: [Bounds] = []
  /// The bounds of the rows, in the order in which they were added.
  public private(set) var rows: [Bounds] = []
  private var entries: [[Term]] = []

  /// Whether the solvers can be loaded on this machine: COIN-OR CLP and CBC.
  public static var canBeSolved: Bool { coin_isInstalled() != 0 }

  /// A program without columns and rows.
  public init() {}

  /// Adds a column and gives its number.
  @discardableResult
  public mutating func addColumn(_ bounds: Bounds) -> Int {
    columns.append(bounds)
    return columns.count - 1
  }

  /// Adds a row over columns that are there, each named once, and gives its number.
  @discardableResult
  public mutating func addRow(_ terms: [Term], _ bounds: Bounds) -> Int {
    precondition(terms.allSatisfy { columns.indices.contains($0.column) })
    rows.append(bounds)
    entries.append(terms)
    return rows.count - 1
  }

  /// The same entries between other bounds, one a column and one a row.
  public func bounded(columns: [Bounds], rows: [Bounds]) -> LinearProgram {
    precondition(columns.count == self.columns.count && rows.count == self.rows.count)
    var program = self
    program.columns = columns
    program.rows = rows
    return program
  }

  /// The entries column by column, as the solvers want them.
  func columnwise() -> (starts: [CInt], rows: [CInt], coefficients: [Double]) {
    var starts = [CInt](repeating: 0, count: columns.count + 1)
    for term in entries.joined() { starts[term.column + 1] += 1 }
    for column in columns.indices { starts[column + 1] += starts[column] }
    let count = Int(starts[columns.count])
    var rows = [CInt](repeating: 0, count: count)
    var coefficients = [Double](repeating: 0, count: count)
    var free = starts
    for (row, terms) in entries.enumerated() {
      for term in terms {
        let place = Int(free[term.column])
        rows[place] = CInt(row)
        coefficients[place] = term.coefficient
        free[term.column] += 1
      }
    }
    return (starts, rows, coefficients)
  }

  /// An objective as one coefficient a column.
  func dense(_ objective: [Term]) -> [Double] {
    var dense = [Double](repeating: 0, count: columns.count)
    for term in objective { dense[term.column] += term.coefficient }
    return dense
  }
}

/// Which end of the objective is looked for.
public enum Direction: Sendable {
  /// The smallest value.
  case least
  /// The largest value.
  case greatest

  var sign: Double { self == .least ? 1 : -1 }
}

/// What a solver could not do.
public enum LinearProgramError: Error, Equatable, Sendable {
  /// No values of the columns meet all bounds.
  case infeasible
  /// The solver gave up; the text says which one, and its own status.
  case unsolved(String)
}

extension LinearProgramError: CustomStringConvertible {
  /// What happened, in plain English.
  public var description: String {
    switch self {
    case .infeasible: "the conditions contradict each other"
    case .unsolved(let status): "the solver gave up (\(status))"
    }
  }
}
