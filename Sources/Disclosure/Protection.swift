/// Hides cells of a table of people so that nothing too small can be found out.
///
///     let rules = CountRules(minimum: 5)
///     let protected = try protect(table, by: rules)
///     protected.printed       // nil where a cell is hidden
///     protected.findings      // how exactly an attacker can know each hidden cell
///
/// Equal tables and rules give equal patterns.
///
/// - Parameters:
///   - table: numbers of people with margins.
///   - rules: what is too small and what an attacker knows.
///   - waivers: cells that are printed all the same.
/// - Throws: ``ProtectionError`` when rules do not fit the table, or waivers leave no safe pattern.
public func protect(
  _ table: CountTable, by rules: CountRules, waivers: [Waiver] = []
) throws(ProtectionError) -> ProtectedTable {
  let translation = ClassTranslation(table, zerosArePrinted: rules.zerosArePrinted)
  let system = translation.system
  let reasons = try translation.reasons(waivers)
  let objects: [ProtectedObject]
  do {
    objects = try CountObjects(
      system: system, shape: table.shape,
      minimums: system.groups.indices.map { reasons[$0] == nil ? rules.minimum : 0 },
      singlesKnowTheirCell: rules.singlesKnowTheirCell, sensitive: rules.sensitive
    ).all()
  } catch { throw .rules(error) }
  let pattern: SafePattern
  do {
    var suppressor = Suppressor(
      system, objects: objects, forced: Set(reasons.keys), minimum: rules.minimum)
    pattern = try suppressor.run()
  } catch { throw .suppression(error) }
  return translation.table(table, pattern: pattern, waivers: reasons)
}

/// Why a table could not be protected.
public enum ProtectionError: Error, Equatable, Sendable {
  /// The rules do not fit the table.
  case rules(RuleError)
  /// No pattern protects it.
  case suppression(DisclosureError)
}

extension TableShape {
  /// The cell that a waiver prints.
  func cell(of waiver: Waiver) throws(ProtectionError) -> Int {
    let numbers = zip(dimensions, waiver.codes).compactMap { $0.number(of: $1) }
    guard waiver.codes.count == dimensions.count, numbers.count == waiver.codes.count,
      !waiver.reason.isEmpty
    else { throw .rules(.unusableWaiver(codes: waiver.codes)) }
    return cell(numbers)
  }
}

/// Between the cells of a table and the groups and classes of a system.
struct ClassTranslation {
  let system: CellSystem
  private let shape: TableShape
  /// The table's number of each class of the system.
  private let classes: [Int]

  /// The classes that have people, which is what an attacker knows who reads printed zeros; all
  /// classes where zeros may be hidden.
  init(_ table: CountTable, zerosArePrinted: Bool) {
    let values = table.classes
    self.init(
      table, classes: values.indices.filter { !zerosArePrinted || values[$0] > 0 },
      floor: zerosArePrinted ? 1 : 0)
  }

  /// These classes; the others are known to be empty.
  init(_ table: CountTable, classes: [Int], floor: Int64) {
    shape = table.shape
    self.classes = classes
    system = CellSystem(table, classes: classes, floor: floor)
  }

  /// Why groups are printed by waiver.
  func reasons(_ waivers: [Waiver]) throws(ProtectionError) -> [Int: String] {
    var reasons: [Int: String] = [:]
    for waiver in waivers {
      let cell = try shape.cell(of: waiver)
      if let group = system.groupOfCell[cell] { reasons[group] = waiver.reason }
    }
    return reasons
  }

  func table(
    _ table: CountTable, pattern: SafePattern, waivers: [Int: String]
  ) -> ProtectedTable {
    let statuses = system.groupOfCell.map { group -> ProtectedTable.Status in
      guard let group else { return .printed }
      if let reason = waivers[group] { return .waived(reason) }
      guard pattern.hidden[group] else { return .printed }
      if pattern.primaries.contains(group) { return .primary }
      return .secondary(protects: pattern.needs[group].map { system.cells(of: $0) } ?? [])
    }
    return ProtectedTable(
      table: table, statuses: statuses, findings: pattern.findings.map { finding($0) })
  }

  /// A finding in the table's cells; of several cells with the same people it names the one given.
  func finding(_ finding: SafePattern.Finding, cell: Int? = nil) -> Finding {
    let (object, proof) = (finding.object, finding.proof)
    let upper = proof.highest.value(of: object)
    let subject: Finding.Subject =
      switch object.reason {
      case .primary(let group), .secondary(let group):
        .cell(cell ?? system.groups[group].cells[0])
      case .rest(let whole):
        .rest(of: system.groups[whole].cells[0], cells: system.cells(of: object))
      case .sum, .computable: .sum(system.cells(of: object))
      }
    return Finding(
      subject: subject, value: object.value, lower: proof.lowest.value(of: object),
      upper: upper < AttackerProgram.ceiling(of: system) ? upper : nil, isExact: proof.isExact,
      demand: .init(object.demand),
      knowing: object.knowing.map { system.groups[$0].cells[0] },
      certificate: Certificate(
        lowest: population(proof.lowest), highest: population(proof.highest)))
  }

  /// The number of people in each class of the table.
  private func population(_ population: Population) -> [Int64] {
    var values = [Int64](repeating: 0, count: shape.classCount)
    for (number, place) in classes.enumerated() { values[place] = system.truth[number] }
    for change in population.changes { values[classes[change.number]] += change.by }
    return values
  }
}
