import Journey

@testable import ProjectionEngine

/// What the journeys view must say, worked out the slow way from what was told.
///
/// A second implementation that shares with the first only what a single event means as a step:
/// it looks for the wording of each statement that counts last, person by person.
struct ExpectedJourneys: Equatable {
  struct Person: Equatable {
    var milestones: [UInt64]
    /// What is stated about each milestone besides.
    var details: [MilestoneDetails]
    var attributes: [String: String]
  }

  var people: [Int: Person] = [:]

  /// - Parameter told: The indices of the statements told so far, in order of telling.
  init(_ telling: Telling, told: some Sequence<Int>) {
    var order: [Int: [Int]] = [:]
    for index in told { order[telling.statements[index].person, default: []].append(index) }
    let places = Dictionary(
      told.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { $1 })
    let alone = order.mapValues { Self.person(telling, $0) }
    for group in ExpectedMerges(telling, told: told).groups(of: Set(order.keys)) {
      people[group[0]] = Self.together(group.compactMap { alone[$0] }, places)
    }
  }

  /// What is said of one person, with the days from which attributes are said.
  private struct Alone {
    var steps: [Step]
    var attributes: [String: (day: Day, value: String)]
    var statements: [String]
  }

  /// One step, and the statement that made it.
  private struct Step {
    var milestone: UInt64
    var details: MilestoneDetails
    var told: Int

    /// What is stated, without the order of telling in the lowest byte.
    var content: MilestoneDetails {
      MilestoneDetails(bits: details.bits & ~0xFF, name: details.name)
    }

    static func inOrder(_ steps: [Step]) -> [Step] {
      steps.sorted { left, right in
        left.milestone == right.milestone
          ? left.details < right.details : left.milestone < right.milestone
      }
    }
  }

  private static func latestCounts(_ name: String) -> Bool {
    ["network", "subproject", "advisor"].contains(name)
  }

  /// Several persons who are one, the one whose code stays first.
  ///
  /// - Parameter places: When each statement was told.
  private static func together(_ members: [Alone], _ places: [Int: Int]) -> Person {
    func inOrder<T: Comparable>(_ content: (Alone) -> [T]) -> [Alone] {
      Array(members.prefix(1))
        + members.dropFirst().sorted { content($0).lexicographicallyPrecedes(content($1)) }
    }
    var steps: [Step] = []
    let ranked =
      Array(members.prefix(1))
      + members.dropFirst().sorted { left, right in
        let (a, b) = (left.steps.map(\.milestone), right.steps.map(\.milestone))
        return a == b
          ? left.steps.map(\.content).lexicographicallyPrecedes(right.steps.map(\.content))
          : a.lexicographicallyPrecedes(b)
      }
    for (rank, member) in ranked.enumerated() {
      for var entry in member.steps {
        let step = Milestone(bits: entry.milestone)
        if let kind = step.kind, step.spell > 0 {
          entry.milestone =
            Milestone(
              day: step.day, kind: kind, spell: step.spell + (rank < 4 ? 256 * rank : 0),
              code: step.code, precision: step.precision, detail: step.detail
            ).bits
        }
        steps.append(entry)
      }
    }
    if members.count > 1 {
      let ordered = steps.indices.filter { steps[$0].details.order > 0 }
        .sorted { places[steps[$0].told, default: 0] < places[steps[$1].told, default: 0] }
      for (place, index) in ordered.enumerated() {
        steps[index].details.bits = steps[index].content.bits | UInt64(place + 1)
      }
    }
    steps = Step.inOrder(steps)
    var chosen: [String: (day: Day, value: String)] = [:]
    for member in inOrder(\.statements) {
      for (name, stated) in member.attributes {
        guard let known = chosen[name] else {
          chosen[name] = stated
          continue
        }
        if latestCounts(name) ? stated.day > known.day : stated.day < known.day {
          chosen[name] = stated
        }
      }
    }
    return Person(
      milestones: steps.map(\.milestone), details: steps.map(\.details),
      attributes: chosen.mapValues(\.value))
  }

  private static func person(_ telling: Telling, _ indices: [Int]) -> Alone {
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
    var statements: [String] = []
    for event in events {
      for (name, value) in attributes(of: event) {
        statements.append("\(name)\0\(value)\0\(event.occurredOn.day.number)")
        let day = event.occurredOn.day
        guard let known = chosen[name] else {
          chosen[name] = (day, value)
          continue
        }
        if latestCounts(name) ? day >= known.day : day < known.day { chosen[name] = (day, value) }
      }
    }
    return Alone(
      steps: steps(telling, indices, standing: Set(standing.values)), attributes: chosen,
      statements: statements.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  private static func steps(
    _ telling: Telling, _ indices: [Int], standing: Set<Int>
  ) -> [Step] {
    let ordered: Set<MilestoneKind> = [
      .placementStarted, .placementEnded, .placementChanged, .labourStatus, .followUpCompleted,
      .statusAtExit, .statusAtSixMonths,
    ]
    var steps: [Step] = []
    var order: UInt64 = 0
    for index in indices {
      let event = telling.statements[index].event
      guard event.type.schema.group == .record, let milestone = event.milestone,
        let kind = milestone.kind
      else { continue }
      var details = event.milestoneDetails
      if ordered.contains(kind) {
        order += 1
        details.bits |= order
      }
      if standing.contains(index) {
        steps.append(Step(milestone: milestone.bits, details: details, told: index))
      }
    }
    return Step.inOrder(steps)
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
