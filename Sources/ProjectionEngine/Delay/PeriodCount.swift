import Journey
public import Statistics

/// How many units of a question one month will have once all are recorded.
public struct PeriodCount: Sendable {
  /// The month of the index day: `2026-10`.
  public let name: String
  /// What is recorded of it, and what is to be expected.
  public let count: CountNowcast.Period

  /// The months that are not complete yet, the oldest first.
  ///
  /// - Parameters:
  ///   - days: How many units have each index day, by `Day.number`.
  ///   - estimate: How late their index events are recorded.
  static func months(
    _ days: [Int32: Int], delayed estimate: RecordingDelays.Estimate, level: Double
  ) throws(StatisticsError) -> [PeriodCount] {
    let cut = Day(number: Int32(estimate.delays.cut))
    let months = Array(first(of: estimate).monthIndex...cut.monthIndex)
    let ranges = months.map { month in
      let first = Day(firstOfMonth: month)
      return Int(first.number)..<Int(min(first.adding(months: 1), cut + 1).number)
    }
    let occurred = days.sorted { $0.key < $1.key }
      .flatMap { Array(repeating: Int($0.key), count: $0.value) }.filter { $0 <= cut.number }
    let nowcast = try CountNowcast(
      occurred: occurred, periods: ranges, delays: estimate.delays, level: level)
    return zip(months, nowcast.periods).filter { !$0.1.isComplete }.map {
      PeriodCount(name: CohortPeriod.month.name(firstMonth: $0), count: $1)
    }
  }

  /// The first day of the months that are looked at: those in which something may be missing, a year at
  /// most.
  static func first(of estimate: RecordingDelays.Estimate) -> Day {
    let longest = min(estimate.delays.maximum, 365)
    return Day(firstOfMonth: (Day(number: Int32(estimate.delays.cut)) - Int32(longest)).monthIndex)
  }
}

extension IndexEvent {
  /// What has to be on record for it; nil where everything that is on record is one.
  var subject: RecordedSubject? {
    switch self {
    case .entry: .entry
    case .firstPlacement, .everyPlacement, .firstTraining, .everyTraining: .placementStart
    case .exit, .everyExit: .exit
    case .everyRecord: nil
    }
  }
}
