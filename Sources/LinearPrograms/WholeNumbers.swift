import CCoin
import Synchronization

extension LinearProgram {
  /// Where an objective is best among whole numbers.
  public struct WholeOptimum: Sendable {
    /// The value of each column, as a whole number.
    public let columns: [Int64]
    /// Whether nothing better exists; false when the search was cut off.
    public let isProven: Bool
  }

  /// The best whole-number values for an objective, or nil when the search found none in time.
  ///
  /// - Parameters:
  ///   - direction: which end is looked for; the objective must have one.
  ///   - objective: multiples of columns.
  ///   - limit: how many nodes of the search tree are visited at most. A number of nodes, not of
  ///     seconds, so that the answer does not depend on the machine.
  /// - Throws: ``LinearProgramError/infeasible`` when no whole numbers meet the bounds.
  public func wholeOptimum(
    _ direction: Direction, of objective: [Term], nodes limit: Int = 20_000
  ) throws(LinearProgramError) -> WholeOptimum? {
    // CBC's C interface keeps state of the process.
    let found: Result<WholeOptimum?, LinearProgramError> = Self.cbc.withLock { _ in
      search(direction, of: objective, nodes: limit)
    }
    return try found.get()
  }

  private static let cbc = Mutex(())

  private func search(
    _ direction: Direction, of objective: [Term], nodes limit: Int
  ) -> Result<WholeOptimum?, LinearProgramError> {
    guard let model = unsafe coin_Cbc_newModel() else { return .failure(.unsolved("no memory")) }
    defer { unsafe coin_Cbc_deleteModel(model) }
    let entries = columnwise()
    unsafe coin_Cbc_setLogLevel(model, 0)
    unsafe coin_Cbc_loadProblem(
      model, CInt(columns.count), CInt(rows.count), entries.starts, entries.rows,
      entries.coefficients, columns.map(\.lower), columns.map(\.upper), dense(objective),
      rows.map(\.lower), rows.map(\.upper))
    unsafe coin_Cbc_setObjSense(model, direction.sign)
    for column in columns.indices { unsafe coin_Cbc_setInteger(model, CInt(column)) }
    for (name, value) in [("log", "0"), ("slog", "0"), ("maxN", "\(limit)"), ("ratio", "0")] {
      unsafe coin_Cbc_setParameter(model, name, value)
    }
    _ = unsafe coin_Cbc_solve(model)
    if unsafe coin_Cbc_isProvenInfeasible(model) != 0 { return .failure(.infeasible) }
    let isProven = unsafe coin_Cbc_isProvenOptimal(model) != 0
    // The values of a search without a result are not those of a solution.
    let value = unsafe coin_Cbc_getObjValue(model)
    guard isProven || abs(value) < 1e40 else { return .success(nil) }
    let values = unsafe copy(coin_Cbc_getColSolution(model), columns.count)
    let whole = values.map { Int64($0.rounded()) }
    return .success(WholeOptimum(columns: whole, isProven: isProven))
  }
}
