/// A table of amounts, with the contributions that each cell is made of.
///
/// Amounts are whole numbers of a unit: cents, hours, or people whom a provider looks after.
public struct MagnitudeTable: Equatable, Sendable {
  /// The amounts.
  public let table: CountTable
  /// What each holder contributes to each cell, the largest first.
  public let contributions: [[Int64]]

  /// An amount that somebody contributes.
  public struct Contribution: Equatable, Sendable {
    /// The codes of a finest class, one a dimension.
    public var codes: [String]
    /// Who contributes.
    public var respondent: String
    /// How much, at least 0.
    public var amount: Int64

    /// An amount in a class.
    public init(codes: [String], respondent: String, amount: Int64) {
      self.codes = codes
      self.respondent = respondent
      self.amount = amount
    }
  }

  /// Adds contributions up.
  ///
  /// - Parameters:
  ///   - shape: the cells.
  ///   - contributions: in any order.
  ///   - holders: who several respondents belong to; they count as one. Others stand for themselves.
  /// - Throws: ``TableError`` for unknown codes and negative amounts; rows count from 1.
  public init(
    shape: TableShape, contributions: [Contribution], holders: [String: String] = [:]
  ) throws(TableError) {
    var classes = [[String: Int64]](repeating: [:], count: shape.classCount)
    for (row, contribution) in contributions.enumerated() {
      let number = try shape.classNumber(of: contribution.codes, row: row + 1)
      guard contribution.amount >= 0 else {
        throw .negative(
          cell: shape.name(of: shape.cell(ofClass: number)), value: contribution.amount)
      }
      let holder = holders[contribution.respondent] ?? contribution.respondent
      classes[number][holder, default: 0] += contribution.amount
    }
    table = try CountTable(shape: shape, classes: classes.map { $0.values.reduce(0, +) })
    self.contributions = (0..<shape.cellCount).map { cell in
      var holders: [String: Int64] = [:]
      for number in shape.classes(of: cell) {
        holders.merge(classes[number], uniquingKeysWith: +)
      }
      return holders.values.filter { $0 > 0 }.sorted(by: >)
    }
  }
}

/// When an amount tells too much about one of those who contribute to it.
public struct MagnitudeRules: Equatable, Sendable {
  /// A rule about the largest contributions x₁ ≥ x₂ ≥ … to a total X.
  public enum Concentration: Equatable, Sendable {
    /// The largest n are together more than so many per cent of X.
    case dominance(largest: Int64, percent: Int64)
    /// The second can work out the first to within so many per cent: X − x₁ − x₂ < p % of x₁.
    case knownWithin(percent: Int64)
  }

  /// The rules; one of them is enough to hide a cell.
  public var concentrations: [Concentration]
  /// The smallest number of holders behind a printed amount.
  public var minimumHolders: Int
  /// How far, in per cent of the amount, a cell of too few holders must be uncertain to each side.
  public var spread: Int64

  /// Rules for amounts.
  public init(concentrations: [Concentration], minimumHolders: Int = 3, spread: Int64 = 10) {
    self.concentrations = concentrations
    self.minimumHolders = minimumHolders
    self.spread = spread
  }

  /// How far above a cell's amount an attacker's upper end must lie, nil when it may be printed.
  func distance(_ contributions: [Int64]) -> Int64? {
    let total = contributions.reduce(0, +)
    guard total > 0 else { return nil }
    var largest: Int64?
    for rule in concentrations {
      if let distance = rule.distance(contributions, total: total) {
        largest = max(largest ?? 1, distance)
      }
    }
    if contributions.count < minimumHolders {
      largest = max(largest ?? 1, (total * spread + 99) / 100)
    }
    return largest
  }
}

extension MagnitudeRules.Concentration {
  /// The upper protection level of a sensitive cell, nil for another.
  fileprivate func distance(_ contributions: [Int64], total: Int64) -> Int64? {
    switch self {
    case .dominance(let count, let percent):
      let top = contributions.prefix(Int(count)).reduce(0, +)
      guard top * 100 > total * percent else { return nil }
      return max(1, (top * 100 + percent - 1) / percent - total)
    case .knownWithin(let percent):
      let first = contributions.first ?? 0
      let rest = total - first - (contributions.count > 1 ? contributions[1] : 0)
      guard rest * 100 < first * percent else { return nil }
      return max(1, (first * percent + 99) / 100 - rest)
    }
  }
}

/// Hides cells of a table of amounts so that no contribution can be worked out too closely.
///
/// - Parameters:
///   - amounts: the table with its contributions.
///   - rules: what is too close.
///   - waivers: cells that are printed all the same.
/// - Throws: ``ProtectionError`` when waivers do not fit the table or leave no safe pattern.
public func protect(
  _ amounts: MagnitudeTable, by rules: MagnitudeRules, waivers: [Waiver] = []
) throws(ProtectionError) -> ProtectedTable {
  let values = amounts.table.classes
  let translation = ClassTranslation(
    amounts.table, classes: values.indices.filter { values[$0] > 0 }, floor: 0)
  let system = translation.system
  let reasons = try translation.reasons(waivers)
  let objects = system.groups.enumerated().compactMap { number, group -> ProtectedObject? in
    guard reasons[number] == nil,
      let distance = rules.distance(amounts.contributions[group.cells[0]])
    else { return nil }
    let below = min(distance, group.value)
    return ProtectedObject(
      classes: group.classes, value: group.value,
      demand: Demand(
        atLeast: group.value + distance, atMost: group.value - below, width: distance + below),
      reason: .primary(group: number))
  }
  let pattern: SafePattern
  do {
    var suppressor = Suppressor(system, objects: objects, forced: Set(reasons.keys))
    pattern = try suppressor.run()
  } catch { throw .suppression(error) }
  return translation.table(amounts.table, pattern: pattern, waivers: reasons)
}
