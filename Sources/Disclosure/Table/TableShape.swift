/// The cells of a table: every combination of one category a dimension, totals included.
///
/// Cells and classes are numbered like digits: the last dimension counts fastest.
public struct TableShape: Equatable, Sendable {
  /// The dimensions, in the order of the table's columns.
  public let dimensions: [Hierarchy]
  /// How many cells there are.
  public let cellCount: Int
  /// How many combinations of leaves there are: the finest classes of people.
  public let classCount: Int

  /// A cell and those that it is the sum of.
  public struct Equation: Equatable, Sendable {
    /// The sum.
    public let parent: Int
    /// The parts.
    public let children: [Int]
    /// The dimension along which they add up.
    public let dimension: Int
  }

  /// The shape of these dimensions; at least one.
  public init(_ dimensions: [Hierarchy]) {
    precondition(!dimensions.isEmpty)
    self.dimensions = dimensions
    cellCount = dimensions.reduce(1) { $0 * $1.codes.count }
    classCount = dimensions.reduce(1) { $0 * $1.leaves.count }
  }

  /// The cell of one category a dimension.
  public func cell(_ categories: [Int]) -> Int {
    zip(dimensions, categories).reduce(0) { $0 * $1.0.codes.count + $1.1 }
  }

  /// The category of a cell in each dimension.
  public func categories(of cell: Int) -> [Int] {
    var rest = cell
    var found: [Int] = []
    for dimension in dimensions.reversed() {
      found.append(rest % dimension.codes.count)
      rest /= dimension.codes.count
    }
    return found.reversed()
  }

  /// The codes of a cell, as the table's columns have them.
  public func codes(of cell: Int) -> [String] {
    zip(dimensions, categories(of: cell)).map { $0.codes[$1] }
  }

  /// A cell in words: `gender=w, region=Nord`.
  public func name(of cell: Int) -> String {
    zip(dimensions, codes(of: cell)).map { "\($0.name)=\($1)" }.joined(separator: ", ")
  }

  /// The finest classes that a cell is made of, in ascending order.
  public func classes(of cell: Int) -> [Int] {
    var found = [0]
    for (dimension, category) in zip(dimensions, categories(of: cell)) {
      let below = dimension.leavesBelow[category]
      found = found.flatMap { prefix in below.map { prefix * dimension.leaves.count + $0 } }
    }
    return found
  }

  /// The cell of a finest class.
  public func cell(ofClass number: Int) -> Int {
    var rest = number
    var categories: [Int] = []
    for dimension in dimensions.reversed() {
      categories.append(dimension.leaves[rest % dimension.leaves.count])
      rest /= dimension.leaves.count
    }
    return cell(categories.reversed())
  }

  /// Every sum that the table states, by dimension and parent.
  public func equations() -> [Equation] {
    var found: [Equation] = []
    for cell in 0..<cellCount {
      let categories = categories(of: cell)
      for (number, dimension) in dimensions.enumerated() {
        let below = dimension.children[categories[number]]
        guard !below.isEmpty else { continue }
        let children = below.map { child in
          var place = categories
          place[number] = child
          return self.cell(place)
        }
        found.append(Equation(parent: cell, children: children, dimension: number))
      }
    }
    return found
  }
}
