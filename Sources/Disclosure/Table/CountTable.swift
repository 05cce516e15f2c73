/// A table of whole numbers with all its margins, checked to add up.
///
/// Numbers of people, or amounts in whole units (cents, hours).
public struct CountTable: Equatable, Sendable {
  /// Which cells there are.
  public let shape: TableShape
  /// The value of every cell.
  public let counts: [Int64]

  /// A table as somebody states it, margins included.
  ///
  /// - Throws: ``TableError`` when a value is negative or margins are not the sums of their parts;
  ///   all such cells are named.
  public init(shape: TableShape, counts: [Int64]) throws(TableError) {
    precondition(counts.count == shape.cellCount)
    if let cell = counts.firstIndex(where: { $0 < 0 }) {
      throw .negative(cell: shape.name(of: cell), value: counts[cell])
    }
    let gaps = shape.equations().compactMap { equation -> TableError.Gap? in
      let sum = equation.children.reduce(0) { $0 + counts[$1] }
      let stated = counts[equation.parent]
      return sum == stated
        ? nil
        : TableError.Gap(
          cell: shape.name(of: equation.parent), stated: stated, sum: sum,
          dimension: shape.dimensions[equation.dimension].name)
    }
    guard gaps.isEmpty else { throw .notAdditive(gaps) }
    self.shape = shape
    self.counts = counts
  }

  /// A table made of the values of its finest classes.
  public init(shape: TableShape, classes: [Int64]) throws(TableError) {
    precondition(classes.count == shape.classCount)
    if let number = classes.firstIndex(where: { $0 < 0 }) {
      let cell = shape.cell(ofClass: number)
      throw .negative(cell: shape.name(of: cell), value: classes[number])
    }
    self.shape = shape
    counts = (0..<shape.cellCount).map { cell in
      shape.classes(of: cell).reduce(0) { $0 + classes[$1] }
    }
  }

  /// A table of people, each given by one code a dimension.
  ///
  /// - Throws: ``TableError/unknownCategory(_:dimension:row:)`` for a code that the hierarchy does
  ///   not have or that is not one of its leaves; rows count from 1.
  public init(shape: TableShape, people: [[String]]) throws(TableError) {
    var classes = [Int64](repeating: 0, count: shape.classCount)
    for (row, codes) in people.enumerated() {
      classes[try shape.classNumber(of: codes, row: row + 1)] += 1
    }
    try self.init(shape: shape, classes: classes)
  }

  /// The values of the finest classes.
  public var classes: [Int64] {
    (0..<shape.classCount).map { counts[shape.cell(ofClass: $0)] }
  }
}

extension TableShape {
  /// The finest class that a row of codes belongs to.
  ///
  /// - Throws: ``TableError/unknownCategory(_:dimension:row:)``.
  public func classNumber(of codes: [String], row: Int) throws(TableError) -> Int {
    precondition(codes.count == dimensions.count)
    var number = 0
    for (dimension, code) in zip(dimensions, codes) {
      guard let category = dimension.number(of: code), dimension.children[category].isEmpty else {
        throw .unknownCategory(code, dimension: dimension.name, row: row)
      }
      number = number * dimension.leaves.count + dimension.leavesBelow[category].lowerBound
    }
    return number
  }
}
