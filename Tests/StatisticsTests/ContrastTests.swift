import Statistics
import TestSupport
import Testing

@Suite("A contrast of two groups")
struct ContrastTests {
  @Test("is worked out by hand: 10 ± 3 against 6 ± 4")
  func worked() throws {
    let difference = try #require(Contrast.difference((10, 3), (6, 4)))
    #expect(difference.estimate == 4 && difference.standardError == 5)
    #expect(difference.z == 0.8)
    // 2 * pnorm(-0.8) in R
    #expect(relativeDifference(difference.pValue ?? 0, 0.42371079716679316) < 1e-12)
    let limits = try #require(try difference.limits())
    #expect(relativeDifference(limits.lower, 4 - 5 * 1.9599639845400545) < 1e-14)
    let ratio = try #require(Contrast.ratio((10, 3), (6, 4)))
    #expect(relativeDifference(ratio.estimate, 10.0 / 6) < 1e-15)
    #expect(relativeDifference(ratio.standardError ?? 0, (0.09 + 4.0 / 9).squareRoot()) < 1e-15)
  }

  @Test("does not exist without numbers, and has neither limits nor test where one has no variance")
  func undefined() throws {
    #expect(Contrast.difference((.nan, 1), (1, 1)) == nil)
    #expect(Contrast.ratio((1, 1), (0, 1)) == nil)
    #expect(Contrast.difference((2, 0), (1, 0))?.pValue == nil)
    // Nobody of the first had the event: the error of the second alone would make it a finding.
    let still = try #require(Contrast.difference((12, 0), (9, 1)))
    #expect(still.estimate == 3 && still.standardError == nil && still.pValue == nil)
    #expect(try still.limits() == nil)
    #expect(try Contrast.ratio((9, 1), (12, 0))?.limits() == nil)
  }

  @Test("of a group with itself is no difference and a ratio of 1")
  func same() throws {
    let curve = SurvivalEstimate(
      try FollowUp(stops: [1, 2, 3, 4], events: [true, true, false, true]))
    let mean = try #require(try curve.restrictedMean(to: 3.5))
    #expect(Contrast.difference(mean, mean)?.estimate == 0)
    #expect(Contrast.ratio(mean, mean)?.estimate == 1)
    #expect(Contrast.difference(mean, mean)?.pValue == 1)
  }
}

@Suite("Wilson's interval")
struct WilsonIntervalTests {
  /// prop.test(x, n, correct = FALSE)$conf.int is (x + z²/2 ± z √(x (n − x)/n + z²/4)) / (n + z²).
  @Test("is that of its definition", arguments: [(0, 12), (1, 12), (5, 10), (34, 51), (12, 12)])
  func definition(_ count: Int, _ total: Int) throws {
    let share = try WilsonInterval(successes: count, of: total)
    let limits = try #require(share.limits)
    let (x, n, z) = (Double(count), Double(total), 1.9599639845400545)
    let root = z * (x * (n - x) / n + z * z / 4).squareRoot()
    #expect(abs(limits.lower - (x + z * z / 2 - root) / (n + z * z)) < 1e-15)
    #expect(abs(limits.upper - (x + z * z / 2 + root) / (n + z * z)) < 1e-15)
  }

  @Test("is open on the far side only, at nobody and at everybody")
  func ends() throws {
    #expect(try WilsonInterval(successes: 0, of: 9).limits?.lower == 0)
    #expect(try WilsonInterval(successes: 9, of: 9).limits?.upper == 1)
    let nobody = try WilsonInterval(successes: 0, of: 0)
    #expect(nobody.estimate == nil && nobody.limits == nil)
  }

  @Test("refuses more than all, and fewer than none")
  func refusals() {
    #expect(throws: StatisticsError.countOutsideTotal(count: 4, total: 3)) {
      try WilsonInterval(successes: 4, of: 3)
    }
    #expect(throws: StatisticsError.countOutsideTotal(count: -1, total: 3)) {
      try WilsonInterval(successes: -1, of: 3)
    }
  }
}

@Suite("Follow-up by the reverse curve")
struct ReverseFollowUpTests {
  @Test("has its median where half of those not yet out were censored")
  func worked() throws {
    // Censored at 2, 4 and 6; events at 1 and 3 leave the risk set: 4 at 2, 2 at 4, 1 at 6.
    let rows = try FollowUp(
      stops: [1, 2, 3, 4, 6], events: [true, false, true, false, false])
    let curve = SurvivalEstimate(rows.reversed)
    let steps = [1, 0.75, 0.75, 0.375, 0]
    #expect(curve.survival == steps)
    #expect(try curve.quantile(0.5).time == 4)
    let counts = try TimeCounts(durations: rows.stops.span, events: rows.events.span)
    #expect(KaplanMeier(counts.reversed).survival == steps)
  }

  @Test("does not take a cut inside one person's follow-up for its end")
  func cuts() throws {
    let rows = try FollowUp(
      starts: [0, 2, 0], stops: [2, 5, 4], events: [false, false, true], subjects: [0, 0, 1])
    #expect(rows.reversed.events == [false, true, false])
  }
}
