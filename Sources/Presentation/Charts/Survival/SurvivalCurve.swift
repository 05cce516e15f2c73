/// An estimated survival curve of one group, as a chart needs it.
///
/// The arrays run in parallel over the distinct times at which somebody had the event or was
/// censored, ascending. The curve is 1 before the first time and constant from each time to the
/// next (right-continuous steps); it ends at the last follow-up and is never continued beyond it.
public struct SurvivalCurve: Sendable, Hashable {
  /// The name of the group in the reader's language; may be empty for a single curve.
  public let label: String
  /// How many people the group has.
  public let total: Int
  /// The times, ascending.
  public let times: [Double]
  /// The share still without the event after each time.
  public let survival: [Double]
  /// The lower confidence limit after each time, NaN where undefined.
  public let lower: [Double]?
  /// The upper confidence limit after each time, NaN where undefined.
  public let upper: [Double]?
  /// How many people were at risk just before each time.
  public let atRisk: [Int]
  /// How many had the event at each time.
  public let events: [Int]
  /// How many were censored at each time.
  public let censored: [Int]
  /// The longest time anybody was followed.
  public let lastFollowUp: Double
  /// The median time to the event, or nil where the curve does not come down to one half.
  public let median: Double?

  /// Creates a curve; all arrays have the length of `times`, else it is a programmer's mistake.
  public init(
    label: String, total: Int, times: [Double], survival: [Double], lower: [Double]? = nil,
    upper: [Double]? = nil, atRisk: [Int], events: [Int], censored: [Int],
    lastFollowUp: Double? = nil, median: Double? = nil
  ) {
    let lengths = [
      survival.count, atRisk.count, events.count, censored.count,
      lower?.count ?? times.count, upper?.count ?? times.count,
    ]
    precondition(lengths.allSatisfy { $0 == times.count }, "the arrays of a curve differ in length")
    self.label = label
    self.total = total
    self.times = times
    self.survival = survival
    self.lower = lower
    self.upper = upper
    self.atRisk = atRisk
    self.events = events
    self.censored = censored
    self.lastFollowUp = max(lastFollowUp ?? 0, times.last ?? 0)
    self.median = median.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Below this number at risk a curve is drawn faded.
  static let fewAtRisk = 10

  /// The steps from time zero to the last follow-up or the horizon; none without an estimate.
  ///
  /// The number at risk changes at the times only, so the one just before a time holds for the
  /// whole stretch that ends there. A stretch of no length, at the end of the curve, takes the
  /// fading of the one before it.
  func steps(until horizon: Double) -> [CurveStep] {
    guard total > 0, let first = times.first, survival.allSatisfy(\.isFinite) else { return [] }
    var steps = [
      CurveStep(
        start: 0, end: first, share: 1, limits: nil, isFaded: atRisk[0] < Self.fewAtRisk)
    ]
    for index in times.indices {
      let isLast = index == times.count - 1
      let end = isLast ? lastFollowUp : times[index + 1]
      let remaining = isLast ? atRisk[index] - events[index] - censored[index] : atRisk[index + 1]
      steps.append(
        CurveStep(
          start: times[index], end: end, share: min(max(survival[index], 0), 1),
          limits: limits(at: index),
          isFaded: end > times[index]
            ? remaining < Self.fewAtRisk : atRisk[index] < Self.fewAtRisk))
    }
    steps.removeAll { $0.start > horizon }
    for index in steps.indices { steps[index].end = min(steps[index].end, horizon) }
    return steps
  }

  private func limits(at index: Int) -> ClosedRange<Double>? {
    guard let low = lower?[index], let high = upper?[index], low.isFinite, high.isFinite,
      low <= high
    else { return nil }
    return min(max(low, 0), 1)...min(max(high, 0), 1)
  }

  /// What happened up to a time, for the table under a chart.
  struct Counts: Equatable {
    var atRisk: Int
    var censored: Int
    var events: Int
  }

  /// How many are at risk just before a time, and how many were censored or had the event earlier.
  ///
  /// Someone whose time is exactly `time` is still at risk, so without delayed entry the three
  /// numbers add up to the size of the group.
  func counts(before time: Double) -> Counts {
    let passed = times.prefix { $0 < time }.count
    return Counts(
      atRisk: passed < times.count ? atRisk[passed] : 0,
      censored: censored[..<passed].reduce(0, +), events: events[..<passed].reduce(0, +))
  }

  /// The share at a time and its limits, as a view shows it; nil where nobody was followed so far.
  ///
  /// An event at exactly `time` has happened.
  func reading(
    at time: Double, in view: SurvivalChart.View
  ) -> (share: Double, limits: ClosedRange<Double>?)? {
    guard time <= lastFollowUp,
      let step = steps(until: time).last, step.share.isFinite
    else { return nil }
    guard view == .failure else { return (step.share, step.limits) }
    return (
      1 - step.share, step.limits.map { (1 - $0.upperBound)...(1 - $0.lowerBound) }
    )
  }
}
