import Journey
import ProjectionEngine
import Statistics

/// The answer to a question about the time from entry to the first job, counted on the fingers.
struct NaiveAnswer: Equatable {
  /// How many ended with a job and how many without, by days since entry.
  typealias Table = [Int: [Int]]

  /// By the value of the grouping attribute; nil where nothing is stated.
  var groups: [String?: Table] = [:]
  var participants = 0
  var leftOut = 0
  var withoutEntry = 0
  var notObserved = 0

  init(_ journeys: NaiveJourneys, by attribute: String, until reference: Day) {
    for person in journeys.people.values {
      participants += 1
      if person.isLeftOut {
        leftOut += 1
        continue
      }
      let steps = person.milestones.map { Milestone(bits: $0) }
      guard let entry = steps.firstIndex(where: { $0.kind == .entered && $0.day <= reference })
      else {
        withoutEntry += 1
        continue
      }
      let from = steps[entry].day
      let job = steps[entry...].first {
        $0.kind == .placementStarted && $0.day <= reference
          && $0.code == PlacementKind.svp.rawValue
      }
      // Seen on a day means observed to its end; whoever died or left is observed until then.
      let seen = steps.compactMap(\.confirmedDay).max()
      var until = min(seen ?? .earliest, reference) + 1
      let gone = steps.first {
        ($0.kind == .leftCountry || $0.kind == .deceased) && $0.day <= reference
      }
      if let gone { until = min(until, gone.day) }
      guard from <= until else {
        notObserved += 1
        continue
      }
      let (end, isJob) =
        job.map { $0.day < until ? ($0.day, true) : (until, false) } ?? (until, false)
      let days = Int(end.number - from.number)
      var table = groups[person.attributes[attribute], default: [:]]
      table[days, default: [0, 0]][isJob ? 0 : 1] += 1
      groups[person.attributes[attribute]] = table
    }
  }

  /// The engine's answer in the same form.
  init(_ result: TimeToEventResult) {
    for group in result.groups {
      var table: Table = [:]
      for row in group.counts.times.indices {
        table[Int(group.counts.times[row])] = [
          group.counts.events[row], group.counts.censored[row],
        ]
      }
      groups[group.values.first ?? nil] = table
    }
    participants = result.attrition.participants
    leftOut = result.attrition.leftOut
    withoutEntry = result.attrition.withoutEntry
    notObserved = result.attrition.notObserved
  }
}
