import EventLog
import Journey

/// Applies changes to tallies one after the other, and takes down how the figures move.
struct MovementFold<Sum: Tally> {
  private(set) var tallies: [[String?]: Sum]
  private(set) var movements: [KnowledgeComparison.Movement] = []
  private let none: Sum
  private let earlierDay: Day

  init(_ tallies: [[String?]: Sum], _ none: Sum, earlierDay: Day) {
    self.tallies = tallies
    self.none = none
    self.earlierDay = earlierDay
  }

  mutating func add(_ change: OutcomeChanges<Sum.Unit>.Change) {
    let keys = Set((change.before + change.after).map(\.group))
    let ordered = keys.sorted { left, right in
      zip(left, right).first { $0 != $1 }.map { ($0.0 ?? "\u{FFFF}") < ($0.1 ?? "\u{FFFF}") }
        ?? false
    }
    let before = ordered.map { (tallies[$0] ?? none).figures }
    let nobody = none
    for outcome in change.before {
      tallies[outcome.group, default: nobody].takeOut(outcome.unit)
    }
    for outcome in change.after {
      tallies[outcome.group, default: nobody].add(outcome.unit)
    }
    for (key, before) in zip(ordered, before) {
      let after = (tallies[key] ?? none).figures
      guard after != before else { continue }
      movements.append(
        .init(
          position: change.header.position, recordedAt: change.header.recordedAt,
          participant: ParticipantRef(change.header.stream.ref), event: change.event,
          kind: kind(change), group: key, change: after - before))
    }
  }

  private func kind(_ change: OutcomeChanges<Sum.Unit>.Change) -> KnowledgeComparison.Kind {
    let event = change.event
    return switch event.type {
    case .participantsMerged, .participantTakenIn: .merged
    case .mergeReverted: .parted
    case .eventRetracted: .retracted
    // A later decision may also let the person back in.
    case .processingRestricted:
      change.after.count < change.before.count ? .restricted : .readmitted
    case .restrictionLifted: .readmitted
    default:
      event[Fields.target] != nil
        ? .corrected : event.occurredOn.day <= earlierDay ? .late : .new
    }
  }
}
