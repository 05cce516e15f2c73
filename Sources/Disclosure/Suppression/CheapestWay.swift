import LinearPrograms

/// The cheapest way to another population in which an object has another value: whatever printed cell
/// that population changes has to be hidden.
///
/// A linear program over the people of the classes, in which every printed cell may differ from its
/// number at a price for each person. What it costs nothing to change is hidden already.
struct CheapestWay: ~Copyable {
  private let system: CellSystem
  private var solver: SimplexSolver
  /// The columns by which each group exceeds its number, and falls short of it.
  private let more: [Int]
  private let less: [Int]
  /// The row of each object that is no group, by its classes.
  private let rows: [[Int]: Int]
  private let ceiling: Double

  /// Prepares the ways of some objects.
  init(_ system: CellSystem, objects: [ProtectedObject]) {
    self.system = system
    let ceiling = Double(AttackerProgram.ceiling(of: system))
    self.ceiling = ceiling
    var program = LinearProgram()
    for _ in system.truth { program.addColumn(.init(0, ceiling)) }
    var more: [Int] = []
    var less: [Int] = []
    for group in system.groups {
      let most = group.most.map { Double($0 - group.value) } ?? ceiling
      more.append(program.addColumn(.init(0, most)))
      less.append(program.addColumn(.init(0, Double(group.value - group.least))))
      let terms = group.classes.map { LinearProgram.Term($0) }
      program.addRow(
        terms + [.init(more[more.count - 1], times: -1), .init(less[less.count - 1])],
        .exactly(Double(group.value)))
    }
    var rows: [[Int]: Int] = [:]
    for object in objects where object.group == nil && rows[object.classes] == nil {
      rows[object.classes] = program.addRow(object.classes.map { .init($0) }, .free)
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
      changed.append((column, solver.bounds.columns[column]))
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
        to: direction == .greatest ? .atLeast(Double(number)) : .init(0, Double(number)))
    } else if let group = object.group {
      let (own, distance) =
        direction == .greatest
        ? (more[group], number - object.value) : (less[group], object.value - number)
      let bounds = solver.bounds.columns[own]
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
