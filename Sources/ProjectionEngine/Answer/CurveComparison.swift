public import Statistics

/// How the curves of groups differ: effect, interval, tests.
///
/// Each group is compared with all others together at the question's horizons, and all groups at once: by
/// the log-rank test or, where events compete, by Gray's test of each event, which compares how many get
/// there and not only how fast those do who are still waiting. Groups share nobody.
public struct CurveComparison: Sendable {
  /// A group's difference to all others at one time.
  public struct Difference: Sendable {
    /// The place of the group among the answer's.
    public let group: Int
    /// The event whose cumulative incidence is compared; nil for the share to whom none happened.
    public let cause: String?
    /// The time, in clock units.
    public let time: Double
    /// The difference of shares, and its test.
    public let contrast: Contrast
    /// Its limits.
    public let limits: ConfidenceLimits?
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

  /// The differences that are defined, group by group.
  public let differences: [Difference]
  /// Their p values, adjusted after Holm, in the same order.
  public let adjusted: MultipleTests
  /// The tests of all groups at once.
  public let tests: [Test]

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
    for place in groups.indices {
      let others = try CurveComparison.others(groups, than: place)
      let found =
        causes.count > 1
        ? try CurveComparison.incidences(
          answers[place], others, causes, horizons, intervals: intervals, level: level)
        : try CurveComparison.survival(answers[place], others, horizons)
      for (cause, time, contrast) in found {
        differences.append(
          Difference(
            group: place, cause: cause, time: time, contrast: contrast,
            limits: try contrast.limits(level: level)))
      }
    }
    self.differences = differences
    adjusted = try MultipleTests(differences.map(\.contrast.pValue))
    tests = try CurveComparison.tests(groups, causes)
  }

  /// Gray's test costs the third power of the number of groups.
  private static let mostGroupsForGray = 40

  private typealias Found = (cause: String?, time: Double, contrast: Contrast)

  private static func survival(
    _ own: TimeToEventAnswer.Group, _ others: TimeToEventResult.Group, _ horizons: [Double]
  ) throws(StatisticsError) -> [Found] {
    let readings = try KaplanMeier(others.counts).at(horizons)
    return zip(own.readings, readings).compactMap { own, other in
      guard !own.isExtrapolated, !other.isExtrapolated,
        let contrast = contrast(
          (own.survival, own.standardError), (other.survival, other.standardError))
      else { return nil }
      return (nil, own.time, contrast)
    }
  }

  private static func incidences(
    _ own: TimeToEventAnswer.Group, _ others: TimeToEventResult.Group, _ causes: [String],
    _ horizons: [Double], intervals: IntervalType, level: Double
  ) throws(StatisticsError) -> [Found] {
    let pooled = try CauseIncidence.all(
      others, names: causes, horizons: horizons, restrictedTo: nil, intervals: intervals,
      level: level)
    return zip(own.incidences, pooled).flatMap { own, other in
      zip(own.readings, other.readings).compactMap { mine, theirs -> Found? in
        guard !mine.isExtrapolated, !theirs.isExtrapolated,
          let contrast = contrast(
            (mine.probability, mine.standardError), (theirs.probability, theirs.standardError)),
          contrast.standardError > 0
        else { return nil }
        return (own.cause, mine.time, contrast)
      }
    }
  }

  private static func contrast(
    _ first: (Double?, Double?), _ second: (Double?, Double?)
  ) -> Contrast? {
    guard let share = first.0, let error = first.1, let other = second.0,
      let otherError = second.1
    else { return nil }
    return Contrast.difference((share, error), (other, otherError))
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
    var (stops, ends, numbers): ([Double], [Int], [Int]) = ([], [], [])
    for (number, group) in groups.enumerated() {
      for index in 0..<group.counts.count {
        for cause in 0...group.causes.count {
          let people = cause == 0 ? group.counts.censored[index] : group.causes[cause - 1][index]
          stops += [Double](repeating: group.counts.times[index], count: people)
          ends += [Int](repeating: cause, count: people)
          numbers += [Int](repeating: number, count: people)
        }
      }
    }
    guard causes.count > 1 else {
      let rows = try Statistics.FollowUp(stops: stops, events: ends.map { $0 > 0 })
      let test = try LogRank(rows, groups: numbers, groupCount: groups.count)
      return [Test(name: "log-rank", cause: nil, outcome: test.outcome)]
    }
    guard groups.count <= CurveComparison.mostGroupsForGray else { return [] }
    let rows = try StateFollowUp(stops: stops, causes: ends, causeCount: causes.count)
    var tests: [Test] = []
    for (place, cause) in causes.enumerated() {
      let test = try GrayTest(rows, cause: place + 1, groups: numbers, groupCount: groups.count)
      tests.append(Test(name: "gray", cause: cause, outcome: test.outcome))
    }
    return tests
  }
}
