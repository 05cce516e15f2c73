import LinearPrograms

/// The cheapest way to another population in which an object has another value: whatever printed cell
/// that population changes has to be hidden.
///
/// A linear program over differences: by how much each group exceeds its number or falls short of it,
/// at a price for each person. Groups are sums of smaller ones, as the table's sums say, so that rows are
/// short. What it costs nothing to change is hidden already.
struct CheapestWay: ~Copyable {
  private let system: CellSystem
  private var solver: SimplexSolver
  /// The columns by which each group exceeds its number, and falls short of it.
  private let more: [Int]
  private let less: [Int]
  /// The row of each object that is no group, by its classes: its difference.
  private let rows: [[Int]: Int]
  private let ceiling: Double

  /// Prepares the ways of some objects.
  init(_ system: CellSystem, objects: [ProtectedObject]) {
    self.system = system
    let ceiling = Double(AttackerProgram.ceiling(of: system))
    self.ceiling = ceiling
    var program = LinearProgram()
    var more: [Int] = []
    var less: [Int] = []
    var classColumns = [(more: Int, less: Int)?](repeating: nil, count: system.truth.count)
    for group in system.groups {
      let most = group.most.map { Double($0 - group.value) } ?? ceiling
      more.append(program.addColumn(.init(0, most)))
      less.append(program.addColumn(.init(0, Double(group.value - group.least))))
      if group.classes.count == 1 {
        classColumns[group.classes[0]] = (more.last ?? 0, less.last ?? 0)
      }
    }
    // A class that is no cell of its own is never hidden or printed by itself.
    let ofClass = classColumns.enumerated().map { number, columns in
      columns
        ?? (
          more: program.addColumn(.init(0, ceiling)),
          less: program.addColumn(.init(0, Double(system.truth[number])))
        )
    }
    func terms(_ columns: (more: Int, less: Int), _ sign: Double = 1) -> [LinearProgram.Term] {
      [.init(columns.more, times: sign), .init(columns.less, times: -sign)]
    }
    let sums = system.sums
    for (number, group) in system.groups.enumerated() where group.classes.count > 1 {
      let sum =
        sums[number].min { $0.count < $1.count }?.flatMap { terms((more[$0], less[$0])) }
        ?? group.classes.flatMap { terms(ofClass[$0]) }
      program.addRow(sum + terms((more[number], less[number]), -1), .exactly(0))
    }
    var rows: [[Int]: Int] = [:]
    for object in objects where object.group == nil && rows[object.classes] == nil {
      rows[object.classes] = program.addRow(object.classes.flatMap { terms(ofClass[$0]) }, .free)
    }
    self.more = more
    self.less = less
    self.rows = rows
    solver = SimplexSolver(program)
  }

  /// A way: what it costs, and the groups that it changes.
  struct Way {
    let cost: Double
    let groups: [Int]
  }

  /// The cheapest way to a population in which an object is at least, or at most, a number; nil where
  /// there is none.
  ///
  /// - Parameters:
  ///   - direction: whether the object has to be as large as the number, or as small.
  ///   - costs: what a person more or less in each group costs; nil for groups that must not change.
  mutating func way(
    _ direction: Direction, of object: ProtectedObject, to number: Int64, costs: [Double?]
  ) throws(DisclosureError) -> Way? {
    var objective: [LinearProgram.Term] = []
    var changed: [(column: Int, bounds: LinearProgram.Bounds)] = []
    func bound(_ column: Int, _ bounds: LinearProgram.Bounds) {
      changed.append((column, solver.bounds(ofColumn: column)))
      solver.bound(column: column, to: bounds)
    }
    for (group, cost) in costs.enumerated() {
      guard let cost, !object.knowing.contains(group) else {
        bound(more[group], .exactly(0))
        bound(less[group], .exactly(0))
        continue
      }
      if cost > 0 {
        objective.append(.init(more[group], times: cost))
        objective.append(.init(less[group], times: cost))
      }
    }
    let row = rows[object.classes]
    if let row {
      solver.bound(
        row: row,
        to: direction == .greatest
          ? .atLeast(Double(number - object.value)) : .init(-ceiling, Double(number - object.value))
      )
    } else if let group = object.group {
      let (own, distance) =
        direction == .greatest
        ? (more[group], number - object.value) : (less[group], object.value - number)
      let bounds = solver.bounds(ofColumn: own)
      guard Double(distance) <= bounds.upper else { return restored(changed, row) }
      bound(own, .init(max(0, Double(distance)), bounds.upper))
    }
    let optimum: SimplexSolver.Optimum
    do { optimum = try solver.optimum(.least, of: objective) } catch {
      guard error == .infeasible else { throw DisclosureError(error) }
      return restored(changed, row)
    }
    let groups = system.groups.indices.filter {
      optimum.columns[more[$0]] + optimum.columns[less[$0]] > 1e-6
        && abs(optimum.columns[more[$0]] - optimum.columns[less[$0]]) > 1e-6
    }
    _ = restored(changed, row)
    return Way(cost: optimum.value, groups: groups)
  }

  /// Takes back what was bounded for one way.
  private mutating func restored(
    _ changed: [(column: Int, bounds: LinearProgram.Bounds)], _ row: Int?
  ) -> Way? {
    for (column, bounds) in changed.reversed() { solver.bound(column: column, to: bounds) }
    if let row { solver.bound(row: row, to: .free) }
    return nil
  }
}
