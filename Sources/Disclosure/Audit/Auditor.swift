import LinearPrograms

/// Proves for one object after the other how little is known about it.
///
/// Whatever it says is safe has been proved by two whole-number populations that were checked
/// exactly; the solvers only propose them. What it says is exposed follows from a linear bound.
struct Auditor: ~Copyable {
  let system: CellSystem
  private(set) var hidden: [Bool]
  private var program: AttackerProgram
  /// Populations seen so far: often good for other objects too.
  private(set) var seen: [Population]
  /// How strongly each of them may be taken, where that was asked since groups were hidden or printed.
  private var known: [Known?] = []
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
    case exposed([Direction])
  }

  init(_ system: CellSystem, hidden: [Bool], seen: [Population] = []) {
    self.system = system
    self.seen = seen.map(\.primitive)
    known = Array(repeating: nil, count: seen.count)
    self.hidden = hidden
    program = AttackerProgram(system, hidden: hidden)
  }

  /// Prints a group for a trial, or hides it again.
  mutating func setHidden(_ isHidden: Bool, group: Int) {
    hidden[group] = isHidden
    for place in seen.indices where seen[place].groupChanges[group] != nil { known[place] = nil }
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
    case .tooNear: return .exposed([.greatest])
    }
    let most = min(object.demand.atMost, highest.value - object.demand.width)
    switch try reach(.least, of: object, enough: most) {
    case .population(let lowest):
      return .safe(
        Proof(lowest: lowest.population, highest: highest.population, isExact: false))
    case .tooNear: return .exposed([.least, .greatest])
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
    guard let found = try farthest(direction, of: object, enough: enough) else { return .tooNear }
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
    _ direction: Direction, of object: ProtectedObject, enough: Int64?
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
    if seen.count == Self.remembered {
      seen.removeFirst(Self.remembered / 2)
      known.removeFirst(Self.remembered / 2)
    }
    seen.append(population.primitive)
    known.append(nil)
    return Candidate(population: population, value: value, isExact: isExact)
  }

  /// A proof out of populations seen before, when they reach far enough: each may be taken more or
  /// less strongly, and the other way round.
  private mutating func remembered(for object: ProtectedObject) -> Proof? {
    var lowest = Candidate(population: Population(system.truth, in: system), value: object.value)
    var highest = lowest
    for place in seen.indices {
      let value = seen[place].value(of: object) - object.value
      guard value != 0, let strengths = strengths(place),
        !object.knowing.contains(where: { seen[place].groupChanges[$0] != nil })
      else { continue }
      let ends =
        value > 0
        ? (strengths.lowerBound, strengths.upperBound)
        : (strengths.upperBound, strengths.lowerBound)
      let (down, up) = (object.value + ends.0 * value, object.value + ends.1 * value)
      if down < lowest.value {
        lowest = Candidate(population: Population(seen[place], times: ends.0), value: down)
      }
      if up > highest.value {
        highest = Candidate(population: Population(seen[place], times: ends.1), value: up)
      }
      if object.demand.isMet(from: lowest.value, to: highest.value) {
        return Proof(lowest: lowest.population, highest: highest.population, isExact: false)
      }
    }
    return nil
  }

  /// How strongly a population seen before may be taken, with the groups that are hidden now.
  private mutating func strengths(_ place: Int) -> ClosedRange<Int64>? {
    if let known = known[place] { return known.strengths }
    let strengths = seen[place].strengths(in: system, hidden: hidden)
    known[place] = Known(strengths: strengths)
    return strengths
  }

  /// How strongly a population may be taken; nil for not at all.
  private struct Known {
    let strengths: ClosedRange<Int64>?
  }
}
