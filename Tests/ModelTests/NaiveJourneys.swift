import EventLog
import Journey
import ProjectionEngine

/// What everybody's journey is after the first records of a log, worked out from the list.
struct NaiveJourneys: Equatable {
  struct Person: Equatable, Hashable {
    var milestones: [UInt64] = []
    var attributes: [String: String] = [:]
    /// Whether no figure counts the person (article 18 GDPR).
    var isLeftOut = false
  }

  /// Of those who have a record, by ref.
  var people: [UInt32: Person] = [:]

  init() {}

  init(_ log: NaiveLog, size: Int) {
    // Of whom half was erased the rest stays, in the place that it had.
    for members in NaiveMerges(log, size: size).groups(of: log.everRecorded(size: size))
    where members.contains(where: { !log.erased.contains($0) }) {
      people[members[0]] = Self.together(
        members.map { ref in
          log.erased.contains(ref)
            ? Alone()
            : Self.alone(log, log.positions(of: StreamID(.participant, ref), size: size))
        })
      people[members[0]]?.isLeftOut = members.contains {
        log.restriction(of: $0, size: size)?.statistics == .exclude
      }
    }
  }

  /// What is said of one participant, with the days from which attributes are said.
  private struct Alone {
    var milestones: [UInt64] = []
    var attributes: [String: (day: Day, value: String)] = [:]
    /// Everything stated, in the order of bytes.
    var statements: [[UInt8]] = []
  }

  /// Where somebody belongs is as it was stated last; all else as it was at first entry.
  private static func lastCounts(_ name: String) -> Bool {
    ["network", "subproject", "advisor"].contains(name)
  }

  private static func alone(_ log: NaiveLog, _ positions: [Int]) -> Alone {
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
    var alone = Alone()
    alone.milestones = events.compactMap { $0.milestone?.bits }.sorted()
    for event in events {
      let day = event.occurredOn.day
      for (name, value) in statements(of: event) {
        alone.statements.append(Array("\(name)\0\(value)\0\(day.number)".utf8))
        if let known = alone.attributes[name]?.day,
          lastCounts(name) ? day < known : day >= known
        {
          continue
        }
        alone.attributes[name] = (day, value)
      }
    }
    alone.statements.sort { $0.lexicographicallyPrecedes($1) }
    return alone
  }

  /// Participants who are one person, the one whose code stays first.
  private static func together(_ members: [Alone]) -> Person {
    // The others come in the order of what is known of them, so that refs play no part.
    let bySteps =
      members.prefix(1)
      + members.dropFirst().sorted { $0.milestones.lexicographicallyPrecedes($1.milestones) }
    var person = Person()
    for (rank, member) in bySteps.enumerated() {
      // The same number of a spell means another spell in each of them.
      person.milestones += member.milestones.map { Milestone(bits: $0).ofMember(rank).bits }
    }
    person.milestones.sort()
    let byStatements =
      members.prefix(1)
      + members.dropFirst().sorted { left, right in
        left.statements.lexicographicallyPrecedes(right.statements) {
          $0.lexicographicallyPrecedes($1)
        }
      }
    var days: [String: Day] = [:]
    for member in byStatements {
      for (name, stated) in member.attributes {
        if let known = days[name], lastCounts(name) ? stated.day <= known : stated.day >= known {
          continue
        }
        days[name] = stated.day
        person.attributes[name] = stated.value
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
