import TestSupport
import Testing

@testable import Statistics

/// Hand-sized rows with the numbers R 4.2.2 and survival 3.8-6 give for them.
@Suite("A weighted curve of a few rows")
struct SurvivalEstimateTests {
  // survfit(Surv(c(1, 2, 2, 3, 4), c(1, 1, 0, 1, 0)) ~ 1, weights = c(1, 0, 2, 1.5, .5),
  //   robust = TRUE)
  @Test("is that of R for sampling weights, one of them 0")
  func samplingWeights() throws {
    let rows = try FollowUp(
      stops: [1, 2, 2, 3, 4], events: [true, true, false, true, false],
      weights: [1, 0, 2, 1.5, 0.5])
    let curve = SurvivalEstimate(rows, variance: .infinitesimalJackknife)
    #expect(curve.times == [1, 2, 3, 4])
    #expect(curve.counts.atRisk == [5, 4, 2, 0.5])
    #expect(curve.counts.censored == [0, 2, 0, 0.5])
    expectNear(curve.survival[2], 0.2, 1e-15)
    expectNear(curve.standardError[0], 0.18973665961010275, 1e-14)
    expectNear(curve.standardErrorOfLog[3], 1.0517841983981315, 1e-14)
    expectNear(curve.cumulativeHazard[3], 0.95, 1e-15)
    expectNear(curve.cumulativeHazardStandardError[3], 0.3021795823678363, 1e-14)
    let quantile = try curve.quantile(0.75)
    #expect(quantile.time == 3 && quantile.lower == 1 && quantile.upper == nil)
    let mean = try #require(try curve.restrictedMean(to: 3))
    expectNear(mean.mean, 2.6, 1e-15)
  }

  // survfit(Surv(c(1, 2, 3, 4, 5), c(1, 0, 1, 1, 0)) ~ 1, weights = c(3, 2, 4, 1, 2),
  //   robust = FALSE)
  @Test("is that of R for frequencies")
  func frequencies() throws {
    let rows = try FollowUp(
      stops: [1, 2, 3, 4, 5], events: [true, false, true, true, false], weights: [3, 2, 4, 1, 2])
    let curve = SurvivalEstimate(rows)
    expectNear(curve.survival[2], 0.3214285714285714, 1e-15)
    expectNear(curve.standardError[2], 0.15016390462001467, 1e-14)
    expectNear(curve.cumulativeHazardStandardError[2], 0.320103087136875, 1e-14)
    let band = try curve.confidenceLimits(type: .log)
    expectNear(band.lower[2], 0.1286539254774426, 1e-13)
  }

  @Test("takes ties apart for Fleming and Harrington, worked out by hand")
  func flemingHarrington() throws {
    let rows = try FollowUp(stops: [2, 2, 3, 4], events: [true, true, false, true])
    let curve = SurvivalEstimate(rows, estimator: .flemingHarrington)
    // Two of four at 2: 1/4 + 1/3; the last one at 4 adds 1.
    expectNear(curve.cumulativeHazard[0], 1.0 / 4 + 1.0 / 3, 1e-15)
    expectNear(curve.cumulativeHazard[2], 1.0 / 4 + 1.0 / 3 + 1, 1e-15)
    expectNear(
      curve.standardErrorOfLog[0], (1.0 / 16 + 1.0 / 9).squareRoot(), 1e-15)
    #expect(curve.survival[2] > 0)
    let plain = SurvivalEstimate(rows, estimator: .nelsonAalen)
    expectNear(plain.cumulativeHazard[0], 0.5, 1e-15)
  }

  @Test("counts recurrent events per person, whose errors grow together")
  func recurrent() throws {
    // Two people followed to 4; the first has events at 1, 2 and 3, the second none.
    let rows = try FollowUp(
      starts: [0, 1, 2, 3, 0], stops: [1, 2, 3, 4, 4], events: [true, true, true, false, false],
      subjects: [0, 0, 0, 0, 1])
    let count = MeanCumulativeCount(rows)
    #expect(count.times == [1, 2, 3, 4] && count.mean == [0.5, 1, 1.5, 1.5])
    // The influence of each person is ±k/4 after k events.
    for (error, events) in zip(count.standardError, [1.0, 2, 3, 3]) {
      expectNear(error, (2 * events * events / 16).squareRoot(), 1e-15)
    }
    let poisson = MeanCumulativeCount(rows, variance: .greenwood)
    expectNear(poisson.standardError[2], (3.0 / 4).squareRoot(), 1e-15)
    let readings = try count.at([0.5, 4, 5])
    #expect(readings[0].mean == 0 && readings[0].limits == nil)
    #expect(readings[1].mean == 1.5 && readings[1].atRisk == 2)
    #expect(readings[2].mean == nil)
  }

  @Test("from a time on is that of those still there")
  func conditional() throws {
    let rows = try FollowUp(stops: [1, 3, 4, 6], events: [true, true, false, true])
    let later = SurvivalEstimate(try rows.conditional(from: 2))
    #expect(later.times == [3, 4, 6])
    expectNear(later.survival[0], 2.0 / 3, 1e-15)
    #expect(throws: StatisticsError.negativeDuration(row: 0, duration: -1)) {
      try rows.conditional(from: -1)
    }
  }

  @Test("of nobody is empty, and has no readings")
  func nobody() throws {
    let curve = SurvivalEstimate(try FollowUp(stops: [], events: []))
    #expect(curve.times.isEmpty)
    let reading = try curve.at([3])[0]
    #expect(reading.survival == nil && reading.standardError == nil && reading.limits == nil)
    #expect(try curve.restrictedMean(to: 3) == nil)
    #expect(try curve.quantile(0.5).time == nil)
    #expect(MeanCumulativeCount(try FollowUp(stops: [], events: [])).times.isEmpty)
  }

  @Test("of rows without any weight says nothing, and does not divide by 0")
  func noWeight() throws {
    let curve = SurvivalEstimate(
      try FollowUp(stops: [1, 2], events: [true, false], weights: [0, 0]),
      variance: .infinitesimalJackknife)
    #expect(curve.survival == [1, 1] && curve.standardError == [0, 0])
  }
}
