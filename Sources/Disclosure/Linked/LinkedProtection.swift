/// Hides cells of a table so that nothing too small follows from it and all that was released before.
///
/// Earlier answers bind: a cell with the people of one that was printed is printed, one with the
/// people of a hidden one is hidden. Everything that earlier releases protect is protected again, and
/// so is who came into a cell of the same topic or left it in between, where they are too few.
///
/// - Parameters:
///   - table: the people, by the finest classes.
///   - topic: what is counted; tables of one topic are one table at several dates.
///   - rules: what is too small; zeros must be printed.
///   - released: everything released before, withdrawn tables too: nobody forgets them.
///   - waivers: cells that are printed all the same.
/// - Throws: ``ProtectionError`` when rules do not fit, or no pattern protects everything.
public func protect(
  _ table: MemberTable, topic: String, by rules: CountRules, after released: [ReleasedTable],
  waivers: [Waiver] = []
) throws(ProtectionError) -> LinkedProtection {
  precondition(rules.zerosArePrinted && released.allSatisfy(\.rules.zerosArePrinted))
  let linked = LinkedTables(table, and: released)
  let (answered, hidden, moved) = linked.answers(of: released, from: 1)
  let waived = try linked.reasons(waivers)
  let printed = answered.union(waived.keys.filter { !hidden.contains($0) })
  let new = Set((0..<table.shape.cellCount).compactMap { linked.group(0, $0) })
  let objects: [ProtectedObject]
  do {
    objects = try LinkedObjects(
      linked: linked, rules: rules, topic: topic, released: released, printed: printed
    ).all()
  } catch { throw .rules(error) }
  let pattern: SafePattern
  do {
    var suppressor = Suppressor(
      linked.system, objects: objects, forced: printed, fixed: hidden,
      aside: moved.subtracting(new),
      minimum: rules.minimum,
      groupMinimum: ([rules] + released.map(\.rules)).map(\.minimum).max(), new: new)
    pattern = try suppressor.run()
  } catch { throw .suppression(error) }
  return LinkedProtection(
    table: table, pattern: pattern, waivers: waived, linked: linked, bound: printed.union(hidden))
}

/// A table of which some cells are hidden, with the proof that it and earlier ones give nothing away.
public struct LinkedProtection: Sendable {
  /// Why a cell is printed or not.
  public enum Status: Equatable, Sendable {
    /// Printed as it is.
    case printed
    /// Printed although a rule would hide it, for this reason.
    case waived(String)
    /// Hidden by a rule.
    case primary
    /// Hidden because an earlier release hid the same people.
    case bound
    /// Printed a little off.
    case perturbed
    /// Hidden so that others cannot be computed, for instance these.
    case secondary(protects: [LinkedCell])

    /// Whether the value is left out.
    public var isHidden: Bool {
      switch self {
      case .printed, .waived, .perturbed: false
      case .primary, .bound, .secondary: true
      }
    }
  }

  /// Who is in which cell.
  public let people: MemberTable
  /// The number of people in each cell.
  public let counts: [Int64]
  /// What happened to each cell.
  public let statuses: [Status]
  /// For each cell the first one with the same people.
  public let firstAlike: [Int]
  /// The interval of everything hidden, here and in earlier tables; of cells with the same people once.
  public let findings: [LinkedFinding]

  init(
    table: MemberTable, pattern: SafePattern, waivers: [Int: String], linked: LinkedTables,
    bound: Set<Int>
  ) {
    self.init(
      table: table, perturbed: nil,
      statuses: (0..<table.shape.cellCount).map { cell in
        guard let group = linked.group(0, cell) else { return .printed }
        if let reason = waivers[group], !pattern.hidden[group] { return .waived(reason) }
        guard pattern.hidden[group] else { return .printed }
        if pattern.primaries.contains(group) { return .primary }
        if bound.contains(group) { return .bound }
        return .secondary(protects: pattern.needs[group].map { linked.places(of: $0) } ?? [])
      }, pattern: pattern, linked: linked)
  }

  /// A table with these statuses.
  init(
    table: MemberTable, perturbed: Perturbation.Numbers?, statuses: [Status],
    pattern: SafePattern, linked: LinkedTables
  ) {
    people = table
    counts = table.counts
    self.statuses = statuses
    self.perturbed = perturbed
    firstAlike = (0..<table.shape.cellCount).map { cell in
      linked.group(0, cell).map { linked.system.groups[$0].cells[0] } ?? cell
    }
    let ceiling = AttackerProgram.ceiling(of: linked.system)
    findings = pattern.findings.map { LinkedFinding($0, linked, ceiling: ceiling) }
  }

  /// What is printed a little off, for all cells where some are; nil where none is.
  public let perturbed: Perturbation.Numbers?

  /// What is printed, nil where it is hidden.
  public var printed: [Int64?] {
    statuses.indices.map { cell in
      switch statuses[cell] {
      case .printed, .waived: counts[cell]
      case .perturbed: perturbed?.printed[cell]
      case .primary, .bound, .secondary: nil
      }
    }
  }

  /// How many cells are printed.
  public var printedCount: Int { statuses.count { !$0.isHidden } }
}

/// Between which values an attacker cannot decide who holds several tables.
public struct LinkedFinding: Equatable, Sendable {
  /// The cells whose sum it is; of a group that nobody printed, the cells its people are in.
  public let cells: [LinkedCell]
  /// Whether it is one hidden cell, and what everybody knows.
  public let isOneCell: Bool
  /// The number of people.
  public let value: Int64
  /// The smallest number that some population attains.
  public let lower: Int64
  /// The largest number that some population attains, nil when nothing holds it.
  public let upper: Int64?
  /// What the rules ask.
  public let demand: Finding.Width
  /// Two populations that look the same in print, as what differs from the true one, for a digest.
  public let proof: String

  init(_ finding: SafePattern.Finding, _ linked: LinkedTables, ceiling: Int64) {
    let (object, proof) = (finding.object, finding.proof)
    let highest = proof.highest.value(of: object)
    cells = linked.places(of: object)
    isOneCell = object.group != nil && object.knowing.isEmpty
    value = object.value
    lower = proof.lowest.value(of: object)
    upper = highest < ceiling ? highest : nil
    demand = Finding.Width(object.demand)
    self.proof = [proof.lowest, proof.highest].map { population in
      population.changes.map { "\($0.number):\($0.by)" }.joined(separator: ",") + "\n"
    }.joined()
  }

  /// Whether the interval is as wide as the rules ask.
  public var isWideEnough: Bool { demand.isMet(from: lower, to: upper) }
}

extension LinkedTables {
  /// Why groups of the first table are printed by waiver.
  fileprivate func reasons(_ waivers: [Waiver]) throws(ProtectionError) -> [Int: String] {
    let shape = tables[0].shape
    var reasons: [Int: String] = [:]
    for waiver in waivers {
      let cell = try shape.cell(of: waiver)
      if let group = group(0, cell) { reasons[group] = waiver.reason }
    }
    return reasons
  }
}
