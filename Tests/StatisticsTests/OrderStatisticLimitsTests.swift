import Statistics
import TestSupport
import Testing

@Suite("Limits of quantiles and means")
struct OrderStatisticLimitsTests {
  // qbinom(c(.025, .975), n, p) + c(0, 1); ranks outside 1…n are none.
  @Test(
    "of a quantile are the ranks that the binomial distribution gives",
    arguments: [
      (1, 0.5, nil, nil), (5, 0.5, nil, nil), (5, 0.9, 3, nil), (6, 0.5, 1, 6), (6, 0.9, 4, nil),
      (9, 0.5, 2, 8), (10, 0.5, 2, 9), (95, 0.5, 38, 58), (95, 0.9, 79, 92),
      (1000, 0.5, 469, 532), (1000, 0.9, 881, 919), (123_457, 0.5, 61_384, 62_074),
      (123_457, 0.9, 110_904, 111_319),
    ] as [(Int, Double, Int?, Int?)])
  func ranks(count: Int, p: Double, lower: Int?, upper: Int?) throws {
    let ranks = try OrderStatisticLimits(of: p, among: count)
    #expect(ranks.lower == lower && ranks.upper == upper)
  }

  @Test("hold the median of random samples at least as often as they say")
  func coverage() throws {
    var random = SeededGenerator(seed: 20)
    let ranks = try OrderStatisticLimits(of: 0.5, among: 25, level: 0.9)
    let (lower, upper) = (try #require(ranks.lower), try #require(ranks.upper))
    var held = 0
    for _ in 0..<4_000 {
      let sample = (0..<25).map { _ in Double.random(in: 0..<1, using: &random) }.sorted()
      if sample[lower - 1] <= 0.5, sample[upper - 1] >= 0.5 { held += 1 }
    }
    // 0.9 or more in the long run; four standard errors below.
    #expect(held >= 3_524, "\(held) of 4000")
  }

  // qt((1 + level) / 2, degrees)
  @Test(
    "of a mean are Student's",
    arguments: [
      (1, 0.95, 12.7062047361746941), (2, 0.95, 4.3026527297494619), (3, 0.95, 3.1824463052837078),
      (10, 0.95, 2.2281388519862739), (11, 0.95, 2.2009851600916388),
      (94, 0.95, 1.9855234418666039),
      (999, 0.95, 1.9623414611334493), (9_999, 0.95, 1.9602012636213568),
      (1, 0.9, 6.3137515146750376), (2, 0.9, 2.9199855803537238), (5, 0.9, 2.0150483733330224),
    ])
  func student(degrees: Int, level: Double, expected: Double) throws {
    let t = try StudentT.twoSidedQuantile(level: level, degrees: degrees)
    #expect(abs(t - expected) <= 1e-11 * expected)
  }

  @Test("refuse what is no quantile and no level")
  func refusals() {
    #expect(throws: StatisticsError.probabilityOutsideUnitInterval(0)) {
      try OrderStatisticLimits(of: 0, among: 10)
    }
    #expect(throws: StatisticsError.levelOutsideUnitInterval(1)) {
      try OrderStatisticLimits(of: 0.5, among: 10, level: 1)
    }
    #expect(throws: StatisticsError.levelOutsideUnitInterval(0)) {
      try StudentT.twoSidedQuantile(level: 0, degrees: 3)
    }
  }
}
