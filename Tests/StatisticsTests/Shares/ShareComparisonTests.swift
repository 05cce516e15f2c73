import Statistics
import TestSupport
import Testing

@Suite("Two shares compared")
struct ShareComparisonTests {
  /// Newcombe (1998), table II, method 10, and the same from prop.test(…)$conf.int in R.
  @Test("differ with Newcombe's limits")
  func newcombe() throws {
    let published = try ShareComparison(first: (56, 70), second: (48, 80))
    let limits = try #require(published.differenceLimits)
    #expect(abs(limits.lower - 0.052431472402364926) < 1e-14)
    #expect(abs(limits.upper - 0.333872654036905858) < 1e-14)
    let none = try #require(
      try ShareComparison(first: (0, 10), second: (0, 20)).differenceLimits)
    #expect(abs(none.lower + 0.16112515805281930) < 1e-14)
    #expect(abs(none.upper - 0.27753279986288915) < 1e-14)
  }

  /// The formula of Donner and Zou (2012) over prop.test(…)$conf.int in R.
  @Test("have a ratio with limits from the same")
  func ratio() throws {
    let first = try ShareComparison(first: (34, 51), second: (20, 49))
    let limits = try #require(first.ratioLimits)
    #expect(relativeDifference(first.ratio ?? 0, 34.0 * 49 / (51 * 20)) < 1e-15)
    #expect(relativeDifference(limits.lower, 1.1236105637509184) < 1e-13)
    #expect(relativeDifference(limits.upper, 2.4349702806201377) < 1e-13)
    let few = try #require(try ShareComparison(first: (2, 40), second: (7, 45)).ratioLimits)
    #expect(relativeDifference(few.lower, 0.079274084689741758) < 1e-13)
    #expect(relativeDifference(few.upper, 1.311699817732111306) < 1e-13)
    let none = try ShareComparison(first: (0, 10), second: (5, 20))
    #expect(none.ratio == 0 && none.ratioLimits?.lower == 0)
    #expect(try ShareComparison(first: (1, 10), second: (0, 20)).ratio == nil)
  }

  /// prop.test(c(34, 20), c(51, 49), correct = FALSE)$p.value; fisher.test(matrix(m, 2))$p.value.
  @Test("are tested as in R")
  func tests() throws {
    let comparison = try ShareComparison(first: (34, 51), second: (20, 49))
    #expect(relativeDifference(comparison.pValue ?? 0, 0.0095190551714413717) < 1e-12)
    #expect(!comparison.isSmall)
    let exact: [([Int], Double)] = [
      ([34, 17, 20, 29], 0.015612856341885452), ([3, 1, 1, 9], 0.040959040959040967),
      ([0, 8, 5, 3], 0.02564102564102564), ([12, 0, 7, 5], 0.037267080745341623),
      ([1, 99, 0, 40], 1), ([250, 750, 190, 810], 0.0014314966300203427),
    ]
    for (cells, p) in exact {
      let test = try ShareComparison(
        first: (cells[0], cells[0] + cells[1]), second: (cells[2], cells[2] + cells[3]))
      #expect(relativeDifference(test.exactPValue ?? 0, p) < 1e-9, "\(cells)")
    }
  }

  @Test("of tables far apart have a tiny p-value and no trap")
  func extremes() throws {
    let apart = try ShareComparison(first: (100_000, 100_000), second: (0, 100_000))
    #expect(apart.exactPValue == 0 && (apart.pValue ?? 1) < 1e-300)
    let same = try ShareComparison(first: (4, 4), second: (9, 9))
    #expect(same.zScore == 0 && same.pValue == 1 && same.exactPValue == 1)
    let empty = try ShareComparison(first: (0, 0), second: (1, 2))
    #expect(empty.difference == nil && empty.pValue == nil && empty.exactPValue == nil)
    #expect(empty.differenceLimits == nil && empty.ratioLimits == nil)
  }

  @Test("say the same of the groups in the other order", arguments: 1...60)
  func symmetry(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let totals = (0..<2).map { _ in Int.random(in: 1...40, using: &generator) }
    let counts = totals.map { Int.random(in: 0...$0, using: &generator) }
    let there = try ShareComparison(
      first: (counts[0], totals[0]), second: (counts[1], totals[1]))
    let back = try ShareComparison(
      first: (counts[1], totals[1]), second: (counts[0], totals[0]))
    #expect(abs((there.difference ?? 0) + (back.difference ?? 1)) < 1e-15)
    let limits = try #require(there.differenceLimits)
    #expect(abs(limits.lower + (back.differenceLimits?.upper ?? 9)) < 1e-14)
    #expect(limits.lower <= there.difference ?? -9 && there.difference ?? 9 <= limits.upper)
    #expect(relativeDifference(there.exactPValue ?? 0, back.exactPValue ?? 1) < 1e-9)
    if let ratio = there.ratio, let limits = there.ratioLimits {
      #expect(limits.lower <= ratio && ratio <= limits.upper)
      if let other = back.ratioLimits, limits.lower > 0 {
        #expect(relativeDifference(limits.lower, 1 / other.upper) < 1e-10)
      }
    }
  }
}

@Suite("Many comparisons")
struct MultipleTestsTests {
  /// p.adjust(c(0.012, 0.4, 0.03, 0.0004, 0.03), "holm") in R.
  @Test("are adjusted by Holm's method as in R; a test not made does not count")
  func holm() throws {
    let tests = try MultipleTests([0.012, 0.4, 0.03, nil, 0.0004, 0.03])
    let expected: [Double?] = [0.048, 0.4, 0.09, nil, 0.002, 0.09]
    for (adjusted, value) in zip(tests.adjusted, expected) {
      #expect(relativeDifference(adjusted ?? -1, value ?? -1) < 1e-15)
    }
    #expect(tests.count == 5 && relativeDifference(tests.expectedFalseAlarms(), 0.25) < 1e-14)
    #expect(try MultipleTests([0.7, 0.8]).adjusted == [1, 1])
    #expect(throws: StatisticsError.shareOutsideUnitInterval(1.2)) { try MultipleTests([1.2]) }
  }

  @Test("find something where nothing differs in at most 5 of 100 families")
  func familywise() throws {
    var generator = SeededGenerator(seed: 5)
    var alarms = (adjusted: 0, naive: 0)
    for _ in 0..<2_000 {
      let p = (0..<8).map { _ in Double.random(in: 0...1, using: &generator) }
      let tests = try MultipleTests(p)
      if tests.adjusted.contains(where: { ($0 ?? 1) < 0.05 }) { alarms.adjusted += 1 }
      if p.contains(where: { $0 < 0.05 }) { alarms.naive += 1 }
    }
    #expect(alarms.adjusted < 130 && alarms.naive > 500, "\(alarms)")
  }
}

@Suite("A ranking with intervals")
struct RankIntervalsTests {
  private func numbers(_ places: RankIntervals.Places) -> [Int] {
    [places.observed, places.best, places.worst]
  }

  @Test("is worked out by hand: three apart, two of them too near to tell")
  func worked() throws {
    // z of 1–2 is 10/√2, of 1–3 about 8.5, of 2–3 1/√2·… < 1.
    let ranks = try RankIntervals(estimates: [(20, 1), (10, 1), nil, (11, 1)])
    #expect(ranks[0].map(numbers) == [1, 1, 1])
    #expect(ranks[1].map(numbers) == [3, 2, 3])
    #expect(ranks[2] == nil)
    #expect(ranks[3].map(numbers) == [2, 2, 3])
  }

  @Test("leaves equal groups every place that any of them has")
  func equal() throws {
    let same = try OutcomeShares(yes: 5, no: 5)
    let ranks = try RankIntervals(shares: [same, same, same])
    for group in 0..<3 { #expect(ranks[group].map(numbers) == [1, 1, 3]) }
  }

  @Test("says nothing of small groups that cannot be told apart")
  func small() throws {
    let shares = try [(9, 1), (5, 5), (2, 8)].map { try OutcomeShares(yes: $0.0, no: $0.1) }
    let ranks = try RankIntervals(shares: shares)
    #expect(ranks[1]?.best == 1 && ranks[1]?.worst == 3)
    #expect(ranks[0]?.worst == 2 && ranks[2]?.best == 2)
  }

  @Test("holds all true places in at least 95 of 100 samples")
  func coverage() throws {
    var generator = SeededGenerator(seed: 21)
    let truth = [0.5, 0.5, 0.55, 0.7]
    // Equal groups share places 3 and 4.
    let places = [3...4, 3...4, 2...2, 1...1]
    var held = 0
    for _ in 0..<1_000 {
      let shares = truth.map { share in
        OutcomeShares(
          (0..<150).map { _ in Double.random(in: 0..<1, using: &generator) < share ? .yes : .no })
      }
      let ranks = try RankIntervals(shares: shares)
      let isHeld = places.indices.allSatisfy { group in
        guard let rank = ranks[group] else { return false }
        return places[group].overlaps(rank.best...rank.worst)
      }
      if isHeld { held += 1 }
    }
    #expect(held >= 945, "held \(held) of 1000")
  }
}
