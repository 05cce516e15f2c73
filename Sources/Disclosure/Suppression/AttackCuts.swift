import LinearPrograms

/// Conditions that every safe pattern meets, found by attacking a pattern that does not.
///
/// Written from Fischetti and Salazar González, "Solving the cell suppression problem on tabular data with
/// linear constraints" (2001, doi:10.1287/mnsc.47.7.1008.9811). Each group may differ from its number as
/// far as it is hidden; how far an object then gets bounds it from above by multiples of what is hidden.
struct AttackCuts: ~Copyable {
  private let system: CellSystem
  private var solver: SimplexSolver
  /// The row or the column that holds each group.
  private let places: [Place]
  /// The row of each object that is no group, by its classes.
  private let rows: [[Int]: Int]
  private let ceiling: Double

  private enum Place {
    case row(Int)
    case column(Int)
  }

  /// The sum of these multiples of hidden groups is at least a number.
  struct Cut {
    var multiples: [Int: Double]
    var least: Double

    /// How much of it a pattern lacks.
    func shortage(_ hidden: [Double]) -> Double {
      multiples.sorted { $0.key < $1.key }.reduce(least) { $0 - $1.value * hidden[$1.key] }
    }
  }

  /// Prepares attacks on some objects.
  init(_ system: CellSystem, objects: [ProtectedObject]) {
    self.system = system
    ceiling = Double(AttackerProgram.ceiling(of: system))
    var program = LinearProgram()
    for value in system.truth { program.addColumn(.init(-Double(value), ceiling)) }
    places = system.groups.map { group in
      group.classes.count == 1
        ? .column(group.classes[0])
        : .row(program.addRow(group.classes.map { .init($0) }, .free))
    }
    var rows: [[Int]: Int] = [:]
    for object in objects where object.group == nil && rows[object.classes] == nil {
      rows[object.classes] = program.addRow(object.classes.map { .init($0) }, .free)
    }
    self.rows = rows
    solver = SimplexSolver(program)
  }

  /// How far below and above its number a hidden group may be.
  private func room(_ group: Int) -> (below: Double, above: Double) {
    let group = system.groups[group]
    return (
      Double(group.value - group.least), group.most.map { Double($0 - group.value) } ?? ceiling
    )
  }

  /// What a pattern lacks for one object after the other.
  ///
  /// - Parameters:
  ///   - hidden: how much of each group is hidden, from 0 to 1.
  ///   - objects: what is attacked; one that is hidden for others needs only as much as it is hidden.
  mutating func cuts(
    _ hidden: [Double], objects: [ProtectedObject]
  ) throws(DisclosureError) -> [Cut] {
    let isWhole = hidden.allSatisfy { $0 == 0 || $0 == 1 }
    // Of a part of a cell, more than what is asked for anyhow says nothing.
    let most = isWhole ? ceiling : Double(objects.map(\.demand.width).max() ?? 1)
    for group in system.groups.indices { bound(group, hidden[group], most: most) }
    var found: [Cut] = []
    for object in objects {
      let demand = object.demand
      let share = object.secondaryGroup.map { hidden[$0] } ?? 1
      guard share > 0 else { continue }
      for group in object.knowing { bound(group, 0, most: most) }
      let up = Double(max(0, demand.atLeast - object.value))
      let down = Double(max(0, object.value - demand.atMost))
      let width = Double(demand.width)
      let above = try attack(object, .greatest, enough: max(up, width), hidden)
      if above.reach < up * share - 1e-6 { add(above.cut, up, object, &found, hidden) }
      if above.reach < width * share - 1e-6 || down > 0 {
        let below = try attack(object, .least, enough: max(down, width), hidden)
        if below.reach < down * share - 1e-6 { add(below.cut, down, object, &found, hidden) }
        if above.reach + below.reach < width * share - 1e-6 {
          let both = Cut(
            multiples: above.cut.multiples.merging(below.cut.multiples, uniquingKeysWith: +),
            least: above.cut.least + below.cut.least)
          add(both, width, object, &found, hidden)
        }
      }
      for group in object.knowing { bound(group, hidden[group], most: most) }
    }
    return found
  }

  private mutating func bound(_ group: Int, _ hidden: Double, most: Double) {
    let room = room(group)
    let bounds = LinearProgram.Bounds(
      -min(room.below, most) * hidden, min(room.above, most) * hidden)
    switch places[group] {
    case .row(let row): solver.bound(row: row, to: bounds)
    case .column(let column): solver.bound(column: column, to: bounds)
    }
  }

  /// How far an object gets in one direction, and what holds it: the reach is at most the sum of the
  /// multiples, less the cut's number.
  private mutating func attack(
    _ object: ProtectedObject, _ direction: Direction, enough: Double, _ hidden: [Double]
  ) throws(DisclosureError) -> (reach: Double, cut: Cut) {
    let sign = direction == .greatest ? -1.0 : 1.0
    let own: Place = object.group.map { places[$0] } ?? .row(rows[object.classes] ?? 0)
    let before: LinearProgram.Bounds
    let capped = { (bounds: LinearProgram.Bounds) in
      LinearProgram.Bounds(max(bounds.lower, -enough), min(bounds.upper, enough))
    }
    switch own {
    case .row(let row):
      before = solver.bounds(ofRow: row)
      solver.bound(row: row, to: capped(before))
    case .column(let column):
      before = solver.bounds(ofColumn: column)
      solver.bound(column: column, to: capped(before))
    }
    let optimum: SimplexSolver.Optimum
    do {
      optimum = try solver.optimum(.least, of: object.classes.map { .init($0, times: sign) })
    } catch { throw DisclosureError(error) }
    switch own {
    case .row(let row): solver.bound(row: row, to: before)
    case .column(let column): solver.bound(column: column, to: before)
    }
    var cut = Cut(multiples: [:], least: 0)
    var isClass = [Bool](repeating: true, count: system.truth.count)
    for (group, place) in places.enumerated() {
      let price: Double
      switch place {
      case .row(let row):
        price = optimum.rowPrices[row]
      case .column(let column):
        price = optimum.columnPrices[column]
        isClass[column] = false
      }
      guard abs(price) > 1e-7, !object.knowing.contains(group) else { continue }
      let room = room(group)
      let multiple = price < 0 ? -price * room.above : price * room.below
      if group == object.group {
        // The object itself is hidden: what its own limits hold, they hold anyhow.
        cut.least -= price < 0 ? -price * min(room.above, enough) : multiple
        continue
      }
      if multiple > 0 { cut.multiples[group] = multiple }
    }
    for number in isClass.indices where isClass[number] && optimum.columnPrices[number] > 1e-7 {
      cut.least -= optimum.columnPrices[number] * Double(system.truth[number])
    }
    return (-optimum.value, cut)
  }

  private func add(
    _ cut: Cut, _ need: Double, _ object: ProtectedObject, _ found: inout [Cut], _ hidden: [Double]
  ) {
    var cut = Cut(multiples: cut.multiples, least: cut.least + need)
    guard cut.least > 1e-6 else { return }
    for (group, multiple) in cut.multiples {
      cut.multiples[group] = min(multiple, cut.least) / cut.least
    }
    cut.least = 1
    if let group = object.secondaryGroup {
      cut.least = 0
      cut.multiples[group, default: 0] -= 1
    }
    if cut.shortage(hidden) > 1e-4 { found.append(cut) }
  }
}
