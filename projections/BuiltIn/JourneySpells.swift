public import Journey

/// A stretch of a journey: a participation, a measure, a placement, a residence status.
public struct JourneySpell: Hashable, Sendable {
  /// What lasts.
  public enum Kind: Hashable, Sendable {
    /// The participation.
    case participation
    /// The participation, suspended.
    case pause
    /// A measure.
    case measure(MeasureKind?)
    /// Work, training or school.
    case placement(PlacementKind?)
    /// A residence status.
    case residence(ResidenceStatus)
  }

  /// What lasts.
  public let kind: Kind
  /// The first day.
  public let start: Day
  /// The first day without it; nil while it lasts, as far as is known.
  public var end: Day?
}

extension Timeline {
  /// The stretches of the journey up to and including a day, in the order of their beginnings.
  ///
  /// What has no end on record lasts on. Of ends whose beginning nobody recorded there is no stretch.
  public func spells(until day: Day) -> [JourneySpell] {
    var spells: [JourneySpell] = []
    var starts: [Int: Milestone] = [:]
    func open(_ kind: JourneySpell.Kind, _ milestone: Milestone) {
      starts[spells.count] = milestone
      spells.append(JourneySpell(kind: kind, start: milestone.day))
    }
    func close(_ end: Day, where isMeant: (Int) -> Bool) {
      guard let index = spells.indices.last(where: { spells[$0].end == nil && isMeant($0) })
      else { return }
      spells[index].end = end
    }
    func isParticipation(_ index: Int) -> Bool {
      spells[index].kind == .participation || spells[index].kind == .pause
    }
    for milestone in milestones {
      guard milestone.day <= day else { break }
      switch milestone.kind {
      case .entered, .reentered, .resumed:
        close(milestone.day, where: isParticipation)
        open(.participation, milestone)
      case .suspended:
        close(milestone.day, where: isParticipation)
        open(.pause, milestone)
      case .exited: close(milestone.day + 1, where: isParticipation)
      case .measureStarted: open(.measure(MeasureKind(rawValue: milestone.code)), milestone)
      case .measureCompleted, .measureAborted:
        close(milestone.day + 1) { index in
          guard case .measure = spells[index].kind, let start = starts[index] else { return false }
          return start.isEnded(by: milestone)
        }
      case .placementStarted: open(.placement(PlacementKind(rawValue: milestone.code)), milestone)
      case .placementEnded:
        close(milestone.day) { index in
          guard case .placement = spells[index].kind, let start = starts[index] else {
            return false
          }
          return start.isEnded(by: milestone)
        }
      case .residence, .profile:
        guard let status = ResidenceStatus(rawValue: milestone.code) else { continue }
        let isSame = spells.contains { $0.end == nil && $0.kind == .residence(status) }
        if isSame { continue }
        close(milestone.day) { if case .residence = spells[$0].kind { true } else { false } }
        open(.residence(status), milestone)
      case .deceased:
        for index in spells.indices where spells[index].end == nil {
          spells[index].end = milestone.day + 1
        }
      default: continue
      }
    }
    return spells
  }
}
