import EventLog
import Journey
import Keyring
import TestSupport

/// The reference journeys, told to a log event by event.
enum MvadStore {
  /// The month of a number: 1 is July 1993.
  static func month(_ number: Int) -> CivilDate {
    CivilDate(Day(firstOfMonth: Int32(1993 * 12 + 6 + number - 1)), .month)
  }

  private struct Change {
    var month: Int
    var state: String
  }

  private static func changes() throws -> [(id: String, changes: [Change])] {
    let table = try ReferenceFiles.table("mvad/input_state_changes.csv")
    var people: [(id: String, changes: [Change])] = []
    for (index, id) in table.strings("id").enumerated() {
      if people.last?.id != id { people.append((id, [])) }
      let row = table.rows[index]
      people[people.count - 1].changes.append(Change(month: Int(row[1]) ?? 0, state: row[2]))
    }
    return people
  }

  /// The state of each person in each of the 72 months.
  static func states() throws -> [[String]] {
    try changes().map { _, changes in
      (1...72).map { month in changes.last { $0.month <= month }?.state ?? "" }
    }
  }

  /// Tells everything in commits of a hundred people.
  static func fill(_ log: EventLog) throws {
    let persons = try ReferenceFiles.table("mvad/input_persons.csv")
    let changes = try Dictionary(uniqueKeysWithValues: changes().map { ($0.id, $0.changes) })
    let rows = persons.rows
    for start in stride(from: 0, to: rows.count, by: 100) {
      var parts: [AppendRequest.Part] = []
      var admitted: [AppendRequest.Admission] = []
      for row in rows[start..<min(rows.count, start + 100)] {
        admitted.append(AppendRequest.Admission(externalID: "mvad:\(row[0])"))
        var attributes = JourneyEvent(.attributesRecorded, on: month(1))
        for (name, value) in zip(persons.columns, row).dropFirst() {
          attributes.fields.add(Fields.attribute, "\(name)=\(value)")
        }
        var events = [JourneyEvent(.participationEntered, on: month(1)), attributes]
        for (index, change) in changes[row[0], default: []].enumerated() {
          let next = changes[row[0], default: []].dropFirst(index + 1).first?.month
          events += spell(change, until: next)
        }
        events.append(JourneyEvent(.statusConfirmed, on: month(72)))
        parts.append(.init(.admitted(admitted.count - 1), expecting: .none, events))
      }
      try log.append(AppendRequest(parts, admitting: admitted))
    }
  }

  private static func spell(_ change: Change, until next: Int?) -> [JourneyEvent] {
    let types: (EventType, EventType, PlacementKind)
    switch change.state {
    case "employment": types = (.employmentStarted, .employmentEnded, .svp)
    case "training": types = (.trainingStarted, .trainingEnded, .dualTraining)
    case "joblessness":
      return [
        JourneyEvent(.labourStatusReported, on: month(change.month))
          .with(Fields.employmentStatus, .unemployed)
      ]
    default: types = (.schoolStarted, .schoolEnded, .school)
    }
    let started = JourneyEvent(types.0, on: month(change.month))
      .with(Fields.placementKind, types.2)
    guard let next else { return [started] }
    // The last month of the state is the one before the next begins.
    return [
      started, JourneyEvent(types.1, on: month(next - 1)).with(Fields.placementKind, types.2),
    ]
  }
}
