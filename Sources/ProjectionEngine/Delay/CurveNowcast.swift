public import Journey
public import Statistics

/// The curve of a group, corrected for events that are recorded late.
public struct CurveNowcast: Sendable {
  /// The last day of follow-up: up to it events are recorded with a probability of a half or more.
  public let closing: Day
  /// The corrected curve, its times in clock units.
  public let curve: SurvivalNowcast
  /// The corrected curve at the question's horizons.
  public let readings: [SurvivalNowcast.Reading]
  /// The longest that anybody could be followed.
  private let longest: Int

  /// Why a curve cannot be corrected for delay.
  public enum Refusal: Error, Equatable, Sendable {
    /// Several events compete: the first of those recorded so far need not have come first, since a later
    /// one can be recorded earlier. Weights undo that an event is missing, not that another stands in its
    /// place.
    case competing
    /// Only rule B dates an event on the day that recording is counted from, and knows it then.
    case rule(GapRule)
    /// Most people with a recent event are not seen after it: whoever has none on record yet does not
    /// count as still waiting, so that nothing is missing from those who do.
    case notSeenAfterwards
    /// What the question counts in does not allow for it.
    case kind(QuestionDefinition.Kind)
  }

  /// The smallest probability of being recorded with which an event is weighted.
  static let least = 0.5
  /// From how many recent events on it is asked whether people are seen after them.
  static let fewEvents = 10

  /// Corrects a group's curve.
  ///
  /// - Throws: `Refusal`, or `StatisticsError` that no valid answer gives.
  init(
    _ people: [FollowedPerson], of question: TimeToEventQuestion,
    delayed estimate: RecordingDelays.Estimate, horizons: [Double], intervals: IntervalType,
    level: Double
  ) throws {
    let delays = estimate.delays
    let last = try delays.matureDay(share: CurveNowcast.least)
    closing = Day(number: Int32(last))
    let close = question.clock.index(closing + 1)
    // An exit takes effect on the day after the one that is recorded.
    let shift: Int32 = estimate.subject == .exit ? 1 : 0
    var rows: [SurvivalNowcast.Row] = []
    for person in people where !person.isTooLate && person.from < close {
      let longest = min(person.longest, close - person.from)
      var event: (time: Int, age: Int)?
      if let day = person.eventDay, question.clock.index(day) < close {
        event = (Int(person.length), delays.cut - Int(day.number - shift))
      }
      rows.append(
        SurvivalNowcast.Row(longest: max(Int(longest), event?.time ?? 0), event: event))
    }
    longest = rows.map(\.longest).max() ?? -1
    curve = SurvivalNowcast(rows, delays: delays, closing: last)
    readings = try curve.at(
      horizons.map { Int($0) }, limitsOf: intervals, level: level)
  }

  /// Refuses questions whose curves cannot be corrected.
  ///
  /// - Throws: `Refusal`, or `ChoiceProblem.delaysUnknown` where the log does not tell how late the event
  ///   is recorded.
  static func check(_ question: TimeToEventQuestion, _ delays: RecordingDelays?) throws {
    guard question.competing.isEmpty else { throw Refusal.competing }
    if case .interruption(_, let rule) = question.outcome, rule != .b { throw Refusal.rule(rule) }
    if let subject = question.subjects.first, delays?.estimate(of: subject) == nil {
      throw QuestionDefinition.ChoiceProblem.delaysUnknown([subject])
    }
  }

  /// Refuses people of whom nothing is missing that a correction could put back.
  ///
  /// A first placement is itself a sign of life. Where such signs alone say until when somebody was
  /// observed, those without one on record are not observed on that day, and wait for nothing there.
  static func check(
    _ people: [FollowedPerson], of question: TimeToEventQuestion,
    _ estimate: RecordingDelays.Estimate
  ) throws(Refusal) {
    guard question.outcome == .firstPlacement else { return }
    var (recent, seen) = (0, 0)
    for person in people {
      guard let day = person.eventDay, day > estimate.matureDay else { continue }
      recent += 1
      if person.end > day + 1 { seen += 1 }
    }
    if recent >= fewEvents, 2 * seen < recent { throw .notSeenAfterwards }
  }

  /// The last time that it speaks of.
  public var lastTime: Double { Double(max(longest, 0)) }

  /// The corrected share without the event at a time; nil after the last that it speaks of.
  func survival(at time: Double) -> Double? {
    guard time <= Double(longest) else { return nil }
    guard let place = curve.times.lastIndex(where: { Double($0) <= time }) else { return 1 }
    return curve.survival[place]
  }
}
