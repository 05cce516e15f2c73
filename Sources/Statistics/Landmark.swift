/// Groups that form after the origin, compared from a landmark on.
///
///     // Retention with and without an aftercare contact by day 30, of those still in the job then
///     let landmark = try Landmark(rows, at: 30, becameExposed: firstContact)
///     let test = try LogRank(landmark.rows, groups: landmark.groups, groupCount: 2)
///
/// Whoever had a contact by day 30 had to stay until the contact: comparing such people from the start
/// on gives them time in which, by construction, nothing could happen to them (immortal time). A
/// landmark takes only people who are free of the event and under observation just after it, divides
/// them by what had happened up to it, and starts the clock there. The contrast says nothing about those
/// who left before, and is descriptive: who was contacted is not random.
///
/// - SeeAlso: Anderson, Cain, Gelber (1983), doi:10.1200/JCO.1983.1.11.710.
public struct Landmark: Sendable {
  /// The landmark, on the clock of the rows given.
  public let time: Double
  /// The people after the landmark, their clock beginning there.
  public let rows: FollowUp
  /// The row, among those given, of each of these.
  public let kept: [Int]
  /// Whether each of these was exposed by the landmark.
  public let isExposed: [Bool]
  /// The rows left out because the event happened by the landmark.
  public let earlierEvents: Int
  /// The rows left out because observation ended by the landmark, or began only after it.
  public let notObserved: Int

  /// Takes those still there at a time.
  ///
  /// An event exactly at the landmark belongs to the past, an exposure exactly then counts: "by day 30"
  /// includes day 30. Follow-up is `(start, stop]`, so that nobody who is kept has an event at 0.
  ///
  /// - Parameters:
  ///   - rows: One row a person.
  ///   - time: The landmark, at least 0.
  ///   - becameExposed: When each person was first exposed; nil for never.
  /// - Throws: ``StatisticsError/durationNotFinite(row:)`` or
  ///   ``StatisticsError/negativeDuration(row:duration:)`` for the landmark, with row 0.
  /// - Precondition: The columns have the same length.
  public init(
    _ rows: FollowUp, at time: Double, becameExposed: [Double?]
  ) throws(StatisticsError) {
    precondition(becameExposed.count == rows.count, "columns of different length")
    try checkDuration(time, row: 0)
    var kept: [Int] = []
    var earlierEvents = 0
    for row in 0..<rows.count {
      if rows.stops[row] > time, (rows.starts?[row] ?? 0) <= time {
        kept.append(row)
      } else if rows.stops[row] <= time, rows.events[row] {
        earlierEvents += 1
      }
    }
    self.time = time
    self.kept = kept
    self.earlierEvents = earlierEvents
    notObserved = rows.count - kept.count - earlierEvents
    isExposed = kept.map { row in becameExposed[row].map { $0 <= time } ?? false }
    let chosen = rows.rows(kept)
    self.rows = try FollowUp(
      stops: chosen.stops.map { $0 - time }, events: chosen.events, weights: chosen.weights,
      subjects: chosen.subjects, clusters: chosen.clusters)
  }

  /// The group of each row: 1 when exposed, 0 when not.
  public var groups: [Int] { isExposed.map { $0 ? 1 : 0 } }

  /// The people of one group.
  public func rows(exposed: Bool) -> FollowUp {
    rows.rows(isExposed.indices.filter { isExposed[$0] == exposed })
  }
}
