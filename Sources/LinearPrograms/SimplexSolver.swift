import CCoin

/// A linear program held ready for many objectives, each solved from where the last one ended.
///
/// Bounds of columns and rows can be changed in between. Not for two threads at once: a value that
/// cannot be copied belongs to one of them. The corresponding C functions are `Clp_newModel` and
/// `Clp_primal` of COIN-OR CLP.
@safe public struct SimplexSolver: ~Copyable {
  private let model: UnsafeMutableRawPointer
  private let program: LinearProgram
  private var columns: [LinearProgram.Bounds]
  private var rows: [LinearProgram.Bounds]
  private var boundsChanged = false

  /// Where an objective is best.
  public struct Optimum: Sendable {
    /// The objective's value; infinite when nothing holds it.
    public let value: Double
    /// The value of each column; empty when the objective has no end.
    public let columns: [Double]
    /// By how much the objective would change with each row's bound; empty as above.
    public let rowPrices: [Double]
    /// By how much the objective would change with each column's bound; empty as above.
    public let columnPrices: [Double]
  }

  /// Loads a program.
  public init(_ program: LinearProgram) {
    guard let model = unsafe coin_Clp_newModel() else {
      preconditionFailure("no memory for a program")
    }
    unsafe self.model = unsafe model
    self.program = program
    self.columns = program.columns
    self.rows = program.rows
    unsafe coin_Clp_setLogLevel(model, 0)
    let entries = program.columnwise()
    unsafe coin_Clp_loadProblem(
      model, CInt(program.columns.count), CInt(program.rows.count), entries.starts, entries.rows,
      entries.coefficients, program.columns.map(\.lower), program.columns.map(\.upper),
      [Double](repeating: 0, count: program.columns.count), program.rows.map(\.lower),
      program.rows.map(\.upper))
  }

  deinit { unsafe coin_Clp_deleteModel(model) }

  /// Lets a column lie in another interval from now on.
  public mutating func bound(column: Int, to bounds: LinearProgram.Bounds) {
    columns[column] = bounds
    boundsChanged = true
  }

  /// Lets a row lie in another interval from now on.
  public mutating func bound(row: Int, to bounds: LinearProgram.Bounds) {
    rows[row] = bounds
    boundsChanged = true
  }

  /// The best value of an objective and where it is attained, or infinity when there is no end.
  public mutating func optimum(
    _ direction: Direction, of objective: [LinearProgram.Term]
  ) throws(LinearProgramError) -> Optimum {
    passBounds()
    unsafe coin_Clp_chgObjCoefficients(model, program.dense(objective))
    unsafe coin_Clp_setOptimizationDirection(model, direction.sign)
    _ = unsafe coin_Clp_primal(model, 0)
    if unsafe coin_Clp_isProvenOptimal(model) != 0 { return solution(objective) }
    if unsafe coin_Clp_isProvenPrimalInfeasible(model) != 0 { throw .infeasible }
    if unsafe coin_Clp_isProvenDualInfeasible(model) != 0 {
      return Optimum(
        value: direction == .least ? -.infinity : .infinity, columns: [], rowPrices: [],
        columnPrices: [])
    }
    throw .unsolved("CLP, status \(unsafe coin_Clp_status(model))")
  }

  /// The same program with the bounds of now, for a solver of another kind.
  public var bounds: (columns: [LinearProgram.Bounds], rows: [LinearProgram.Bounds]) {
    (columns, rows)
  }

  private mutating func passBounds() {
    guard boundsChanged else { return }
    unsafe coin_Clp_chgColumnLower(model, columns.map(\.lower))
    unsafe coin_Clp_chgColumnUpper(model, columns.map(\.upper))
    unsafe coin_Clp_chgRowLower(model, rows.map(\.lower))
    unsafe coin_Clp_chgRowUpper(model, rows.map(\.upper))
    boundsChanged = false
  }

  private func solution(_ objective: [LinearProgram.Term]) -> Optimum {
    let values = unsafe copy(coin_Clp_getColSolution(model), program.columns.count)
    return Optimum(
      value: objective.reduce(0) { $0 + $1.coefficient * values[$1.column] }, columns: values,
      rowPrices: unsafe copy(coin_Clp_getRowPrice(model), program.rows.count),
      columnPrices: unsafe copy(coin_Clp_getReducedCost(model), program.columns.count))
  }
}

/// Numbers that a solver owns, before it changes them.
@unsafe func copy(_ numbers: UnsafePointer<Double>?, _ count: Int) -> [Double] {
  unsafe Array(UnsafeBufferPointer(start: numbers, count: numbers == nil ? 0 : count))
}
