import LinearPrograms

/// Proves for one object after the other how little is known about it.
///
/// Whatever it says is safe has been proved by two whole-number populations that were checked
/// exactly; the solvers only propose them. What it says is unsafe follows from a linear bound.
struct Auditor: ~Copyable {
  let system: CellSystem
  private(set) var hidden: [Bool]
  private var program: AttackerProgram
  /// Populations seen so far: often good for other objects too.
  private(set) var seen: [Population]
  private static let remembered = 400

  /// Two populations between which nobody can decide.
  struct Proof {
    let lowest: Population
    let highest: Population
    /// Whether no population lies beyond either of them.
    let isExact: Bool
  }

  /// What came out for an object.
  enum Verdict {
    case safe(Proof)
    /// Too much is known; the sides on which another hidden cell can help.
    case unsafe([Direction])
  }

  init(_ system: CellSystem, hidden: [Bool], seen: [Population] = []) {
    self.system = system
    self.seen = seen
    self.hidden = hidden
    program = AttackerProgram(system, hidden: hidden)
  }

  /// Prints a group for a trial, or hides it again.
  mutating func setHidden(_ isHidden: Bool, group: Int) {
    hidden[group] = isHidden
    program.setHidden(isHidden, group: group)
  }

  /// Whether a proof still holds with the groups that are hidden now.
  func holds(_ proof: Proof, for object: ProtectedObject) -> Bool {
    fits(proof.lowest, object) && fits(proof.highest, object)
  }

  /// Whether an object is safe; stops at the first proof that is good enough.
  mutating func verdict(on object: ProtectedObject) throws(DisclosureError) -> Verdict {
    if let proof = remembered(for: object) { return .safe(proof) }
    let highest: Candidate
    switch try reach(.greatest, of: object, enough: object.demand.atLeast) {
    case .population(let found): highest = found
    case .tooNear: return .unsafe([.greatest])
    }
    let most = min(object.demand.atMost, highest.value - object.demand.width)
    switch try reach(.least, of: object, enough: most) {
    case .population(let lowest):
      return .safe(
        Proof(lowest: lowest.population, highest: highest.population, isExact: false))
    case .tooNear: return .unsafe([.least, .greatest])
    }
  }

  /// The whole interval of an object: its ends and the populations that attain them.
  mutating func interval(of object: ProtectedObject) throws(DisclosureError) -> Proof {
    let lowest = try extreme(.least, of: object)
    let highest = try extreme(.greatest, of: object)
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
    _ direction: Direction, of object: ProtectedObject, enough: Int64
  ) throws(DisclosureError) -> Reach {
    let found = try extreme(direction, of: object)
    let isEnough = direction == .greatest ? found.value >= enough : found.value <= enough
    return isEnough ? .population(found) : .tooNear
  }

  /// The population that goes farthest.
  private mutating func extreme(
    _ direction: Direction, of object: ProtectedObject
  ) throws(DisclosureError) -> Candidate {
    for group in object.knowing { program.setHidden(false, group: group) }
    defer { for group in object.knowing { program.setHidden(hidden[group], group: group) } }
    let end = try program.end(direction, of: object)
    let rounded = end.values.map { $0.rounded() }
    if zip(end.values, rounded).allSatisfy({ abs($0 - $1) < 1e-5 }) {
      let population = Population(rounded.map { Int64($0) }, in: system)
      let value = population.value(of: object)
      if fits(population, object), abs(Double(value) - end.bound) < 0.5 {
        return remember(population, value: value, isExact: true)
      }
    }
    if let whole = try program.wholeEnd(direction, of: object) {
      let population = Population(whole.values, in: system)
      if fits(population, object) {
        return remember(
          population, value: population.value(of: object), isExact: whole.isProven)
      }
    }
    // The true population is always one of them.
    let truth = Population(system.truth, in: system)
    return Candidate(population: truth, value: object.value)
  }

  private func fits(_ population: Population, _ object: ProtectedObject) -> Bool {
    population.isIndistinguishable(in: system, hidden: hidden, knowing: object.knowing)
  }

  private mutating func remember(
    _ population: Population, value: Int64, isExact: Bool
  ) -> Candidate {
    if seen.count == Self.remembered { seen.removeFirst(Self.remembered / 2) }
    seen.append(population)
    return Candidate(population: population, value: value, isExact: isExact)
  }

  /// A proof out of populations seen before, when they reach far enough.
  private func remembered(for object: ProtectedObject) -> Proof? {
    var lowest = Candidate(population: Population(system.truth, in: system), value: object.value)
    var highest = lowest
    for population in seen where !population.changes.isEmpty {
      let value = population.value(of: object)
      guard value < lowest.value || value > highest.value, fits(population, object) else {
        continue
      }
      if value < lowest.value { lowest = Candidate(population: population, value: value) }
      if value > highest.value { highest = Candidate(population: population, value: value) }
      if object.demand.isMet(from: lowest.value, to: highest.value) {
        return Proof(lowest: lowest.population, highest: highest.population, isExact: false)
      }
    }
    return nil
  }
}
