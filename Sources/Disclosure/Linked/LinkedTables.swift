/// Tables of the same people as one system of cells.
///
/// A class is a set of people whom no cell of any table separates. Only classes with people are
/// there: an attacker is taken to know which ways through the tables nobody took, which is more than
/// anybody outside knows, and so on the safe side.
struct LinkedTables {
  let tables: [MemberTable]
  /// The number of each table's first cell among all cells.
  let offsets: [Int]
  private(set) var system: CellSystem
  /// The class of each table that a class of the system lies in, -1 for none; by class, then table.
  let memberships: [[Int32]]

  /// Tables that all print their zeros.
  init(_ tables: [MemberTable]) {
    self.tables = tables
    offsets = tables.indices.map { table in
      tables[..<table].reduce(0) { $0 + $1.shape.cellCount }
    }
    let ways = LinkedWays(tables)
    let memberships = ways.all
    self.memberships = memberships
    var cells: [[Int]] = []
    var equations: [TableShape.Equation] = []
    for (number, table) in tables.enumerated() {
      var parts = [[Int]](repeating: [], count: table.shape.classCount)
      for (place, membership) in memberships.enumerated() where membership[number] >= 0 {
        parts[Int(membership[number])].append(place)
      }
      for cell in 0..<table.shape.cellCount {
        cells.append(table.shape.classes(of: cell).flatMap { parts[$0] }.sorted())
      }
      let offset = offsets[number]
      equations += table.shape.equations().map { equation in
        .init(
          parent: equation.parent + offset, children: equation.children.map { $0 + offset },
          dimension: equation.dimension)
      }
    }
    system = CellSystem(
      truth: ways.counts, cells: cells, equations: equations, floor: 1, repeats: ways.repeats)
  }

  /// A cell among those of all tables, as one of its table.
  func place(of cell: Int) -> LinkedCell {
    let table = (offsets.firstIndex { $0 > cell } ?? offsets.count) - 1
    return LinkedCell(table: table, cell: cell - offsets[table])
  }

  /// The group of a table's cell, nil where nobody is in it.
  func group(_ table: Int, _ cell: Int) -> Int? { system.groupOfCell[offsets[table] + cell] }

  /// Makes known between which numbers cells of a table are that were printed a little off.
  mutating func know(_ behind: [ClosedRange<Int64>?], of table: Int) {
    for (cell, numbers) in behind.enumerated() {
      if let numbers, let group = group(table, cell) { system.know(group, within: numbers) }
    }
  }

  /// The groups that released tables printed, those they hid, and those they printed a little off.
  ///
  /// The first answer binds: a group that one table hid and another printed is known, so it counts as
  /// printed.
  ///
  /// - Parameter first: the number of the first of these tables among all.
  func answers(
    of released: [ReleasedTable], from first: Int
  ) -> (printed: Set<Int>, hidden: Set<Int>, moved: Set<Int>) {
    var (printed, hidden, moved): (Set<Int>, Set<Int>, Set<Int>) = ([], [], [])
    for (number, table) in released.enumerated() {
      for cell in table.hidden.indices {
        guard let group = group(first + number, cell) else { continue }
        if !table.hidden[cell] {
          printed.insert(group)
        } else if table.behind[cell] == nil {
          hidden.insert(group)
        } else {
          moved.insert(group)
        }
      }
    }
    let open = hidden.subtracting(printed)
    return (printed, open, moved.subtracting(printed).subtracting(open))
  }

  /// The cells that an object is, adds up, or in which the people of a computable group are.
  func places(of object: ProtectedObject) -> [LinkedCell] {
    switch object.reason {
    case .primary(let group), .secondary(let group):
      return [place(of: system.groups[group].cells[0])]
    case .sum(let equation):
      let within = Set(object.classes)
      return system.equations[equation].children
        .filter { system.groups[$0].classes.allSatisfy(within.contains) }
        .map { place(of: system.groups[$0].cells[0]) }
    case .rest, .computable:
      return object.classes.compactMap { number in
        let way = memberships[number]
        guard let table = way.firstIndex(where: { $0 >= 0 }) else { return nil }
        return LinkedCell(
          table: table, cell: tables[table].shape.cell(ofClass: Int(way[table])))
      }
    }
  }
}

/// A cell of one of several tables.
public struct LinkedCell: Hashable, Sendable {
  /// The table: 0 for the one asked for, then the earlier ones in their order, from 1.
  public let table: Int
  /// The number of the cell in that table.
  public let cell: Int
}
