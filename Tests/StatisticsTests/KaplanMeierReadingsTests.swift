import Statistics
import Testing

@Suite("Readings of a curve")
struct KaplanMeierReadingsTests {
  @Test("at given times step at the events and carry the last S on, marked as extrapolated")
  func readings() throws {
    // Ends on days 1 and 2 of three people; the third is censored on day 3.
    let curve = KaplanMeier(
      try TimeCounts(times: [1, 2, 3], events: [1, 1, 0], censored: [0, 0, 1]))
    let readings = try curve.at([4, 0, 1, 1.5, 3])
    #expect(readings.map(\.time) == [4, 0, 1, 1.5, 3])
    #expect(readings.map(\.atRisk) == [0, 3, 3, 2, 1])
    expectClose(readings.map { $0.survival ?? .nan }, [1.0 / 3, 1, 2.0 / 3, 2.0 / 3, 1.0 / 3])
    expectClose(
      readings.map { $0.cumulativeHazard ?? .nan }, [5.0 / 6, 0, 1.0 / 3, 1.0 / 3, 5.0 / 6])
    #expect(readings.map(\.isExtrapolated) == [true, false, false, false, false])
    #expect(readings[1].standardError == 0)
    #expect(readings[1].limits?.lower == 1)
    #expect(readings[1].limits?.upper == 1)
  }

  @Test("give S = 0 without standard error or limits after everybody has ended")
  func afterTheLastEnd() throws {
    let curve = KaplanMeier(try TimeCounts(times: [2], events: [2], censored: [0]))
    let reading = try curve.at([5])[0]
    #expect(reading.survival == 0)
    #expect(reading.standardError == nil)
    #expect(reading.limits == nil)
    #expect(!reading.isExtrapolated)
  }

  @Test("refuse a time that is not a number")
  func notANumber() throws {
    let curve = KaplanMeier(try TimeCounts(times: [2], events: [2], censored: [0]))
    #expect(throws: StatisticsError.durationNotFinite(row: 1)) { try curve.at([1, .nan]) }
  }
}

@Suite("Quantiles of a curve")
struct KaplanMeierQuantilesTests {
  @Test("are the first time at which S falls below 1 − p")
  func crossing() throws {
    // S: day 1 5/6, day 6 5/12, day 9 0.
    let quantiles = try KaplanMeierTests.six().quantiles([0.1, 0.5, 0.6])
    #expect(quantiles.map(\.time) == [1, 6, 9])
  }

  @Test("are the mid-point where S is flat at exactly 1 − p")
  func midpoint() throws {
    #expect(
      try ConfidenceLimitsTests.four().quantiles([0.25, 0.5, 0.75]).map(\.time) == [1.5, 2.5, 3.5])
    // Ten ends one after another: 0.9 · 8/9 · … · 5/6 counts as 1/2.
    let ten = KaplanMeier(
      try TimeCounts(
        times: (1...10).map { Double($0) }, events: Array(repeating: 1, count: 10),
        censored: Array(repeating: 0, count: 10)))
    #expect(try ten.quantile(0.5).time == 5.5)
  }

  @Test("at a last flat stretch reach half way to the last time")
  func lastStretch() throws {
    // S falls to 1/2 on day 2 and stays there; the other half is censored on day 10.
    let curve = KaplanMeier(try TimeCounts(times: [2, 10], events: [3, 0], censored: [0, 3]))
    #expect(try curve.quantile(0.5).time == 6)
  }

  @Test("are nil where the curve, or its limit, does not come down far enough")
  func notReached() throws {
    // S = 2/3 at the end. The lower plain limit of day 1, 2/3 − 1.96 · 0.272 = 0.133, is below 1/2.
    let curve = KaplanMeier(try TimeCounts(times: [1, 5], events: [1, 0], censored: [0, 2]))
    let median = try curve.quantile(0.5, limitsOf: .plain)
    #expect(median.time == nil)
    #expect(median.lower == 1)
    #expect(median.upper == nil)
  }

  @Test("have narrower limits at a lower level")
  func level() throws {
    let curve = KaplanMeier(
      try TimeCounts(
        times: (1...40).map { Double($0) }, events: Array(repeating: 1, count: 40),
        censored: Array(repeating: 0, count: 40)))
    let narrow = try curve.quantile(0.5, level: 0.5)
    let wide = try curve.quantile(0.5, level: 0.95)
    #expect(try #require(wide.lower) < #require(narrow.lower))
    #expect(try #require(narrow.upper) < #require(wide.upper))
  }

  @Test("refuse a probability that is not between 0 and 1", arguments: [0, 1, 50, -1.0])
  func badProbability(_ probability: Double) throws {
    let curve = try ConfidenceLimitsTests.four()
    #expect(throws: StatisticsError.probabilityOutsideUnitInterval(probability)) {
      try curve.quantile(probability)
    }
  }
}

@Suite("A restricted mean")
struct RestrictedMeanTests {
  @Test("of six people is the one worked on paper")
  func worked() throws {
    let curve = try KaplanMeierTests.six()
    // S = 1 on [0,1), 5/6 on [1,6), 5/12 on [6,9), 0 after.
    // τ = 8: 1 + 25/6 + 10/12 = 6.  A(1) = 5, A(6) = 5/6:  25/30 + 25/36 · 2/8 = 145/144.
    let eight = try #require(try curve.restrictedMean(to: 8))
    expectClose([eight.mean, eight.standardError], [6, (145.0 / 144).squareRoot()])
    // τ = 20: 1 + 25/6 + 15/12 = 77/12; the area after day 9 is 0.
    // A(1) = 65/12, A(6) = 5/4: (65/12)²/30 + (5/4)²/4.
    let twenty = try #require(try curve.restrictedMean(to: 20))
    let variance = 4225.0 / 4320 + 25.0 / 64
    expectClose([twenty.mean, twenty.standardError], [77.0 / 12, variance.squareRoot()])
    #expect(!eight.isExtrapolated)
    #expect(!twenty.isExtrapolated)  // S is 0 from day 9 on: nothing is left to guess
  }

  @Test("before the first event is the horizon itself")
  func beforeTheFirstEvent() throws {
    let mean = try #require(try KaplanMeierTests.six().restrictedMean(to: 0.5))
    #expect(mean.mean == 0.5)
    #expect(mean.standardError == 0)
  }

  @Test("carries the last S on to the horizon")
  func carriedOn() throws {
    // S = 1/2 from day 2 on: 2 + 8/2 = 6; A(2) = 4, 16 · 3/(6 · 3) = 8/3.
    let curve = KaplanMeier(try TimeCounts(times: [2, 3], events: [3, 0], censored: [0, 3]))
    let mean = try #require(try curve.restrictedMean(to: 10))
    expectClose([mean.mean, mean.standardError], [6, (8.0 / 3).squareRoot()])
    #expect(mean.isExtrapolated)
  }

  @Test("refuses a horizon that is not positive and finite", arguments: [0, -1, Double.infinity])
  func badHorizon(_ horizon: Double) throws {
    let curve = try KaplanMeierTests.six()
    #expect(throws: StatisticsError.horizonNotPositive(horizon)) {
      try curve.restrictedMean(to: horizon)
    }
  }
}
