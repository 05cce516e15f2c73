public import Statistics

/// How the curves of groups differ: effect, interval, tests.
///
/// Each group is compared with all others together at the question's horizons, and all groups at once: by
/// the log-rank test or, where events compete, by Gray's test of each event, which compares how many get
/// there and not only how fast those do who are still waiting. Groups share nobody. Of two groups only the
/// first is compared, for the other's difference is the same with the opposite sign.
public struct CurveComparison: Sendable {
  /// A group's difference to all others at one time.
  public struct Difference: Sendable {
    /// The place of the group among the answer's.
    public let group: Int
    /// The event whose cumulative incidence is compared; nil for the share to whom none happened.
    public let cause: String?
    /// The time, in clock units.
    public let time: Double
    /// The difference of shares, with limits and test.
    public let contrast: CurveDifference
  }

  /// A test of all groups at once.
  public struct Test: Sendable {
    /// What it is called in files: `log-rank` or `gray`.
    public let name: String
    /// The event compared, where several compete.
    public let cause: String?
    /// The outcome; nil when there is nothing to test.
    public let outcome: ChiSquareTest?
  }

  /// The fewest people at risk, in the group and in all others, at a time at which they are compared.
  ///
  /// Below that a difference says more of single people than of groups.
  public static let fewestAtRisk = 10

  /// The differences that are defined, group by group.
  public let differences: [Difference]
  /// How many differences were left out because too few were at risk.
  public let tooFew: Int
  /// Their p values, adjusted after Holm, in the same order.
  public let adjusted: MultipleTests
  /// The tests of all groups at once, but for those of fewer than ten people: in these the chi-square
  /// distribution does not hold.
  public let tests: [Test]
  /// How many groups the tests leave out.
  public let untested: Int

  /// Compares the groups of an answer.
  ///
  /// - Parameters:
  ///   - groups: What the question gave.
  ///   - answers: The same groups with what was read off them.
  ///   - causes: The events, the one waited for first.
  /// - Throws: `StatisticsError` that no valid answer gives.
  init(
    _ groups: [TimeToEventResult.Group], _ answers: [TimeToEventAnswer.Group], causes: [String],
    horizons: [Double], intervals: IntervalType, level: Double
  ) throws(StatisticsError) {
    var differences: [Difference] = []
    var tooFew = 0
    for place in groups.count == 2 ? 0..<1 : groups.indices {
      let others = try CurveComparison.others(groups, than: place)
      let pairs =
        causes.count > 1
        ? try CurveComparison.incidences(
          answers[place], others, causes, horizons, intervals: intervals, level: level)
        : try CurveComparison.survival(answers[place], others, horizons)
      for pair in pairs {
        let atRisk = [answers[place].curve.counts, others.counts].map { $0.atRisk(at: pair.time) }
        guard atRisk.allSatisfy({ $0 >= CurveComparison.fewestAtRisk }) else {
          tooFew += 1
          continue
        }
        let contrast = try CurveDifference(
          pair.own, pair.other, limitsOf: intervals, level: level)
        guard let contrast else { continue }
        differences.append(
          Difference(group: place, cause: pair.cause, time: pair.time, contrast: contrast))
      }
    }
    self.differences = differences
    self.tooFew = tooFew
    adjusted = try MultipleTests(differences.map(\.contrast.pValue))
    let tested = groups.filter { $0.counts.subjects >= CurveComparison.fewestAtRisk }
    untested = groups.count - tested.count
    tests = tested.count > 1 ? try CurveComparison.tests(tested, causes) : []
  }

  /// Gray's test costs the third power of the number of groups.
  private static let mostGroupsForGray = 40

  /// What a group and all others are compared by at one time.
  private struct Pair {
    let cause: String?
    let time: Double
    let own, other: CurveDifference.Part
  }

  private static func survival(
    _ own: TimeToEventAnswer.Group, _ others: TimeToEventResult.Group, _ horizons: [Double]
  ) throws(StatisticsError) -> [Pair] {
    let readings = try KaplanMeier(others.counts).at(horizons)
    return zip(own.readings, readings).compactMap { mine, theirs in
      pair(
        nil, mine.time, (mine.survival, mine.standardError, own.curve.counts),
        (theirs.survival, theirs.standardError, others.counts))
    }
  }

  private static func incidences(
    _ own: TimeToEventAnswer.Group, _ others: TimeToEventResult.Group, _ causes: [String],
    _ horizons: [Double], intervals: IntervalType, level: Double
  ) throws(StatisticsError) -> [Pair] {
    let pooled = try CauseIncidence.all(
      others, names: causes, horizons: horizons, restrictedTo: nil, intervals: intervals,
      level: level)
    return zip(own.incidences, pooled).flatMap { incidence, other in
      zip(incidence.readings, other.readings).compactMap { mine, theirs in
        pair(
          incidence.cause, mine.time, (mine.probability, mine.standardError, own.curve.counts),
          (theirs.probability, theirs.standardError, others.counts))
      }
    }
  }

  private typealias Reading = (share: Double?, error: Double?, counts: TimeCounts)

  private static func pair(
    _ cause: String?, _ time: Double, _ own: Reading, _ other: Reading
  ) -> Pair? {
    guard let share = own.share, let theirs = other.share else { return nil }
    return Pair(
      cause: cause, time: time,
      own: .init(share: share, standardError: own.error, known: own.counts.known(at: time)),
      other: .init(share: theirs, standardError: other.error, known: other.counts.known(at: time)))
  }

  /// The people of all groups but one.
  private static func others(
    _ groups: [TimeToEventResult.Group], than place: Int
  ) throws(StatisticsError) -> TimeToEventResult.Group {
    let causes = groups.first?.causes.count ?? 1
    var ends: [Double: [Int]] = [:]
    for (number, group) in groups.enumerated() where number != place {
      for index in 0..<group.counts.count {
        var sums = ends[group.counts.times[index]] ?? [Int](repeating: 0, count: causes + 1)
        sums[causes] += group.counts.censored[index]
        for cause in 0..<causes { sums[cause] += group.causes[cause][index] }
        ends[group.counts.times[index]] = sums
      }
    }
    let times = ends.keys.sorted()
    let sums = times.map { ends[$0] ?? [] }
    let counts = try TimeCounts(
      times: times, events: sums.map { $0.dropLast().reduce(0, +) },
      censored: sums.map { $0.last ?? 0 })
    return TimeToEventResult.Group(
      values: [], counts: counts, causes: (0..<causes).map { cause in sums.map { $0[cause] } },
      people: [])
  }

  private static func tests(
    _ groups: [TimeToEventResult.Group], _ causes: [String]
  ) throws(StatisticsError) -> [Test] {
    let ends = try GroupedEnds(
      groups.map { ($0.counts, $0.causes) }, causeCount: causes.count)
    guard causes.count > 1 else {
      return [Test(name: "log-rank", cause: nil, outcome: try LogRank(ends).outcome)]
    }
    guard groups.count <= CurveComparison.mostGroupsForGray else { return [] }
    var tests: [Test] = []
    for (place, cause) in causes.enumerated() {
      let test = try GrayTest(ends, cause: place + 1)
      tests.append(Test(name: "gray", cause: cause, outcome: test.outcome))
    }
    return tests
  }
}
