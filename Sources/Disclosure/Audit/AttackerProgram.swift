import LinearPrograms

/// What an attacker knows, as a linear program over the classes that print does not settle.
///
/// Columns are classes, rows are groups: equal to their value where they are printed, at least the
/// floor where they are hidden. A group of one open class is no row but bounds of its column, which
/// is most of them. Everything that follows from printed numbers at once is settled
/// before: a class printed by itself, the last one of a sum, all of a sum that is zero.
struct AttackerProgram: ~Copyable {
  private let open: OpenClasses
  private var solver: SimplexSolver
  private let program: LinearProgram
  private let ceiling: Int64
  private var hidden: [Bool]

  private var system: CellSystem { open.system }
  private var columnOfClass: [Int?] { open.columnOfClass }
  private var classOfColumn: [Int] { open.classOfColumn }

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
    self.init(OpenClasses(system, hidden: hidden, settling: settling), hidden: hidden)
  }

  /// The same of open classes found before.
  init(_ open: OpenClasses, hidden: [Bool]) {
    let ceiling = Self.ceiling(of: open.system)
    var program = LinearProgram()
    for _ in open.classOfColumn { program.addColumn(.init(0, Double(ceiling))) }
    for columns in open.rows { program.addRow(columns.map { .init($0) }, .free) }
    self.open = open
    self.program = program
    self.ceiling = ceiling
    self.hidden = hidden
    solver = SimplexSolver(program)
    for group in open.system.groups.indices { bound(group) }
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
    if let row = open.rowOfGroup[group] {
      let (least, most) = open.rowLimits(of: group, hidden: hidden)
      solver.bound(
        row: row,
        to: .init(least.map { Double($0) } ?? -.infinity, most.map { Double($0) } ?? .infinity))
    }
    if let column = open.columnOfGroup[group] {
      let (least, most) = open.columnLimits(of: column, hidden: hidden)
      solver.bound(column: column, to: .init(Double(least), Double(most ?? ceiling)))
    }
  }

  /// How far an object can go in one direction.
  mutating func end(
    _ direction: Direction, of object: ProtectedObject
  ) throws(DisclosureError) -> End {
    let optimum: SimplexSolver.Optimum
    do { optimum = try solver.optimum(direction, of: objective(of: object)) } catch {
      throw DisclosureError(error)
    }
    let values = allValues { optimum.columns[$0] }
    let prices = system.groups.indices.map { group in
      open.rowOfGroup[group].map { optimum.rowPrices[$0] }
        ?? open.columnOfGroup[group].map { optimum.columnPrices[$0] } ?? 0
    }
    return End(
      bound: optimum.value + Double(settledPart(of: object)), values: values, prices: prices)
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
    let before = solver.bounds(ofColumn: column)
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

  /// How many nodes of the search for any population that goes far enough are visited at most.
  private static let nodesToReach = 500

  /// A population of whole numbers in which an object reaches a value, or nil when none was found.
  ///
  /// Any will do, so the search ends with the first.
  func wholePopulation(
    _ direction: Direction, of object: ProtectedObject, reaching enough: Int64
  ) throws(DisclosureError) -> [Int64]? {
    let bounds = solver.bounds
    var bounded = program.bounded(columns: bounds.columns, rows: bounds.rows)
    let rest = Double(enough - settledPart(of: object))
    bounded.addRow(
      objective(of: object), direction == .greatest ? .atLeast(rest) : .init(-.infinity, rest))
    do {
      return try bounded.wholeOptimum(direction, of: [], nodes: Self.nodesToReach).map { found in
        allValues { found.columns[$0] }
      }
    } catch {
      if error == .infeasible { return nil }
      throw DisclosureError(error)
    }
  }

  private func objective(of object: ProtectedObject) -> [LinearProgram.Term] {
    object.classes.compactMap { number in columnOfClass[number].map { LinearProgram.Term($0) } }
  }

  private func settledPart(of object: ProtectedObject) -> Int64 {
    object.classes.reduce(0) { sum, number in
      columnOfClass[number] == nil ? sum + system.truth[number] : sum
    }
  }

  /// How far an object can go among whole numbers of people, or nil when no such end was found.
  func wholeEnd(
    _ direction: Direction, of object: ProtectedObject
  ) throws(DisclosureError) -> (values: [Int64], isProven: Bool)? {
    let bounds = solver.bounds
    let bounded = program.bounded(columns: bounds.columns, rows: bounds.rows)
    do {
      guard let found = try bounded.wholeOptimum(direction, of: objective(of: object))
      else { return nil }
      return (allValues { found.columns[$0] }, found.isProven)
    } catch { throw DisclosureError(error) }
  }

  private func allValues<T: Numeric>(_ value: (Int) -> T) -> [T] {
    columnOfClass.enumerated().map { number, column in
      column.map(value) ?? (T(exactly: system.truth[number]) ?? 0)
    }
  }
}
