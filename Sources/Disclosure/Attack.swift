import LinearPrograms

/// A table as it was published: some cells have values, the others are hidden.
public struct PublishedTable: Equatable, Sendable {
  /// Which cells there are.
  public let shape: TableShape
  /// The printed values, nil where a cell is hidden.
  public let cells: [Int64?]
  /// Whether zeros are always printed, which everybody knows.
  public let zerosArePrinted: Bool

  /// A table with one entry a cell of its shape.
  public init(shape: TableShape, cells: [Int64?], zerosArePrinted: Bool) {
    precondition(cells.count == shape.cellCount)
    self.shape = shape
    self.cells = cells
    self.zerosArePrinted = zerosArePrinted
  }
}

/// Finds out how exactly each hidden cell of somebody else's table can be known.
///
/// The hidden values are not needed: any population that fits the print stands for the true one.
///
/// - Parameters:
///   - published: the table.
///   - minimum: the smallest number that should be known of a cell; intervals are asked to reach it
///     and to hold as many values.
/// - Returns: a finding for every hidden cell, in the order of cells, and after them one for every
///   group of up to four cells that can be computed and has fewer people than the minimum.
/// - Throws: ``DisclosureError/contradictory`` when no population fits the table.
public func attack(
  _ published: PublishedTable, minimum: Int64
) throws(DisclosureError) -> [Finding] {
  try Attack(published, minimum: minimum).findings()
}

/// One attack.
private struct Attack {
  let published: PublishedTable
  let minimum: Int64
  let translation: ClassTranslation
  let hidden: [Bool]

  var system: CellSystem { translation.system }

  init(_ published: PublishedTable, minimum: Int64) throws(DisclosureError) {
    try DisclosureError.checkSolvers()
    self.published = published
    self.minimum = minimum
    let classes = Self.openClasses(published)
    let values = try Self.somePopulation(published, classes: classes)
    guard let table = try? CountTable(shape: published.shape, classes: values) else {
      throw .contradictory
    }
    translation = ClassTranslation(
      table, classes: classes, floor: published.zerosArePrinted ? 1 : 0)
    hidden = translation.system.groups.map { group in
      group.cells.allSatisfy { published.cells[$0] == nil }
    }
  }

  /// The finest classes that no printed zero empties.
  private static func openClasses(_ published: PublishedTable) -> [Int] {
    var isOpen = [Bool](repeating: true, count: published.shape.classCount)
    for (cell, value) in published.cells.enumerated() where value == 0 {
      for number in published.shape.classes(of: cell) { isOpen[number] = false }
    }
    return isOpen.indices.filter { isOpen[$0] }
  }

  /// Whole numbers that fit everything printed, one a finest class.
  private static func somePopulation(
    _ published: PublishedTable, classes: [Int]
  ) throws(DisclosureError) -> [Int64] {
    var program = LinearProgram()
    var column = [Int?](repeating: nil, count: published.shape.classCount)
    for number in classes { column[number] = program.addColumn(.atLeast(0)) }
    for (cell, value) in published.cells.enumerated() {
      let terms = published.shape.classes(of: cell).compactMap { number in
        column[number].map { LinearProgram.Term($0) }
      }
      let floor = published.zerosArePrinted ? 1.0 : 0
      if terms.isEmpty {
        guard value == 0 || value == nil && floor == 0 else { throw .contradictory }
        continue
      }
      program.addRow(terms, value.map { .exactly(Double($0)) } ?? .atLeast(floor))
    }
    let all = classes.compactMap { number in column[number].map { LinearProgram.Term($0) } }
    let found: LinearProgram.WholeOptimum?
    do { found = try program.wholeOptimum(.least, of: all) } catch { throw DisclosureError(error) }
    guard let found else { throw .noWholeNumbers }
    return column.map { $0.map { found.columns[$0] } ?? 0 }
  }

  func findings() throws(DisclosureError) -> [Finding] {
    var auditor = Auditor(system, hidden: hidden)
    let limits = PropagatedLimits(system, hidden: hidden)
    var found: [Finding] = []
    for cell in published.cells.indices where published.cells[cell] == nil {
      guard let group = system.groupOfCell[cell] else { continue }
      let object = ProtectedObject(
        classes: system.groups[group].classes, value: system.groups[group].value,
        demand: .minimum(minimum), reason: .primary(group: group))
      let proof = try auditor.interval(of: object, within: limits)
      found.append(
        translation.finding(.init(object: object, proof: proof), cell: cell))
    }
    for classes in ComputableGroups(system, hidden: hidden).smaller(than: minimum)
    where classes.count > 1 {
      let object = ProtectedObject(
        classes: classes, value: classes.reduce(0) { $0 + system.truth[$1] },
        demand: .minimum(minimum), reason: .computable)
      found.append(
        translation.finding(
          .init(object: object, proof: try auditor.interval(of: object, within: limits))))
    }
    return found
  }
}
