import TestSupport
import Testing

@testable import Statistics

@Suite("Ends of follow-up counted by group")
struct GroupedEndsTests {
  /// Made-up ends of three groups by two causes: their rows, and the same counted.
  private struct Sample {
    var stops: [Double] = []
    var causes: [Int] = []
    var groups: [Int] = []

    init(seed: UInt64) {
      var generator = SeededGenerator(seed: seed)
      for _ in 0..<Int.random(in: 3...120, using: &generator) {
        stops.append(Double(Int.random(in: 0...12, using: &generator)))
        causes.append(Int.random(in: 0...2, using: &generator))
        groups.append(Int.random(in: 0...2, using: &generator))
      }
    }

    func counted(causeCount: Int) throws -> GroupedEnds {
      try GroupedEnds(
        (0...2).map { group in
          let own = stops.indices.filter { groups[$0] == group }
          let times = Set(own.map { stops[$0] }).sorted()
          let ends = (0...2).map { cause in
            times.map { time in own.count { stops[$0] == time && causes[$0] == cause } }
          }
          let events = times.indices.map { ends[1][$0] + ends[2][$0] }
          let counts = try TimeCounts(times: times, events: events, censored: ends[0])
          return (counts, causeCount == 1 ? [events] : [ends[1], ends[2]])
        }, causeCount: causeCount)
    }
  }

  @Test("give the log-rank test of their rows, to the last bit", arguments: UInt64(0)..<200)
  func logRank(_ seed: UInt64) throws {
    let sample = Sample(seed: seed)
    let rows = try FollowUp(stops: sample.stops, events: sample.causes.map { $0 > 0 })
    for rho in [0, 1.0] {
      let expected = try LogRank(rows, groups: sample.groups, groupCount: 3, rho: rho)
      let found = try LogRank(try sample.counted(causeCount: 1), rho: rho)
      #expect(found.sizes == expected.sizes)
      #expect(found.observed == expected.observed)
      #expect(found.expected == expected.expected)
      #expect(found.outcome == expected.outcome)
    }
  }

  @Test("give Gray's test of their rows, to the last bit", arguments: UInt64(0)..<200)
  func gray(_ seed: UInt64) throws {
    let sample = Sample(seed: seed)
    let rows = try StateFollowUp(stops: sample.stops, causes: sample.causes, causeCount: 2)
    let ends = try sample.counted(causeCount: 2)
    for cause in 1...2 {
      let expected = try GrayTest(
        rows, cause: cause, groups: sample.groups, groupCount: 3, rho: 0.5)
      let found = try GrayTest(ends, cause: cause, rho: 0.5)
      #expect(found.scores == expected.scores)
      #expect(found.outcome == expected.outcome)
    }
  }

  @Test("refuse causes that are none, exponents that cannot be used, and delayed entry")
  func refusals() throws {
    let ends = try Sample(seed: 1).counted(causeCount: 2)
    #expect(throws: StatisticsError.stateOutOfRange(row: 0, state: 3, states: 3)) {
      try GrayTest(ends, cause: 3)
    }
    #expect(throws: StatisticsError.exponentNotUsable(-1)) { try LogRank(ends, rho: -1) }
    let late = TimeCounts(times: [1], atRisk: [1], events: [1], censored: [0], entries: [0.5])
    #expect(throws: StatisticsError.delayedEntryNotSupported) {
      try GroupedEnds([(late, [[1]])], causeCount: 1)
    }
  }

  @Test("of groups without anybody test nothing")
  func nobody() throws {
    let none = try TimeCounts(times: [], events: [], censored: [])
    let ends = try GroupedEnds([(none, [[]]), (none, [[]])], causeCount: 1)
    #expect(try LogRank(ends).outcome == nil)
  }
}
