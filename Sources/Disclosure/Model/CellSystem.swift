/// Cells as sets of classes: all that an attacker can add and subtract.
///
/// A class is a set of people that no released number separates. Cells with the same people are one
/// group, whatever they are called; a cell without people belongs to none, for it is printed.
struct CellSystem: Sendable {
  /// Cells with the same classes.
  struct Group: Sendable {
    /// The classes, ascending.
    let classes: [Int]
    /// The value.
    let value: Int64
    /// The cells, ascending.
    var cells: [Int]
    /// The least that it can be where it is not printed.
    fileprivate(set) var least: Int64
    /// The most that it can be where it is not printed; nil where nothing holds it.
    fileprivate(set) var most: Int64?
  }

  /// A sum that an attacker can see at a glance.
  struct Equation: Sendable {
    let parent: Int
    let children: [Int]
  }

  /// The value of each class.
  let truth: [Int64]
  /// The least that a hidden cell can be: 1 when everybody knows that zeros are printed, else 0.
  let floor: Int64
  /// The groups, by their first cell.
  private(set) var groups: [Group] = []
  /// The group of each cell, nil for cells without classes.
  private(set) var groupOfCell: [Int?] = []
  /// The groups that each class is in.
  private(set) var groupsOfClass: [[Int]]
  /// Sums between groups, without those of one part.
  private(set) var equations: [Equation] = []

  /// How many of each class are somebody who counts nowhere else.
  let singles: [Int64]
  /// For each class those who count several times, with how often they do there.
  private let repeats: [[(person: UInt64, times: Int64)]]
  /// Whether anybody counts several times.
  let hasRepeats: Bool

  /// Cells given by their classes, ascending.
  ///
  /// - Parameter repeats: For each class those who count several times, there or elsewhere, and how often
  ///   there; empty where nobody does.
  init(
    truth: [Int64], cells: [[Int]], equations: [TableShape.Equation], floor: Int64,
    repeats: [[(person: UInt64, times: Int64)]] = []
  ) {
    self.truth = truth
    self.repeats = repeats
    hasRepeats = !repeats.allSatisfy(\.isEmpty)
    singles =
      repeats.isEmpty
      ? truth : zip(truth, repeats).map { all, some in some.reduce(all) { $0 - $1.times } }
    self.floor = floor
    var known: [[Int]: Int] = [:]
    groupsOfClass = [[Int]](repeating: [], count: truth.count)
    for (cell, classes) in cells.enumerated() {
      guard !classes.isEmpty else {
        groupOfCell.append(nil)
        continue
      }
      if let group = known[classes] {
        groups[group].cells.append(cell)
        groupOfCell.append(group)
        continue
      }
      known[classes] = groups.count
      for number in classes { groupsOfClass[number].append(groups.count) }
      groupOfCell.append(groups.count)
      groups.append(
        Group(
          classes: classes, value: classes.reduce(0) { $0 + truth[$1] }, cells: [cell],
          least: floor))
    }
    for equation in equations {
      let children = equation.children.compactMap { groupOfCell[$0] }
      guard let parent = groupOfCell[equation.parent], children.count > 1 else { continue }
      self.equations.append(Equation(parent: parent, children: children))
    }
  }

  /// A table's cells, made of some of its finest classes; the others have nobody in them.
  init(_ table: CountTable, classes: [Int], floor: Int64) {
    let values = table.classes
    var number = [Int?](repeating: nil, count: values.count)
    for (new, old) in classes.enumerated() { number[old] = new }
    self.init(
      truth: classes.map { values[$0] },
      cells: (0..<table.shape.cellCount).map { cell in
        table.shape.classes(of: cell).compactMap { number[$0] }
      }, equations: table.shape.equations(), floor: floor)
  }

  /// How many different people are in some classes.
  func people(of classes: [Int]) -> Int64 {
    let once = classes.reduce(0) { $0 + singles[$1] }
    guard hasRepeats else { return once }
    var others: Set<UInt64> = []
    for number in classes { others.formUnion(repeats[number].lazy.map(\.person)) }
    return once + Int64(others.count)
  }

  /// The sums that each group is, as its parts; only those whose parts have all of its classes.
  var sums: [[[Int]]] {
    var sums = [[[Int]]](repeating: [], count: groups.count)
    for equation in equations {
      let classes = equation.children.reduce(0) { $0 + groups[$1].classes.count }
      if classes == groups[equation.parent].classes.count {
        sums[equation.parent].append(equation.children)
      }
    }
    return sums
  }

  /// Makes known that a group lies between two numbers, where it is not printed.
  mutating func know(_ group: Int, within numbers: ClosedRange<Int64>) {
    groups[group].least = max(groups[group].least, numbers.lowerBound)
    groups[group].most = min(groups[group].most ?? .max, numbers.upperBound)
  }

  /// The cells that an object is, or that it adds up.
  func cells(of object: ProtectedObject) -> [Int] {
    if let group = object.group { return groups[group].cells }
    return object.classes.compactMap { number in
      groupsOfClass[number].first { groups[$0].classes == [number] }.map { groups[$0].cells[0] }
    }
  }
}
