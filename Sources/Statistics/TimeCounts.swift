/// The sufficient table of one stratum: who was at risk, who ended and who was censored, by time.
///
/// One row per distinct time at which somebody's follow-up ends. Follow-up intervals are
/// `(entry, exit]`: a subject is at risk from just after entry up to and including exit, so one
/// censored at `t` is at risk for an event at `t`, and one entering at `t` is not. Without delayed
/// entry everybody is at risk from the origin on, and an end at time 0 counts. Ties are exact:
/// two times are the same only when they are equal.
///
///     let days: [Double] = [1, 1, 6, 6, 8, 9]
///     let ends: [Bool] = [true, false, true, true, false, true]
///     let counts = try TimeCounts(durations: days.span, events: ends.span)
///     // times 1, 6, 8, 9; at risk 6, 4, 2, 1; events 1, 2, 0, 1; censored 1, 0, 1, 0
///
/// The unit of time is the caller's. An empty table is a stratum without subjects.
public struct TimeCounts: Equatable, Sendable {
  /// The distinct end times, rising strictly.
  public let times: [Double]
  /// The subjects at risk just before each time.
  public let atRisk: [Int]
  /// The subjects whose follow-up ends with the event at each time.
  public let events: [Int]
  /// The subjects whose follow-up ends without the event at each time.
  public let censored: [Int]
  /// The entry times in rising order, or nil when everybody is at risk from the origin on.
  let entries: [Double]?

  init(times: [Double], atRisk: [Int], events: [Int], censored: [Int], entries: [Double]? = nil) {
    self.times = times
    self.atRisk = atRisk
    self.events = events
    self.censored = censored
    self.entries = entries
  }

  /// The number of distinct times.
  public var count: Int { times.count }

  /// Whether the stratum has no subjects.
  public var isEmpty: Bool { times.isEmpty }

  /// The number of follow-up intervals counted.
  public var subjects: Int { entries?.count ?? atRisk.first ?? 0 }

  /// The number of events at all times together.
  public var totalEvents: Int { events.reduce(0, +) }

  /// The number of subjects with entry before, and exit at or after, the given time.
  ///
  /// Without delayed entry this is the number whose duration is at least `time`. Past the last
  /// time it is 0.
  ///
  /// - Complexity: O(log n).
  public func atRisk(at time: Double) -> Int {
    let next = times.insertionIndex(of: time)
    guard next < times.count else { return 0 }
    guard let entries else { return atRisk[next] }
    // Between two times nobody leaves: take back those who enter from `time` on.
    let enteredByNext = entries.insertionIndex(of: times[next])
    return atRisk[next] - (enteredByNext - entries.insertionIndex(of: time))
  }

  /// The number of subjects of whom it is known what happened by a time: those with the event before
  /// it, and those still at risk just before it.
  ///
  /// - Complexity: O(distinct times up to `time`).
  public func known(at time: Double) -> Int {
    events[..<times.insertionIndex(of: time)].reduce(atRisk(at: time), +)
  }
}

extension TimeCounts {
  /// Accepts a table that was already counted, without delayed entry.
  ///
  /// - Parameters:
  ///   - times: Distinct end times, finite, at least 0, rising strictly.
  ///   - events: Subjects with the event at each time.
  ///   - censored: Subjects censored at each time.
  /// - Precondition: The three columns have the same length.
  /// - Throws: ``StatisticsError`` for the first row whose time does not rise, is negative or not
  ///   finite, or whose counts are negative or both 0.
  public init(times: [Double], events: [Int], censored: [Int]) throws(StatisticsError) {
    precondition(times.count == events.count && times.count == censored.count)
    for row in times.indices {
      try checkDuration(times[row], row: row)
      if row > 0, times[row] <= times[row - 1] { throw .timesNotIncreasing(row: row) }
      guard events[row] >= 0, censored[row] >= 0, events[row] + censored[row] > 0 else {
        throw .countNotPositive(row: row)
      }
    }
    var atRisk = [Int](repeating: 0, count: times.count)
    var remaining = 0
    for row in times.indices.reversed() {
      remaining += events[row] + censored[row]
      atRisk[row] = remaining
    }
    self.init(times: times, atRisk: atRisk, events: events, censored: censored)
  }
}

/// Refuses a time that is negative, infinite or not a number.
func checkDuration(_ duration: Double, row: Int) throws(StatisticsError) {
  guard duration.isFinite else { throw .durationNotFinite(row: row) }
  guard duration >= 0 else { throw .negativeDuration(row: row, duration: duration) }
}

extension [Double] {
  /// The number of elements below a value, in an array that rises.
  func insertionIndex(of value: Double) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Array where Element: Comparable {
  /// The index of the last element not above a value, in an array that rises; nil before the first.
  func lastIndex(notAbove value: Element) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}
