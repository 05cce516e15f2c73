import CCoin

/// A linear program held ready for many objectives, each solved from where the last one ended.
///
/// Bounds of columns and rows can be changed in between. Not for two threads at once: a value that
/// cannot be copied belongs to one of them. The corresponding C functions are `Clp_newModel` and
/// `Clp_primal` of COIN-OR CLP.
@safe public struct SimplexSolver: ~Copyable {
  private let model: UnsafeMutableRawPointer
  private let program: LinearProgram
  private var columns: Limits
  private var rows: Limits
  private var boundsChanged = false
  /// The objective of ``nextOptimum()``.
  private let objective: [LinearProgram.Term]

  /// Bounds as the solver wants them.
  private struct Limits {
    var lower: [Double]
    var upper: [Double]

    init(_ bounds: [LinearProgram.Bounds]) {
      lower = bounds.map(\.lower)
      upper = bounds.map(\.upper)
    }

    subscript(place: Int) -> LinearProgram.Bounds {
      get { .init(lower[place], upper[place]) }
      set { (lower[place], upper[place]) = (newValue.lower, newValue.upper) }
    }

    var all: [LinearProgram.Bounds] { zip(lower, upper).map { .init($0, $1) } }
  }

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
  ///
  /// - Parameter objective: what ``nextOptimum()`` minimises.
  public init(_ program: LinearProgram, minimising objective: [LinearProgram.Term] = []) {
    guard let model = unsafe coin_Clp_newModel() else {
      preconditionFailure("no memory for a program")
    }
    unsafe self.model = unsafe model
    self.program = program
    self.objective = objective
    columns = Limits(program.columns)
    rows = Limits(program.rows)
    unsafe coin_Clp_setLogLevel(model, 0)
    // Entries are small whole numbers, and scaling would be done anew for each objective.
    unsafe coin_Clp_scaling(model, 0)
    let entries = program.columnwise()
    unsafe coin_Clp_loadProblem(
      model, CInt(program.columns.count), CInt(program.rows.count), entries.starts, entries.rows,
      entries.coefficients, program.columns.map(\.lower), program.columns.map(\.upper),
      program.dense(objective), program.rows.map(\.lower),
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
    startAgainIfStuck()
    return try outcome(direction, objective)
  }

  /// The least value of the objective that the solver was made with, when only bounds have changed since
  /// it was last asked: then the last basis is nearly the next one.
  ///
  /// Not to be mixed with ``optimum(_:of:)``.
  public mutating func nextOptimum() throws(LinearProgramError) -> Optimum {
    passBounds()
    _ = unsafe coin_Clp_dual(model, 0)
    startAgainIfStuck()
    return try outcome(.least, objective)
  }

  /// Where the last basis led nowhere, numerically, starts from none.
  private func startAgainIfStuck() {
    // 0 to 2: an optimum, no solution, or no end.
    guard unsafe !(0...2).contains(coin_Clp_status(model)) else { return }
    _ = unsafe coin_Clp_initialSolve(model)
  }

  private func outcome(
    _ direction: Direction, _ objective: [LinearProgram.Term]
  ) throws(LinearProgramError) -> Optimum {
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
    (columns.all, rows.all)
  }

  /// The interval that a column lies in now.
  public func bounds(ofColumn column: Int) -> LinearProgram.Bounds { columns[column] }

  /// The interval that a row lies in now.
  public func bounds(ofRow row: Int) -> LinearProgram.Bounds { rows[row] }

  private mutating func passBounds() {
    guard boundsChanged else { return }
    unsafe coin_Clp_chgColumnLower(model, columns.lower)
    unsafe coin_Clp_chgColumnUpper(model, columns.upper)
    unsafe coin_Clp_chgRowLower(model, rows.lower)
    unsafe coin_Clp_chgRowUpper(model, rows.upper)
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
