import Statistics
import TestSupport
import Testing

@Suite("Shares of an outcome")
struct OutcomeSharesTests {
  @Test("are worked out by hand: 34 yes, 17 no, 12 unknown, 20 not due")
  func worked() throws {
    let shares = try OutcomeShares(yes: 34, no: 17, unknown: 12, notDue: 20)
    #expect(shares.due == 63 && shares.answered == 51)
    #expect(shares.all == 34.0 / 63 && shares.known == 34.0 / 51)
    #expect(shares.bounds == ShareBounds(lower: 34.0 / 63, upper: 46.0 / 63))
    #expect(shares.coverage == 51.0 / 63)
    #expect(try shares.interval() == WilsonInterval(successes: 34, of: 51))
  }

  @Test("have no value where nobody is due, and none of the known where nobody is known")
  func empty() throws {
    let waiting = try OutcomeShares(yes: 0, no: 0, notDue: 9)
    #expect(waiting.all == nil && waiting.known == nil && waiting.bounds == nil)
    #expect(try waiting.coverage == nil && waiting.limits() == nil)
    let silent = try OutcomeShares(yes: 0, no: 0, unknown: 4)
    #expect(silent.known == nil && silent.all == 0 && silent.coverage == 0)
    #expect(silent.bounds == ShareBounds(lower: 0, upper: 1))
  }

  @Test("do not change when people are added who are not due")
  func notDue() throws {
    let before = try OutcomeShares(yes: 3, no: 2, unknown: 1)
    let after = before + OutcomeShares([.notDue, .notDue])
    #expect(after.notDue == 2 && after.due == 6)
    #expect(after.all == before.all && after.known == before.known)
    #expect(after.bounds == before.bounds && after.coverage == before.coverage)
  }

  @Test("count what is known of each person")
  func counted() throws {
    let shares = OutcomeShares([.yes, .unknown, .no, .yes, .notDue, .yes])
    #expect(try shares == OutcomeShares(yes: 3, no: 1, unknown: 1, notDue: 1))
  }

  @Test("refuse counts below 0")
  func refusals() {
    #expect(throws: StatisticsError.countNegative(-1)) { try OutcomeShares(yes: 1, no: -1) }
  }

  @Test("lie within their bounds, which part exactly with the unknown", arguments: 1...40)
  func properties(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let counts = (0..<4).map { _ in Int.random(in: 0...30, using: &generator) }
    let shares = try OutcomeShares(
      yes: counts[0], no: counts[1], unknown: counts[2], notDue: counts[3])
    guard let bounds = shares.bounds, let all = shares.all else { return }
    #expect(all == bounds.lower)
    #expect(abs(bounds.width - Double(counts[2]) / Double(shares.due)) < 1e-15)
    if let known = shares.known { #expect(bounds.lower <= known && known <= bounds.upper) }
    let limits = try #require(try shares.limits())
    #expect(limits.lower <= bounds.lower && bounds.upper <= limits.upper)
    #expect(0 <= limits.lower && limits.upper <= 1)
    if counts[2] == 0 { #expect(limits == (try shares.interval().limits)) }
  }

  /// Φ(C + width/σ) − Φ(−C) = 0.95 solved by uniroot in R, then Wilson's limits with C.
  @Test("have limits for the unknown: the quantile of Imbens and Manski in R")
  func limits() throws {
    let wide = try #require(try OutcomeShares(yes: 34, no: 17, unknown: 12).limits())
    #expect(abs(wide.lower - 0.43689420546687141) < 1e-7)
    #expect(abs(wide.upper - 0.81125118960600506) < 1e-7)
    let narrow = try #require(try OutcomeShares(yes: 34, no: 28, unknown: 1).limits())
    #expect(abs(narrow.lower - 0.42453257195431737) < 1e-7)
    #expect(abs(narrow.upper - 0.66547583672455035) < 1e-7)
  }

  @Test("hold the truth in at least 95 of 100 samples, even at an end of the bounds")
  func coverage() throws {
    // Everybody who does not answer would have said yes: the truth is the upper bound.
    var generator = SeededGenerator(seed: 11)
    var held = 0
    for _ in 0..<2_000 {
      let outcomes = (0..<120).map { _ -> OutcomeShares.Outcome in
        generator.chance(15) ? .unknown : generator.chance(60) ? .yes : .no
      }
      let limits = try #require(try OutcomeShares(outcomes).limits())
      let truth = 0.15 + 0.85 * 0.6
      if limits.lower <= truth, truth <= limits.upper { held += 1 }
    }
    #expect((0.935...0.97).contains(Double(held) / 2_000), "held \(held) of 2000")
  }
}
