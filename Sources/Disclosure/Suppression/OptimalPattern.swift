import LinearPrograms

/// The best pattern there is, where the search for it ends soon.
///
/// A program over which groups to hide, with a condition for every attack that succeeded on its last
/// proposal; ends when none does. Limits are numbers of rounds and of nodes, so that it ends alike
/// everywhere.
struct OptimalPattern {
  private let system: CellSystem
  private let objects: [ProtectedObject]
  private let forced: Set<Int>
  private let kept: Set<Int>
  private let groupMinimum: Int64?
  private var cuts: [AttackCuts.Cut] = []
  /// How many entries of programs were searched.
  private var searched = 0

  /// How long is searched.
  struct Effort {
    /// How often conditions are added.
    var rounds: Int
    /// How many nodes each search among whole numbers visits.
    var nodes: Int
    /// How many entries of programs, open columns times conditions, all searches among whole numbers
    /// see together: what they cost hangs on it.
    var entries = Int.max
  }

  /// What a pattern hides besides what must be hidden.
  struct Loss: Equatable {
    /// How many cells.
    var number: Int
    /// How many people are in them.
    var sum: Int64
  }

  /// Starts without conditions.
  ///
  /// - Parameters:
  ///   - objects: what is protected, every group included that may be hidden for others.
  ///   - forced: groups that must be printed.
  ///   - kept: groups that must be hidden.
  ///   - groupMinimum: fewer people than this must not follow for a group that nobody printed.
  init(
    _ system: CellSystem, objects: [ProtectedObject], forced: Set<Int>, kept: Set<Int>,
    groupMinimum: Int64?
  ) {
    self.system = system
    self.objects = objects
    self.forced = forced
    self.kept = kept
    self.groupMinimum = groupMinimum
  }

  /// What a pattern loses.
  func loss(_ hidden: [Bool]) -> Loss {
    hidden.indices.reduce(into: Loss(number: 0, sum: 0)) { loss, group in
      guard hidden[group], !kept.contains(group) else { return }
      loss.number += system.groups[group].cells.count
      loss.sum += Int64(system.groups[group].cells.count) * system.groups[group].value
    }
  }

  /// The pattern with the fewest cells and people: of either at most a quarter more than the fewest that
  /// any pattern needs, if there is such a one; nil where the search did not end.
  mutating func best(_ effort: Effort) throws(DisclosureError) -> [Bool]? {
    guard let fewest = try fewest(effort), let least = try least(effort) else { return nil }
    let (number, sum) = (Double(loss(fewest).number), Double(loss(least).sum))
    guard number > 0, sum > 0 else { return fewest }
    var master = master()
    master.addRow(terms(by: numberCosts), .init(0, 1.25 * number))
    master.addRow(terms(by: sumCosts), .init(0, 1.25 * sum))
    let costs = zip(numberCosts, sumCosts).map { $0 / number + $1 / sum }
    return try solve(master, effort, by: costs) ?? fewest
  }

  /// The pattern with the fewest cells, or nil where the search did not end.
  mutating func fewest(_ effort: Effort) throws(DisclosureError) -> [Bool]? {
    // Among as many cells, fewer people.
    let all = Double(system.groups.reduce(0) { $0 + $1.value * Int64($1.cells.count) } + 1)
    let costs = zip(numberCosts, sumCosts).map { $0 + 0.5 * $1 / all }
    return try solve(master(), effort, by: costs)
  }

  /// The pattern with the fewest people in hidden cells, or nil where the search did not end.
  mutating func least(_ effort: Effort) throws(DisclosureError) -> [Bool]? {
    try solve(master(), effort, by: sumCosts)
  }

  /// A number of cells that every pattern hides at least, and how much of each group is hidden for it, when
  /// parts of cells may be hidden.
  mutating func relaxed(
    _ effort: Effort
  ) throws(DisclosureError) -> (number: Double, shares: [Double]) {
    var attacks = AttackCuts(system, objects: objects)
    let found = try relax(master(), effort, &attacks, by: numberCosts)
    return (found.value, found.shares)
  }

  private var numberCosts: [Double] {
    system.groups.indices.map { kept.contains($0) ? 0 : Double(system.groups[$0].cells.count) }
  }

  private var sumCosts: [Double] {
    zip(numberCosts, system.groups).map { $0 * Double($1.value) }
  }

  private func terms(by costs: [Double]) -> [LinearProgram.Term] {
    costs.enumerated().compactMap { $1 == 0 ? nil : .init($0, times: $1) }
  }

  /// The program over what to hide, with the conditions known so far still to come.
  private func master() -> LinearProgram {
    var program = LinearProgram()
    for group in system.groups.indices {
      program.addColumn(
        kept.contains(group) ? .exactly(1) : forced.contains(group) ? .exactly(0) : .init(0, 1))
    }
    return program
  }

  private func add(_ cuts: some Sequence<AttackCuts.Cut>, to program: inout LinearProgram) {
    for cut in cuts {
      let terms = cut.multiples.sorted { $0.key < $1.key }
      program.addRow(terms.map { .init($0.key, times: $0.value) }, .atLeast(cut.least))
    }
  }

  /// Adds conditions until no attack on parts of cells succeeds.
  private mutating func relax(
    _ start: LinearProgram, _ effort: Effort, _ attacks: inout AttackCuts,
    by costs: [Double]
  ) throws(DisclosureError) -> (program: LinearProgram, value: Double, shares: [Double]) {
    var program = start
    add(cuts, to: &program)
    var (value, shares) = (0.0, [Double](repeating: 0, count: system.groups.count))
    for _ in 0..<effort.rounds {
      let optimum: SimplexSolver.Optimum
      do {
        var solver = SimplexSolver(program)
        optimum = try solver.optimum(.least, of: terms(by: costs))
      } catch { throw DisclosureError(error) }
      value = optimum.value
      shares = optimum.columns.map { $0 < 1e-6 ? 0 : $0 > 1 - 1e-6 ? 1 : $0 }
      let new = try attacks.cuts(shares, objects: objects)
      if new.isEmpty { break }
      add(new, to: &program)
      cuts += new
    }
    return (program, value, shares)
  }

  private mutating func solve(
    _ start: LinearProgram, _ effort: Effort, by costs: [Double]
  ) throws(DisclosureError) -> [Bool]? {
    var attacks = AttackCuts(system, objects: objects)
    do {
      return try search(start, effort, &attacks, by: costs)
    } catch {
      // No pattern meets all conditions, or a solver gave up: there are other ways.
      if case .impossible = error { throw error }
      return nil
    }
  }

  private mutating func search(
    _ start: LinearProgram, _ effort: Effort, _ attacks: inout AttackCuts,
    by costs: [Double]
  ) throws(DisclosureError) -> [Bool]? {
    var program = try relax(start, effort, &attacks, by: costs).program
    let open = program.columns.count { $0.lower < $0.upper }
    for _ in 0..<effort.rounds {
      searched += open * program.rows.count
      guard searched <= effort.entries else { return nil }
      let found: LinearProgram.WholeOptimum?
      do {
        found = try program.wholeOptimum(.least, of: terms(by: costs), nodes: effort.nodes)
      } catch { throw DisclosureError(error) }
      guard let found, found.isProven else { return nil }
      let hidden = found.columns.map { $0 > 0 }
      var new = try attacks.cuts(hidden.map { $0 ? 1 : 0 }, objects: objects)
      if new.isEmpty { new = try wholeCuts(hidden) }
      if new.isEmpty { return hidden }
      add(new, to: &program)
      cuts += new
    }
    return nil
  }

  /// What a pattern lacks that no attack with parts of people shows: another printed group has to be hidden.
  private func wholeCuts(_ hidden: [Bool]) throws(DisclosureError) -> [AttackCuts.Cut] {
    let printed = hidden.indices.filter { !hidden[$0] && !forced.contains($0) }
    var auditor = Auditor(system, hidden: hidden)
    var found: [AttackCuts.Cut] = []
    for object in objects where object.secondaryGroup.map({ hidden[$0] }) ?? true {
      guard case .exposed = try auditor.verdict(on: object) else { continue }
      var cut = AttackCuts.Cut(
        multiples: Dictionary(uniqueKeysWithValues: printed.map { ($0, 1) }), least: 1)
      if let group = object.secondaryGroup { (cut.multiples[group], cut.least) = (-1, 0) }
      found.append(cut)
    }
    if let minimum = groupMinimum, found.isEmpty {
      let known = Set(objects.filter(\.knowing.isEmpty).map(\.classes))
      for classes in ComputableGroups(system, hidden: hidden).smaller(than: minimum)
      where !known.contains(classes) {
        found.append(combination(classes, hidden: hidden))
      }
    }
    return found
  }

  /// The printed groups that a sum of classes is computed from: one of them has to be hidden.
  private func combination(_ classes: [Int], hidden: [Bool]) -> AttackCuts.Cut {
    var program = LinearProgram()
    for _ in system.truth { program.addColumn(.free) }
    let printed = system.groups.indices.filter { !hidden[$0] }
    for group in printed {
      program.addRow(
        system.groups[group].classes.map { .init($0) }, .exactly(Double(system.groups[group].value))
      )
    }
    // Where that cannot be told, any of them.
    var prices: [Double] = []
    var solver = SimplexSolver(program)
    if let optimum = try? solver.optimum(.greatest, of: classes.map { .init($0) }) {
      prices = optimum.rowPrices
    }
    var cut = AttackCuts.Cut(multiples: [:], least: 1)
    for (row, group) in printed.enumerated() where !forced.contains(group) {
      if prices.isEmpty || abs(prices[row]) > 1e-7 {
        cut.multiples[group] = 1
      }
    }
    return cut
  }
}
