import Journey

/// The placements of one person that a question counts as work, as a union of half-open spells.
///
/// Parallel jobs count as one; work ends only when the last of them ends.
struct WorkHistory {
  /// Which placements count: bit `PlacementKind.rawValue`.
  let kinds: UInt32
  private var active: [Milestone] = []

  init(kinds: UInt32) { self.kinds = kinds }

  var isWorking: Bool { !active.isEmpty }

  mutating func reset() { active.removeAll(keepingCapacity: true) }

  /// Takes in a start; says whether it is of a kind that counts.
  mutating func start(_ milestone: Milestone) -> Bool {
    guard kinds & (1 << UInt32(milestone.code)) != 0 else { return false }
    active.append(milestone)
    return true
  }

  /// Takes in an end; one that belongs to no counted start changes nothing.
  mutating func end(_ milestone: Milestone) {
    if let index = active.lastIndex(where: { $0.isEnded(by: milestone) }) {
      active.remove(at: index)
    }
  }
}

extension MilestoneKind {
  static let confirming: [Bool] = (0..<256).map { raw in
    MilestoneKind(rawValue: UInt8(raw))?.confirms ?? false
  }
}
