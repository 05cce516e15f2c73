import LinearPrograms

/// A table of multiples of a base that adds up, as near to the true one as can be.
public struct ControlledRounding: Equatable, Sendable {
  /// The rounded cells.
  public let cells: [Int64]
  /// By how many multiples a cell may lie beyond its two neighbours; 0 in most tables.
  public let steps: Int

  /// Rounds every cell to the multiple of the base below or above it so that all sums stay sums.
  ///
  /// Multiples stay as they are. Tables of three and more dimensions may have no such rounding; then
  /// cells may go one multiple further, and again. Among equally near ones the keys decide.
  ///
  /// - Parameters:
  ///   - table: the true table.
  ///   - base: at least 2.
  ///   - keys: a number for every cell that nobody knows, such as ``KeyedTable/keys``.
  /// - Throws: ``DisclosureError/solver(_:)`` when the solver fails.
  public init(_ table: CountTable, base: Int64, keys: [UInt64]) throws(DisclosureError) {
    precondition(base >= 2 && keys.count == table.counts.count)
    try DisclosureError.checkSolvers()
    var steps = 0
    while true {
      do {
        cells = try Self.rounded(table, base: base, keys: keys, steps: Int64(steps))
        break
      } catch {
        guard error == .infeasible, steps < 3 else { throw DisclosureError(error) }
        steps += 1
      }
    }
    self.steps = steps
  }

  private static func rounded(
    _ table: CountTable, base: Int64, keys: [UInt64], steps: Int64
  ) throws(LinearProgramError) -> [Int64] {
    var program = LinearProgram()
    var objective: [LinearProgram.Term] = []
    var multiples: [Int64] = []
    for (count, key) in zip(table.counts, keys) {
      let (whole, rest) = (count / base, count % base)
      let isOpen = rest != 0 ? Int64(1) : 0
      // Bounded to the two neighbours, and beyond them only at a price.
      let column = program.addColumn(.init(0, Double(isOpen)))
      let most = isOpen * steps
      let up = program.addColumn(.init(0, Double(most)))
      let down = program.addColumn(.init(0, Double(min(most, whole))))
      let tie = Double(key >> 32) / 4_294_967_296 / 64
      objective.append(.init(column, times: Double(base - 2 * rest) + tie))
      objective.append(.init(up, times: 2 * Double(base)))
      objective.append(.init(down, times: 2 * Double(base)))
      multiples.append(whole)
    }
    for equation in table.shape.equations() {
      let start = equation.children.reduce(-multiples[equation.parent]) { $0 + multiples[$1] }
      let terms = ([equation.parent] + equation.children).enumerated().flatMap { place, cell in
        let sign = place == 0 ? 1.0 : -1
        return [
          LinearProgram.Term(3 * cell, times: sign), .init(3 * cell + 1, times: sign),
          .init(3 * cell + 2, times: -sign),
        ]
      }
      program.addRow(terms, .exactly(Double(start)))
    }
    guard let found = try program.wholeOptimum(.least, of: objective, nodes: 2_000) else {
      throw .infeasible
    }
    return multiples.indices.map { cell in
      let step =
        found.columns[3 * cell] + found.columns[3 * cell + 1] - found.columns[3 * cell + 2]
      return base * (multiples[cell] + step)
    }
  }
}
