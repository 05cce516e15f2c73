import Statistics
import TestSupport
import Testing

@Suite("Pseudo-values")
struct PseudoValuesTests {
  @Test(
    "agree with R's jackknife and its infinitesimal one", .enabled(if: ReferenceFiles.areAvailable))
  func reference() throws {
    let input = try ReferenceFiles.table("veteran/input.csv")
    let pseudo = try PseudoValues(
      try FollowUp(
        stops: input.doubles("time"), events: input.strings("status").map { $0 == "1" }))
    let path = "veteran/pseudo_survival.csv"
    // Values near 0 or 1, of which R's zeros are ±1e-16: compared on the scale of 1.
    try ReferenceComparison.of(path) { agreement, expected in
      for time in expected.distinct("time") {
        let rows = expected.filter("time", time)
        let at = try #require(Double(time))
        for (value, reference) in zip(
          try pseudo.survival(at: at), rows.doubles("pseudo_jackknife"))
        {
          agreement.noteAbsolute(value, reference)
        }
        for (value, reference) in zip(
          try pseudo.infinitesimalSurvival(at: at), rows.doubles("pseudo_ij"))
        {
          agreement.noteAbsolute(value, reference)
        }
      }
    }
  }

  @Test("of three people are those worked on paper")
  func worked() throws {
    // Ends on days 1 and 3, censored on day 2. At day 2: S = 2/3; without each: 1, 1/2, 1/2.
    let pseudo = try PseudoValues(
      try FollowUp(stops: [1, 2, 3], events: [true, false, true]))
    expectClose(try pseudo.survival(at: 2), [0, 1, 1])
    // At day 3: S = 0; without each: 0, 0, 1/2.
    expectClose(try pseudo.survival(at: 3), [0, 0, -1])
    // The mean up to 3: 1 + 2/3 · 2 = 7/3; without each 3, 2, and 1 + 1/2 · 2 = 2.
    expectClose(try pseudo.restrictedMean(to: 3), [1, 3, 3])
    expectClose(try pseudo.cumulativeIncidence(of: 1, at: 2), [1, 0, 0])
    // The infinitesimal one at day 2: S (1 + 3 (1/6 − 1/2)) = 0 and S (1 + 3/6) = 1.
    expectClose(try pseudo.infinitesimalSurvival(at: 2), [0, 1, 1])
  }

  @Test("are those of estimating n times without one person", arguments: UInt64(0)..<60)
  func leaveOneOut(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...25, using: &generator)
    let durations = (0..<count).map { _ in Double(Int.random(in: 0...9, using: &generator)) }
    let causes = (0..<count).map { _ in generator.pick([0, 1, 2]) }
    let pseudo = try PseudoValues(durations: durations, causes: causes)
    let everybody = Array(0..<count)
    func naive(_ estimate: ([Int]) throws -> Double) rethrows -> [Double] {
      let all = try estimate(everybody)
      return try everybody.map { person in
        guard count > 1 else { return all }
        let without = try estimate(everybody.filter { $0 != person })
        return Double(count) * all - Double(count - 1) * without
      }
    }
    for time in [0.0, 2, 4.5, 9, 12] {
      let survival = try naive { people in
        let curve = KaplanMeier(try Self.counts(people, durations, causes))
        return try #require(try curve.at([time])[0].survival)
      }
      expectNear(try pseudo.survival(at: time), survival)
      if time > 0 {
        let mean = try naive { people in
          let curve = KaplanMeier(try Self.counts(people, durations, causes))
          return try #require(try curve.restrictedMean(to: time)).mean
        }
        expectNear(try pseudo.restrictedMean(to: time), mean)
      }
      for cause in Set(causes).subtracting([0]) {
        let incidence = naive { Self.incidence($0, durations, causes, cause: cause, at: time) }
        expectNear(try pseudo.cumulativeIncidence(of: cause, at: time), incidence)
      }
    }
  }

  @Test("without censoring are people's own outcomes", arguments: UInt64(0)..<20)
  func uncensored(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let durations = (0..<200).map { _ in Double(Int.random(in: 0...40, using: &generator)) }
    let causes = durations.map { _ in generator.pick([1, 2]) }
    let pseudo = try PseudoValues(durations: durations, causes: causes)
    expectNear(try pseudo.survival(at: 20), durations.map { $0 > 20 ? 1 : 0 })
    expectNear(try pseudo.restrictedMean(to: 20), durations.map { min($0, 20) })
    expectNear(
      try pseudo.cumulativeIncidence(of: 2, at: 20),
      durations.indices.map { durations[$0] <= 20 && causes[$0] == 2 ? 1 : 0 })
  }

  @Test("of survival and all causes add up to 1 for each person", arguments: UInt64(0)..<20)
  func sum(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let durations = (0..<80).map { _ in Double(Int.random(in: 0...15, using: &generator)) }
    let causes = durations.map { _ in generator.pick([0, 1, 2]) }
    let pseudo = try PseudoValues(durations: durations, causes: causes)
    let parts = [
      try pseudo.survival(at: 8), try pseudo.cumulativeIncidence(of: 1, at: 8),
      try pseudo.cumulativeIncidence(of: 2, at: 8),
    ]
    expectNear(
      durations.indices.map { i in parts.reduce(0) { $0 + $1[i] } }, durations.map { _ in 1 })
    // The infinitesimal values average to the estimate exactly, the others but for order 1/n.
    let curve = KaplanMeier(try Self.counts(Array(durations.indices), durations, causes))
    let survival = try #require(try curve.at([8])[0].survival)
    let mean = try pseudo.infinitesimalSurvival(at: 8).reduce(0, +) / 80
    expectNear([mean], [survival])
  }

  @Test("are refused for late entry, weights, several rows a person and causes nobody has")
  func refusals() throws {
    #expect(throws: StatisticsError.needsPlainRows) {
      try PseudoValues(try FollowUp(starts: [0, 1], stops: [2, 2], events: [true, true]))
    }
    #expect(throws: StatisticsError.needsPlainRows) {
      try PseudoValues(try FollowUp(stops: [2, 2], events: [true, true], weights: [1, 2]))
    }
    #expect(throws: StatisticsError.needsPlainRows) {
      try PseudoValues(try FollowUp(stops: [2, 2], events: [true, true], subjects: [4, 4]))
    }
    let pseudo = try PseudoValues(durations: [1, 2], causes: [1, 0])
    #expect(throws: StatisticsError.noEventsOfCause(2)) {
      try pseudo.cumulativeIncidence(of: 2, at: 1)
    }
    #expect(throws: StatisticsError.horizonNotPositive(0)) { try pseudo.restrictedMean(to: 0) }
    #expect(throws: StatisticsError.durationNotFinite(row: 0)) { try pseudo.survival(at: .nan) }
    #expect(try PseudoValues(durations: [], causes: []).survival(at: 3) == [])
  }

  private static func counts(
    _ people: [Int], _ durations: [Double], _ causes: [Int]
  ) throws -> TimeCounts {
    let durations = people.map { durations[$0] }
    let events = people.map { causes[$0] > 0 }
    return try TimeCounts(durations: durations.span, events: events.span)
  }

  /// Aalen and Johansen's estimate by its definition.
  private static func incidence(
    _ people: [Int], _ durations: [Double], _ causes: [Int], cause: Int, at time: Double
  ) -> Double {
    var survival = 1.0
    var incidence = 0.0
    for now in Set(people.map { durations[$0] }).sorted() where now <= time {
      let atRisk = Double(people.count { durations[$0] >= now })
      let ended = people.filter { durations[$0] == now }
      incidence += survival * Double(ended.count { causes[$0] == cause }) / atRisk
      survival *= 1 - Double(ended.count { causes[$0] > 0 }) / atRisk
    }
    return incidence
  }

  /// On the scale of 1 or of the expected value: pseudo-values of 0 are sums that cancel.
  private func expectNear(
    _ values: [Double], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(values.count == expected.count, sourceLocation: sourceLocation)
    for (value, reference) in zip(values, expected) {
      #expect(
        (value - reference).magnitude < 1e-12 * max(1, reference.magnitude),
        sourceLocation: sourceLocation)
    }
  }
}
