import LinearPrograms

/// Looks for the population nearest to the true one in which a group has so many people more.
///
/// Columns are differences of open classes, one upwards and one downwards, and what is minimised is always
/// their sum. So the last basis stays good for the next question, and what is found changes few groups:
/// printing one of the others spoils no proof.
struct NearestProgram: ~Copyable {
  private let open: OpenClasses
  private var solver: SimplexSolver
  private var hidden: [Bool]
  private let ceiling: Int64

  private var system: CellSystem { open.system }

  /// The knowledge that comes with a pattern.
  init(_ open: OpenClasses, hidden: [Bool]) {
    var program = LinearProgram()
    for _ in open.classOfColumn {
      program.addColumn(.init(0, 0))
      program.addColumn(.init(0, 0))
    }
    for columns in open.rows {
      program.addRow(
        columns.flatMap { [.init(2 * $0), .init(2 * $0 + 1, times: -1)] }, .free)
    }
    self.open = open
    self.hidden = hidden
    ceiling = AttackerProgram.ceiling(of: open.system)
    solver = SimplexSolver(program, minimising: program.columns.indices.map { .init($0) })
    for row in open.system.groups.indices where open.rowOfGroup[row] != nil { bound(row) }
    for column in open.classOfColumn.indices { bound(column: column) }
  }

  /// Prints a group from now on, or hides it again.
  mutating func setHidden(_ isHidden: Bool, group: Int) {
    guard hidden[group] != isHidden else { return }
    hidden[group] = isHidden
    bound(group)
    if let column = open.columnOfGroup[group] { bound(column: column) }
  }

  private mutating func bound(_ group: Int) {
    guard let row = open.rowOfGroup[group] else { return }
    let (least, most) = open.rowLimits(of: group, hidden: hidden)
    let value = open.rows[row].reduce(0) { $0 + system.truth[open.classOfColumn[$1]] }
    solver.bound(
      row: row,
      to: .init(
        least.map { Double($0 - value) } ?? -.infinity, most.map { Double($0 - value) } ?? .infinity
      ))
  }

  private mutating func bound(column: Int) {
    let value = system.truth[open.classOfColumn[column]]
    let (least, most) = open.columnLimits(of: column, hidden: hidden)
    solver.bound(column: 2 * column, to: .init(0, Double((most ?? ceiling) - value)))
    solver.bound(column: 2 * column + 1, to: .init(0, Double(value - least)))
  }

  /// What came of a question.
  enum Answer {
    /// The nearest such population.
    case population(Population)
    /// No such population exists, nor would one with parts of people.
    case nobody
    /// Whole numbers do not come of themselves.
    case inParts
  }

  /// The nearest population in which a group has at least so many people more than in truth, or less where
  /// the number is negative; nil where the group is no question for this program.
  mutating func population(
    changing group: Int, by difference: Int64
  ) -> Answer? {
    guard difference != 0, hidden[group] else { return nil }
    if let column = open.columnOfGroup[group] {
      let own = difference > 0 ? 2 * column : 2 * column + 1
      let bounds = solver.bounds(ofColumn: own)
      guard bounds.upper >= Double(difference.magnitude) else { return .nobody }
      solver.bound(column: own, to: .init(Double(difference.magnitude), bounds.upper))
      defer { solver.bound(column: own, to: bounds) }
      return nearest()
    }
    guard let row = open.rowOfGroup[group] else { return nil }
    let bounds = solver.bounds(ofRow: row)
    guard difference > 0 ? bounds.upper >= Double(difference) : bounds.lower <= Double(difference)
    else { return .nobody }
    solver.bound(
      row: row,
      to: difference > 0
        ? .init(Double(difference), bounds.upper) : .init(bounds.lower, Double(difference)))
    defer { solver.bound(row: row, to: bounds) }
    return nearest()
  }

  private mutating func nearest() -> Answer {
    let optimum: SimplexSolver.Optimum
    do { optimum = try solver.nextOptimum() } catch {
      // Where the solver gave up, another program has to say.
      return error == .infeasible ? .nobody : .inParts
    }
    var changes: [(number: Int, by: Int64)] = []
    for (column, number) in open.classOfColumn.enumerated() {
      let by = optimum.columns[2 * column] - optimum.columns[2 * column + 1]
      guard abs(by) > 1e-6 else { continue }
      guard abs(by - by.rounded()) < 1e-6 else { return .inParts }
      changes.append((number, Int64(by.rounded())))
    }
    return .population(Population(changes: changes, in: system))
  }
}
