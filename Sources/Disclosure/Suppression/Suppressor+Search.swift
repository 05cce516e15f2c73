/// Better patterns than the first that is safe.
extension Suppressor {
  /// Up to how many cells with different people the best pattern is looked for, and how long.
  private static let largestToSolve = 150
  private static let effort = OptimalPattern.Effort(
    rounds: 40, nodes: 500, entries: 500_000)

  /// Takes the best pattern there is, where that is found soon; says whether it was.
  mutating func solve() throws(DisclosureError) -> Bool {
    guard system.groups.count <= Self.largestToSolve, !isLong else { return false }
    var optimal = optimalPattern()
    guard let best = try optimal.best(Self.effort) else { return false }
    hidden = best
    try repair()
    while try prune(keepingNarrow: false) {}
    return true
  }

  /// How often conditions are added before a pattern is made of parts of cells, and up to how many cells
  /// with different people.
  private static let guidingRounds = 12
  private static let largestToGuide = 400

  /// Starts again where parts of cells would be hidden, were that possible, and keeps what is better.
  mutating func guide() throws(DisclosureError) {
    guard system.groups.count <= Self.largestToGuide, !isLong else { return }
    var optimal = optimalPattern()
    guard let shares = try? optimal.relaxed(.init(rounds: Self.guidingRounds, nodes: 0)).shares
    else { return }
    var trial = self
    trial.hidden = hidden.indices.map { kept.contains($0) }
    trial.shares = shares
    do {
      try trial.repair()
      while try trial.prune(keepingNarrow: false) {}
    } catch {
      guard case .impossible = error else { throw error }
      return
    }
    trial.shares = nil
    if trial.loss < loss { self = trial }
  }

  /// The search for the best pattern under what is to be protected now.
  func optimalPattern() -> OptimalPattern {
    let known = Set(objects.compactMap(\.secondaryGroup))
    let others = system.groups.indices.filter {
      !primaries.contains($0) && !aside.contains($0) && !forced.contains($0) && !known.contains($0)
    }
    return OptimalPattern(
      system,
      objects: objects + (minimum.map { n in others.map { secondary($0, minimum: n) } } ?? []),
      forced: forced, kept: kept, groupMinimum: groupMinimum)
  }

  /// Whether a class stands in so many groups, of many tables, that each program takes its time: then the first
  /// safe pattern is good enough.
  var isLong: Bool {
    system.groups.reduce(0) { $0 + $1.classes.count } > Self.longEntries
  }
  private static let longEntries = 6_000

  /// How often another pattern is tried, and up to how many cells with different people.
  private static let tries = 40
  static let largestToImprove = 1_000

  /// Prints one hidden cell after the other, hides others in its stead, and keeps what is better.
  mutating func improve() throws(DisclosureError) {
    var tries = system.groups.count <= Self.largestToImprove && !isLong ? Self.tries : 0
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
  var loss: Double {
    hidden.indices.reduce(0) { $0 + (hidden[$1] ? price(of: $1) : 0) }
  }
}
