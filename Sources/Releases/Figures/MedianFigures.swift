import Disclosure

/// Medians as classes of a fixed grid, and what they say of who lies below.
///
/// That the median of a group lies from a to b says that at most half of it are below a, and at least half
/// below b. These two sentences are rows of the audit, of this release and of all later ones: a table of
/// the group by who is below which bound, of which nothing is printed but is known so far.
struct MedianFigures {
  let rules: FigureRules
  /// The number of everybody, in hundredths, by id.
  let amounts: [UInt64: Int64]

  /// A class of the grid, by the places of its bounds; nil at the open ends.
  struct Class: Equatable {
    /// The place of the bound that it begins at.
    let from: Int?
    /// The place of the bound below which it ends.
    let below: Int?
  }

  /// The class of the median of every cell; nil where too few lie on one side.
  func classes(_ people: MemberTable) -> [Class?] {
    people.idsByCell.map { ids in
      let numbers = ids.map { amounts[$0] ?? 0 }.sorted()
      guard !numbers.isEmpty else { return nil }
      // The lower middle one: somebody's number, as half of two would be nobody's.
      let middle = numbers[(numbers.count - 1) / 2]
      let place = rules.classBounds.firstIndex { middle < Int64($0) * 100 }
      let found = Class(
        from: place.map { $0 == 0 ? nil : $0 - 1 } ?? rules.classBounds.indices.last, below: place)
      let atLeast = found.from.map { Int64(rules.classBounds[$0]) * 100 } ?? .min
      let below = found.below.map { Int64(rules.classBounds[$0]) * 100 } ?? .max
      let (under, above) = (numbers.count { $0 < below }, numbers.count { $0 >= atLeast })
      return under >= Int(rules.side) && above >= Int(rules.side) ? found : nil
    }
  }

  /// The file.
  func table(_ protection: LinkedProtection, _ classes: [Class?]) -> FigureTable {
    let shape = protection.people.shape
    var table = FigureTable(
      header:
        shape.dimensions.map(\.name) + ["people", "median-from", "median-below"])
    for cell in 0..<shape.cellCount {
      let count = protection.printed[cell]
      var median = [PublishedFile.secret, PublishedFile.secret]
      if count != nil, let found = classes[cell] {
        median = [found.from, found.below].map { $0.map { "\(rules.classBounds[$0])" } ?? "" }
      }
      table.append(shape.codes(of: cell) + [FigureTable.text(count)] + median)
    }
    return table
  }

  /// What the medians of all cells say, as a table of which nothing else is known; nil where they say
  /// nothing.
  ///
  /// Medians of cells that are not printed count as known, too: that is on the safe side.
  func known(
    _ people: MemberTable, _ classes: [Class?], topic: String, by countRules: CountRules
  ) throws -> ReleasedTable? {
    let used = Set(classes.compactMap(\.self).flatMap { [$0.from, $0.below] }.compactMap(\.self))
    let bounds = used.sorted()
    guard !bounds.isEmpty else { return nil }
    // under-2 holds under-1 and what lies between: a chain.
    var links: [Hierarchy.Link] = []
    for (place, bound) in bounds.enumerated().reversed() {
      let holder = place + 1 < bounds.count ? "under-\(bounds[place + 1])" : nil
      links.append(.init("under-\(bound)", in: holder))
      links.append(.init("from-\(bound)", in: holder))
    }
    // The lowest bound needs a part below it, of which the chain is made.
    let lowest = "under-\(bounds[0])"
    let side = try Hierarchy(name: Self.dimension, total: CountedPeople.total, links: links)
    let shape = TableShape(people.shape.dimensions + [side])
    var members: [TableMember] = []
    for member in people.members {
      let number = amounts[member.id] ?? 0
      let below = bounds.lastIndex { number >= Int64(rules.classBounds[$0]) * 100 }
      let code = below.map { "from-\(bounds[$0])" } ?? lowest
      let codes = people.shape.codes(of: people.shape.cell(ofClass: member.classNumber)) + [code]
      members.append(
        TableMember(counted: member.id, classNumber: try shape.classNumber(of: codes, row: 0)))
    }
    let table = MemberTable(shape: shape, members: members)
    let counts = people.counts
    var behind = (0..<shape.cellCount).map { _ in Int64(0)...Int64(people.members.count) }
    for (cell, found) in classes.enumerated() {
      guard let found else { continue }
      // The lower middle one of n is at place (n + 1) / 2.
      let middle = (counts[cell] + 1) / 2
      func place(_ bound: Int) -> Int {
        shape.cell(people.shape.categories(of: cell) + [side.number(of: "under-\(bound)") ?? 0])
      }
      if let from = found.from { behind[place(from)] = 0...(middle - 1) }
      if let below = found.below {
        let range = behind[place(below)]
        behind[place(below)] = max(middle, range.lowerBound)...counts[cell]
      }
    }
    return ReleasedTable(
      people: table, hidden: behind.map { _ in true }, behind: behind, rules: countRules,
      topic: topic + "|\(Self.dimension)")
  }

  /// The dimension of who lies below which bound.
  static let dimension = "value"
}
