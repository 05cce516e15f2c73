import LinearPrograms

/// Finds cells to hide besides those that the rules hide, until no object is known too exactly.
///
/// Elimination gives a first pattern, prices of linear programs say what else to hide where bounds
/// are still too narrow, and pruning prints again what was hidden in vain. The guarantee is the
/// audit at the end, not the way to it. Equal input gives an equal pattern: candidates come in an
/// order of values and cell numbers.
struct Suppressor {
  private let system: CellSystem
  /// Cells that must be printed.
  private let forced: Set<Int>
  /// The cells that are decided on; only their intervals are narrowed down to the last at the end.
  private let new: Set<Int>
  private var objects: [ProtectedObject]
  /// Whether each group is hidden.
  private(set) var hidden: [Bool]
  private let primaries: Set<Int>
  /// Groups that are never printed again: primaries and those that were hidden before.
  private let kept: Set<Int>
  /// Groups that are not printed as they are and that nothing is asked of: they only are what they are.
  private let aside: Set<Int>
  private var proofs: [Auditor.Proof?] = []
  /// The groups that stand in one sum with each group.
  private let neighbours: [Set<Int>]
  /// An object that would be known too exactly if a hidden cell were printed.
  private var needs: [Int: ProtectedObject] = [:]
  /// A group that is printed for a trial.
  private var banned: Int?
  /// A hidden cell must be one of so many values at least, nil when that does not matter.
  private let minimum: Int64?
  /// Fewer people than this must not follow for a group, nil when groups do not matter.
  private let groupMinimum: Int64?

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
      if rounds == 1 { try improve() }
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

  /// How often another pattern is tried, and up to how many cells with different people.
  private static let tries = 20
  private static let largestToImprove = 1_000

  /// Prints one hidden cell after the other, hides others in its stead, and keeps what is better.
  private mutating func improve() throws(DisclosureError) {
    var tries = system.groups.count <= Self.largestToImprove ? Self.tries : 0
    var hasImproved = true
    while hasImproved, tries > 0 {
      hasImproved = false
      let order = hidden.indices.filter { hidden[$0] && !kept.contains($0) }
        .sorted { (-cost(of: $0), $0) < (-cost(of: $1), $1) }
      for group in order where hidden[group] && tries > 0 {
        tries -= 1
        var trial = self
        trial.hidden[group] = false
        trial.banned = group
        do {
          try trial.repair()
          trial.banned = nil
          let new = hidden.indices.filter { trial.hidden[$0] && !hidden[$0] }
          let near = (new + [group]).reduce(into: Set<Int>()) { $0.formUnion(neighbours[$1]) }
          while try trial.prune(keepingNarrow: false, near: near) {}
        } catch {
          guard case .impossible = error else { throw error }
          continue
        }
        guard trial.loss < loss else { continue }
        self = trial
        hasImproved = true
      }
    }
  }

  /// What is lost by hiding: cells, then people.
  private var loss: Double {
    hidden.indices.reduce(0) { $0 + (hidden[$1] ? price(of: $1) : 0) }
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
  private func printingOrder() -> [Int] {
    system.groups.indices.sorted { a, b in
      let (first, second) = (system.groups[a], system.groups[b])
      if forced.contains(a) != forced.contains(b) { return forced.contains(a) }
      return (-first.value, -first.classes.count, a) < (-second.value, -second.classes.count, b)
    }
  }

  /// Hides more cells until every object is safe, the smallest objects first.
  private mutating func repair() throws(DisclosureError) {
    var auditor = Auditor(system, hidden: hidden, seen: provedPopulations())
    var ways = CheapestWay(system, objects: objects)
    proofs = [Auditor.Proof?](repeating: nil, count: objects.count)
    let order = objects.indices.sorted { (objects[$0].value, $0) < (objects[$1].value, $1) }
    for index in order {
      let object = objects[index]
      search: while true {
        switch try auditor.verdict(on: object) {
        case .safe(let proof):
          proofs[index] = proof
          break search
        case .exposed(let directions):
          var new = try cheapest(&ways, for: object, directions)
          // Where half people would do, whole ones need another cell.
          if new.isEmpty { new = [try cellToHide(for: object, directions: directions)] }
          for group in new { hidden[group] = true }
          auditor = Auditor(system, hidden: hidden, seen: auditor.seen)
        }
      }
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
  private func price(of group: Int) -> Double {
    // What counts is mostly how many cells are left out, and a little how many people.
    Double(system.groups[group].cells.count)
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

  private func cost(of group: Int) -> Double {
    Double(system.groups[group].value + 1) * Double(system.groups[group].cells.count)
  }

  /// Prints hidden cells again, the largest first, where every object stays safe; says whether it
  /// printed any.
  private mutating func prune(
    keepingNarrow: Bool, near: Set<Int>? = nil
  ) throws(DisclosureError) -> Bool {
    let narrow = keepingNarrow ? objects.compactMap(\.secondaryGroup) : []
    let kept = self.kept.union(narrow)
    let order = hidden.indices.filter {
      hidden[$0] && !kept.contains($0) && near?.contains($0) ?? true
    }
    .sorted { (-cost(of: $0), $0) < (-cost(of: $1), $1) }
    var auditor = Auditor(system, hidden: hidden, seen: provedPopulations())
    var (elimination, eliminated) = eliminationAsIs()
    var hasPrinted = false
    for group in order {
      // What follows exactly needs no program.
      if let object = elimination.follower(of: system.groups[group].classes) {
        needs[group] = eliminated[object]
        continue
      }
      auditor.setHidden(false, group: group)
      guard let changed = try renewedProofs(printing: group, &auditor) else {
        auditor.setHidden(true, group: group)
        continue
      }
      hidden[group] = false
      hasPrinted = true
      _ = elimination.print(system.groups[group].classes)
      for (index, proof) in changed { proofs[index] = proof }
    }
    // What is printed need not be uncertain.
    let open = objects.indices.filter { index in
      objects[index].secondaryGroup.map { hidden[$0] } ?? true
    }
    (objects, proofs) = (open.map { objects[$0] }, open.map { proofs[$0] })
    return hasPrinted
  }

  /// What elimination makes of everything printed, and the objects that it knows of: those that must
  /// not follow for anybody.
  private func eliminationAsIs() -> (Elimination, [ProtectedObject]) {
    let known = objects.filter { $0.knowing.isEmpty && $0.secondaryGroup == nil }
    var elimination = Elimination(
      objects: known.map(\.classes), classCount: system.truth.count)
    for group in printingOrder() where !hidden[group] {
      _ = elimination.print(system.groups[group].classes)
    }
    return (elimination, known)
  }

  /// The objects, those first that a group's printing is likely to give away: the one that needed it
  /// last time, then those that stand in one sum with it.
  private func order(after group: Int) -> [Int] {
    let near = neighbours[group]
    let last = needs[group].map { ($0.classes, $0.knowing) }
    var first: [Int] = []
    var second: [Int] = []
    var others: [Int] = []
    for (index, object) in objects.enumerated() {
      if let last, object.classes == last.0, object.knowing == last.1 {
        first.append(index)
      } else if object.group.map(near.contains) ?? false {
        second.append(index)
      } else {
        others.append(index)
      }
    }
    return first + second + others
  }

  /// New proofs where a printed group spoils the old ones, or nil when an object has none.
  private mutating func renewedProofs(
    printing group: Int, _ auditor: inout Auditor
  ) throws(DisclosureError) -> [(index: Int, proof: Auditor.Proof)]? {
    var changed: [(index: Int, proof: Auditor.Proof)] = []
    for index in order(after: group) {
      let object = objects[index]
      if let narrow = object.secondaryGroup, narrow == group || !hidden[narrow] { continue }
      if let proof = proofs[index], auditor.holds(proof, for: object) { continue }
      guard case .safe(let proof) = try auditor.verdict(on: object) else {
        needs[group] = object
        return nil
      }
      changed.append((index, proof))
    }
    return changed
  }

  /// Populations that may prove something again.
  private func provedPopulations() -> [Population] {
    Array(proofs.compactMap(\.self).flatMap { [$0.lowest, $0.highest] }.suffix(200))
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

  private func secondary(_ group: Int, minimum: Int64) -> ProtectedObject {
    ProtectedObject(
      classes: system.groups[group].classes, value: system.groups[group].value,
      demand: Demand(atLeast: 0, atMost: .max, width: minimum - 1),
      reason: .secondary(group: group))
  }

  private func isNew(_ object: ProtectedObject) -> Bool {
    object.group.map { new.contains($0) } ?? true
  }

  /// The exact interval of every object under the final pattern.
  private func audit() throws(DisclosureError) -> SafePattern {
    var auditor = Auditor(system, hidden: hidden)
    var findings: [SafePattern.Finding] = []
    let known = Set(objects.compactMap(\.secondaryGroup))
    let others = hidden.indices.filter {
      hidden[$0] && !primaries.contains($0) && !known.contains($0) && !aside.contains($0)
    }
    for object in objects + others.map({ secondary($0, minimum: minimum ?? 1) }) {
      // Of what was released before, the intervals have their width; that is all there is to say.
      if !isNew(object), case .safe(let proof) = try auditor.verdict(on: object) {
        findings.append(.init(object: object, proof: proof))
      } else {
        findings.append(.init(object: object, proof: try auditor.interval(of: object)))
      }
    }
    return SafePattern(
      hidden: hidden, primaries: primaries, findings: findings, needs: needs)
  }
}
