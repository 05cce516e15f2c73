public import Journey
public import Statistics

/// What people who were lost could have made of a group's curve, at worst and at best.
///
/// Lost is whoever was last confirmed more than `longestSilence` days before the data end, which is the
/// day up to which the longest observed were. Whoever was confirmed later, died or left the country is
/// not: in a living programme nobody is asked every day.
public struct CurveBounds: Sendable {
  /// The bounds of one share.
  public struct Curve: Sendable {
    /// The event, as the question file names it; nil for the share to whom none happened.
    public let cause: String?
    /// Bounds at the question's horizons.
    public let readings: [LossBounds.Reading]
    /// Bounds after every time of the group's curve.
    public let steps: [LossBounds.Reading]
  }

  /// So many days before the data end somebody may have been confirmed last without being lost.
  public static let longestSilence: Int32 = 90

  /// How many were lost.
  public let lost: Int
  /// The last day up to which people were observed as planned.
  public let plannedEnd: Day
  /// The bounds of the share without an event or, where events compete, of each event.
  public let curves: [Curve]

  /// Bounds a group's curves.
  ///
  /// - Parameters:
  ///   - plannedEnd: The first day after the data; see `plannedEnd(of:)`.
  ///   - times: The times of the group's curve.
  /// - Throws: `StatisticsError` that no valid answer gives.
  init(
    _ people: [FollowedPerson], of question: TimeToEventQuestion, plannedEnd: Day,
    times: [Double], horizons: [Double], intervals: IntervalType, level: Double
  ) throws(StatisticsError) {
    self.plannedEnd = plannedEnd - 1
    let end = question.clock.index(plannedEnd)
    let gap: Int32 =
      if case .interruption(let gap, .b) = question.outcome { gap + 1 } else { 0 }
    var stops: [Double] = []
    var outcomes: [Int] = []
    for person in people {
      let isLost =
        person.cause == 0 && !person.isGone && person.end < plannedEnd - Self.longestSilence
      // Whom rule B leaves out although the data go on long enough was lost before anything was known.
      if person.isTooLate {
        guard isLost, person.from < end - gap else { continue }
      }
      stops.append(Double(person.length))
      outcomes.append(person.cause > 0 ? Int(person.cause) : isLost ? LossBounds.lost : 0)
    }
    let bounds = try LossBounds(stops: stops, outcomes: outcomes)
    lost = bounds.lostCount
    guard !question.competing.isEmpty else {
      curves = [
        Curve(
          cause: nil,
          readings: try bounds.eventFree(at: horizons, limitsOf: intervals, level: level),
          steps: try bounds.eventFree(at: times, limitsOf: intervals, level: level))
      ]
      return
    }
    var curves: [Curve] = []
    for (place, name) in question.causeNames.enumerated() {
      curves.append(
        Curve(
          cause: name,
          readings: try bounds.incidence(
            of: place + 1, at: horizons, limitsOf: intervals, level: level),
          steps: try bounds.incidence(
            of: place + 1, at: times, limitsOf: intervals, level: level)))
    }
    self.curves = curves
  }

  /// The first day after the data: up to which the longest observed were.
  static func plannedEnd(of groups: [[FollowedPerson]]) -> Day? {
    groups.joined().lazy.map(\.end).max()
  }
}
