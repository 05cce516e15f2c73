import Journey

/// The placements of one person that a question counts as work, as a union of half-open spells.
///
/// Parallel jobs count as one; work ends only when the last of them ends.
struct WorkHistory {
  /// Which placements count: bit `PlacementKind.rawValue`.
  let kinds: UInt32
  // All of them: an end without number and code belongs to the latest start, counted or not.
  private var active: [Milestone] = []
  private var counted = 0

  init(kinds: UInt32) { self.kinds = kinds }

  var isWorking: Bool { counted > 0 }

  mutating func reset() {
    active.removeAll(keepingCapacity: true)
    counted = 0
  }

  /// Whether a start is of a kind that counts.
  func counts(_ milestone: Milestone) -> Bool {
    kinds & (1 << UInt32(milestone.code)) != 0
  }

  /// Takes in a start; says whether it is of a kind that counts.
  mutating func start(_ milestone: Milestone) -> Bool {
    active.append(milestone)
    guard counts(milestone) else { return false }
    counted += 1
    return true
  }

  /// Takes in an end; one that belongs to no start changes nothing.
  mutating func end(_ milestone: Milestone) {
    guard let index = active.lastIndex(where: { $0.isEnded(by: milestone) }) else { return }
    if counts(active.remove(at: index)) { counted -= 1 }
  }
}
