import LinearPrograms

/// Finds cells to hide besides those that the rules hide, until no object is known too exactly.
///
/// Elimination gives a first pattern, prices of linear programs say what else to hide where bounds
/// are still too narrow, and pruning prints again what was hidden in vain. The guarantee is the
/// audit at the end, not the way to it. Equal input gives an equal pattern: candidates come in an
/// order of values and cell numbers.
struct Suppressor {
  let system: CellSystem
  /// Cells that must be printed.
  let forced: Set<Int>
  /// The cells that are decided on; only their intervals are narrowed down to the last at the end.
  let new: Set<Int>
  var objects: [ProtectedObject]
  /// Whether each group is hidden.
  var hidden: [Bool]
  let primaries: Set<Int>
  /// Groups that are never printed again: primaries and those that were hidden before.
  let kept: Set<Int>
  /// Groups that are not printed as they are and that nothing is asked of: they only are what they are.
  let aside: Set<Int>
  var proofs: [Auditor.Proof?] = []
  /// The groups that stand in one sum with each group.
  let neighbours: [Set<Int>]
  /// An object that would be known too exactly if a hidden cell were printed.
  var needs: [Int: ProtectedObject] = [:]
  /// A group that is printed for a trial.
  var banned: Int?
  /// How much of each group the cheapest pattern of parts hides: what it hides is cheaper.
  var shares: [Double]?
  /// A hidden cell must be one of so many values at least, nil when that does not matter.
  let minimum: Int64?
  /// Fewer people than this must not follow for a group, nil when groups do not matter.
  let groupMinimum: Int64?

  /// Starts from the objects to protect.
  ///
  /// - Parameters:
  ///   - system: cells and classes.
  ///   - objects: what is protected; the primary ones are hidden.
  ///   - forced: groups that must be printed.
  ///   - fixed: groups that stay hidden, whatever they are.
  ///   - aside: groups that stay hidden and of which nothing is asked: they were printed a little off.
  ///   - minimum: the least number of people that may be known to be in a cell, if that matters.
  ///   - groupMinimum: the same of groups that nobody printed; that of cells unless stated.
  ///   - new: groups that are decided on, nil for all.
  init(
    _ system: CellSystem, objects: [ProtectedObject], forced: Set<Int>, fixed: Set<Int> = [],
    aside: Set<Int> = [], minimum: Int64? = nil, groupMinimum: Int64? = nil, new: Set<Int>? = nil
  ) {
    self.system = system
    self.minimum = minimum
    self.groupMinimum = groupMinimum ?? minimum
    self.objects = objects
    self.forced = forced
    self.new = new ?? Set(system.groups.indices)
    var hidden = [Bool](repeating: false, count: system.groups.count)
    var primaries: Set<Int> = []
    for object in objects {
      if case .primary(let group) = object.reason { primaries.insert(group) }
    }
    self.aside = aside.subtracting(primaries).subtracting(fixed)
    for group in primaries.union(fixed).union(aside) { hidden[group] = true }
    self.hidden = hidden
    self.primaries = primaries
    kept = primaries.union(fixed).union(aside)
    neighbours = Self.neighbours(in: system)
  }

  private static func neighbours(in system: CellSystem) -> [Set<Int>] {
    var neighbours = [Set<Int>](repeating: [], count: system.groups.count)
    for equation in system.equations {
      let all = equation.children + [equation.parent]
      for group in all { neighbours[group].formUnion(all) }
    }
    return neighbours
  }

  /// After so many rounds a cell that was once too narrow stays hidden, lest two take turns.
  private static let patience = 3

  /// The pattern and what it protects, with a proof for every object.
  ///
  /// - Throws: ``DisclosureError/impossible(cells:)`` when too many cells must be printed.
  mutating func run() throws(DisclosureError) -> SafePattern {
    try DisclosureError.checkSolvers()
    eliminate()
    var rounds = 0
    repeat {
      rounds += 1
      try repair()
      while try prune(keepingNarrow: rounds > Self.patience) {}
      if rounds == 1, try !solve() {
        try guide()
        try improve()
      }
      // Both, and not only one of them when the first has found something.
    } while [addComputable(), try addNarrow()].contains(true)
    return try audit()
  }

  /// The interval of everything under the pattern as it stands.
  func auditAsIs() throws(DisclosureError) -> SafePattern {
    try DisclosureError.checkSolvers()
    var copy = self
    _ = copy.addComputable()
    return try copy.audit()
  }

  /// Hides what elimination proposes.
  private mutating func eliminate() {
    var elimination = Elimination(
      objects: objects.map(\.classes), classCount: system.truth.count)
    for group in printingOrder() where !kept.contains(group) {
      let isPrinted = elimination.print(system.groups[group].classes)
      if !isPrinted, !forced.contains(group) { hidden[group] = true }
    }
  }

  /// Forced cells first, then the largest; ties by the cells' numbers.
  func printingOrder() -> [Int] {
    system.groups.indices.sorted { a, b in
      let (first, second) = (system.groups[a], system.groups[b])
      if forced.contains(a) != forced.contains(b) { return forced.contains(a) }
      return (-first.value, -first.classes.count, a) < (-second.value, -second.classes.count, b)
    }
  }

  /// Hides more cells until every object is safe, the smallest objects first.
  mutating func repair() throws(DisclosureError) {
    var seen = provedPopulations()
    var ways = CheapestWay(system, objects: objects)
    proofs = [Auditor.Proof?](repeating: nil, count: objects.count)
    var open = objects.indices.sorted { (objects[$0].value, $0) < (objects[$1].value, $1) }
    // Among many tables whole people are looked for only where nothing else helps.
    var isQuick = isLong
    while !open.isEmpty {
      // What is hidden meanwhile can only make safer, so one auditor is good for a whole round.
      var auditor = Auditor(system, hidden: hidden, seen: seen)
      var exposed: [(index: Int, directions: [Direction])] = []
      var hasHidden = false
      for index in open {
        switch try auditor.verdict(on: objects[index], isQuick: isQuick) {
        case .safe(let proof): proofs[index] = proof
        case .exposed(let directions):
          exposed.append((index, directions))
          for group in try cheapest(&ways, for: objects[index], directions) {
            hidden[group] = true
            hasHidden = true
          }
        }
      }
      if isQuick, !hasHidden {
        isQuick = false
      } else if let first = exposed.first, !hasHidden {
        // Where half people would do, whole ones need another cell.
        hidden[try cellToHide(for: objects[first.index], directions: first.directions)] = true
      }
      open = exposed.map(\.index)
      seen = auditor.seen
    }
  }

  /// The printed cells that the cheapest way to enough uncertainty changes; none where there is none.
  private func cheapest(
    _ ways: inout CheapestWay, for object: ProtectedObject, _ directions: [Direction]
  ) throws(DisclosureError) -> [Int] {
    let costs = hidden.indices.map { group in
      hidden[group] ? 0 : forced.contains(group) || group == banned ? nil : price(of: group)
    }
    let demand = object.demand
    var best: CheapestWay.Way?
    for direction in directions {
      // Upwards: so far that the width is there without going down. Downwards the same the other way.
      let number =
        direction == .greatest
        ? max(demand.atLeast, directions.count > 1 ? object.value + demand.width : 0)
        : min(demand.atMost, object.value - demand.width)
      guard number >= 0,
        let found = try ways.way(direction, of: object, to: number, costs: costs)
      else { continue }
      if found.cost < best?.cost ?? .infinity { best = found }
    }
    return best?.groups.filter { !hidden[$0] } ?? []
  }

  /// What one person more or less in a printed group costs.
  func price(of group: Int) -> Double {
    // What counts is mostly how many cells are left out, and a little how many people.
    Double(system.groups[group].cells.count) * (1.02 - (shares?[group] ?? 0))
      * Double(system.groups[group].value + 1).squareRoot().squareRoot()
  }

  /// The printed cell whose hiding is worth most for its price.
  private func cellToHide(
    for object: ProtectedObject, directions: [Direction]
  ) throws(DisclosureError) -> Int {
    var program = AttackerProgram(system, hidden: hidden, settling: false)
    for group in object.knowing { program.setHidden(false, group: group) }
    var best: (score: Double, group: Int)?
    for direction in directions {
      let end = try program.end(direction, of: object)
      for (group, price) in end.prices.enumerated() where !hidden[group] {
        let worth = min(abs(price), Double(object.demand.width))
        guard worth > 1e-7, !forced.contains(group), group != banned else { continue }
        let score = cost(of: group) / worth
        if score < (best?.score ?? .infinity) - 1e-9 { best = (score, group) }
      }
    }
    guard let best else { throw .impossible(cells: system.cells(of: object)) }
    return best.group
  }

  func cost(of group: Int) -> Double {
    Double(system.groups[group].value + 1) * Double(system.groups[group].cells.count)
  }

  /// Populations that may prove something again.
  func provedPopulations() -> [Population] {
    proofs.compactMap(\.self).flatMap { [$0.lowest, $0.highest] }
  }

  /// Adds groups that nobody printed but that follow exactly; says whether there were any.
  private mutating func addComputable() -> Bool {
    guard let minimum = groupMinimum else { return false }
    let known = Set(objects.filter(\.knowing.isEmpty).map(\.classes))
    let found = ComputableGroups(system, hidden: hidden).smaller(than: minimum)
      .filter { !known.contains($0) }
    objects += found.map { classes in
      ProtectedObject(
        classes: classes, value: classes.reduce(0) { $0 + system.truth[$1] },
        demand: .minimum(minimum), reason: .computable)
    }
    return !found.isEmpty
  }

  /// Adds hidden cells that are not sensitive but known too exactly; says whether there were any.
  private mutating func addNarrow() throws(DisclosureError) -> Bool {
    guard let minimum else { return false }
    var auditor = Auditor(system, hidden: hidden, seen: provedPopulations())
    let known = primaries.union(objects.compactMap(\.secondaryGroup))
    var narrow: [ProtectedObject] = []
    for group in hidden.indices
    where hidden[group] && !known.contains(group) && !aside.contains(group) {
      let object = secondary(group, minimum: minimum)
      let verdict = try auditor.verdict(on: object)
      if case .exposed = verdict { narrow.append(object) }
    }
    objects += narrow
    return !narrow.isEmpty
  }

  func secondary(_ group: Int, minimum: Int64) -> ProtectedObject {
    ProtectedObject(
      classes: system.groups[group].classes, value: system.groups[group].value,
      demand: Demand(atLeast: 0, atMost: .max, width: minimum - 1),
      reason: .secondary(group: group))
  }
}
