import Statistics
import TestSupport
import Testing

@Suite("Two shares read off curves")
struct CurveDifferenceTests {
  typealias Part = CurveDifference.Part

  /// exp(−H exp(±z σ/H)) of 0.8 ± 0.05 and 0.6 ± 0.04, worked out apart from the program.
  @Test("differ with limits from the log-log limits of both")
  func worked() throws {
    let difference = try #require(
      try CurveDifference(
        Part(share: 0.8, standardError: 0.05, known: 60),
        Part(share: 0.6, standardError: 0.04, known: 140)))
    #expect(abs(difference.estimate - 0.2) < 1e-15)
    #expect(abs(difference.limits.lower - 0.05896645662587985) < 1e-12)
    #expect(abs(difference.limits.upper - 0.31464698854917195) < 1e-12)
    #expect(abs(difference.pValue - 0.007841385868093648) < 1e-12)
  }

  /// Newcombe's limits of 0 of 10 and 0 of 20, from prop.test(…)$conf.int in R.
  @Test("are compared by Wilson's limits where nothing, or everything, has happened")
  func nothingHappened() throws {
    let none = try #require(
      try CurveDifference(
        Part(share: 0, standardError: 0, known: 10), Part(share: 0, standardError: nil, known: 20)))
    #expect(abs(none.limits.lower + 0.16112515805281930) < 1e-14)
    #expect(abs(none.limits.upper - 0.27753279986288915) < 1e-14)
    #expect(none.estimate == 0 && none.pValue == 1)
    // Two people who kept their jobs are no finding, however sure the others' share is.
    let two = try #require(
      try CurveDifference(
        Part(share: 1, standardError: 0, known: 2),
        Part(share: 0.8, standardError: 0.02, known: 800)))
    #expect(two.limits.lower < 0 && two.pValue > 0.3)
  }

  @Test("have no difference where nothing says how sure one of them is")
  func undefined() throws {
    let sure = Part(share: 0.5, standardError: 0.1, known: 30)
    for part in [
      Part(share: 0.5, standardError: 0, known: 30),
      Part(share: 0.5, standardError: nil, known: 30),
      Part(share: 1, standardError: 0, known: 0), Part(share: .nan, standardError: 0.1, known: 30),
    ] {
      #expect(try CurveDifference(part, sure) == nil)
      #expect(try CurveDifference(sure, part) == nil)
    }
    #expect(throws: StatisticsError.levelOutsideUnitInterval(1)) {
      try CurveDifference(sure, sure, level: 1)
    }
  }

  @Test("have the p value at which a limit touches 0, on every scale", arguments: 1...40)
  func touching(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    func part() -> Part {
      let known = Int.random(in: 10...300, using: &generator)
      let share = generator.pick([0, 0.03, 0.2, 0.5, 0.77, 0.96, 1])
      return Part(
        share: share, standardError: (share * (1 - share) / Double(known)).squareRoot(),
        known: known)
    }
    let (first, second) = (part(), part())
    for type in IntervalType.allCases {
      let there = try #require(try CurveDifference(first, second, limitsOf: type))
      let back = try #require(try CurveDifference(second, first, limitsOf: type))
      #expect(there.estimate == -back.estimate && there.pValue == back.pValue, "seed \(seed)")
      #expect(abs(there.limits.lower + back.limits.upper) < 1e-12, "seed \(seed)")
      #expect(there.limits.lower <= there.estimate && there.estimate <= there.limits.upper)
      guard there.pValue > 1e-9, there.pValue < 1 else { continue }
      let level = try #require(
        try CurveDifference(first, second, limitsOf: type, level: 1 - there.pValue))
      let touching = there.estimate > 0 ? level.limits.lower : level.limits.upper
      #expect(abs(touching) < 1e-7, "seed \(seed), \(type)")
    }
  }

  /// 12 people against 200, of whom 95 in 100 have no event, 1,500 times over.
  @Test("are seldom called different where they are the same and next to nothing happens")
  func level() throws {
    var generator = SeededGenerator(seed: 3)
    var alarms = 0
    for _ in 0..<1500 {
      let parts = [12, 200].map { known in
        let free = (0..<known).count { _ in generator.chance(95) }
        let share = Double(free) / Double(known)
        return Part(
          share: share, standardError: (share * (1 - share) / Double(known)).squareRoot(),
          known: known)
      }
      if let difference = try CurveDifference(parts[0], parts[1]), difference.pValue < 0.05 {
        alarms += 1
      }
    }
    // Three standard errors above 5 in 100.
    #expect(alarms < 101, "\(alarms)")
  }

  @Test("know of a time who had the event before it and who is still at risk")
  func known() throws {
    let times: [Double] = [1, 2, 2, 4, 5]
    let ends: [Bool] = [true, false, true, false, true]
    let counts = try TimeCounts(durations: times.span, events: ends.span)
    #expect([0, 1, 2, 3, 4, 5, 6].map { counts.known(at: $0) } == [5, 5, 5, 4, 4, 3, 3])
  }
}
