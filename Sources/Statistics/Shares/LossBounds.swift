/// Bounds of curves when some people were lost and might have had any outcome since.
///
///     let bounds = try LossBounds(stops: days, outcomes: marks)   // 1 event, 0 planned end, -1 lost
///     let half = try bounds.eventFree(at: [182])[0]
///     // half.bounds 0.41 … 0.58, half.limits
///
/// A planned end of observation (the data end there for everybody) is censoring as ever. Whoever was
/// *lost* leaves for a reason that may have to do with the outcome. Taking the loss for one more exit,
/// the Aalen–Johansen estimate needs no assumption about it, and gives for the share with an exit
/// among a set E by t, with F the incidence of each exit:
///
/// F_E(t) ≤ share ≤ F_E(t) + F_lost(t)
///
/// Worst case: the event happened right after the person was last seen. Best case: it never did. So
/// the share free of the event is between that of "neither event nor loss" and 1 − F_E. With all
/// ends of observation after `t` these are the bounds K/N … (K + U)/N; without losses the two are
/// equal and the curve is Kaplan–Meier's. Kaplan–Meier with losses as censored lies between.
///
/// - SeeAlso: Manski (1989), doi:10.2307/145818; Peterson (1976), doi:10.1073/pnas.73.1.11.
public struct LossBounds: Sendable {
  /// The mark of a row that ended because the person was lost.
  public static let lost = -1

  /// Bounds at one time.
  public struct Reading: Equatable, Sendable {
    /// The time asked for.
    public let time: Double
    /// The weight at risk just before the time.
    public let atRisk: Double
    /// The least and the greatest share; nil when there are no rows.
    public let bounds: ShareBounds?
    /// The standard error of the lower bound.
    public let lowerError: Double?
    /// The standard error of the upper bound.
    public let upperError: Double?
    /// Limits that hold the share with the given confidence, whatever became of the lost.
    public let limits: ConfidenceLimits?
    /// Whether the last values are only carried on, because nobody was followed as far.
    public let isExtrapolated: Bool
  }

  private let rows: StateFollowUp
  private let outcomes: [Int]
  private let variance: CurveVariance

  /// Takes one row a person, or several that adjoin.
  ///
  /// - Parameters:
  ///   - starts: Delayed entry; nil when everybody is at risk from the origin on.
  ///   - stops: Where each row ends.
  ///   - outcomes: How it ended: an event from 1 on, 0 as planned, ``lost``.
  ///   - weights: Weight of each row; nil when all are 1.
  ///   - subjects: The person of each row; nil when each row is a person.
  ///   - clusters: The sampling unit of each row; nil when the people are.
  ///   - variance: What the standard errors are made from.
  /// - Throws: ``StatisticsError`` for the first bad row.
  /// - Precondition: The columns have the same length.
  public init(
    starts: [Double]? = nil, stops: [Double], outcomes: [Int], weights: [Double]? = nil,
    subjects: [Int]? = nil, clusters: [Int]? = nil,
    variance: CurveVariance = .infinitesimalJackknife
  ) throws(StatisticsError) {
    for row in outcomes.indices where outcomes[row] < Self.lost {
      throw .stateOutOfRange(row: row, state: outcomes[row], states: (outcomes.max() ?? 0) + 1)
    }
    rows = try StateFollowUp(
      starts: starts, stops: stops, causes: outcomes.map { $0 == 0 ? 0 : 1 }, causeCount: 1,
      weights: weights, subjects: subjects, clusters: clusters)
    self.outcomes = outcomes
    self.variance = variance
  }

  /// The people, or rows, that were lost.
  public var lostCount: Int { outcomes.count { $0 == Self.lost } }

  /// Bounds of the share without any event by each time.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``, or
  ///   ``StatisticsError/durationNotFinite(row:)`` with the index of a time.
  public func eventFree(
    at times: [Double], limitsOf type: IntervalType = .logLog, level: Double = 0.95
  ) throws(StatisticsError) -> [Reading] {
    let events = Set(outcomes.filter { $0 > 0 })
    return try readings(events, times, type, level, isFree: true)
  }

  /// Bounds of the share with one event of several by each time.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``, or
  ///   ``StatisticsError/durationNotFinite(row:)`` with the index of a time.
  public func incidence(
    of event: Int, at times: [Double], limitsOf type: IntervalType = .logLog, level: Double = 0.95
  ) throws(StatisticsError) -> [Reading] {
    try readings([event], times, type, level, isFree: false)
  }

  private func readings(
    _ events: Set<Int>, _ times: [Double], _ type: IntervalType, _ level: Double, isFree: Bool
  ) throws(StatisticsError) -> [Reading] {
    _ = try StandardNormal.twoSidedQuantile(level: level)
    for index in times.indices where !times[index].isFinite {
      throw .durationNotFinite(row: index)
    }
    let seen = try curve(of: events)
    let possible = try curve(of: events.union([Self.lost]))
    var readings: [Reading] = []
    for time in times {
      let index = seen.times.lastIndex(notAbove: time)
      guard let last = seen.times.last else {
        readings.append(
          Reading(
            time: time, atRisk: 0, bounds: nil, lowerError: nil, upperError: nil, limits: nil,
            isExtrapolated: true))
        continue
      }
      var low = Self.value(seen, at: index)
      var high = Self.value(possible, at: index)
      if isFree {
        (low, high) = ((1 - high.share, high.error), (1 - low.share, low.error))
      }
      let bounds = ShareBounds(lower: low.share, upper: high.share)
      let z = try bounds.quantile(standardErrors: (low.error, high.error), level: level)
      let limits = ConfidenceLimits(
        lower: type.limits(ofProbability: low.share, standardError: low.error, z: z)?.lower ?? .nan,
        upper: type.limits(ofProbability: high.share, standardError: high.error, z: z)?.upper
          ?? .nan)
      let open = index.map { seen.probability[0][$0] } ?? 1
      readings.append(
        Reading(
          time: time, atRisk: seen.counts.atRisk(in: 0, at: time), bounds: bounds,
          lowerError: low.error.definedOrNil, upperError: high.error.definedOrNil, limits: limits,
          isExtrapolated: time > last && open > 0))
    }
    return readings
  }

  /// The curve of a set of exits; all other exits are state 2.
  private func curve(of exits: Set<Int>) throws(StatisticsError) -> AalenJohansen {
    let rows = try StateFollowUp(
      starts: rows.starts, stops: rows.stops,
      causes: outcomes.map { $0 == 0 ? 0 : exits.contains($0) ? 1 : 2 }, causeCount: 2,
      weights: rows.weights, subjects: rows.subjects, clusters: rows.clusters)
    return try AalenJohansen(rows, variance: variance)
  }

  private typealias Estimate = (share: Double, error: Double)

  private static func value(_ curve: AalenJohansen, at index: Int?) -> Estimate {
    guard let index else { return (0, 0) }
    return (min(max(curve.probability[1][index], 0), 1), curve.standardError[1][index])
  }
}
