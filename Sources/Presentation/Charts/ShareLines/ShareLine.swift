/// A share of one group over time with its limits: a cumulative incidence, or one state's occupancy.
///
/// The arrays run in parallel; each share holds from its time up to the next (right-continuous steps)
/// and the last one up to `end`. Before the first time the share is `initial`.
public struct ShareLine: Sendable, Hashable {
  /// The name of the group in the reader's language.
  public let label: String
  /// How many people the group has.
  public let total: Int
  /// The times, ascending.
  public let times: [Double]
  /// The share from each time on, 0 to 1.
  public let shares: [Double]
  /// The lower confidence limit, NaN where undefined.
  public let lower: [Double]?
  /// The upper confidence limit, NaN where undefined.
  public let upper: [Double]?
  /// How many people are under observation just before each time.
  public let atRisk: [Int]?
  /// Where the line ends: the last follow-up.
  public let end: Double
  /// The share before the first time.
  public let initial: Double

  /// Creates a line; all arrays have the length of `times`, else it is a programmer's mistake.
  public init(
    label: String, total: Int, times: [Double], shares: [Double], lower: [Double]? = nil,
    upper: [Double]? = nil, atRisk: [Int]? = nil, end: Double? = nil, initial: Double = 0
  ) {
    let lengths = [
      shares.count, lower?.count ?? times.count, upper?.count ?? times.count,
      atRisk?.count ?? times.count,
    ]
    precondition(lengths.allSatisfy { $0 == times.count }, "the arrays of a line differ in length")
    self.label = label
    self.total = total
    self.times = times
    self.shares = shares
    self.lower = lower
    self.upper = upper
    self.atRisk = atRisk
    self.end = max(end ?? 0, times.last ?? 0)
    self.initial = initial
  }

  /// The steps of the line; none without people or with a share that is not known.
  var steps: [CurveStep] {
    guard total > 0, let first = times.first, shares.allSatisfy(\.isFinite) else { return [] }
    var steps: [CurveStep] = []
    if first > 0 {
      steps.append(
        CurveStep(start: 0, end: first, share: initial, limits: nil, isFaded: isFew(before: 0)))
    }
    for index in times.indices {
      let isLast = index == times.count - 1
      steps.append(
        CurveStep(
          start: times[index], end: isLast ? end : times[index + 1],
          share: min(max(shares[index], 0), 1), limits: limits(index),
          isFaded: isFew(before: isLast ? index : index + 1)))
    }
    return steps
  }

  private func isFew(before index: Int) -> Bool {
    atRisk.map { $0[index] < SurvivalCurve.fewAtRisk } ?? false
  }

  func limits(_ index: Int) -> ClosedRange<Double>? {
    guard let low = lower?[index], let high = upper?[index], low.isFinite, high.isFinite,
      low <= high
    else { return nil }
    return min(max(low, 0), 1)...min(max(high, 0), 1)
  }

  /// The step that holds at a time, nil after the end.
  func step(at time: Double) -> CurveStep? {
    time <= end ? steps.last { $0.start <= time } : nil
  }

  /// How many are under observation just before a time.
  func observed(before time: Double) -> Int? {
    guard let atRisk else { return nil }
    guard let next = times.firstIndex(where: { $0 >= time }) else {
      return time <= end ? atRisk.last ?? 0 : 0
    }
    return atRisk[next]
  }
}
