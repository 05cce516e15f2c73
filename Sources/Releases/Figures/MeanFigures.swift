import Disclosure

/// Means, printed where the count is, where nobody contributes too much, and rounded so far that even who
/// knows all other numbers does not know the last one.
struct MeanFigures {
  let rules: FigureRules
  /// The number of everybody, in hundredths, by id.
  let amounts: [UInt64: Int64]
  /// Means of the same number that were released before.
  let earlier: [EarlierMeans]

  /// The file; nil where amounts of the table cannot be protected at all.
  func table(_ protection: LinkedProtection) throws(ProtectionError) -> FigureTable? {
    let people = protection.people
    let shape = people.shape
    guard let isOpen = try open(people) else { return nil }
    let members = people.idsByCell
    let spread = Self.spread(people.members.map { amounts[$0.id] ?? 0 })
    var table = FigureTable(header: shape.dimensions.map(\.name) + ["people", "mean"])
    for cell in 0..<shape.cellCount {
      let count = protection.printed[cell]
      var mean: String?
      if let count, count >= rules.leastMeant, isOpen[cell] {
        mean = self.mean(members[cell], spread)
      }
      table.append(
        shape.codes(of: cell) + [FigureTable.text(count), mean ?? PublishedFile.secret])
    }
    return table
  }

  /// The mean of some people: as printed before where it is the same, hidden where too few of them changed
  /// their number since.
  private func mean(_ ids: [UInt64], _ spread: Int64) -> String? {
    for release in earlier {
      guard let known = release.means[ids] else { continue }
      let changed = ids.count { release.amounts[$0] != amounts[$0] }
      if changed == 0 { return known }
      if changed < Int(rules.leastMeant) { return nil }
    }
    return Self.mean(of: ids.reduce(0) { $0 + (amounts[$1] ?? 0) }, Int64(ids.count), spread)
  }

  /// Which cells the rules for amounts print: no contribution can be worked out too closely.
  private func open(_ people: MemberTable) throws(ProtectionError) -> [Bool]? {
    let contributions = people.members.map { member in
      MagnitudeTable.Contribution(
        codes: people.shape.codes(of: people.shape.cell(ofClass: member.classNumber)),
        respondent: "\(member.person)", amount: Int64((amounts[member.id] ?? 0).magnitude))
    }
    let magnitudes: MagnitudeTable
    do { magnitudes = try MagnitudeTable(shape: people.shape, contributions: contributions) } catch
    { return nil }
    do {
      let found = try protect(
        magnitudes,
        by: MagnitudeRules(
          concentrations: FigureRules.concentrations, minimumHolders: Int(rules.leastMeant)))
      return found.printed.map { $0 != nil }
    } catch {
      if case .suppression(.impossible) = error { return nil }
      throw error
    }
  }

  /// What nine in ten do not exceed, up to the next of 1, 2, 5, 10, 20 and so on.
  static func spread(_ amounts: [Int64]) -> Int64 {
    let sorted = amounts.map { Int64($0.magnitude) }.sorted()
    guard !sorted.isEmpty else { return 1 }
    return roundNumber(from: sorted[min(sorted.count - 1, sorted.count * 9 / 10)])
  }

  /// The mean of a sum in hundredths, to a multiple of the first of 1, 2, 5, 10, 20 and so on hundredths of
  /// which so many as there are people make up the spread.
  static func mean(of sum: Int64, _ count: Int64, _ spread: Int64) -> String {
    let step = roundNumber(from: (spread + count - 1) / count)
    let whole = Double(sum) / Double(count * step)
    let mean = Int64(whole.rounded()) * step
    return step % 100 == 0
      ? "\(mean / 100)" : FigureTable.decimal(mean, places: 2)
  }

  /// The first of 1, 2, 5, 10, 20, 50 and so on that is not smaller.
  static func roundNumber(from least: Int64) -> Int64 {
    var power: Int64 = 1
    while true {
      for factor in [1, 2, 5] as [Int64] where factor * power >= least { return factor * power }
      power *= 10
    }
  }
}

/// Means of one number as a release printed them.
struct EarlierMeans {
  /// The mean by who is in the cell, ids ascending; only printed ones.
  let means: [[UInt64]: String]
  /// Everybody's number then, in hundredths.
  let amounts: [UInt64: Int64]
}

extension MemberTable {
  /// Who is in each cell, ids ascending.
  var idsByCell: [[UInt64]] {
    var classes = [[UInt64]](repeating: [], count: shape.classCount)
    for member in members { classes[member.classNumber].append(member.id) }
    return (0..<shape.cellCount).map { cell in
      shape.classes(of: cell).flatMap { classes[$0] }.sorted()
    }
  }
}
