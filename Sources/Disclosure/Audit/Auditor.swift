import LinearPrograms

/// Proves for one object after the other how little is known about it.
///
/// Whatever it says is safe has been proved by two whole-number populations that were checked
/// exactly; the solvers only propose them. What it says is exposed follows from a linear bound.
struct Auditor: ~Copyable {
  let system: CellSystem
  private(set) var hidden: [Bool]
  private var program: AttackerProgram
  private var near: NearestProgram
  /// Populations seen so far: often good for other objects too.
  private var witnesses: Witnesses
  /// How many of them are asked before a program is.
  private static let fewWitnesses = 100

  /// Two populations between which nobody can decide.
  struct Proof {
    let lowest: Population
    let highest: Population
    /// Whether no population lies beyond either of them.
    let isExact: Bool

    /// Whether a group has another number in one of the two than in truth.
    func changes(_ group: Int) -> Bool {
      lowest.groupChanges[group] != nil || highest.groupChanges[group] != nil
    }
  }

  /// What came out for an object.
  enum Verdict {
    case safe(Proof)
    /// Too much is known; the sides on which another hidden cell can help.
    case exposed([Direction])
  }

  init(_ system: CellSystem, hidden: [Bool], seen: [Population] = []) {
    self.system = system
    self.hidden = hidden
    witnesses = Witnesses(system, seen)
    let open = OpenClasses(system, hidden: hidden)
    program = AttackerProgram(open, hidden: hidden)
    near = NearestProgram(open, hidden: hidden)
  }

  /// All populations seen so far.
  var seen: [Population] { witnesses.all }

  /// Prints a group for a trial, or hides it again.
  mutating func setHidden(_ isHidden: Bool, group: Int) {
    hidden[group] = isHidden
    witnesses.forget(group)
    program.setHidden(isHidden, group: group)
    near.setHidden(isHidden, group: group)
  }

  /// Whether an object is safe; stops at the first proof that is good enough.
  ///
  /// - Parameters:
  ///   - isTrial: whether an object may be taken for exposed that only is hard to prove safe.
  ///   - isQuick: the same where programs in parts of people lead to no population soon.
  mutating func verdict(
    on object: ProtectedObject, isTrial: Bool = false, isQuick: Bool = false
  ) throws(DisclosureError) -> Verdict {
    if let proof = remembered(for: object) { return .safe(proof) }
    if let verdict = nearby(object) { return verdict }
    if isTrial { return .exposed([.least, .greatest]) }
    let highest: Candidate
    switch try reach(
      .greatest, of: object, enough: object.demand.atLeast, isQuick: isQuick)
    {
    case .population(let found): highest = found
    case .tooNear: return .exposed([.greatest])
    }
    let most = min(object.demand.atMost, highest.value - object.demand.width)
    switch try reach(.least, of: object, enough: most, isQuick: isQuick) {
    case .population(let lowest):
      return .safe(
        Proof(lowest: lowest.population, highest: highest.population, isExact: false))
    case .tooNear: return .exposed([.least, .greatest])
    }
  }

  /// A verdict by populations that differ from the true one as little as possible; nil where they do not
  /// tell.
  private mutating func nearby(_ object: ProtectedObject) -> Verdict? {
    guard let group = object.group, object.value <= object.demand.atMost else { return nil }
    for group in object.knowing { near.setHidden(false, group: group) }
    defer { for group in object.knowing { near.setHidden(hidden[group], group: group) } }
    let demand = object.demand
    let truth = Population(changes: [], in: system)
    let needed = max(0, demand.atLeast - object.value)
    // All of the width upwards, then only what must be and the rest downwards.
    switch near.population(changing: group, by: max(needed, demand.width)) {
    case .population(let above)
    where admits(above, object)
      && demand.isMet(from: object.value, to: above.value(of: object)):
      return .safe(Proof(lowest: truth, highest: above, isExact: false))
    case .nobody where needed >= demand.width: return .exposed([.greatest])
    default: break
    }
    var highest = truth
    if needed > 0 {
      guard needed < demand.width else { return nil }
      switch near.population(changing: group, by: needed) {
      case .population(let found) where admits(found, object): highest = found
      case .nobody: return .exposed([.greatest])
      default: return nil
      }
    }
    let rest = demand.width - (highest.value(of: object) - object.value)
    guard case .population(let below) = near.population(changing: group, by: -rest),
      admits(below, object)
    else { return nil }
    let proof = Proof(lowest: below, highest: highest, isExact: false)
    return demand.isMet(from: below.value(of: object), to: highest.value(of: object))
      ? .safe(proof) : nil
  }

  /// Whether a population looks like the true one, which is checked exactly; then it is remembered.
  private mutating func admits(_ population: Population, _ object: ProtectedObject) -> Bool {
    guard fits(population, object) else { return false }
    witnesses.add(population)
    return true
  }

  /// The whole interval of an object: its ends and the populations that attain them.
  ///
  /// - Parameter limits: what follows from sums alone under the same pattern.
  mutating func interval(
    of object: ProtectedObject, within limits: PropagatedLimits
  ) throws(DisclosureError) -> Proof {
    let ends = witnesses.ends(of: object, among: .max, hidden: hidden) { _, _ in false }
    func known(_ population: Population, _ limits: [Int64]) -> Candidate? {
      let value = population.value(of: object)
      guard let group = object.group, value == limits[group] else { return nil }
      return Candidate(population: population, value: value, isExact: true)
    }
    let lowest: Candidate
    if let found = known(ends.lowest, limits.least) {
      lowest = found
    } else {
      lowest = try extreme(.least, of: object)
    }
    let highest: Candidate
    if let found = known(ends.highest, limits.most) {
      highest = found
    } else {
      highest = try extreme(.greatest, of: object)
    }
    return Proof(
      lowest: lowest.population, highest: highest.population,
      isExact: lowest.isExact && highest.isExact)
  }

  private struct Candidate {
    let population: Population
    let value: Int64
    var isExact = false
  }

  private enum Reach {
    case population(Candidate)
    case tooNear
  }

  /// A population that goes far enough, or the word that there is none.
  private mutating func reach(
    _ direction: Direction, of object: ProtectedObject, enough: Int64, isQuick: Bool
  ) throws(DisclosureError) -> Reach {
    guard let found = try farthest(direction, of: object, enough: enough, isQuick: isQuick)
    else { return .tooNear }
    let isEnough = direction == .greatest ? found.value >= enough : found.value <= enough
    return isEnough ? .population(found) : .tooNear
  }

  /// The population that goes farthest.
  private mutating func extreme(
    _ direction: Direction, of object: ProtectedObject
  ) throws(DisclosureError) -> Candidate {
    // The true population is always one of them.
    try farthest(direction, of: object, enough: nil)
      ?? Candidate(population: Population(system.truth, in: system), value: object.value)
  }

  /// A population that goes as far as possible, or at least far enough; nil where none does.
  private mutating func farthest(
    _ direction: Direction, of object: ProtectedObject, enough: Int64?, isQuick: Bool = false
  ) throws(DisclosureError) -> Candidate? {
    for group in object.knowing { program.setHidden(false, group: group) }
    defer { for group in object.knowing { program.setHidden(hidden[group], group: group) } }
    let end = try program.end(direction, of: object)
    // Nobody is beyond the last whole number before the bound.
    let last = Int64(
      direction == .greatest ? (end.bound + 1e-6).rounded(.down) : (end.bound - 1e-6).rounded(.up))
    if let enough, direction == .greatest ? last < enough : last > enough { return nil }
    if let values = try program.dive(direction, of: object, reaching: enough ?? last, from: end) {
      let population = Population(values, in: system)
      let value = population.value(of: object)
      if fits(population, object) {
        return remember(population, value: value, isExact: value == last)
      }
    }
    if let enough {
      guard !isQuick,
        let values = try program.wholePopulation(direction, of: object, reaching: enough)
      else { return nil }
      let population = Population(values, in: system)
      guard fits(population, object) else { return nil }
      return remember(population, value: population.value(of: object), isExact: false)
    }
    if let whole = try program.wholeEnd(direction, of: object) {
      let population = Population(whole.values, in: system)
      if fits(population, object) {
        return remember(
          population, value: population.value(of: object), isExact: whole.isProven)
      }
    }
    return nil
  }

  private func fits(_ population: Population, _ object: ProtectedObject) -> Bool {
    population.isIndistinguishable(in: system, hidden: hidden, knowing: object.knowing)
  }

  private mutating func remember(
    _ population: Population, value: Int64, isExact: Bool
  ) -> Candidate {
    witnesses.add(population)
    return Candidate(population: population, value: value, isExact: isExact)
  }

  /// A proof out of populations seen before, when they reach far enough: each may be taken more or
  /// less strongly, and the other way round.
  private mutating func remembered(for object: ProtectedObject) -> Proof? {
    let (lowest, highest) = witnesses.ends(
      of: object, among: Self.fewWitnesses, hidden: hidden
    ) { lowest, highest in
      object.demand.isMet(from: lowest, to: highest)
    }
    guard
      object.demand.isMet(from: lowest.value(of: object), to: highest.value(of: object))
    else { return nil }
    return Proof(lowest: lowest, highest: highest, isExact: false)
  }
}
