import Glibc

/// The share without an event over time, corrected for events that are recorded late.
///
///     let delays = try rows.delays()
///     let nowcast = try SurvivalNowcast(rows, delays: delays)
///     let half = try nowcast.at([182])[0]            // half.survival, half.limits
///     let share = try nowcast.share(after: 182)      // of those whose 182 days have passed
///
/// Taken at face value, recorded data overstate how many are still there: whoever left recently often
/// has no recorded end yet. An event of age a = cut − day is in the data with probability F(a)
/// (``ReportingDelays``), so each recorded one counts w = 1/F(a) times: as itself and as those not
/// yet recorded, who are in the data as "still there" and must leave the risk set with it. With c the
/// time for which a person could be followed,
///
/// - events at u: N(u) = Σ w over recorded events at u,
/// - at risk at u: Y(u) = the number with c ≥ u, less Σ w over recorded events before u with c ≥ u,
/// - S(t) = ∏ (1 − N(u)/Y(u)), and the share after h days is 1 − Σ w / n over the n with c ≥ h.
///
/// Both N and Y have the expectations that complete data would have. Follow-up closes at ``closing``,
/// the last day whose events are recorded with a probability of at least `least`: where nothing can yet
/// have been recorded nothing can be weighted. With nothing missing it is Kaplan–Meier's curve.
///
/// Assumes that the delay depends neither on how long the person stayed nor on the calendar. People
/// whose *start* is recorded late are no matter here as long as that has nothing to do with how long
/// they stay: they join later; for their number ``CountNowcast``. The standard errors are of the influences of
/// all people on log S, on the weights too.
///
/// - SeeAlso: Horvitz, Thompson (1952), doi:10.2307/2280784; Hu, Tsiatis (1996),
///   doi:10.1093/biomet/83.2.371 (survival with reporting delays); van der Laan, Hubbard (1998),
///   doi:10.1093/biomet/85.4.771.
public struct SurvivalNowcast: Sendable {
  /// The last day of follow-up.
  public let closing: Int
  /// The people in follow-up: those who began by ``closing``.
  public let count: Int
  /// The distinct times with recorded events, rising, in days from the start.
  public let times: [Int]
  /// The weighted number at risk just before each time.
  public let atRisk: [Double]
  /// The weighted number of events at each time.
  public let events: [Double]
  /// The share without the event just after each time.
  public let survival: [Double]
  /// The recorded events in follow-up.
  public let recordedCount: Int

  private let delays: ReportingDelays
  /// Whether the delays are those of the rows themselves, so that each person moves both.
  private let isOwn: Bool
  private let recordRows: [Int]
  private let people: [Person]
  private let rowCount: Int

  private struct Person: Sendable {
    var row: Int
    /// The time for which the person could be followed.
    var longest: Int
    /// The time, age and weight of a recorded event within it.
    var event: (time: Int, age: Int, weight: Double)?
  }

  /// One person's follow-up on a clock of any unit.
  public struct Row: Sendable {
    /// The time for which the person could be followed, up to the closing day.
    public let longest: Int
    /// The time and the age, in days at the cut, of a recorded event within it.
    public let event: (time: Int, age: Int)?

    /// Takes a person.
    ///
    /// - Precondition: 0 ≤ event time ≤ longest.
    public init(longest: Int, event: (time: Int, age: Int)?) {
      precondition(longest >= 0 && (event.map { 0...longest ~= $0.time } ?? true), "no follow-up")
      self.longest = longest
      self.event = event
    }
  }

  /// A curve read at one time.
  public struct Reading: Equatable, Sendable {
    /// The time asked for.
    public let time: Int
    /// The weighted number at risk just before it.
    public let atRisk: Double
    /// The share without the event; nil when nobody is in follow-up.
    public let survival: Double?
    /// Its standard error; nil at 0.
    public let standardError: Double?
    /// Its confidence limits.
    public let limits: ConfidenceLimits?
    /// Whether the last value is only carried on, because nobody could be followed as far.
    public let isExtrapolated: Bool
  }

  /// A share of those who could be followed for long enough.
  public struct Share: Equatable, Sendable {
    /// The people who could be followed for as long.
    public let due: Int
    /// Those of them with a recorded event.
    public let recorded: Int
    /// The share without the event; nil when nobody is due.
    public let estimate: Double?
    /// Its standard error; nil when nobody is due.
    public let standardError: Double?
    /// Wilson's limits for the number of people that would give the standard error.
    public let limits: ConfidenceLimits?
  }

  /// Estimates the curve.
  ///
  /// - Parameters:
  ///   - rows: Beginnings and recorded ends.
  ///   - delays: The delays with which ends are recorded: `rows.delays()`, or from elsewhere.
  ///   - isOwn: Whether the delays come from these very rows; they then do not vary independently.
  ///   - least: The smallest probability of being recorded with which an event is weighted.
  /// - Throws: ``StatisticsError/probabilityOutsideUnitInterval(_:)`` for `least`.
  /// - Precondition: The cuts are the same; with `isOwn` the records are the ends of the rows.
  /// - Complexity: O(people + longest time).
  public init(
    _ rows: ReportedFollowUp, delays: ReportingDelays, isOwn: Bool = true, least: Double = 0.5
  ) throws(StatisticsError) {
    precondition(rows.cut == delays.cut, "delays up to another cut")
    guard least > 0, least < 1 else { throw .probabilityOutsideUnitInterval(least) }
    let recordRows = rows.rowsWithEnd
    precondition(!isOwn || recordRows.count == delays.records.count, "delays of other rows")
    let closing = try delays.matureDay(share: least)
    var people: [Person] = []
    for row in 0..<rows.count where rows.starts[row] <= closing {
      let close = min(closing, rows.leaves[row] ?? closing)
      var person = Person(row: row, longest: close - rows.starts[row], event: nil)
      if let end = rows.ends[row], end <= close {
        let age = rows.cut - end
        person.event = (end - rows.starts[row], age, 1 / delays.share(within: age))
      }
      people.append(person)
    }
    self.init(
      people, rowCount: rows.count, delays: delays, closing: closing,
      recordRows: isOwn ? recordRows : nil)
  }

  /// Estimates the curve of people whose follow-up was worked out elsewhere, by rules and on a clock of
  /// their own; the delays are taken as not theirs.
  ///
  /// - Parameters:
  ///   - rows: The people, each followed up to the closing day at most.
  ///   - delays: The delays with which events are recorded.
  ///   - closing: The last day of follow-up.
  /// - Precondition: The closing day is one by which events are recorded with a probability above 0.
  public init(_ rows: [Row], delays: ReportingDelays, closing: Int) {
    let people = rows.enumerated().map { number, row in
      Person(
        row: number, longest: row.longest,
        event: row.event.map { ($0.time, $0.age, 1 / delays.share(within: $0.age)) })
    }
    self.init(people, rowCount: rows.count, delays: delays, closing: closing, recordRows: nil)
  }

  private init(
    _ people: [Person], rowCount: Int, delays: ReportingDelays, closing: Int, recordRows: [Int]?
  ) {
    self.closing = closing
    self.delays = delays
    isOwn = recordRows != nil
    self.recordRows = recordRows ?? []
    self.people = people
    self.rowCount = rowCount
    count = people.count
    recordedCount = people.count { $0.event != nil }

    let length = (people.map(\.longest).max() ?? 0) + 2
    var weighted = [Double](repeating: 0, count: length)
    // The change of the number at risk from one day to the next.
    var change = [Double](repeating: 0, count: length)
    for person in people {
      change[person.longest + 1] -= 1
      guard let event = person.event else { continue }
      weighted[event.time] += event.weight
      change[event.time + 1] -= event.weight
      change[person.longest + 1] += event.weight
    }
    var times: [Int] = []
    var atRisk: [Double] = []
    var events: [Double] = []
    var survival: [Double] = []
    var present = CompensatedSum()
    present.add(Double(people.count))
    var height = 1.0
    for time in 0..<length {
      present.add(change[time])
      guard weighted[time] > 0 else { continue }
      // In small groups weights can take out more than are there; the curve then ends at 0.
      let left = max(present.value, weighted[time])
      height *= (left - weighted[time]) / left
      times.append(time)
      atRisk.append(left)
      events.append(weighted[time])
      survival.append(height)
    }
    self.times = times
    self.atRisk = atRisk
    self.events = events
    self.survival = survival
  }
}

extension SurvivalNowcast {
  /// Reads the curve at given times, in the order given.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  /// - Complexity: O(people) a time.
  public func at(
    _ times: [Int], limitsOf type: IntervalType = .logLog, level: Double = 0.95
  ) throws(StatisticsError) -> [Reading] {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    let longest = people.map(\.longest).max() ?? -1
    return times.map { time in
      guard count > 0 else {
        return Reading(
          time: time, atRisk: 0, survival: nil, standardError: nil, limits: nil,
          isExtrapolated: true)
      }
      let index = self.times.lastIndex(notAbove: time)
      let height = index.map { survival[$0] } ?? 1
      let error = index.map { variance(upTo: $0).squareRoot() } ?? 0
      let limits = type.limits(survival: height, standardErrorOfLog: error, z: z)
      return Reading(
        time: time, atRisk: weightAtRisk(time), survival: height,
        standardError: height > 0 ? height * error : nil,
        limits: ConfidenceLimits(lower: limits.lower, upper: limits.upper),
        isExtrapolated: time > longest && height > 0)
    }
  }

  private func weightAtRisk(_ time: Int) -> Double {
    people.reduce(into: CompensatedSum()) { sum, person in
      guard person.longest >= time else { return }
      sum.add(1)
      if let event = person.event, event.time < time { sum.add(-event.weight) }
    }.value
  }

  /// The share without the event so many days after the start, of all whose days have passed.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  /// - Complexity: O(people).
  public func share(after days: Int, level: Double = 0.95) throws(StatisticsError) -> Share {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    let due = people.filter { $0.longest >= days }
    let gone = due.compactMap { person in person.event.flatMap { $0.time <= days ? $0 : nil } }
    guard !due.isEmpty else {
      return Share(due: 0, recorded: 0, estimate: nil, standardError: nil, limits: nil)
    }
    let total = Double(due.count)
    let lost = gone.reduce(into: CompensatedSum()) { $0.add($1.weight) }.value / total
    var own = [Double](repeating: 0, count: rowCount)
    var derivative: [Int: Double] = [:]
    for person in due {
      let weight = person.event.flatMap { $0.time <= days ? $0.weight : nil } ?? 0
      own[person.row] = (lost - weight) / total
    }
    for event in gone { derivative[event.age, default: 0] += event.weight / total }
    let error = combined(own, derivative).squareRoot()
    let estimate = max(0, 1 - lost)
    let size = error > 0 ? estimate * (1 - estimate) / (error * error) : total
    return Share(
      due: due.count, recorded: gone.count, estimate: estimate, standardError: error,
      limits: size > 0 ? WilsonInterval.limits(estimate * size, of: size, z: z) : nil)
  }

  /// The variance of log S after a step.
  ///
  /// A person's influence is −Σ (dN − h dY) / (Y (1 − h)) over the steps; that of log F(a) is Σ w κ over
  /// the events of age a, κ = 1/(Y (1 − h)) at the event plus h/(Y (1 − h)) at the later steps for which the
  /// person could be followed, because the weight leaves the risk set too.
  private func variance(upTo last: Int) -> Double {
    // Sums over the steps before each, of h / (Y (1 − h)).
    var before = [0.0]
    var scale: [Double] = []
    for index in 0...last {
      let left = atRisk[index] - events[index]
      scale.append(left > 0 ? 1 / left : 0)
      before.append(before[index] + scale[index] * events[index] / atRisk[index])
    }
    func steps(notAbove time: Int) -> Int {
      min(times.lastIndex(notAbove: time).map { $0 + 1 } ?? 0, last + 1)
    }
    var own = [Double](repeating: 0, count: rowCount)
    var derivative: [Int: Double] = [:]
    for person in people {
      let followed = before[steps(notAbove: person.longest)]
      own[person.row] = followed
      guard let event = person.event, event.time <= times[last] else { continue }
      let step = steps(notAbove: event.time)
      let kappa = scale[step - 1] + followed - before[step]
      own[person.row] -= event.weight * kappa
      derivative[event.age, default: 0] += event.weight * kappa
    }
    return combined(own, derivative)
  }

  /// The variance of a figure from people's influences and its derivative by log F.
  private func combined(_ own: [Double], _ derivative: [Int: Double]) -> Double {
    var influences = own
    var more = 0.0
    if isOwn {
      for (row, influence) in zip(recordRows, delays.influences(of: derivative)) {
        influences[row] += influence
      }
    } else {
      more = delays.variance(of: derivative)
    }
    return influences.reduce(into: CompensatedSum()) { $0.add($1 * $1) }.value + more
  }
}
