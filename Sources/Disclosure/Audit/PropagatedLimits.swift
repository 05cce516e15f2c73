/// Between which numbers each group is, as far as that follows from one sum after the other.
///
/// Exact and quick, and often all that there is to know: where a population attains such a limit, no
/// program has to be solved for it.
struct PropagatedLimits {
  /// The least number of each group.
  private(set) var least: [Int64]
  /// The largest number of each group.
  private(set) var most: [Int64]
  /// How often all sums are gone through at most.
  private static let rounds = 10

  init(_ system: CellSystem, hidden: [Bool]) {
    let ceiling = AttackerProgram.ceiling(of: system)
    least = system.groups.indices.map {
      hidden[$0] ? system.groups[$0].least : system.groups[$0].value
    }
    most = system.groups.indices.map {
      hidden[$0] ? system.groups[$0].most ?? ceiling : system.groups[$0].value
    }
    let sums = system.sums
    for _ in 0..<Self.rounds {
      let before = (least, most)
      for (group, parts) in sums.enumerated() {
        for parts in parts { apply(group, parts) }
      }
      if before == (least, most) { break }
    }
  }

  private mutating func apply(_ parent: Int, _ parts: [Int]) {
    let low = parts.reduce(0) { $0 + least[$1] }
    let high = parts.reduce(0) { $0 + most[$1] }
    least[parent] = max(least[parent], low)
    most[parent] = min(most[parent], high)
    for child in parts {
      // What the others can be, with the limits of before, which the child's own are part of.
      let others = (low - least[child], high - most[child])
      least[child] = max(least[child], least[parent] - others.1)
      most[child] = min(most[child], most[parent] - others.0)
    }
  }
}
