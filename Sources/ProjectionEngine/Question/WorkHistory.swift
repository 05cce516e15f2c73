import Journey

/// The placements of one person that a question counts as work, as a union of half-open spells.
///
/// Parallel jobs count as one; work ends only when the last of them ends.
struct WorkHistory {
  struct ActiveSpell {
    let spell: Int
    let code: UInt8
    let family: Int
  }

  /// Which placements count: bit `PlacementKind.rawValue`.
  let kinds: UInt32
  private var active: [ActiveSpell] = []

  init(kinds: UInt32) { self.kinds = kinds }

  var isWorking: Bool { !active.isEmpty }

  mutating func reset() { active.removeAll(keepingCapacity: true) }

  /// Takes in a start; says whether it is of a kind that counts.
  mutating func start(_ milestone: Milestone) -> Bool {
    guard kinds & (1 << UInt32(milestone.code)) != 0 else { return false }
    active.append(
      ActiveSpell(spell: milestone.spell, code: milestone.code, family: milestone.detail))
    return true
  }

  /// Takes in an end: of the spell it names, else of its kind, else of its family.
  mutating func end(_ milestone: Milestone) {
    let index =
      if milestone.spell != 0 {
        active.lastIndex { $0.spell == milestone.spell && $0.family == milestone.detail }
      } else if milestone.code != 0 {
        active.lastIndex { $0.code == milestone.code }
      } else {
        active.lastIndex { $0.family == milestone.detail }
      }
    if let index { active.remove(at: index) }
  }
}

extension MilestoneKind {
  /// Kinds that show that somebody knew the person's situation on that day.
  ///
  /// Plans, attempts and the loss of contact do not.
  static let confirming: [Bool] = {
    var confirms = [Bool](repeating: false, count: 256)
    for kind in MilestoneKind.allCases {
      switch kind {
      case .followUpPlanned, .followUpAttempted, .contactLost, .profile: break
      default: confirms[Int(kind.rawValue)] = true
      }
    }
    return confirms
  }()
}
