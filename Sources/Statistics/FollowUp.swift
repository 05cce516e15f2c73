/// Follow-up for one kind of event, as rows `(start, stop]` that estimators with weights, clusters
/// or covariates read.
///
/// A row says: under observation from just after `start` up to and including `stop`, and at `stop`
/// the event happened or did not. A person may have several rows, as long as they are not under
/// observation twice at one time (``FollowUpCheck`` finds that out). Without `starts` everybody is
/// at risk from the origin on, at time 0 too.
///
///     let rows = try FollowUp(stops: [5, 8, 8], events: [true, false, true], weights: [1, 2.5, 1])
///
/// Times are finite and at least 0, in the caller's unit; ties are exact. A weight of 0 keeps a
/// row's time in the table and adds nothing. Subjects and clusters are numbered from 0, by
/// ``Labels`` for example; without subjects each row is a person, without clusters each subject is
/// one.
public struct FollowUp: Sendable {
  /// Where each row begins; nil when everybody is at risk from the origin on.
  public let starts: [Double]?
  /// Where each row ends, at least 0.
  public let stops: [Double]
  /// Whether the row ended with the event.
  public let events: [Bool]
  /// The weight of each row, at least 0; nil when all are 1.
  public let weights: [Double]?
  /// The person of each row; nil when each row is a person.
  public let subjects: [Int]?
  /// The sampling unit of each row; nil when the subjects are the units.
  public let clusters: [Int]?

  /// Takes columns of the same length.
  ///
  /// - Throws: ``StatisticsError`` for the first row with a time that is negative or not finite,
  ///   `start ≥ stop`, a weight that is negative or not finite, or a negative number of a subject
  ///   or cluster.
  /// - Precondition: The columns have the same length.
  public init(
    starts: [Double]? = nil, stops: [Double], events: [Bool], weights: [Double]? = nil,
    subjects: [Int]? = nil, clusters: [Int]? = nil
  ) throws(StatisticsError) {
    precondition(events.count == stops.count, "columns of different length")
    try checkRows(starts: starts, stops: stops, weights: weights)
    try checkNumbers(subjects, count: stops.count)
    try checkNumbers(clusters, count: stops.count)
    self.starts = starts?.map { $0 + 0 }  // -0 becomes 0
    self.stops = stops.map { $0 + 0 }
    self.events = events
    self.weights = weights
    self.subjects = subjects
    self.clusters = clusters
  }

  private init(_ all: FollowUp, rows: [Int]) {
    starts = all.starts.map { column in rows.map { column[$0] } }
    stops = rows.map { all.stops[$0] }
    events = rows.map { all.events[$0] }
    weights = all.weights.map { column in rows.map { column[$0] } }
    subjects = all.subjects.map { column in rows.map { column[$0] } }
    clusters = all.clusters.map { column in rows.map { column[$0] } }
  }

  /// The number of rows.
  public var count: Int { stops.count }

  /// The chosen rows, in the order given: one stratum, for example.
  ///
  /// - Precondition: Every index is one of the rows.
  public func rows(_ rows: [Int]) -> FollowUp { FollowUp(self, rows: rows) }

  /// The weight of a row; 1 without weights.
  func weight(_ row: Int) -> Double { weights?[row] ?? 1 }

  /// The unit over which a robust variance sums: cluster, else subject, else the row.
  var units: Units { Units(clusters ?? subjects, rows: count) }

  /// The follow-up from a time on, of those still under observation then.
  ///
  /// Rows that end before `time` are left out. An end exactly at `time` is kept: it counts as of that
  /// time, as with `start.time` in R. Curves of the result are conditional on being free of the event
  /// before it; the clock stays that of the rows.
  ///
  /// - Throws: ``StatisticsError/durationNotFinite(row:)``, ``StatisticsError/negativeDuration(row:duration:)``
  ///   when the time is not a time; the row is then 0.
  public func conditional(from time: Double) throws(StatisticsError) -> FollowUp {
    try checkDuration(time, row: 0)
    return FollowUp(self, rows: stops.indices.filter { stops[$0] >= time })
  }
}

/// Dense numbers of sampling units, from 0.
struct Units: Sendable {
  /// The unit of each row; nil when each row is one.
  let numbers: [Int]?
  let count: Int

  init(_ given: [Int]?, rows: Int) {
    guard let given else {
      numbers = nil
      count = rows
      return
    }
    var dense: [Int: Int] = [:]
    dense.reserveCapacity(rows)
    numbers = given.map { number in
      if let known = dense[number] { return known }
      dense[number] = dense.count
      return dense.count - 1
    }
    count = dense.count
  }

  func callAsFunction(_ row: Int) -> Int { numbers?[row] ?? row }
}

/// Refuses times and weights that are none.
func checkRows(
  starts: [Double]?, stops: [Double], weights: [Double]?
) throws(StatisticsError) {
  precondition(starts.map { $0.count == stops.count } ?? true, "columns of different length")
  precondition(weights.map { $0.count == stops.count } ?? true, "columns of different length")
  for row in stops.indices {
    try checkDuration(stops[row], row: row)
    if let start = starts?[row] {
      try checkDuration(start, row: row)
      guard start < stops[row] else {
        throw .entryNotBeforeExit(row: row, entry: start, exit: stops[row])
      }
    }
    if let weight = weights?[row] {
      guard weight.isFinite, weight >= 0 else { throw .weightNotUsable(row: row, weight: weight) }
    }
  }
}

/// Refuses negative numbers of subjects or clusters.
func checkNumbers(_ numbers: [Int]?, count: Int) throws(StatisticsError) {
  guard let numbers else { return }
  precondition(numbers.count == count, "columns of different length")
  for row in numbers.indices where numbers[row] < 0 {
    throw .unknownNumber(row: row, number: numbers[row])
  }
}
