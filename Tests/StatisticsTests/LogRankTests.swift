import TestSupport
import Testing

@testable import Statistics

@Suite("A log-rank test")
struct LogRankTests {
  /// survdiff(Surv(c(1, 3, 5, 7, 2, 4, 6, 8), c(1, 1, 1, 0, 0, 0, 0, 0)) ~ g, rho = 0 and 1), survival 3.8-6.
  @Test("is that of R for a group without events")
  func worked() throws {
    let rows = try FollowUp(
      stops: [1, 3, 5, 7, 2, 4, 6, 8],
      events: [true, true, true, false, false, false, false, false])
    let test = try LogRank(rows, groups: [0, 0, 0, 0, 1, 1, 1, 1], groupCount: 2)
    expectNear(test.expected[0], 1.5, 1e-15)
    expectNear(test.covariance[0, 0], 0.75, 1e-15)
    expectNear(try #require(test.outcome).statistic, 3, 1e-14)
    expectNear(try #require(test.outcome).probability, 0.08326451666355056, 1e-12)
    let peto = try LogRank(rows, groups: [0, 0, 0, 0, 1, 1, 1, 1], groupCount: 2, rho: 1)
    expectNear(try #require(peto.outcome).statistic, 2.9520120914415267, 1e-13)
  }

  @Test("is the definition, asked person by person", arguments: UInt64(0)..<60)
  func definition(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.followUp(rows: 20, hasStarts: seed % 2 == 0, hasClusters: false)
      .withoutWeights()
    let groups = (0..<rows.count).map { _ in Int.random(in: 0...2, using: &generator) }
    let strata = (0..<rows.count).map { _ in Int.random(in: 4...5, using: &generator) }
    let test = try LogRank(rows, groups: groups, groupCount: 3, strata: strata, rho: 0.5)
    var observed = [0.0, 0, 0]
    var expected = [0.0, 0, 0]
    var variance = 0.0
    for stratum in 4...5 {
      var height = 1.0
      for time in Set(rows.stops).sorted() {
        let risk = (0..<rows.count).filter {
          strata[$0] == stratum && rows.starts?[$0] ?? -1 < time && time <= rows.stops[$0]
        }
        let dying = risk.filter { rows.events[$0] && rows.stops[$0] == time }
        guard !dying.isEmpty else { continue }
        let (n, d) = (Double(risk.count), Double(dying.count))
        let weight = height.squareRoot()
        for group in 0...2 {
          observed[group] += weight * Double(dying.count { groups[$0] == group })
          expected[group] += weight * d * Double(risk.count { groups[$0] == group }) / n
        }
        let share = Double(risk.count { groups[$0] == 1 }) / n
        if n > 1 { variance += weight * weight * d * (n - d) / (n - 1) * share * (1 - share) }
        height *= 1 - d / n
      }
    }
    for group in 0...2 {
      expectNear(test.observed[group], observed[group], 1e-12)
      expectNear(test.expected[group], expected[group], 1e-12)
    }
    expectNear(test.covariance[1, 1], variance, 1e-12)
  }

  @Test(
    "does not depend on the order of rows, the numbers of groups, or groups without anybody",
    arguments: UInt64(0)..<40)
  func invariance(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.followUp(rows: 25, hasStarts: true, hasClusters: false)
      .withoutWeights()
    let groups = (0..<rows.count).map { _ in Int.random(in: 0...2, using: &generator) }
    let order = Array(0..<rows.count).shuffled(using: &generator)
    let test = try LogRank(rows, groups: groups, groupCount: 3)
    let other = try LogRank(
      rows.rows(order), groups: order.map { [4, 0, 2][groups[$0]] }, groupCount: 5)
    expectNear(
      other.outcome?.statistic ?? -1, test.outcome?.statistic ?? -1, 1e-10)
    #expect(other.outcome?.degreesOfFreedom == test.outcome?.degreesOfFreedom)
  }

  @Test("says nothing about one group, and refuses weights")
  func refusals() throws {
    let rows = try FollowUp(stops: [1, 2], events: [true, true])
    #expect(try LogRank(rows, groups: [0, 0], groupCount: 1).outcome == nil)
    #expect(throws: StatisticsError.weightsNotSupported) {
      try LogRank(try rows.withWeights(times: 2), groups: [0, 0], groupCount: 1)
    }
    #expect(throws: StatisticsError.exponentNotUsable(-1)) {
      try LogRank(rows, groups: [0, 0], groupCount: 1, rho: -1)
    }
    #expect(throws: StatisticsError.stratumOutOfRange(row: 1, stratum: 1, strata: 1)) {
      try LogRank(rows, groups: [0, 1], groupCount: 1)
    }
  }
}

@Suite("Gray's test")
struct GrayTestTests {
  /// cuminc(time, cause, group) on the edge case s19, cmprsk 2.2-11.
  @Test("is that of R on eight people")
  func worked() throws {
    let (rows, groups) = try Self.people()
    let test = try GrayTest(rows, cause: 1, groups: groups, groupCount: 2)
    expectNear(try #require(test.outcome).statistic, 0.3601286173633442, 1e-12)
    let other = try GrayTest(rows, cause: 2, groups: groups, groupCount: 2)
    expectNear(try #require(other.outcome).statistic, 2.9354981637501845, 1e-12)
  }

  static func people() throws -> (StateFollowUp, [Int]) {
    let rows = try StateFollowUp(
      stops: [1, 2, 3, 4, 1, 3, 5, 6], causes: [1, 2, 0, 2, 1, 1, 0, 1], causeCount: 2)
    return (rows, [0, 0, 0, 0, 1, 1, 1, 1])
  }

  @Test(
    "does not depend on the order of rows or of three groups, whichever is left out",
    arguments: UInt64(0)..<40)
  func invariance(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let stops = (0..<60).map { _ in Double(Int.random(in: 1...12, using: &generator)) }
    let causes = stops.map { _ in Int.random(in: 0...2, using: &generator) }
    let groups = stops.map { _ in Int.random(in: 0...2, using: &generator) }
    let rows = try StateFollowUp(stops: stops, causes: causes, causeCount: 2)
    let test = try #require(try GrayTest(rows, cause: 1, groups: groups, groupCount: 3).outcome)
    for renumbered in [[1, 2, 0], [2, 1, 0], [0, 2, 1]] {
      let order = Array(0..<60).shuffled(using: &generator)
      let other = try GrayTest(
        rows.rows(order), cause: 1, groups: order.map { renumbered[groups[$0]] }, groupCount: 3)
      expectNear(try #require(other.outcome).statistic, test.statistic, 1e-9)
      #expect(other.outcome?.degreesOfFreedom == 2)
    }
  }

  @Test("keeps its size: of tests on groups that do not differ one in twenty is below 0.05")
  func size() throws {
    var below = 0
    for seed in UInt64(0)..<400 {
      var generator = SeededGenerator(seed: 7000 + seed)
      let stops = (0..<80).map { _ in Double.random(in: 0...1, using: &generator) }
      let causes = stops.map { _ in Int.random(in: 0...2, using: &generator) }
      let groups = stops.map { _ in Int.random(in: 0...2, using: &generator) }
      let rows = try StateFollowUp(stops: stops, causes: causes, causeCount: 2)
      let test = try GrayTest(rows, cause: 1, groups: groups, groupCount: 3)
      if test.outcome?.probability ?? 1 < 0.05 { below += 1 }
    }
    // 20 expected, standard deviation 4.4; the seeds are fixed.
    #expect((7...35).contains(below), "\(below) of 400")
  }

  @Test("refuses what it does not take")
  func refusals() throws {
    let late = try StateFollowUp(starts: [1], stops: [2], causes: [1], causeCount: 1)
    #expect(throws: StatisticsError.delayedEntryNotSupported) {
      try GrayTest(late, cause: 1, groups: [0], groupCount: 1)
    }
    let (rows, groups) = try Self.people()
    #expect(throws: StatisticsError.stateOutOfRange(row: 0, state: 3, states: 3)) {
      try GrayTest(rows, cause: 3, groups: groups, groupCount: 2)
    }
    #expect(
      try GrayTest(rows, cause: 1, groups: groups.map { _ in 0 }, groupCount: 1).outcome == nil)
  }
}

extension FollowUp {
  func withoutWeights() throws -> FollowUp {
    try FollowUp(
      starts: starts, stops: stops, events: events, subjects: subjects, clusters: clusters)
  }
}
