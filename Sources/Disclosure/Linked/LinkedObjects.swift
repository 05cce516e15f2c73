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
          !printed.contains(group), system.groups[group].value >= minimums[group]
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
    for later in tables.indices {
      let names = Dictionary(
        (0..<linked.tables[later].shape.cellCount).map { (name(of: $0, in: later), $0) },
        uniquingKeysWith: { first, _ in first })
      for earlier in tables.indices.dropFirst(later + 1)
      where tables[earlier].topic == tables[later].topic {
        let minimum = max(tables[earlier].minimum, tables[later].minimum)
        for cell in 0..<linked.tables[earlier].shape.cellCount {
          guard let other = names[name(of: cell, in: earlier)] else { continue }
          let one = classes(earlier, cell)
          let two = classes(later, other)
          for change in [two.subtracting(one).sorted(), one.subtracting(two).sorted()] {
            let value = change.reduce(0) { $0 + system.truth[$1] }
            guard value > 0, value < minimum, known.insert(change).inserted else { continue }
            found.append(
              ProtectedObject(
                classes: change, value: value, demand: .minimum(minimum), reason: .computable))
          }
        }
      }
    }
    return found
  }

  private func classes(_ table: Int, _ cell: Int) -> Set<Int> {
    linked.group(table, cell).map { Set(system.groups[$0].classes) } ?? []
  }

  /// A cell by its codes without totals, so that a margin is the same in tables of other dimensions.
  private func name(of cell: Int, in table: Int) -> [String] {
    let shape = linked.tables[table].shape
    return zip(shape.dimensions, shape.categories(of: cell))
      .filter { $1 != 0 }.map { "\($0.name)=\($0.codes[$1])" }.sorted()
  }
}
