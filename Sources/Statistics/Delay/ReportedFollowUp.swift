/// Follow-up whose ends become known late: beginnings are recorded, ends reach the data after a delay.
///
///     let rows = try ReportedFollowUp(
///       starts: jobStarts, ends: jobEnds, recorded: endRecorded, leaves: exits, cut: today)
///
/// One row a person. `ends[i]` is the day on which the event happened *if it has been recorded by the
/// cut*, with the day of recording; nil for all others, who have either not had it or not had it
/// recorded. Days count from any day, the same for all columns.
public struct ReportedFollowUp: Sendable {
  /// The day on which each person's clock begins.
  public let starts: [Int]
  /// The day of each recorded event; nil when none has been recorded.
  public let ends: [Int?]
  /// The day on which each recorded event was first recorded.
  public let recorded: [Int?]
  /// The day on which observation ended for another reason that has nothing to do with the event; nil
  /// when the person is under observation up to the cut.
  public let leaves: [Int?]
  /// The last day of which everything recorded is in the data.
  public let cut: Int

  /// Takes columns of the same length.
  ///
  /// - Throws: ``StatisticsError/negativeDuration(row:duration:)`` for an end, or leaving, before the
  ///   start, or an event recorded before it happened; ``StatisticsError/recordedAfterCut(row:)``.
  /// - Precondition: The columns have the same length, and an end has a day of recording.
  public init(
    starts: [Int], ends: [Int?], recorded: [Int?], leaves: [Int?]? = nil, cut: Int
  ) throws(StatisticsError) {
    let leaves = leaves ?? [Int?](repeating: nil, count: starts.count)
    precondition(
      ends.count == starts.count && recorded.count == starts.count
        && leaves.count == starts.count, "columns of different length")
    for row in starts.indices {
      if let leave = leaves[row], leave < starts[row] {
        throw .negativeDuration(row: row, duration: Double(leave - starts[row]))
      }
      guard let end = ends[row] else { continue }
      guard end >= starts[row] else {
        throw .negativeDuration(row: row, duration: Double(end - starts[row]))
      }
      guard let day = recorded[row] else { preconditionFailure("an end without its recording") }
      guard day >= end else { throw .negativeDuration(row: row, duration: Double(day - end)) }
      guard day <= cut else { throw .recordedAfterCut(row: row) }
    }
    self.starts = starts
    self.ends = ends
    self.recorded = recorded
    self.leaves = leaves
    self.cut = cut
  }

  /// The number of people.
  public var count: Int { starts.count }

  /// The delays of the recorded ends; their records are the rows with an end, in order.
  ///
  /// - Throws: As ``ReportingDelays/init(occurred:recorded:cut:maximum:)``; rows count the ends only.
  public func delays(maximum: Int? = nil) throws(StatisticsError) -> ReportingDelays {
    let rows = rowsWithEnd
    return try ReportingDelays(
      occurred: rows.map { ends[$0] ?? 0 }, recorded: rows.map { recorded[$0] ?? 0 }, cut: cut,
      maximum: maximum)
  }

  var rowsWithEnd: [Int] { ends.indices.filter { ends[$0] != nil } }

  /// The follow-up as if nothing were missing up to a day: everybody without a recorded end is
  /// under observation until then.
  ///
  /// With `day` the cut this is the naive reading, in which people whose end is not yet recorded count as
  /// still there. With ``ReportingDelays/matureDay(share:)`` it is the mature one: at most the rest of
  /// the ends up to that day is missing.
  ///
  /// - Returns: Rows of those who began by `day`, their clock in days from the start.
  /// - Throws: Nothing that the columns of a valid table could cause.
  public func followUp(until day: Int) throws(StatisticsError) -> FollowUp {
    var stops: [Double] = []
    var events: [Bool] = []
    for row in starts.indices where starts[row] <= day {
      let close = min(day, leaves[row] ?? day)
      let end = ends[row] ?? .max
      stops.append(Double(min(end, close) - starts[row]))
      events.append(end <= close)
    }
    return try FollowUp(stops: stops, events: events)
  }
}
