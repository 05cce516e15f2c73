/// How long events take to be recorded, from those recorded up to a cut: a right-truncated estimate.
///
///     let delays = try ReportingDelays(occurred: ends, recorded: days, cut: today)
///     // delays.share(within: 28) 0.71, delays.time(for: 0.95) 83,
///     // delays.matureDay(share: 0.95): events up to then are as good as complete
///
/// An event of day x is in the data if its delay d is at most its age, cut − x. So among recent events
/// only those with short delays are seen, and the plain share of recorded delays up to d is too high.
/// Turning time round makes it a problem of late entry: at delay j those with d ≤ j ≤ age are "at risk",
/// n(j) of whom N(j) have d = j, and
///
/// F(d) = ∏ (1 − N(j)/n(j)) over j > d
///
/// is the share recorded within d days, given that it is recorded within ``maximum`` days. About longer
/// delays no data say anything, so that F is conditional on d ≤ maximum: events that are recorded even
/// later, or never, are not in it. The variance of log F is Σ N / (n (n − N)) over j > d.
///
/// Assumes that delays do not depend on when the event happened; estimate the times before and after a
/// change of procedure apart. Days are whole; recorded on the same day is delay 0.
///
/// - SeeAlso: Lynden-Bell (1971), doi:10.1093/mnras/155.1.95; Lagakos, Barraj, De Gruttola (1988),
///   doi:10.1093/biomet/75.3.515; Kalbfleisch, Lawless (1989), doi:10.1080/01621459.1989.10478780.
public struct ReportingDelays: Sendable {
  /// The last day of which everything recorded is in the data.
  public let cut: Int
  /// The longest delay that the estimate speaks of, in days.
  public let maximum: Int
  /// The events used: those with a delay of at most ``maximum``.
  public let count: Int
  /// The events left out because their delay was longer.
  public let longerCount: Int

  /// The distinct delays, rising.
  public let times: [Int]
  /// The events with each delay.
  public let events: [Int]
  /// The events that could have had each delay, or did have a shorter one: n.
  public let atRisk: [Int]
  /// The share recorded within each delay, F.
  public let shares: [Double]
  /// The standard error of log F at each delay; 0 at the last.
  public let standardErrorsOfLog: [Double]

  /// Records whose age is at least the default maximum.
  public static let recordsAtMaximum = 10

  /// Each record's delay and age, the age cut off at the maximum; nil for one left out.
  let records: [Record?]

  struct Record: Sendable {
    var delay: Int
    var age: Int
  }

  /// Estimates the delays of events recorded by a cut.
  ///
  /// - Parameters:
  ///   - occurred: The day of each event, counted from any day.
  ///   - recorded: The day on which it was first recorded, counted from the same day.
  ///   - cut: The last day of which everything recorded is in the data.
  ///   - maximum: The longest delay to speak of; nil for the largest age that ten records reach.
  /// - Throws: ``StatisticsError/negativeDuration(row:duration:)`` for an event recorded before it
  ///   happened, ``StatisticsError/recordedAfterCut(row:)``,
  ///   ``StatisticsError/tooFewDelays(count:)``, or ``StatisticsError/delaysDoNotOverlap(delay:)`` when
  ///   no record links the delays below one with those above.
  /// - Precondition: The columns have the same length.
  /// - Complexity: O(events + maximum).
  public init(
    occurred: [Int], recorded: [Int], cut: Int, maximum: Int? = nil
  ) throws(StatisticsError) {
    precondition(occurred.count == recorded.count, "columns of different length")
    for row in occurred.indices {
      let delay = recorded[row] - occurred[row]
      guard delay >= 0 else { throw .negativeDuration(row: row, duration: Double(delay)) }
      guard recorded[row] <= cut else { throw .recordedAfterCut(row: row) }
    }
    let ages = occurred.map { cut - $0 }
    let longest = maximum ?? Self.usualMaximum(ages)
    guard let longest, longest >= 0 else { throw .tooFewDelays(count: occurred.count) }
    records = occurred.indices.map { row in
      let delay = recorded[row] - occurred[row]
      return delay <= longest ? Record(delay: delay, age: min(ages[row], longest)) : nil
    }
    self.cut = cut
    self.maximum = longest
    count = records.count { $0 != nil }
    longerCount = records.count - count
    guard count > 0 else { throw .tooFewDelays(count: 0) }

    var ending = [Int](repeating: 0, count: longest + 2)
    var entering = ending
    for case let record? in records {
      ending[record.delay] += 1
      entering[record.age + 1] -= 1
    }
    var times: [Int] = []
    var events: [Int] = []
    var atRisk: [Int] = []
    var present = 0
    for delay in 0...longest {
      present += ending[delay] + entering[delay]
      guard ending[delay] > 0 else { continue }
      times.append(delay)
      events.append(ending[delay])
      atRisk.append(present)
    }
    var shares = [Double](repeating: 1, count: times.count)
    var errors = [Double](repeating: 0, count: times.count)
    var product = CompensatedProduct()
    var variance = CompensatedSum()
    for index in times.indices.dropFirst().reversed() {
      let left = Double(atRisk[index] - events[index])
      guard left > 0 else { throw .delaysDoNotOverlap(delay: times[index]) }
      product.multiply(by: left, over: Double(atRisk[index]))
      variance.add(Double(events[index]) / (Double(atRisk[index]) * left))
      shares[index - 1] = product.value
      errors[index - 1] = variance.value.squareRoot()
    }
    self.times = times
    self.events = events
    self.atRisk = atRisk
    self.shares = shares
    standardErrorsOfLog = errors
  }

  private static func usualMaximum(_ ages: [Int]) -> Int? {
    guard ages.count >= recordsAtMaximum else { return nil }
    return ages.sorted(by: >)[recordsAtMaximum - 1]
  }

  /// The share recorded within a number of days, given within ``maximum``.
  ///
  /// 0 below the shortest delay, 1 from the longest on.
  public func share(within days: Int) -> Double {
    index(days).map { shares[$0] } ?? 0
  }

  /// The standard error of ``share(within:)``; 0 where the share is 0 or 1.
  public func standardError(within days: Int) -> Double {
    index(days).map { shares[$0] * standardErrorsOfLog[$0] } ?? 0
  }

  /// The confidence limits of ``share(within:)``, symmetric on the chosen scale.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public func limits(
    within days: Int, type: IntervalType = .logLog, level: Double = 0.95
  ) throws(StatisticsError) -> ConfidenceLimits? {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    return type.limits(
      ofProbability: share(within: days), standardError: standardError(within: days), z: z)
  }

  /// The share of the *recorded* events that were recorded within a number of days.
  ///
  /// Too high for as long as events of all ages are in the data: what to compare ``share(within:)`` with.
  public func recordedShare(within days: Int) -> Double {
    Double(zip(times, events).reduce(0) { $1.0 <= days ? $0 + $1.1 : $0 }) / Double(count)
  }

  /// The days within which a share of the events is recorded.
  ///
  /// - Throws: ``StatisticsError/probabilityOutsideUnitInterval(_:)``.
  public func time(for share: Double = 0.95) throws(StatisticsError) -> Int {
    guard share > 0, share < 1 else { throw .probabilityOutsideUnitInterval(share) }
    // F is 1 at the last delay, so that there always is one.
    return times[shares.firstIndex { $0 >= share } ?? times.count - 1]
  }

  /// The last day whose events are recorded with a given probability or more.
  ///
  /// - Throws: ``StatisticsError/probabilityOutsideUnitInterval(_:)``.
  public func matureDay(share: Double = 0.95) throws(StatisticsError) -> Int {
    cut - (try time(for: share))
  }

  private func index(_ days: Int) -> Int? { times.lastIndex(notAbove: days) }
}
