import Statistics
import TestSupport
import Testing

@Suite("Shares of units of unequal weight")
struct WeightedSharesTests {
  private let sample = WeightedShares(
    yes: [2: 10, 5: 4], no: [2: 7], unknown: [5: 3], kind: .sampling)

  @Test("are sums of weights in place of people")
  func sums() {
    #expect(sample.yes == 40 && sample.no == 14 && sample.unknown == 15 && sample.due == 69)
    #expect(sample.all == 40.0 / 69 && sample.known == 40.0 / 54 && sample.coverage == 54.0 / 69)
    #expect(sample.bounds == ShareBounds(lower: 40.0 / 69, upper: 55.0 / 69))
  }

  // w <- c(rep(2, 10), rep(5, 4), rep(2, 7)); y <- c(rep(1, 14), rep(0, 7))
  // m <- svymean(~y, svydesign(ids = ~1, weights = ~w, data = data.frame(w, y)))   # survey 4.1.1
  // n <- coef(m) * (1 - coef(m)) / SE(m)^2; prop.test(coef(m) * n, n, correct = FALSE)$conf.int
  @Test("of a sample have the standard error of R's survey package, and Wilson's limits for it")
  func sampling() throws {
    let error = try #require(sample.standardError)
    #expect(abs(error - 0.094448703024925959) < 1e-15)
    let limits = try #require(try sample.limits())
    #expect(abs(limits.lower - 0.52990927021702916) < 1e-13)
    #expect(abs(limits.upper - 0.87866668111839286) < 1e-13)
    #expect(abs(sample.effectiveSize - 17.357142857142858) < 1e-13)
    // y2 <- c(1, 0, 1, 1, 0); w2 <- c(1.5, 3, 3, 0.5, 8)
    let small = WeightedShares(
      yes: [1.5: 1, 3: 1, 0.5: 1], no: [3: 1, 8: 1], unknown: [:], kind: .sampling)
    #expect(small.known == 0.3125)
    #expect(abs((small.standardError ?? 0) - 0.24768905663031232) < 1e-15)
  }

  // prop.test(40, 54, correct = FALSE)$conf.int
  @Test("of frequencies are those of so many rows")
  func frequency() throws {
    let shares = WeightedShares(
      yes: [2: 10, 5: 4], no: [2: 7], unknown: [5: 3], kind: .frequency)
    let limits = try #require(try shares.limits())
    #expect(abs(limits.lower - 0.61069109495718321) < 1e-13)
    #expect(abs(limits.upper - 0.83881347373979254) < 1e-13)
    #expect(shares.effectiveSize == 54)
  }

  @Test("of weight 1 are the plain ones", arguments: 1...50)
  func unweighted(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let counts = (0..<5).map { _ in Int(random.next() % 30) }
    let plain = try OutcomeShares(yes: counts[0], no: counts[1], unknown: counts[2])
    let early = try OutcomeShares(
      yes: counts[0] + counts[3], no: counts[1] + counts[4], unknown: counts[2])
    for kind in [WeightedShares.Kind.sampling, .frequency] {
      let shares = WeightedShares(
        yes: [1: counts[0]], no: [1: counts[1]], unknown: [1: counts[2]], earlyYes: [1: counts[3]],
        earlyNo: [1: counts[4]], kind: kind)
      #expect(shares.all == early.all && shares.bounds == early.bounds, "seed \(seed)")
      #expect(shares.known == plain.known, "seed \(seed)")
      let coverage = early.due > 0 ? Double(plain.answered) / Double(early.due) : nil
      #expect(shares.coverage == coverage, "seed \(seed)")
      guard kind == .frequency else { continue }
      let (limits, expected) = (
        try shares.limits(level: 0.9), try plain.interval(level: 0.9).limits
      )
      #expect((limits == nil) == (expected == nil), "seed \(seed)")
      #expect(abs((limits?.lower ?? 0) - (expected?.lower ?? 0)) < 1e-12, "seed \(seed)")
      #expect(abs((limits?.upper ?? 0) - (expected?.upper ?? 0)) < 1e-12, "seed \(seed)")
    }
  }

  @Test("have no figures among nobody, no standard error from one, and limits at 0 and 1")
  func edges() throws {
    let nobody = WeightedShares(yes: [:], no: [0: 3], unknown: [:], kind: .sampling)
    #expect(nobody.all == nil && nobody.known == nil && nobody.bounds == nil)
    #expect(try nobody.limits() == nil && nobody.standardError == nil)
    let one = WeightedShares(yes: [3: 1], no: [:], unknown: [1: 1], kind: .sampling)
    #expect(one.known == 1 && one.standardError == nil && one.coverage == 0.75)
    #expect(try one.limits()?.upper == 1)
    let all = WeightedShares(yes: [3: 4, 1: 4], no: [:], unknown: [:], kind: .sampling)
    let limits = try #require(try all.limits())
    #expect(all.standardError == 0 && limits.upper == 1 && limits.lower > 0.5 && limits.lower < 0.7)
    #expect(throws: StatisticsError.levelOutsideUnitInterval(1)) { try one.limits(level: 1) }
  }
}
