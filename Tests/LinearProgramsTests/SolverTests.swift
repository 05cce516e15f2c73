import LinearPrograms
import TestSupport
import Testing

@Suite("A linear program")
struct SolverTests {
  /// x + y ≤ 4, x + 3y ≤ 6, both at least 0.
  private func program() -> LinearProgram {
    var program = LinearProgram()
    let x = program.addColumn(.atLeast(0))
    let y = program.addColumn(.atLeast(0))
    program.addRow([.init(x), .init(y)], .init(-.infinity, 4))
    program.addRow([.init(x), .init(y, times: 3)], .init(-.infinity, 6))
    return program
  }

  @Test("is solved for one objective after the other")
  func objectives() throws {
    var solver = SimplexSolver(program())
    let both = try solver.optimum(.greatest, of: [.init(0, times: 3), .init(1, times: 5)])
    #expect(abs(both.value - 14) < 1e-9)
    #expect(abs(both.columns[0] - 3) < 1e-9 && abs(both.columns[1] - 1) < 1e-9)
    #expect(abs(both.rowPrices[0] - 2) < 1e-9 && abs(both.rowPrices[1] - 1) < 1e-9)
    let second = try solver.optimum(.greatest, of: [.init(1)])
    #expect(abs(second.value - 2) < 1e-9)
    let least = try solver.optimum(.least, of: [.init(0), .init(1)])
    #expect(least.value == 0)
  }

  @Test("keeps one objective while bounds change")
  func boundsOnly() throws {
    var program = program()
    let row = program.addRow([.init(0), .init(1)], .free)
    var solver = SimplexSolver(program, minimising: [.init(0, times: 2), .init(1, times: 3)])
    #expect(try solver.nextOptimum().value == 0)
    solver.bound(row: row, to: .atLeast(1))
    #expect(abs(try solver.nextOptimum().value - 2) < 1e-9)
    solver.bound(column: 0, to: .exactly(0))
    let second = try solver.nextOptimum()
    #expect(abs(second.value - 3) < 1e-9 && abs(second.columns[1] - 1) < 1e-9)
    #expect(solver.bounds(ofColumn: 0) == .exactly(0) && solver.bounds(ofRow: row) == .atLeast(1))
    solver.bound(row: row, to: .atLeast(9))
    #expect(throws: LinearProgramError.infeasible) { try solver.nextOptimum() }
    solver.bound(row: row, to: .free)
    let last = try solver.nextOptimum()
    #expect(abs(last.value) < 1e-9, "\(last)")
  }

  @Test("says when an objective has no end, and when nothing meets the bounds")
  func ends() throws {
    var program = LinearProgram()
    let x = program.addColumn(.atLeast(1))
    let y = program.addColumn(.atLeast(1))
    program.addRow([.init(x), .init(y, times: -1)], .exactly(0))
    var solver = SimplexSolver(program)
    let endless = try solver.optimum(.greatest, of: [.init(x)])
    #expect(endless.value == .infinity && endless.columns.isEmpty)
    solver.bound(column: y, to: .exactly(0))
    #expect(throws: LinearProgramError.infeasible) { try solver.optimum(.least, of: [.init(x)]) }
    solver.bound(column: y, to: .exactly(9))
    let bound = try solver.optimum(.greatest, of: [.init(x)])
    #expect(abs(bound.value - 9) < 1e-9)
  }

  @Test("has another optimum among whole numbers")
  func wholeNumbers() throws {
    var program = LinearProgram()
    let x = program.addColumn(.init(0, 10))
    let y = program.addColumn(.init(0, 10))
    program.addRow([.init(x, times: 2), .init(y, times: 2)], .init(-.infinity, 7))
    let found = try program.wholeOptimum(.greatest, of: [.init(x), .init(y)])
    let best = try #require(found)
    #expect(best.isProven)
    #expect(best.columns.reduce(0, +) == 3)
    program.addRow([.init(x, times: 2)], .exactly(3))
    #expect(throws: LinearProgramError.infeasible) {
      try program.wholeOptimum(.greatest, of: [.init(x)])
    }
  }

  @Test("agrees with counting through small boxes", arguments: 0..<40)
  func counting(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var program = LinearProgram()
    for _ in 0..<3 { program.addColumn(.init(0, 6)) }
    var rows: [([Double], Double)] = []
    for _ in 0..<3 {
      let coefficients = (0..<3).map { _ in Double(Int.random(in: -2...3, using: &generator)) }
      let limit = Double(Int.random(in: 0...9, using: &generator))
      rows.append((coefficients, limit))
      program.addRow(
        coefficients.enumerated().map { .init($0.offset, times: $0.element) },
        .init(-.infinity, limit))
    }
    let objective = (0..<3).map { _ in Double(Int.random(in: -3...3, using: &generator)) }
    var best = -Double.infinity
    for code in 0..<343 {
      let x = [code % 7, code / 7 % 7, code / 49].map(Double.init)
      func sum(_ row: [Double]) -> Double { zip(row, x).map(*).reduce(0, +) }
      if rows.allSatisfy({ sum($0.0) <= $0.1 }) { best = max(best, sum(objective)) }
    }
    let terms = objective.enumerated().map { LinearProgram.Term($0.offset, times: $0.element) }
    let found = try program.wholeOptimum(.greatest, of: terms)
    let whole = try #require(found, "seed \(seed)")
    let value = zip(objective, whole.columns).map { $0 * Double($1) }.reduce(0, +)
    #expect(whole.isProven && value == best, "seed \(seed)")
    var solver = SimplexSolver(program)
    let loose = try solver.optimum(.greatest, of: terms)
    #expect(loose.value >= best - 1e-6, "seed \(seed)")
  }
}
