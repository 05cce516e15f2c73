import Journey

/// What a question of kind `table` asks, as its file states it: one time-to-event question, cohort by
/// cohort.
public struct CohortTableDefinition: Sendable {
  /// The question that every cell answers at its horizon.
  public var timeToEvent: TimeToEventDefinition
  /// The calendar period of the index day that makes a cohort.
  public var cohort: CohortPeriod
  /// What splits every cohort, where who asks chooses nothing else; names as `--by` takes them.
  public var by: [String]
}

/// A question of kind `table`, ready to be asked.
public struct CohortTableQuestion: Sendable {
  /// The question that every cell answers at its horizon; it is grouped by `by` alone.
  public var timeToEvent: TimeToEventQuestion
  /// The calendar period of the index day that makes a cohort.
  public var cohort: CohortPeriod
  /// The horizons, in whole clock units.
  public var horizons: [Double]

  /// The largest number of cohorts, times groups, that a table shows.
  public static let limit = 2_000

  /// Whether shares are of those to whom the event has not happened: who is still in work.
  public var showsRemaining: Bool { timeToEvent.showsRemaining }
}

extension TimeToEventQuestion {
  /// Whether people ask for the share to whom the event did not happen: who is still in work, after
  /// an interruption; of all other events they ask how many had it.
  public var showsRemaining: Bool {
    if case .interruption = outcome { true } else { false }
  }

  /// The first boundary from which on nothing can be known yet on the reference day, whoever it is.
  ///
  /// A horizon of a unit that starts at boundary S is due when S + h does not lie behind it. Under
  /// rule B it lies a gap and one period before the end of observation: an interruption is known to
  /// be one only then.
  var dueBoundary: Int32 {
    let end = clock.index(lastDay + 1)
    if case .interruption(let gap, .b) = outcome { return end - gap - 1 }
    return end
  }
}
