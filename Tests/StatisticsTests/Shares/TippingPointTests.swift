import Statistics
import TestSupport
import Testing

@Suite("A tipping point")
struct TippingPointTests {
  @Test("of a target is worked out by hand: 30 of 100, 40 unknown, target one half")
  func target() throws {
    let shares = try OutcomeShares(yes: 30, no: 30, unknown: 40)
    let tipping = try #require(try TargetTipping(shares, target: 0.5))
    #expect(tipping.reached == .from(share: 0.5, people: 20))
    // (50 + z √25 − 30) / 40 with z = 1.959963984540054.
    guard case .from(let share, let people) = tipping.confident else {
      Issue.record("\(tipping.confident)")
      return
    }
    #expect(relativeDifference(share, (20 + 5 * 1.9599639845400545) / 40) < 1e-13)
    #expect(people == 30)
    #expect(try TargetTipping(shares, target: 0.3)?.reached == .always)
    #expect(try TargetTipping(shares, target: 0.71)?.reached == .never)
    #expect(try TargetTipping(OutcomeShares(yes: 0, no: 0, notDue: 3), target: 0.5) == nil)
    #expect(throws: StatisticsError.shareOutsideUnitInterval(50)) {
      try TargetTipping(shares, target: 50)
    }
  }

  @Test("of a target is met by a round share, whatever it is in binary")
  func round() throws {
    let shares = try OutcomeShares(yes: 4, no: 3, unknown: 3)
    #expect(try TargetTipping(shares, target: 0.7)?.reached == .from(share: 1, people: 3))
  }

  @Test("of a target agrees with trying every number of people", arguments: 1...60)
  func everyNumber(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let shares = try OutcomeShares(
      yes: Int.random(in: 0...30, using: &generator), no: Int.random(in: 0...30, using: &generator),
      unknown: Int.random(in: 1...20, using: &generator))
    let target = Double.random(in: 0.05...0.95, using: &generator)
    let tipping = try #require(try TargetTipping(shares, target: target))
    let points = (0...shares.unknown).map { Double(shares.yes + $0) / Double(shares.due) }
    #expect(tipping.reached.people == points.firstIndex { $0 >= target })
    let lower = try (0...shares.unknown).map {
      try WilsonInterval(successes: shares.yes + $0, of: shares.due).limits?.lower ?? 0
    }
    #expect(tipping.confident.people == lower.firstIndex { $0 >= target })
  }

  @Test("of a comparison agrees with trying every number of people", arguments: 1...60)
  func comparison(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let first = try OutcomeShares(
      yes: Int.random(in: 0...40, using: &generator), no: Int.random(in: 0...40, using: &generator),
      unknown: Int.random(in: 0...20, using: &generator))
    let second = try OutcomeShares(
      yes: Int.random(in: 0...40, using: &generator), no: Int.random(in: 1...40, using: &generator))
    guard first.due > 0 else { return }
    let tipping = try ComparisonTipping(first, second)
    let scores = try (0...first.unknown).map { count in
      try ShareComparison(
        first: (first.yes + count, first.due), second: (second.yes, second.due)
      ).zScore ?? 0
    }
    #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 < $1 }, "z does not rise")
    let z = 1.959963984540054
    let path = tipping.path(of: .first)
    #expect(path.notLower.people == scores.firstIndex { $0 >= -z })
    #expect(path.equal.people == scores.firstIndex { $0 >= -1e-12 })
    #expect(path.higher.people == scores.firstIndex { $0 >= z })
    for case .from(let share, _) in [path.notLower, path.higher] {
      let there = try tipping.cell(firstShare: share, secondShare: 0).comparison
      #expect(abs(abs(there.zScore ?? 0) - z) < 1e-9)
    }
  }

  @Test("of a comparison is the same from the other side")
  func sides() throws {
    let first = try OutcomeShares(yes: 40, no: 20, unknown: 30)
    let second = try OutcomeShares(yes: 30, no: 30, unknown: 30)
    let there = try ComparisonTipping(first, second)
    let back = try ComparisonTipping(second, first)
    #expect(there.path(of: .first) == back.path(of: .second))
    #expect(there.bounds == ShareBounds(lower: 40.0 / 90 - 60.0 / 90, upper: 70.0 / 90 - 30.0 / 90))
    #expect(!there.isDecided)
    let grid = try there.grid(steps: 4)
    #expect(grid.count == 25)
    #expect(grid[4].firstShare == 0 && grid[4].secondShare == 1)
    #expect(grid[4].conclusion == .secondHigher && grid[20].conclusion == .firstHigher)
    #expect(Set(grid.map(\.conclusion)).count == 3)
  }

  @Test("does not exist where the conclusion stands whatever the unknown say")
  func decided() throws {
    let first = try OutcomeShares(yes: 90, no: 5, unknown: 5)
    let second = try OutcomeShares(yes: 20, no: 70, unknown: 10)
    let tipping = try ComparisonTipping(first, second)
    #expect(tipping.isDecided)
    let path = tipping.path(of: .first)
    #expect([path.notLower, path.equal, path.higher] == [.always, .always, .always])
  }
}

extension Tipping {
  /// The smallest number of people; 0 when it always holds, nil when never.
  fileprivate var people: Int? {
    switch self {
    case .always: 0
    case .never: nil
    case .from(_, let people): people
    }
  }
}
