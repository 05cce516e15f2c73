import Statistics
import TestSupport
import Testing

@Suite("A Kaplan–Meier curve")
struct KaplanMeierTests {
  /// Six people: ends on days 1, 6, 6 and 9; censored on days 1 and 8.
  static func six() throws -> KaplanMeier {
    let days: [Double] = [6, 1, 9, 1, 8, 6]
    let ends: [Bool] = [true, true, true, false, false, true]
    return KaplanMeier(try TimeCounts(durations: days.span, events: ends.span))
  }

  @Test("of six people is the one worked on paper")
  func worked() throws {
    let curve = try Self.six()
    // day 1: n = 6, d = 1, S = 5/6, Σ d/(n(n−d)) = 1/30, Λ = 1/6,   Σ d/n² = 1/36
    // day 6: n = 4, d = 2, S = 5/12,  1/30 + 2/8 = 17/60, Λ = 2/3,  1/36 + 2/16 = 11/72
    // day 8: n = 2, nobody ends: everything stays
    // day 9: n = 1, d = 1, S = 0, no variance,            Λ = 5/3,  11/72 + 1 = 83/72
    #expect(curve.times == [1, 6, 8, 9])
    #expect(curve.atRisk == [6, 4, 2, 1])
    #expect(curve.events == [1, 2, 0, 1])
    #expect(curve.censored == [1, 0, 1, 0])
    expectClose(curve.survival, [5.0 / 6, 5.0 / 12, 5.0 / 12, 0])
    let sigma = [(1.0 / 30).squareRoot(), (17.0 / 60).squareRoot()]
    expectClose(curve.standardErrorOfLog, [sigma[0], sigma[1], sigma[1], .infinity])
    let error = [5.0 / 6 * sigma[0], 5.0 / 12 * sigma[1]]
    expectClose(curve.standardError, [error[0], error[1], error[1], .nan])
    expectClose(curve.cumulativeHazard, [1.0 / 6, 2.0 / 3, 2.0 / 3, 5.0 / 3])
    expectClose(
      curve.cumulativeHazardStandardError,
      [1.0 / 6, (11.0 / 72).squareRoot(), (11.0 / 72).squareRoot(), (83.0 / 72).squareRoot()])
  }

  @Test("has no standard error where S is 0")
  func undefinedRows() throws {
    let curve = try Self.six()
    #expect(curve[3].survival == 0)
    #expect(curve[3].standardError == nil)
    #expect(curve[3].standardErrorOfLog == nil)
    #expect(try curve.confidenceLimits()[3] == nil)
    #expect(curve[2].standardError != nil)
    #expect(try curve.confidenceLimits()[2] != nil)
  }

  @Test("of nobody is empty and has no readings, quantiles or mean")
  func empty() throws {
    let curve = KaplanMeier(try TimeCounts(times: [], events: [], censored: []))
    #expect(curve.count == 0)
    let reading = try curve.at([10])[0]
    #expect(reading.survival == nil)
    #expect(reading.limits == nil)
    #expect(reading.atRisk == 0)
    #expect(reading.isExtrapolated)
    #expect(try curve.quantile(0.5).time == nil)
    #expect(try curve.restrictedMean(to: 10) == nil)
  }

  @Test("with delayed entry counts at risk only who has entered before the time")
  func delayedEntry() throws {
    // (0,3] end, (0,5] end, (3,6] end, (1,3] censored.
    // day 3: n = 3 (who enters on day 3 is not yet at risk), S = 2/3
    // day 5: n = 2, S = 1/3;  day 6: n = 1, S = 0
    let entries: [Double] = [0, 0, 3, 1]
    let exits: [Double] = [3, 5, 6, 3]
    let ends: [Bool] = [true, true, true, false]
    let counts = try TimeCounts(entries: entries.span, exits: exits.span, events: ends.span)
    #expect(counts.times == [3, 5, 6])
    #expect(counts.atRisk == [3, 2, 1])
    expectClose(KaplanMeier(counts).survival, [2.0 / 3, 1.0 / 3, 0])
    // Between and at the times of entry, from the definition entry < t ≤ exit.
    #expect([0, 0.5, 1, 2, 3, 4, 6, 7].map { counts.atRisk(at: $0) } == [0, 2, 2, 3, 3, 2, 1, 0])
  }

  @Test("stays at 0 when people enter after the risk set has died out")
  func emptiedRiskSet() throws {
    let entries: [Double] = [0, 4]
    let exits: [Double] = [2, 6]
    let ends: [UInt8] = [1, 1]
    let curve = KaplanMeier(
      try TimeCounts(entries: entries.span, exits: exits.span, events: ends.span))
    #expect(curve.survival == [0, 0])
    #expect(curve.standardErrorOfLog == [.infinity, .infinity])
    #expect(curve.cumulativeHazard == [1, 2])
  }

  @Test("keeps 1e-15 over two hundred thousand single ends")
  func precision() throws {
    // Without censoring S after the k-th of n ends is (n − k)/n, and Greenwood telescopes:
    // Σ 1/(i (i − 1)) = 1/(n − k) − 1/n.
    let n = 200_000
    let curve = KaplanMeier(
      try TimeCounts(
        times: (1...n).map { Double($0) }, events: Array(repeating: 1, count: n),
        censored: Array(repeating: 0, count: n)))
    var worst = 0.0
    for k in stride(from: 1, to: n, by: 997) {
      let variance = Double(k) / (Double(n) * Double(n - k))
      worst = max(worst, relativeDifference(curve.survival[k - 1], Double(n - k) / Double(n)))
      worst = max(
        worst, relativeDifference(curve.standardErrorOfLog[k - 1], variance.squareRoot()))
    }
    #expect(worst < 1e-15, "\(worst)")
  }
}

/// Expects columns to agree to a few roundings, NaN with NaN.
func expectClose(
  _ values: [Double], _ expected: [Double], tolerance: Double = 1e-14,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(values.count == expected.count, sourceLocation: sourceLocation)
  for (index, pair) in zip(values, expected).enumerated() {
    #expect(
      relativeDifference(pair.0, pair.1) <= tolerance, "element \(index)",
      sourceLocation: sourceLocation)
  }
}
