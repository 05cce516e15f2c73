/// What the people of one group gave: their journeys, and how many had the same.
struct SequenceSums: Mergeable, Equatable {
  /// How many people had each journey: a state for every period, the number of states where it is not
  /// known.
  var journeys: [[UInt8]: Int] = [:]
  /// The people whose last period is not over.
  var notDue = 0
  /// The people of the group.
  var people = 0

  mutating func merge(_ other: SequenceSums) {
    people += other.people
    notDue += other.notDue
    journeys.merge(other.journeys) { $0 + $1 }
  }
}
