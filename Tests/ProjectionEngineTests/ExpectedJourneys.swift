import Journey

@testable import ProjectionEngine

/// What the journeys view must say, worked out the slow way from what was told.
///
/// A second implementation that shares with the first only what a single event means as a step:
/// it looks for the wording of each statement that counts last, person by person.
struct ExpectedJourneys: Equatable {
  struct Person: Equatable {
    var milestones: [UInt64]
    var attributes: [String: String]
  }

  var people: [Int: Person] = [:]

  /// - Parameter told: The indices of the statements told so far, in order of telling.
  init(_ telling: Telling, told: some Sequence<Int>) {
    var order: [Int: [Int]] = [:]
    for index in told { order[telling.statements[index].person, default: []].append(index) }
    for (person, indices) in order { people[person] = Self.person(telling, indices) }
  }

  private static func person(_ telling: Telling, _ indices: [Int]) -> Person {
    var first: [Int: Int] = [:]
    var standing: [Int: Int] = [:]
    for index in indices {
      let statement = telling.statements[index]
      guard let target = statement.target else {
        first[index] = index
        standing[index] = index
        continue
      }
      let root = first[target] ?? target
      first[index] = root
      standing[root] = statement.event.type == .eventRetracted ? nil : index
    }
    // In order of telling, which decides between statements about the same day.
    let events = indices.filter { standing[first[$0] ?? -1] == $0 }
      .map { telling.statements[$0].event }.filter { $0.type.schema.group == .record }
    var chosen: [String: (day: Day, value: String)] = [:]
    for event in events {
      for (name, value) in attributes(of: event) {
        let day = event.occurredOn.day
        guard let known = chosen[name] else {
          chosen[name] = (day, value)
          continue
        }
        let latestCounts = ["network", "subproject", "advisor"].contains(name)
        if latestCounts ? day >= known.day : day < known.day { chosen[name] = (day, value) }
      }
    }
    return Person(
      milestones: events.compactMap { $0.milestone?.bits }.sorted(),
      attributes: chosen.mapValues(\.value))
  }

  private static func attributes(of event: JourneyEvent) -> [(String, String)] {
    var found: [(String, String)] = []
    func add(_ name: String, _ value: String?) {
      if let value { found.append((name, value)) }
    }
    switch event.type {
    case .participationEntered:
      add("operation", event[Fields.operation])
      add("network", event[Fields.network])
      add("subproject", event[Fields.subproject])
    case .transferredToSubproject: add("subproject", event[Fields.subproject])
    case .advisorAssigned: add("advisor", event[Fields.advisor])
    case .entryProfileRecorded:
      add("gender", event[Fields.gender]?.code)
      add("birth-year", event[Fields.birthYear].map { "\($0)" })
      add("residence", event[Fields.residence]?.code)
    case .attributesRecorded:
      for pair in event.fields.all(Fields.attribute) {
        let parts = pair.split(separator: "=", maxSplits: 1)
        add(String(parts[0]), String(parts[1]))
      }
    default: break
    }
    return found
  }
}
