import Statistics
import TestSupport
import Testing

@Suite("Confidence limits of a curve")
struct ConfidenceLimitsTests {
  /// Four ends one after another: S = 3/4, 1/2, 1/4, 0; Σ d/(n(n−d)) = 1/12, 1/4, 3/4, –.
  static func four() throws -> KaplanMeier {
    KaplanMeier(
      try TimeCounts(times: [1, 2, 3, 4], events: [1, 1, 1, 1], censored: [0, 0, 0, 0]))
  }

  /// R 4.2.2, survival 3.8-6: `survfit(Surv(1:4, rep(1, 4)) ~ 1, conf.type = …)`, rows 2 and 3
  /// (S = 0.5 and 0.25).
  @Test(
    "are those of R",
    arguments: [
      (IntervalType.plain, [0.010009003864986599, 0.9899909961350134], [0, 0.6743446502785643]),
      (.log, [0.18765892870658832, 1], [0.04579075966601819, 1]),
      (
        .logLog, [0.05784708299514463, 0.844861281190374],
        [0.008947824416603172, 0.6653253427888653]
      ),
    ])
  func fromR(_ type: IntervalType, _ second: [Double], _ third: [Double]) throws {
    let band = try Self.four().confidenceLimits(type: type)
    expectClose([band.lower[1], band.upper[1]], second, tolerance: 1e-14)
    expectClose([band.lower[2], band.upper[2]], third, tolerance: 1e-14)
  }

  @Test("on the logit and arcsine scale are those worked from the formula at S = 1/2")
  func symmetric() throws {
    // S = 1/2, σ = 1/2. Logit: 0 ± z σ/(1 − S) = ±z, so the limits are 1/(1 + e^±z), z = 1.95996…
    // Arcsine: π/4 ± z/4, so sin²(π/4 ± z/4) = (1 ± sin(z/2))/2.
    let logit = try Self.four().confidenceLimits(type: .logit)
    expectClose([logit.lower[1], logit.upper[1]], [0.12347094531688803, 0.87652905468311197])
    let arcsin = try Self.four().confidenceLimits(type: .arcsin)
    expectClose([arcsin.lower[1], arcsin.upper[1]], [0.084756330177148058, 0.91524366982285194])
  }

  @Test("are both 1 before any event, and undefined once S is 0", arguments: IntervalType.allCases)
  func ends(_ type: IntervalType) throws {
    let censored = KaplanMeier(try TimeCounts(times: [5], events: [0], censored: [3]))
    #expect(try censored.confidenceLimits(type: type)[0]?.lower == 1)
    #expect(try censored.confidenceLimits(type: type)[0]?.upper == 1)
    #expect(try Self.four().confidenceLimits(type: type)[3] == nil)
  }

  @Test("enclose S, stay within [0, 1] and widen with the level", arguments: IntervalType.allCases)
  func nested(_ type: IntervalType) throws {
    for seed in UInt64(0)..<200 {
      var generator = SeededGenerator(seed: seed)
      let curve = KaplanMeier(try generator.cohort().counts())
      let narrow = try curve.confidenceLimits(type: type, level: 0.5)
      let wide = try curve.confidenceLimits(type: type, level: 0.99)
      for index in 0..<curve.count where curve.survival[index] > 0 {
        let inner = try #require(narrow[index], "seed \(seed)")
        let outer = try #require(wide[index], "seed \(seed)")
        let chain = [
          0, outer.lower, inner.lower, curve.survival[index], inner.upper, outer.upper, 1,
        ]
        #expect(zip(chain, chain.dropFirst()).allSatisfy { $0 <= $1 + 1e-15 }, "seed \(seed)")
      }
    }
  }

  @Test("refuse a level that is not between 0 and 1", arguments: [0, 1, -0.5, 95, Double.infinity])
  func badLevel(_ level: Double) throws {
    let curve = try Self.four()
    #expect(throws: StatisticsError.levelOutsideUnitInterval(level)) {
      try curve.confidenceLimits(level: level)
    }
    #expect(throws: StatisticsError.levelOutsideUnitInterval(level)) {
      try curve.at([1], level: level)
    }
  }
}

@Suite("The normal quantile")
struct StandardNormalTests {
  /// 30-digit values from the inverse error function in arbitrary precision.
  @Test(
    "is exact to 1e-15",
    arguments: [
      (1e-300, -37.047096299361199237), (1e-100, -21.273453560965324294),
      (1e-20, -9.2623400897984075796), (1e-10, -6.3613409024040561991),
      (0.001, -3.0902323061678135354), (0.025, -1.9599639845400542118),
      (0.075, -1.4395314709384559349), (0.0750001, -1.4395307645017296865),
      (0.25, -0.6744897501960817432), (0.4999999, -2.5066282747031065135e-7),
      (0.6, 0.25334710313579974132), (0.9, 1.2815515655446005935),
      (0.975, 1.9599639845400538556), (0.999999, 4.7534243088170877657),
    ])
  func values(_ probability: Double, _ expected: Double) {
    #expect(relativeDifference(StandardNormal.quantile(probability), expected) <= 1e-15)
  }

  @Test("is that of R at 0.975")
  func level95() {
    #expect(relativeDifference(StandardNormal.quantile(0.975), 1.9599639845400545) <= 1e-15)
  }

  @Test("is antisymmetric, infinite at the ends and undefined outside")
  func symmetry() {
    for seed in UInt64(0)..<50 {
      var generator = SeededGenerator(seed: seed)
      let tail = Double(Int.random(in: 1...511, using: &generator)) / 1024
      #expect(StandardNormal.quantile(tail) == -StandardNormal.quantile(1 - tail), "seed \(seed)")
    }
    #expect(StandardNormal.quantile(0.5) == 0)
    #expect(StandardNormal.quantile(0) == -.infinity)
    #expect(StandardNormal.quantile(1) == .infinity)
    #expect(StandardNormal.quantile(-0.1).isNaN)
    #expect(StandardNormal.quantile(.nan).isNaN)
  }
}
