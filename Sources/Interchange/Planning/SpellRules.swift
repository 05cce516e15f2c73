import Journey

/// Whether an event begins or ends something that lasts, and what.
struct SpellEdge: Equatable {
  /// What lasts: work, training, school, a measure of one kind, the participation.
  let family: Int
  let isStart: Bool
  let spell: Int

  static let participation = 4

  init?(_ event: JourneyEvent) {
    switch event.type {
    case .employmentStarted, .selfEmploymentStarted: (family, isStart) = (1, true)
    case .employmentEnded, .selfEmploymentEnded: (family, isStart) = (1, false)
    case .trainingStarted: (family, isStart) = (2, true)
    case .trainingEnded: (family, isStart) = (2, false)
    case .schoolStarted: (family, isStart) = (3, true)
    case .schoolEnded: (family, isStart) = (3, false)
    case .participationEntered: (family, isStart) = (Self.participation, true)
    case .participationExited: (family, isStart) = (Self.participation, false)
    case .measureStarted:
      (family, isStart) = (16 + Int(event[Fields.measureKind]?.rawValue ?? 0), true)
    case .measureCompleted, .measureAborted:
      (family, isStart) = (16 + Int(event[Fields.measureKind]?.rawValue ?? 0), false)
    default: return nil
    }
    spell = event[Fields.spell] ?? 0
  }

  static func label(_ event: JourneyEvent) -> LocalizedText {
    let name = event.type.label
    return LocalizedText(
      en: "\(name.en) (\(event.occurredOn))", de: "\(name.de) (\(event.occurredOn.german))")
  }

  /// The finding that an end comes before its start.
  static func order(_ end: JourneyEvent, before start: JourneyEvent, line: Int?) -> RowFault {
    let at = line.map { LocalizedText(en: " on line \($0)", de: " in Zeile \($0)") }
    let place = at ?? LocalizedText(verbatim: "")
    return RowFault(
      code: "E-ORDER", column: nil,
      message: LocalizedText(
        en: "\(label(end).en) comes before \(label(start).en)\(place.en).",
        de: "\(label(end).de) liegt vor \(label(start).de)\(place.de)."),
      hint: LocalizedText(
        en: "Are the two dates swapped, or is a year wrong?",
        de: "Sind die beiden Daten vertauscht oder ein Jahr falsch?"))
  }

  /// The first end in a row's own events that comes before its start, and where it stands.
  static func disorder(in events: ArraySlice<PlannedEvent>) -> (fault: RowFault, end: Int)? {
    guard events.count > 1 else { return nil }
    for place in events.indices {
      let end = events[place]
      guard let edge = SpellEdge(end.event), !edge.isStart else { continue }
      for start in events {
        guard let other = SpellEdge(start.event), other.isStart, other.family == edge.family,
          other.spell == edge.spell, end.event.occurredOn.lastDay < start.event.occurredOn.day
        else { continue }
        return (order(end.event, before: start.event, line: nil), place)
      }
    }
    return nil
  }
}
