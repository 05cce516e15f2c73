/// Follow-up of people who move between states, as rows `(start, stop]`.
///
/// A row says: in state `from` just after `start` up to and including `stop`, and at `stop` a move
/// to state `to`, or none (``stays``). States are numbered from 0; a state nobody leaves absorbs.
/// A move into the state one is already in is no move. Competing risks are the special case of one
/// starting state and one row a person.
///
///     // out of work, in a job and out again; one person still out at 6
///     let rows = try StateFollowUp(
///       starts: [0, 2, 5, 0], stops: [2, 5, 9, 6], from: [0, 1, 0, 0],
///       to: [1, 0, StateFollowUp.stays, StateFollowUp.stays], states: 2, subjects: [0, 0, 0, 1])
///
/// Conventions of times, ties, weights, subjects and clusters are those of ``FollowUp``.
public struct StateFollowUp: Sendable {
  /// The mark of a row that ends without a move.
  public static let stays = -1

  /// Where each row begins; nil when everybody is under observation from the origin on.
  public let starts: [Double]?
  /// Where each row ends.
  public let stops: [Double]
  /// The state during each row.
  public let from: [Int]
  /// The state moved to at the end of each row, or ``stays``.
  public let to: [Int]
  /// The number of states.
  public let states: Int
  /// The weight of each row; nil when all are 1.
  public let weights: [Double]?
  /// The person of each row; nil when each row is a person.
  public let subjects: [Int]?
  /// The sampling unit of each row; nil when the subjects are the units.
  public let clusters: [Int]?

  /// Takes columns of the same length.
  ///
  /// - Throws: ``StatisticsError`` for the first row with a bad time, weight, number or state.
  /// - Precondition: The columns have the same length.
  public init(
    starts: [Double]? = nil, stops: [Double], from: [Int], to: [Int], states: Int,
    weights: [Double]? = nil, subjects: [Int]? = nil, clusters: [Int]? = nil
  ) throws(StatisticsError) {
    precondition(from.count == stops.count && to.count == stops.count, "columns of other length")
    try checkRows(starts: starts, stops: stops, weights: weights)
    try checkNumbers(subjects, count: stops.count)
    try checkNumbers(clusters, count: stops.count)
    for row in stops.indices {
      for state in [from[row], to[row]] where state != Self.stays || state == from[row] {
        guard state >= 0, state < states else {
          throw .stateOutOfRange(row: row, state: state, states: states)
        }
      }
    }
    self.starts = starts?.map { $0 + 0 }  // -0 becomes 0
    self.stops = stops.map { $0 + 0 }
    self.from = from
    self.to = zip(from, to).map { $0 == $1 ? Self.stays : $1 }
    self.states = states
    self.weights = weights
    self.subjects = subjects
    self.clusters = clusters
  }

  /// Competing risks: everybody begins in state 0, and cause `k` from 1 leads to state `k`.
  ///
  /// - Parameters:
  ///   - starts: Delayed entry of each person; nil when everybody is at risk from the origin on.
  ///   - stops: Length of follow-up of each person.
  ///   - causes: The cause that ended it, from 1; 0 when it was censored.
  ///   - causeCount: The number of causes.
  /// - Throws: ``StatisticsError`` for the first bad row.
  public init(
    starts: [Double]? = nil, stops: [Double], causes: [Int], causeCount: Int,
    weights: [Double]? = nil, subjects: [Int]? = nil, clusters: [Int]? = nil
  ) throws(StatisticsError) {
    for row in causes.indices where causes[row] < 0 || causes[row] > causeCount {
      throw .stateOutOfRange(row: row, state: causes[row], states: causeCount + 1)
    }
    try self.init(
      starts: starts, stops: stops, from: [Int](repeating: 0, count: stops.count),
      to: causes.map { $0 == 0 ? Self.stays : $0 }, states: causeCount + 1, weights: weights,
      subjects: subjects, clusters: clusters)
  }

  private init(_ all: StateFollowUp, rows: [Int]) {
    starts = all.starts.map { column in rows.map { column[$0] } }
    stops = rows.map { all.stops[$0] }
    from = rows.map { all.from[$0] }
    to = rows.map { all.to[$0] }
    states = all.states
    weights = all.weights.map { column in rows.map { column[$0] } }
    subjects = all.subjects.map { column in rows.map { column[$0] } }
    clusters = all.clusters.map { column in rows.map { column[$0] } }
  }

  /// The number of rows.
  public var count: Int { stops.count }

  /// The chosen rows, in the order given: one stratum, for example.
  ///
  /// - Precondition: Every index is one of the rows.
  public func rows(_ rows: [Int]) -> StateFollowUp { StateFollowUp(self, rows: rows) }

  /// The weight of a row; 1 without weights.
  func weight(_ row: Int) -> Double { weights?[row] ?? 1 }

  /// The unit over which a robust variance sums: cluster, else subject, else the row.
  var units: Units { Units(clusters ?? subjects, rows: count) }
}
