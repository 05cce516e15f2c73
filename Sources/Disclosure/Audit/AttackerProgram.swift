import LinearPrograms

/// What an attacker knows, as a linear program over the classes that print does not settle.
///
/// Columns are classes, rows are groups: equal to their value where they are printed, at least the
/// floor where they are hidden. Everything that follows from printed numbers at once is settled
/// before: a class printed by itself, the last one of a sum, all of a sum that is zero.
struct AttackerProgram: ~Copyable {
  private let system: CellSystem
  private var solver: SimplexSolver
  private let program: LinearProgram
  /// The column of each class, nil where it is settled.
  private let columnOfClass: [Int?]
  private let classOfColumn: [Int]
  /// The row of each group, nil where it has none of its own.
  private let rowOfGroup: [Int?]
  /// What is left of each group when its settled classes are taken off.
  private let settledPart: [Int64]
  private let ceiling: Int64
  private var hidden: [Bool]

  /// One end of what an attacker can think of.
  struct End {
    /// The linear bound: no population lies beyond.
    let bound: Double
    /// The values at that bound, whole or not.
    let values: [Double]
    /// By how much the bound would move with each group, for the groups that have a row or column.
    let prices: [Double]
  }

  /// The knowledge that comes with a pattern.
  ///
  /// - Parameters:
  ///   - system: cells and classes.
  ///   - hidden: whether each group is hidden.
  ///   - settling: whether settled classes are left out; without, prices of printed cells are known.
  init(_ system: CellSystem, hidden: [Bool], settling: Bool = true) {
    let settled =
      settling
      ? Self.settled(system, hidden: hidden)
      : [Bool](repeating: false, count: system.truth.count)
    let ceiling = Self.ceiling(of: system)
    var program = LinearProgram()
    var columnOfClass = [Int?](repeating: nil, count: system.truth.count)
    var classOfColumn: [Int] = []
    for number in settled.indices where !settled[number] {
      columnOfClass[number] = program.addColumn(.init(0, Double(ceiling)))
      classOfColumn.append(number)
    }
    var rowOfGroup = [Int?](repeating: nil, count: system.groups.count)
    var settledPart = [Int64](repeating: 0, count: system.groups.count)
    var printedRows: Set<[Int]> = []
    for (number, group) in system.groups.enumerated() {
      let columns = group.classes.compactMap { columnOfClass[$0] }
      for part in group.classes where settled[part] { settledPart[number] += system.truth[part] }
      guard !columns.isEmpty else { continue }
      if settling, !hidden[number], !printedRows.insert(columns).inserted { continue }
      rowOfGroup[number] = program.addRow(columns.map { .init($0) }, .free)
    }
    self.system = system
    self.program = program
    self.columnOfClass = columnOfClass
    self.classOfColumn = classOfColumn
    self.rowOfGroup = rowOfGroup
    self.settledPart = settledPart
    self.ceiling = ceiling
    self.hidden = hidden
    solver = SimplexSolver(program)
    for group in system.groups.indices { bound(group) }
  }

  /// A number of people in one class that is as good as no limit.
  static func ceiling(of system: CellSystem) -> Int64 {
    2 * system.truth.reduce(0, +) + 1_000
  }

  /// Prints a group from now on, or hides it again.
  mutating func setHidden(_ isHidden: Bool, group: Int) {
    guard hidden[group] != isHidden else { return }
    hidden[group] = isHidden
    bound(group)
  }

  private mutating func bound(_ group: Int) {
    guard let row = rowOfGroup[group] else { return }
    let rest = system.groups[group].value - settledPart[group]
    let least = Double(max(0, system.groups[group].least - settledPart[group]))
    let most = system.groups[group].most.map { Double($0 - settledPart[group]) }
    let open = most.map { LinearProgram.Bounds(least, $0) } ?? .atLeast(least)
    solver.bound(row: row, to: hidden[group] ? open : .exactly(Double(rest)))
  }

  /// How far an object can go in one direction.
  mutating func end(
    _ direction: Direction, of object: ProtectedObject
  ) throws(DisclosureError) -> End {
    let objective = object.classes.compactMap { number in
      columnOfClass[number].map { LinearProgram.Term($0) }
    }
    let settled = object.classes.reduce(Int64(0)) { sum, number in
      columnOfClass[number] == nil ? sum + system.truth[number] : sum
    }
    let optimum: SimplexSolver.Optimum
    do { optimum = try solver.optimum(direction, of: objective) } catch {
      throw DisclosureError(error)
    }
    let values = allValues { optimum.columns[$0] }
    let prices = rowOfGroup.map { row in row.map { optimum.rowPrices[$0] } ?? 0 }
    return End(bound: optimum.value + Double(settled), values: values, prices: prices)
  }

  /// A population of whole numbers in which an object reaches a value, or nil when none was found.
  ///
  /// Branches on one class after the other, the one farthest from a whole number first, and nearest
  /// whole number first; gives up after some programs.
  mutating func dive(
    _ direction: Direction, of object: ProtectedObject, reaching enough: Int64, from start: End
  ) throws(DisclosureError) -> [Int64]? {
    var budget = Self.divingBudget
    return try dive(direction, object, enough, start, &budget)
  }

  private static let divingBudget = 10

  private mutating func dive(
    _ direction: Direction, _ object: ProtectedObject, _ enough: Int64, _ end: End,
    _ budget: inout Int
  ) throws(DisclosureError) -> [Int64]? {
    let isFar =
      direction == .greatest
      ? end.bound > Double(enough) - 1e-6 : end.bound < Double(enough) + 1e-6
    guard isFar else { return nil }
    guard let column = farthestFromWhole(end) else {
      return end.values.map { Int64($0.rounded()) }
    }
    let value = end.values[classOfColumn[column]]
    let below = LinearProgram.Bounds(0, value.rounded(.down))
    let above = LinearProgram.Bounds(value.rounded(.up), Double(ceiling))
    let isNearerBelow = value - value.rounded(.down) < 0.5
    let before = solver.bounds.columns[column]
    defer { solver.bound(column: column, to: before) }
    for bounds in isNearerBelow ? [below, above] : [above, below] {
      guard budget > 0 else { return nil }
      budget -= 1
      solver.bound(
        column: column,
        to: .init(max(before.lower, bounds.lower), min(before.upper, bounds.upper)))
      let next: End
      do { next = try self.end(direction, of: object) } catch {
        guard error == .contradictory else { throw error }
        continue
      }
      if let found = try dive(direction, object, enough, next, &budget) { return found }
    }
    return nil
  }

  /// The column whose value is farthest from a whole number, the first of several; nil for none.
  private func farthestFromWhole(_ end: End) -> Int? {
    var best: (distance: Double, column: Int)?
    for (column, number) in classOfColumn.enumerated() {
      let value = end.values[number]
      let distance = abs(value - value.rounded())
      if distance > max(1e-5, (best?.distance ?? 0) + 1e-9) { best = (distance, column) }
    }
    return best?.column
  }

  /// How far an object can go among whole numbers of people, or nil when no such end was found.
  func wholeEnd(
    _ direction: Direction, of object: ProtectedObject
  ) throws(DisclosureError) -> (values: [Int64], isProven: Bool)? {
    let bounds = solver.bounds
    let objective = object.classes.compactMap { number in
      columnOfClass[number].map { LinearProgram.Term($0) }
    }
    let bounded = program.bounded(columns: bounds.columns, rows: bounds.rows)
    do {
      guard let found = try bounded.wholeOptimum(direction, of: objective) else { return nil }
      return (allValues { found.columns[$0] }, found.isProven)
    } catch { throw DisclosureError(error) }
  }

  private func allValues<T: Numeric>(_ value: (Int) -> T) -> [T] {
    columnOfClass.enumerated().map { number, column in
      column.map(value) ?? (T(exactly: system.truth[number]) ?? 0)
    }
  }

  /// Which classes the printed groups settle one after the other.
  static func settled(_ system: CellSystem, hidden: [Bool]) -> [Bool] {
    var settled = [Bool](repeating: false, count: system.truth.count)
    var open = system.groups.map(\.classes.count)
    var rest = system.groups.map(\.value)
    var waiting = system.groups.indices.filter { !hidden[$0] }
    while let group = waiting.popLast() {
      guard open[group] > 0, open[group] == 1 || rest[group] == 0 else { continue }
      for number in system.groups[group].classes where !settled[number] {
        settled[number] = true
        for other in system.groupsOfClass[number] {
          open[other] -= 1
          rest[other] -= system.truth[number]
          if !hidden[other], open[other] > 0 { waiting.append(other) }
        }
      }
    }
    return settled
  }
}
