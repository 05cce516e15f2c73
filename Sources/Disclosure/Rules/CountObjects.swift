/// The objects that rules for numbers of people protect in a table, or in several.
struct CountObjects {
  let system: CellSystem
  /// The shape of the first cells: those that sensitive categories are about.
  let shape: TableShape
  /// From how many people on each group may be known; 0 for groups that are printed anyhow.
  let minimums: [Int64]
  let singlesKnowTheirCell: Bool
  let sensitive: [SensitiveCategories]

  /// Cells, sums and differences in a fixed order.
  func all() throws(RuleError) -> [ProtectedObject] {
    let primaries = primaries()
    var found = primaries + sums(of: Set(primaries.compactMap(\.group)))
    if singlesKnowTheirCell { found += insiders(primaries) }
    for rule in sensitive { found += try rests(rule) }
    return found
  }

  private func primaries() -> [ProtectedObject] {
    system.groups.indices.compactMap { group in
      let value = system.groups[group].value
      guard value > 0, system.people(of: system.groups[group].classes) < minimums[group] else {
        return nil
      }
      return ProtectedObject(
        classes: system.groups[group].classes, value: value, demand: .minimum(minimums[group]),
        reason: .primary(group: group))
    }
  }

  /// Hidden parts of one sum that are together too few: the printed rest would give them away.
  private func sums(of primaries: Set<Int>) -> [ProtectedObject] {
    var known = Set(system.groups.map(\.classes))
    return system.equations.enumerated().compactMap { number, equation in
      let parts = equation.children.filter { primaries.contains($0) }
      let value = parts.reduce(0) { $0 + system.groups[$1].value }
      let classes = parts.flatMap { system.groups[$0].classes }.sorted()
      let minimum = parts.map { minimums[$0] }.max() ?? 0
      guard parts.count > 1, system.people(of: classes) < minimum, known.insert(classes).inserted
      else { return nil }
      return ProtectedObject(
        classes: classes, value: value, demand: .minimum(minimum),
        reason: .sum(equation: number))
    }
  }

  /// The other hidden cells of a sum, as somebody sees them who is alone in one.
  private func insiders(_ primaries: [ProtectedObject]) -> [ProtectedObject] {
    let hidden = Dictionary(
      uniqueKeysWithValues: primaries.compactMap { object in object.group.map { ($0, object) } })
    var known: Set<[Int]> = []
    var found: [ProtectedObject] = []
    for equation in system.equations {
      for single in equation.children where hidden[single]?.value == 1 {
        for part in equation.children where part != single {
          guard var object = hidden[part], known.insert([single, part]).inserted else { continue }
          object.knowing = [single]
          found.append(object)
        }
      }
    }
    return found
  }

  /// Those of each group who do not have the sensitive categories, where they are too few.
  private func rests(_ rule: SensitiveCategories) throws(RuleError) -> [ProtectedObject] {
    guard let place = shape.dimensions.firstIndex(where: { $0.name == rule.dimension }) else {
      throw .unknownDimension(rule.dimension)
    }
    let dimension = shape.dimensions[place]
    var categories: [Int] = []
    for code in rule.categories {
      guard let number = dimension.number(of: code) else {
        throw .unknownCategory(code, dimension: dimension.name)
      }
      categories.append(number)
    }
    return (0..<shape.cellCount).compactMap { cell in
      var codes = shape.categories(of: cell)
      guard codes[place] == 0, let whole = system.groupOfCell[cell] else { return nil }
      let having = categories.reduce(into: Set<Int>()) { found, category in
        codes[place] = category
        if let group = system.groupOfCell[shape.cell(codes)] {
          found.formUnion(system.groups[group].classes)
        }
      }
      let rest = system.groups[whole].classes.filter { !having.contains($0) }
      let value = rest.reduce(0) { $0 + system.truth[$1] }
      guard !rest.isEmpty, value <= rule.coalition, system.groups[whole].value > value else {
        return nil
      }
      return ProtectedObject(
        classes: rest, value: value,
        demand: Demand(atLeast: rule.coalition + 1, atMost: .max, width: 1),
        reason: .rest(of: whole))
    }
  }
}
