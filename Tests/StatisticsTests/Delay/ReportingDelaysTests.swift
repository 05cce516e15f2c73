import Statistics
import TestSupport
import Testing

@Suite("Delays of recording")
struct ReportingDelaysTests {
  private static let delays = [0, 0, 1, 1, 2, 2, 3, 3, 5, 5, 7, 7, 10, 10, 4, 14, 0, 2]
  private static let ages = [2, 20, 1, 15, 4, 30, 9, 6, 5, 22, 12, 40, 18, 25, 60, 33, 7, 11]

  private func estimate(maximum: Int? = 60) throws -> ReportingDelays {
    let occurred = Self.ages.map { 100 - $0 }
    return try ReportingDelays(
      occurred: occurred, recorded: zip(occurred, Self.delays).map(+), cut: 100, maximum: maximum)
  }

  /// In reversed time survfit(Surv(M - age - 0.5, M - delay, 1) ~ 1) in R, read at M - d - 0.5.
  @Test("are Kaplan–Meier's in reversed time, with late entry")
  func reversed() throws {
    let expected: [(Int, Double, Double)] = [
      (0, 0.10402539682539683, 0.62041972479978003), (1, 0.17337566137566138, 0.50158479002786915),
      (2, 0.3034074074074074, 0.38005847503304596), (3, 0.40454320987654319, 0.32058973436118909),
      (4, 0.45511111111111113, 0.29814239699997191), (5, 0.56888888888888889, 0.25276251480171835),
      (7, 0.71111111111111114, 0.19720265943665391), (10, 0.88888888888888884, 0.11785113019775792),
    ]
    let delays = try estimate()
    for (day, share, logError) in expected {
      #expect(relativeDifference(delays.share(within: day), share) < 1e-13, "\(day)")
      #expect(
        relativeDifference(delays.standardError(within: day), share * logError) < 1e-12, "\(day)")
    }
    #expect(delays.share(within: 6) == delays.share(within: 5) && delays.share(within: 14) == 1)
    #expect(delays.recordedShare(within: 2) == 8.0 / 18)
    #expect(try delays.time(for: 0.7) == 7 && delays.time(for: 0.95) == 14)
    #expect(try delays.matureDay(share: 0.7) == 93)
  }

  @Test("speak of delays up to the maximum only, and say how many were longer")
  func maximum() throws {
    let delays = try estimate(maximum: 9)
    #expect(delays.count == 15 && delays.longerCount == 3 && delays.maximum == 9)
    #expect(delays.share(within: 9) == 1 && delays.share(within: 7) == 1)
    // Conditional on at most 9 days: the ratio of the unconditional shares.
    let all = try estimate()
    for day in 0...7 {
      let ratio = all.share(within: day) / all.share(within: 9)
      #expect(relativeDifference(delays.share(within: day), ratio) < 1e-12, "\(day)")
    }
    // Ten records are at least 12 days old.
    #expect(try estimate(maximum: nil).maximum == 12)
  }

  @Test("are the plain shares where nothing can be missing", arguments: 1...20)
  func complete(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<50).map { _ in Int.random(in: 0...30, using: &generator) }
    let delays = try ReportingDelays(
      occurred: values.map { _ in 0 }, recorded: values, cut: 40, maximum: 40)
    for day in 0...30 {
      let share = Double(values.count { $0 <= day }) / 50
      #expect(abs(delays.share(within: day) - share) < 1e-14)
      #expect(delays.recordedShare(within: day) == share)
      let error = (share * (1 - share) / 50).squareRoot()
      #expect(abs(delays.standardError(within: day) - error) < 1e-13)
    }
  }

  @Test("are refused before the event, after the cut, when too few, and when nothing links them")
  func refusals() {
    #expect(throws: StatisticsError.negativeDuration(row: 1, duration: -2)) {
      try ReportingDelays(occurred: [1, 5], recorded: [3, 3], cut: 9)
    }
    #expect(throws: StatisticsError.recordedAfterCut(row: 0)) {
      try ReportingDelays(occurred: [1], recorded: [10], cut: 9)
    }
    #expect(throws: StatisticsError.tooFewDelays(count: 2)) {
      try ReportingDelays(occurred: [1, 2], recorded: [3, 3], cut: 9)
    }
    // The one old event took 8 days; all others are at most 2 days old.
    #expect(throws: StatisticsError.delaysDoNotOverlap(delay: 8)) {
      try ReportingDelays(occurred: [1, 8, 8], recorded: [9, 8, 9], cut: 10, maximum: 9)
    }
  }
}

@Suite("A nowcast of counts")
struct CountNowcastTests {
  /// Five of ten old events were recorded at once, five after ten days: F is ½ from 0 to 9, then 1.
  private func delays() throws -> ReportingDelays {
    try ReportingDelays(
      occurred: [Int](repeating: 0, count: 10), recorded: [0, 0, 0, 0, 0, 10, 10, 10, 10, 10],
      cut: 100)
  }

  @Test("is worked out by hand: eight of age 3, half of which are recorded")
  func worked() throws {
    let nowcast = try CountNowcast(
      occurred: [97, 97, 97, 97, 97, 97, 97, 97, 50], periods: [95..<98, 40..<60, 98..<101],
      delays: try delays())
    let recent = nowcast.periods[0]
    #expect(recent.recorded == 8 && recent.expected == 16 && recent.completeness == 0.5)
    // Σ (1 − F)/F² = 16, and (8/F)² times the variance of log F, 5/(10 · 5).
    #expect(relativeDifference(recent.standardError ?? 0, (16 + 256 * 0.1).squareRoot()) < 1e-12)
    let limits = try #require(recent.limits)
    #expect(limits.lower > 8 && limits.lower < 16 && limits.upper > 16)
    let old = nowcast.periods[1]
    #expect(old.expected == 1 && old.standardError == 0 && old.isComplete && !recent.isComplete)
    #expect(old.limits.map { $0.lower == 1 && $0.upper == 1 } == true)
    // Nobody recorded in three days, each with probability ½: (½)^5.32 is 0.025.
    let empty = nowcast.periods[2]
    #expect(empty.expected == 0 && empty.completeness == 0.5)
    #expect(relativeDifference(empty.limits?.upper ?? 0, 5.321928094887363) < 1e-12)
  }

  @Test("says nothing of days too recent to tell")
  func recent() throws {
    let late = try ReportingDelays(
      occurred: [Int](repeating: 0, count: 10), recorded: [Int](repeating: 5, count: 10), cut: 100)
    let nowcast = try CountNowcast(occurred: [94], periods: [90..<100, 90..<95], delays: late)
    #expect(nowcast.periods[0].expected == nil && nowcast.periods[0].recorded == 1)
    #expect(nowcast.periods[1].expected == 1)
  }
}
