/// Prints a table a little off, and proves what can still be known from it and all released before.
///
/// A cell with the people of one that was printed as it is is printed as it is again: everybody knows
/// it. Nothing is decided here: whoever asks looks whether the findings are wide enough.
///
/// - Parameters:
///   - table: the people, by the finest classes.
///   - perturbation: how numbers are moved.
///   - topic: what is counted; tables of one topic are one table at several dates.
///   - released: everything released before.
///   - key: the record key of whoever has an id.
/// - Throws: ``ProtectionError`` when a solver gives up, or what `key` throws.
public func perturb(
  _ table: MemberTable, by perturbation: Perturbation, topic: String,
  after released: [ReleasedTable], key: (UInt64) throws -> UInt64
) throws -> LinkedProtection {
  let keyed = try KeyedTable(table, key: key)
  let numbers: Perturbation.Numbers
  do { numbers = try perturbation.numbers(of: keyed) } catch {
    throw ProtectionError.suppression(error)
  }
  var linked = LinkedTables(table, and: released)
  linked.know(numbers.behind, of: 0)
  let rules = CountRules(minimum: perturbation.minimum)
  let (printed, hidden, _) = linked.answers(of: released, from: 1)
  let pattern = try linked.audited(
    printed: printed, hidden: hidden, rules: rules, topic: topic, released)
  return LinkedProtection(
    table: table, numbers: numbers, printed: printed, pattern: pattern, linked: linked)
}

/// Prints a table as it is, whatever it says, and finds out what can be known then of all released before.
///
/// For numbers that a law asks for. Nothing is decided here.
///
/// - Throws: ``ProtectionError`` when a solver gives up.
public func disclose(
  _ table: MemberTable, topic: String, after released: [ReleasedTable]
) throws(ProtectionError) -> LinkedProtection {
  let linked = LinkedTables(table, and: released)
  var (printed, hidden, _) = linked.answers(of: released, from: 1)
  for cell in 0..<table.shape.cellCount {
    if let group = linked.group(0, cell) { printed.insert(group) }
  }
  hidden.subtract(printed)
  let pattern = try linked.audited(
    printed: printed, hidden: hidden, rules: CountRules(minimum: 1), topic: topic, released)
  return LinkedProtection(
    table: table, numbers: nil, printed: printed, pattern: pattern, linked: linked)
}

extension LinkedTables {
  /// A new table and those released before it, with what is known of each.
  init(_ table: MemberTable, and released: [ReleasedTable]) {
    self.init([table] + released.map(\.people))
    for (number, earlier) in released.enumerated() { know(earlier.behind, of: number + 1) }
  }

  /// As above, for a table that is known as well.
  init(_ table: ReleasedTable, and released: [ReleasedTable]) {
    self.init(table.people, and: released)
    know(table.behind, of: 0)
  }

  /// The intervals of everything that is protected, with these groups printed and nothing to decide.
  fileprivate func audited(
    printed: Set<Int>, hidden: Set<Int>, rules: CountRules, topic: String,
    _ released: [ReleasedTable]
  ) throws(ProtectionError) -> SafePattern {
    let objects: [ProtectedObject]
    do {
      objects = try LinkedObjects(
        linked: self, rules: rules, topic: topic, released: released, printed: printed
      ).all()
    } catch { throw .rules(error) }
    let moved = Set(system.groups.indices).subtracting(printed).subtracting(hidden)
    do {
      return try Suppressor(
        system, objects: objects, forced: printed, fixed: hidden, aside: moved,
        groupMinimum: ([rules] + released.map(\.rules)).map(\.minimum).max()
      ).auditAsIs()
    } catch { throw .suppression(error) }
  }
}

extension LinkedProtection {
  /// A table in which nothing is hidden: printed as it is, or a little off.
  fileprivate init(
    table: MemberTable, numbers: Perturbation.Numbers?, printed: Set<Int>, pattern: SafePattern,
    linked: LinkedTables
  ) {
    self.init(
      table: table, perturbed: numbers,
      statuses: (0..<table.shape.cellCount).map { cell in
        guard numbers != nil, let group = linked.group(0, cell), !printed.contains(group) else {
          return .printed
        }
        return .perturbed
      }, pattern: pattern, linked: linked)
  }
}
