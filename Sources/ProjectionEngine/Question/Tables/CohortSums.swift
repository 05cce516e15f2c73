import Statistics

/// What the units of one cohort and group gave.
struct CohortSums: Mergeable {
  /// How long they were followed, and what ended it; longer than the last horizon counts as long.
  var counts: CauseCounts
  /// How many have come so far that the horizon is due.
  var due: [Int]
  /// How many of those were followed to the horizon, or had any event by then.
  var followed: [Int]
  /// How many of those had the event waited for by then; any event, where a share of those without
  /// is shown.
  var happened: [Int]

  init(competing: Int, horizons: [Int32]) {
    counts = CauseCounts(competing: competing, horizon: Int(horizons.max() ?? 0))
    due = [Int](repeating: 0, count: horizons.count)
    followed = due
    happened = due
  }

  /// Adds one unit.
  ///
  /// - Parameters:
  ///   - reach: How long a unit that starts like this one can have been followed at most.
  ///   - countsAny: Whether any event counts as having happened, not only the one waited for.
  mutating func add(
    _ duration: Duration, reach: Int32, horizons: [Int32], last: Int32, countsAny: Bool = false
  ) throws(StatisticsError) {
    for (place, horizon) in horizons.enumerated() where horizon <= reach {
      due[place] += 1
      let isOver = duration.cause > 0 && duration.length <= horizon
      guard isOver || duration.length >= horizon else { continue }
      followed[place] += 1
      if isOver, countsAny || duration.cause == 1 { happened[place] += 1 }
    }
    // What comes after the last horizon tells nothing up to it but that it came after.
    try counts.add(
      duration.length > last ? Duration(length: last, cause: 0) : duration)
  }

  mutating func merge(_ other: CohortSums) {
    counts.merge(other.counts)
    for place in due.indices {
      due[place] += other.due[place]
      followed[place] += other.followed[place]
      happened[place] += other.happened[place]
    }
  }
}
