import EventLog
import Journey
import ProjectionEngine

/// What everybody's journey is after the first records of a log, worked out from the list.
struct NaiveJourneys: Equatable {
  struct Person: Equatable, Hashable {
    var milestones: [UInt64] = []
    var attributes: [String: String] = [:]
  }

  /// Of those who have a record, by ref.
  var people: [UInt32: Person] = [:]

  init() {}

  init(_ log: NaiveLog, size: Int) {
    for ref in log.recorded(size: size) {
      people[ref] = Self.person(
        log, log.positions(of: StreamID(.participant, ref), size: size))
    }
  }

  private static func person(_ log: NaiveLog, _ positions: [Int]) -> Person {
    // Every statement belongs to a matter: the one it began, or the one of what it corrects. Of a
    // matter the last wording stands, and none when that was a retraction.
    var matter: [Int: Int] = [:]
    var standing: [Int: Int] = [:]
    for position in positions {
      let event = log.entries[position].event
      // Other groups are sealed for themselves and change no journey.
      guard event.type.schema.group == .record else { continue }
      let own = event[Fields.target].map { matter[$0] ?? $0 } ?? position
      matter[position] = own
      standing[own] = event.type == .eventRetracted ? nil : position
    }
    let events = standing.values.sorted().map { log.entries[$0].event }
    var person = Person()
    person.milestones = events.compactMap { $0.milestone?.bits }.sorted()
    var days: [String: Day] = [:]
    for event in events {
      for (name, value) in statements(of: event) {
        let day = event.occurredOn.day
        let known = days[name]
        // Where somebody belongs is as it was stated last; all else as it was at first entry.
        let isLast = ["network", "subproject", "advisor"].contains(name)
        if let known, isLast ? day < known : day >= known { continue }
        days[name] = day
        person.attributes[name] = value
      }
    }
    return person
  }

  /// The attributes that an event states, in the order in which it states them.
  static func statements(of event: JourneyEvent) -> [(String, String)] {
    let found: [(String, String?)]
    switch event.type {
    case .participationEntered, .transferredToSubproject, .advisorAssigned:
      let operation = event.type == .participationEntered ? event[Fields.operation] : nil
      found = [
        ("network", event[Fields.network]), ("subproject", event[Fields.subproject]),
        ("advisor", event[Fields.advisor]), ("operation", operation),
      ]
    case .entryProfileRecorded:
      found = [
        ("gender", event[Fields.gender]?.code),
        ("birth-year", event[Fields.birthYear].map { "\($0)" }),
        ("residence", event[Fields.residence]?.code),
      ]
    case .attributesRecorded:
      found = event.fields.all(Fields.attribute).map { pair in
        let parts = pair.split(separator: "=", maxSplits: 1)
        return (String(parts[0]), String(parts[1]))
      }
    default: found = []
    }
    return found.compactMap { name, value in value.map { (name, $0) } }
  }
}
