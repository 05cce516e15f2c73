public import Statistics

/// How likely one of several competing events is to have happened by each time.
///
/// Aalen–Johansen with standard errors after Greenwood's recursion, which for competing risks with
/// one row a person are those of the infinitesimal jackknife. The incidences of all causes and the
/// share to whom nothing happened add up to 1 at every time.
public struct CauseIncidence: Sendable {
  /// The event, as the question file names it.
  public let cause: String
  /// How many had it.
  public let events: Int
  /// The times of the curve.
  public let times: [Double]
  /// How many had it at each time.
  public let eventsAt: [Int]
  /// The cumulative incidence after each time.
  public var incidence: [Double] { curve.probability[state] }
  /// Its standard error.
  public var standardError: [Double] { curve.standardError[state] }
  /// Its confidence limits.
  public let band: ConfidenceBand
  /// The incidence at the question's horizons.
  public let readings: [AalenJohansen.Reading]
  /// The mean time lost to the event up to the question's horizon, in clock units.
  public let meanTimeLost: MeanTimeInState?

  private let curve: AalenJohansen
  private let state: Int

  /// The confidence limits of another kind or level.
  ///
  /// - Throws: `StatisticsError.levelOutsideUnitInterval`.
  public func confidenceLimits(
    type: IntervalType, level: Double
  ) throws(StatisticsError) -> ConfidenceBand {
    try curve.confidenceLimits(state: state, type: type, level: level)
  }

  /// Works out the incidence of every cause of a group.
  ///
  /// - Parameters:
  ///   - question: Where its units are rows of their own, weighted or several of a person, these count.
  ///   - names: The causes, the one waited for first.
  /// - Returns: One for each cause; none when only one event is waited for.
  static func all(
    _ group: TimeToEventResult.Group, of question: TimeToEventQuestion? = nil,
    names: [String], horizons: [Double],
    restrictedTo horizon: Double?, intervals: IntervalType, level: Double
  ) throws(StatisticsError) -> [CauseIncidence] {
    guard names.count > 1 else { return [] }
    let counts = group.counts
    var (stops, causes, weights): ([Double], [Int], [Double]) = ([], [], [])
    for index in 0..<counts.count {
      for cause in 0...names.count {
        let people = cause == 0 ? counts.censored[index] : group.causes[cause - 1][index]
        guard people > 0 else { continue }
        stops.append(counts.times[index])
        causes.append(cause)
        weights.append(Double(people))
      }
    }
    let curve: AalenJohansen
    if let question, question.keepsRows {
      curve = try CurveOfRows.incidence(group.rows, causes: names.count, question)
    } else {
      let rows = try StateFollowUp(
        stops: stops, causes: causes, causeCount: names.count, weights: weights)
      curve = try AalenJohansen(rows, initial: .state(0), variance: .greenwood)
    }
    var means: [MeanTimeInState] = []
    if let horizon { means = try curve.meanTimes(to: horizon) }
    var found: [CauseIncidence] = []
    for (place, name) in names.enumerated() {
      let state = place + 1
      found.append(
        CauseIncidence(
          cause: name, events: group.causes[place].reduce(0, +), times: curve.times,
          eventsAt: group.causes[place],
          band: try curve.confidenceLimits(state: state, type: intervals, level: level),
          readings: try curve.at(horizons, state: state, limitsOf: intervals, level: level),
          meanTimeLost: means.first { $0.state == state }, curve: curve, state: state))
    }
    return found
  }
}
