import Statistics
import TestSupport
import Testing

@Suite("Outcomes that ripen")
struct OutcomeMaturationTests {
  /// Early yes: 8 of 10 stay; early unknown: 3 of 5 become yes, 1 no; early no: all 5 stay.
  private let maturation = OutcomeMaturation(
    early: [OutcomeShares.Outcome](repeating: .yes, count: 10)
      + [OutcomeShares.Outcome](repeating: .unknown, count: 5)
      + [OutcomeShares.Outcome](repeating: .no, count: 5) + [.notDue],
    mature: [OutcomeShares.Outcome](repeating: .yes, count: 8) + [.no, .no, .yes, .yes, .yes]
      + [.no, .unknown] + [OutcomeShares.Outcome](repeating: .no, count: 5) + [.yes])

  @Test("are worked out by hand")
  func worked() throws {
    let nowcast = try #require(
      maturation.nowcast(try OutcomeShares(yes: 10, no: 5, unknown: 5, notDue: 3)))
    // 0.5 · 0.8 + 0.25 · 0.6 = 0.55; table: 0.25 · 0.16/10 + 0.0625 · 0.24/5.
    #expect(relativeDifference(nowcast.all.estimate, 0.55) < 1e-14)
    let error = (0.55 * 0.45 / 20 + 0.004 + 0.003).squareRoot()
    #expect(relativeDifference(nowcast.all.standardError, error) < 1e-13)
    // Known in the end: all but a fifth of the unknown quarter.
    #expect(relativeDifference(nowcast.coverage, 0.95) < 1e-14)
    #expect(relativeDifference(nowcast.known?.estimate ?? 0, 0.55 / 0.95) < 1e-14)
    let limits = try #require(try nowcast.all.limits())
    #expect(limits.lower < 0.55 && 0.55 < limits.upper)
  }

  @Test("stay what they are where nothing ripens")
  func nothing() throws {
    let answers: [OutcomeShares.Outcome] = [.yes, .no, .unknown, .yes]
    let nowcast = try #require(
      OutcomeMaturation(early: answers, mature: answers)
        .nowcast(try OutcomeShares(yes: 3, no: 4, unknown: 3)))
    #expect(relativeDifference(nowcast.all.estimate, 0.3) < 1e-14)
    #expect(relativeDifference(nowcast.all.standardError, (0.21 / 10).squareRoot()) < 1e-13)
    #expect(relativeDifference(nowcast.known?.estimate ?? 0, 3.0 / 7) < 1e-14)
    #expect(relativeDifference(nowcast.coverage, 0.7) < 1e-14)
  }

  @Test("say nothing of an answer that nobody gave before, or of nobody")
  func missing() throws {
    let table = OutcomeMaturation(early: [.yes], mature: [.yes])
    #expect(table.nowcast(try OutcomeShares(yes: 1, no: 1)) == nil)
    #expect(table.nowcast(try OutcomeShares(yes: 0, no: 0, notDue: 2)) == nil)
  }
}
