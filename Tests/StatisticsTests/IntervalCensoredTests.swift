import Glibc
import Statistics
import TestSupport
import Testing

@Suite("An estimate from interval-censored events")
struct IntervalCensoredTests {
  @Test("of three intervals puts the mass where most of them agree")
  func worked() throws {
    // (0,2], (1,3], (2,4]: (1,2] is in the first two, (2,3] in the last two. By symmetry 1/2 each:
    // likelihood 1/2 · 1 · 1/2.
    let estimate = try IntervalCensoredSurvival(
      try IntervalCensoredRows(lefts: [0, 1, 2], rights: [2, 3, 4]))
    #expect(estimate.masses.map(\.left) == [1, 2])
    #expect(estimate.masses.map(\.right) == [2, 3])
    expectClose(estimate.masses.map(\.probability), [0.5, 0.5], tolerance: 1e-12)
    expectClose([estimate.logLikelihood], [-2 * log(2)])
    #expect(estimate.optimalityGap < 1e-11)
    let inside = estimate.survival(at: 1.5)
    expectClose([inside.lower, inside.upper], [0.5, 1], tolerance: 1e-12)
    let between = estimate.survival(at: 2)
    expectClose([between.lower, between.upper], [0.5, 0.5], tolerance: 1e-12)
    let median = try #require(try estimate.quantile(0.5))
    #expect(median == (1, 2))
    #expect(try estimate.quantile(0.75).map { $0 == (2, 3) } == true)
  }

  @Test("keeps an exact time apart from what begins just after it")
  func exactTime() throws {
    // An event at 5 exactly, one after 5: (5, ∞] does not hold 5.
    let estimate = try IntervalCensoredSurvival(
      try IntervalCensoredRows(lefts: [5, 5], rights: [5, .infinity]))
    #expect(estimate.masses.map(\.right) == [5, .infinity])
    #expect(estimate.masses.map(\.isExact) == [true, false])
    expectClose(estimate.masses.map(\.probability), [0.5, 0.5])
    #expect(try estimate.quantile(0.9) == nil)
    #expect(estimate.survival(at: 5) == (0.5, 0.5))
    // (4, 5] does.
    let together = try IntervalCensoredSurvival(
      try IntervalCensoredRows(lefts: [5, 4], rights: [5, 5]))
    #expect(together.masses.map(\.probability) == [1])
    #expect(together.masses[0].isExact)
  }

  @Test("is the Kaplan–Meier estimate of exact and right-censored times", arguments: UInt64(0)..<30)
  func exact(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let cohort = generator.cohort(people: 1...60)
    let times = cohort.durations.map { Double($0) }
    let estimate = try IntervalCensoredSurvival(
      try IntervalCensoredRows(
        lefts: times, rights: zip(times, cohort.events).map { $1 == 1 ? $0 : .infinity }))
    let curve = KaplanMeier(try cohort.counts())
    for (index, time) in curve.times.enumerated() {
      let survival = estimate.survival(at: time)
      #expect((survival.lower - curve.survival[index]).magnitude < 1e-9)
      #expect((survival.upper - curve.survival[index]).magnitude < 1e-9)
    }
  }

  @Test("is at its maximum, as its gap says and a naive check agrees", arguments: UInt64(0)..<60)
  func optimal(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.intervals(count: 3...60)
    let estimate = try IntervalCensoredSurvival(rows)
    let total = rows.weights?.reduce(0, +) ?? Double(rows.lefts.count)
    #expect(estimate.optimalityGap <= 1e-11 * total)
    expectClose([estimate.masses.reduce(0) { $0 + $1.probability }], [1], tolerance: 1e-12)
    let naive = NaiveIntervals(rows)
    #expect(naive.logLikelihood(estimate.masses) > -.infinity)
    expectClose(
      [estimate.logLikelihood], [naive.logLikelihood(estimate.masses)], tolerance: 1e-11)
    // Mass at any place at all, not only in Turnbull's intervals, gains at most the gap.
    for place in naive.places {
      #expect(naive.slope(estimate.masses, towards: place) <= total + 1e-9 * total)
    }
  }

  @Test("takes a weight as repetition", arguments: UInt64(0)..<20)
  func repetition(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.intervals(count: 5...30)
    let weights = rows.lefts.map { _ in Int.random(in: 0...3, using: &generator) }
    let repeated = rows.lefts.indices.flatMap { Array(repeating: $0, count: weights[$0]) }
    let weighted = try IntervalCensoredSurvival(
      try IntervalCensoredRows(
        lefts: rows.lefts, rights: rows.rights, weights: weights.map { Double($0) }))
    let plain = try IntervalCensoredSurvival(
      try IntervalCensoredRows(
        lefts: repeated.map { rows.lefts[$0] }, rights: repeated.map { rows.rights[$0] }))
    #expect((weighted.logLikelihood - plain.logLikelihood).magnitude < 1e-9)
    #expect(weighted.masses.map(\.left) == plain.masses.map(\.left))
    for (one, other) in zip(weighted.masses, plain.masses) {
      #expect((one.probability - other.probability).magnitude < 1e-7)
    }
  }

  @Test("refuses intervals that hold no event, and is empty for nobody")
  func refusals() throws {
    #expect(throws: StatisticsError.intervalNotUsable(row: 1, left: 3, right: 2)) {
      try IntervalCensoredRows(lefts: [0, 3], rights: [1, 2])
    }
    #expect(throws: StatisticsError.intervalNotUsable(row: 0, left: .infinity, right: .infinity)) {
      try IntervalCensoredRows(lefts: [.infinity], rights: [.infinity])
    }
    #expect(throws: StatisticsError.self) {
      try IntervalCensoredRows(lefts: [0], rights: [.nan])
    }
    #expect(
      try IntervalCensoredSurvival(try IntervalCensoredRows(lefts: [], rights: [])).masses == [])
  }
}

/// Compares with `npmle_masses.csv`, an EM run to 1e-15.
@Suite("The reference of interval-censored events", .enabled(if: ReferenceFiles.areAvailable))
struct IntervalCensoredReferenceTests {
  static let path = "bcdeter_interval/npmle_masses.csv"

  static func rows(
    _ group: String, _ left: (Double, Double) -> Double = { left, _ in left }
  ) throws -> IntervalCensoredRows {
    let input = try ReferenceFiles.table("bcdeter_interval/input.csv").filter("treat", group)
    let rights = input.doubles("right")
    return try IntervalCensoredRows(
      lefts: zip(input.doubles("left"), rights).map(left), rights: rights)
  }

  static func expectMasses(_ estimate: IntervalCensoredSurvival, _ group: String) throws {
    try ReferenceComparison.of(path, tolerance: 1e-6) { agreement, table in
      let expected = table.filter("stratum", group)
      let lefts = expected.doubles("left_open")
      let rights = expected.doubles("right_closed")
      for (row, mass) in expected.doubles("mass").enumerated() {
        let own = estimate.masses.filter { $0.left == lefts[row] && $0.right == rights[row] }
        agreement.noteAbsolute(own.reduce(0) { $0 + $1.probability }, mass)
      }
      // With the masses of the file's intervals that leaves nothing for others.
      agreement.note(estimate.masses.reduce(0) { $0 + $1.probability }, 1)
    }
  }

  @Test("agrees for radio")
  func radio() throws {
    try Self.expectMasses(try IntervalCensoredSurvival(try Self.rows("radio")), "radio")
  }

  @Test("agrees for radio_chemo once (34, ∞] is let hold 34, as the file does")
  func closedAtLeft() throws {
    // Two rows end the search at 34 and one event is known to be at 34 exactly. The file counts
    // that time as possible for the two; with left ends a little earlier it is.
    let rows = try Self.rows("radio_chemo") { left, right in
      left == 34 && right == .infinity ? 33.5 : left
    }
    try Self.expectMasses(try IntervalCensoredSurvival(rows), "radio_chemo")
  }

  @Test("is not the maximum for radio_chemo when (left, right] is taken at its word")
  func ownRule() throws {
    let rows = try Self.rows("radio_chemo")
    let estimate = try IntervalCensoredSurvival(rows)
    #expect(estimate.optimalityGap < 1e-10)
    let expected = try ReferenceFiles.table(Self.path).filter("stratum", "radio_chemo")
    let file = zip(
      zip(expected.doubles("left_open"), expected.doubles("right_closed")),
      expected.doubles("mass")
    ).map { NaiveIntervals.Part(left: $0.0, right: $0.1, probability: $1) }
    let naive = NaiveIntervals(rows)
    #expect(naive.logLikelihood(estimate.masses) > naive.logLikelihood(file) + 0.1)
  }
}

/// Likelihood and slope from the definition, with nothing of the module.
private struct NaiveIntervals {
  struct Part {
    var left: Double
    var right: Double
    var probability: Double
  }

  var rows: IntervalCensoredRows
  init(_ rows: IntervalCensoredRows) { self.rows = rows }

  private func holds(_ row: Int, _ left: Double, _ right: Double) -> Bool {
    let (from, to) = (rows.lefts[row], rows.rights[row])
    if left == right { return from == to ? left == from : from < left && left <= to }
    return from != to && from <= left && right <= to
  }

  func logLikelihood(_ masses: [IntervalCensoredSurvival.Mass]) -> Double {
    logLikelihood(masses.map { Part(left: $0.left, right: $0.right, probability: $0.probability) })
  }

  func logLikelihood(_ parts: [Part]) -> Double {
    rows.lefts.indices.reduce(0) { sum, row in
      let weight = rows.weights?[row] ?? 1
      guard weight > 0 else { return sum }
      return sum + weight * log(probability(row, parts))
    }
  }

  private func probability(_ row: Int, _ parts: [Part]) -> Double {
    parts.reduce(0) { $0 + (holds(row, $1.left, $1.right) ? $1.probability : 0) }
  }

  /// Every time that is an end, and the stretches between neighbouring ends.
  var places: [(Double, Double)] {
    let ends = Set(rows.lefts + rows.rights.filter { $0.isFinite }).sorted()
    let after = Array(ends.dropFirst()) + [Double.infinity]
    return ends.map { ($0, $0) } + zip(ends, after).map { ($0, $1) }
  }

  /// The derivative of the log likelihood when mass is moved to a place, plus the total weight.
  func slope(
    _ masses: [IntervalCensoredSurvival.Mass], towards place: (Double, Double)
  ) -> Double {
    let parts = masses.map {
      Part(left: $0.left, right: $0.right, probability: $0.probability)
    }
    return rows.lefts.indices.reduce(0) { sum, row in
      holds(row, place.0, place.1)
        ? sum + (rows.weights?[row] ?? 1) / probability(row, parts) : sum
    }
  }
}

extension SeededGenerator {
  /// Intervals of every kind on a coarse grid, so that ends coincide.
  fileprivate mutating func intervals(count: ClosedRange<Int>) throws -> IntervalCensoredRows {
    var lefts: [Double] = []
    var rights: [Double] = []
    for _ in 0..<Int.random(in: count, using: &self) {
      let left = Double(Int.random(in: 0...12, using: &self))
      lefts.append(left)
      switch Int.random(in: 0..<10, using: &self) {
      case 0..<2: rights.append(left)
      case 2..<5: rights.append(.infinity)
      default: rights.append(left + Double(Int.random(in: 1...6, using: &self)))
      }
    }
    return try IntervalCensoredRows(lefts: lefts, rights: rights)
  }
}
