/// What must not be found out from several tables together.
struct LinkedObjects {
  let linked: LinkedTables
  let rules: CountRules
  let topic: String
  let released: [ReleasedTable]
  /// Groups that are printed whatever is decided: by an earlier release, or by waiver.
  let printed: Set<Int>

  private var system: CellSystem { linked.system }

  /// Cells, sums, insiders and changes between dates, in a fixed order.
  func all() throws(RuleError) -> [ProtectedObject] {
    let minimums = minimums()
    let objects = CountObjects(
      system: system, shape: linked.tables[0].shape, minimums: minimums,
      singlesKnowTheirCell: rules.singlesKnowTheirCell
        || released.contains(where: \.rules.singlesKnowTheirCell),
      sensitive: rules.sensitive)
    return try objects.all() + hiddenForOthers(minimums) + changes()
  }

  /// Cells that earlier tables hid for the sake of others.
  private func hiddenForOthers(_ minimums: [Int64]) -> [ProtectedObject] {
    var widths: [Int: Int64] = [:]
    for (number, table) in released.enumerated() {
      for cell in table.hidden.indices where table.hidden[cell] {
        guard table.behind[cell] == nil, let group = linked.group(number + 1, cell),
          !printed.contains(group),
          system.people(of: system.groups[group].classes) >= minimums[group]
        else { continue }
        widths[group] = max(widths[group] ?? 0, table.rules.minimum - 1)
      }
    }
    return widths.sorted { $0.key < $1.key }.map { group, width in
      ProtectedObject(
        classes: system.groups[group].classes, value: system.groups[group].value,
        demand: Demand(atLeast: 0, atMost: .max, width: width), reason: .secondary(group: group))
    }
  }

  /// From how many people on each group may be known: the most that a table with it asks for.
  private func minimums() -> [Int64] {
    var minimums = [Int64](repeating: 0, count: system.groups.count)
    for cell in 0..<linked.tables[0].shape.cellCount {
      if let group = linked.group(0, cell), !printed.contains(group) {
        minimums[group] = rules.minimum
      }
    }
    for (number, table) in released.enumerated() {
      for cell in table.hidden.indices where table.hidden[cell] {
        guard let group = linked.group(number + 1, cell), !printed.contains(group) else { continue }
        minimums[group] = max(minimums[group], table.rules.minimum)
      }
    }
    return minimums
  }

  /// Who came into a cell or left it between two tables of one topic, where they are too few.
  private func changes() -> [ProtectedObject] {
    var known = Set(system.groups.map(\.classes))
    var found: [ProtectedObject] = []
    let tables: [(topic: String, minimum: Int64)] =
      [(topic, rules.minimum)] + released.map { ($0.topic, $0.rules.minimum) }
    let names = tables.indices.map { table in
      (0..<linked.tables[table].shape.cellCount).map { name(of: $0, in: table) }
    }
    for later in tables.indices {
      let cells = Dictionary(zip(names[later], 0...), uniquingKeysWith: { first, _ in first })
      for earlier in tables.indices.dropFirst(later + 1)
      where tables[earlier].topic == tables[later].topic {
        let minimum = max(tables[earlier].minimum, tables[later].minimum)
        for (cell, name) in names[earlier].enumerated() {
          guard let other = cells[name] else { continue }
          let (one, two) = (classes(earlier, cell), classes(later, other))
          for change in [
            rest(of: two, without: one, minimum), rest(of: one, without: two, minimum),
          ] {
            guard let change, known.insert(change.classes).inserted else { continue }
            found.append(
              ProtectedObject(
                classes: change.classes, value: change.value, demand: .minimum(minimum),
                reason: .computable))
          }
        }
      }
    }
    return found
  }

  private func classes(_ table: Int, _ cell: Int) -> [Int] {
    linked.group(table, cell).map { system.groups[$0].classes } ?? []
  }

  /// The classes of one cell that are not in another, both ascending; nil where nobody is in them, or as
  /// many as the minimum: then it is not worth to go on.
  private func rest(
    of one: [Int], without other: [Int], _ minimum: Int64
  ) -> (classes: [Int], value: Int64)? {
    var classes: [Int] = []
    var (value, once): (Int64, Int64) = (0, 0)
    var place = 0
    for number in one {
      while place < other.count, other[place] < number { place += 1 }
      if place < other.count, other[place] == number { continue }
      classes.append(number)
      value += system.truth[number]
      once += system.singles[number]
      if once >= minimum { return nil }
    }
    return value > 0 && system.people(of: classes) < minimum ? (classes, value) : nil
  }

  /// A cell by its codes without totals, so that a margin is the same in tables of other dimensions.
  private func name(of cell: Int, in table: Int) -> [String] {
    let shape = linked.tables[table].shape
    return zip(shape.dimensions, shape.categories(of: cell))
      .filter { $1 != 0 }.map { "\($0.name)=\($0.codes[$1])" }.sorted()
  }
}
