/// The classes that print does not settle, and what is known of sums of them.
///
/// A group of one open class limits the column of that class; a group of several has a row.
struct OpenClasses: Sendable {
  let system: CellSystem
  /// The column of each class, nil where it is settled.
  let columnOfClass: [Int?]
  let classOfColumn: [Int]
  /// The columns that each row adds up.
  let rows: [[Int]]
  /// The row of each group, nil where it has none of its own.
  let rowOfGroup: [Int?]
  /// The column of each group that has one open class only, nil for the others.
  let columnOfGroup: [Int?]
  /// The groups that have this open class only, by column.
  private let groupsOfColumn: [[Int]]
  /// What of each group is known to be in settled classes and printed parts.
  private let knownPart: [Int64]
  /// Whether a group's parts alone keep it from being smaller than it may be.
  private let hasImpliedFloor: [Bool]

  /// What a pattern leaves open.
  ///
  /// - Parameter settling: whether settled classes are left out.
  init(_ system: CellSystem, hidden: [Bool], settling: Bool = true) {
    let settled =
      settling
      ? Self.settled(system, hidden: hidden)
      : [Bool](repeating: false, count: system.truth.count)
    var columnOfClass = [Int?](repeating: nil, count: system.truth.count)
    var classOfColumn: [Int] = []
    for number in settled.indices where !settled[number] {
      columnOfClass[number] = classOfColumn.count
      classOfColumn.append(number)
    }
    var rowOfGroup = [Int?](repeating: nil, count: system.groups.count)
    var columnOfGroup = rowOfGroup
    var groupsOfColumn = [[Int]](repeating: [], count: classOfColumn.count)
    var knownPart = [Int64](repeating: 0, count: system.groups.count)
    var rows: [[Int]] = []
    let sums = settling ? system.sums : []
    var printedRows: Set<[Int]> = []
    for (number, group) in system.groups.enumerated() {
      // Parts that are printed add up to a number that everybody knows.
      let classes = sums.isEmpty ? group.classes : Self.open(number, system, sums[number], hidden)
      let columns = classes.compactMap { columnOfClass[$0] }
      knownPart[number] =
        group.value
        - columns.reduce(0) { $0 + system.truth[classOfColumn[$1]] }
      guard !columns.isEmpty else { continue }
      if columns.count == 1 {
        columnOfGroup[number] = columns[0]
        groupsOfColumn[columns[0]].append(number)
        continue
      }
      if settling, !hidden[number], !printedRows.insert(columns).inserted { continue }
      rowOfGroup[number] = rows.count
      rows.append(columns)
    }
    self.system = system
    self.rows = rows
    self.columnOfClass = columnOfClass
    self.classOfColumn = classOfColumn
    self.rowOfGroup = rowOfGroup
    self.columnOfGroup = columnOfGroup
    self.groupsOfColumn = groupsOfColumn
    self.knownPart = knownPart
    hasImpliedFloor = system.groups.indices.map {
      [rows, rowOfGroup, groupsOfColumn, knownPart] group in
      guard let row = rowOfGroup[group] else { return false }
      let parts = rows[row].reduce(knownPart[group]) { sum, column in
        sum + groupsOfColumn[column].reduce(0) { max($0, system.groups[$1].least - knownPart[$1]) }
      }
      return parts >= system.groups[group].least
    }
  }

  /// The classes of a group without those of its printed parts, by the sum that leaves the fewest.
  private static func open(
    _ group: Int, _ system: CellSystem, _ sums: [[Int]], _ hidden: [Bool]
  ) -> [Int] {
    var best = system.groups[group].classes
    for parts in sums {
      let open = parts.filter { hidden[$0] }
      let count = open.reduce(0) { $0 + system.groups[$1].classes.count }
      if count < best.count { best = open.flatMap { system.groups[$0].classes }.sorted() }
    }
    return best
  }

  /// Between which numbers the open classes of a group with a row are; nil for no end.
  func rowLimits(of group: Int, hidden: [Bool]) -> (least: Int64?, most: Int64?) {
    let limits = limits(of: group, hidden: hidden)
    return (hidden[group] && hasImpliedFloor[group] ? nil : limits.least, limits.most)
  }

  /// Between which numbers the class of a column is, by the groups that have this open class only.
  func columnLimits(of column: Int, hidden: [Bool]) -> (least: Int64, most: Int64?) {
    var (least, most) = (Int64(0), Int64?.none)
    for group in groupsOfColumn[column] {
      let limits = limits(of: group, hidden: hidden)
      least = max(least, limits.least)
      if let other = limits.most { most = min(most ?? other, other) }
    }
    return (least, most)
  }

  private func limits(of group: Int, hidden: [Bool]) -> (least: Int64, most: Int64?) {
    let rest = knownPart[group]
    guard hidden[group] else {
      let value = system.groups[group].value - rest
      return (value, value)
    }
    return (max(0, system.groups[group].least - rest), system.groups[group].most.map { $0 - rest })
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
