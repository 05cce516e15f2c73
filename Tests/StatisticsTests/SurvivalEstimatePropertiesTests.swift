import TestSupport
import Testing

@testable import Statistics

/// Weighted curves beside their definitions, worked out person by person, on seeded made-up rows.
@Suite("Every weighted curve")
struct SurvivalEstimatePropertiesTests {
  @Test(
    "has the jackknife variance of its definition, by numeric derivatives",
    arguments: UInt64(0)..<40, SurvivalEstimator.allCases)
  func jackknife(_ seed: UInt64, _ estimator: SurvivalEstimator) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.followUp(
      rows: 12, hasStarts: seed % 2 == 0, hasClusters: seed % 3 == 0)
    let curve = SurvivalEstimate(rows, estimator: estimator, variance: .infinitesimalJackknife)
    let tau = 15.0
    let naive = try NaiveJackknife(rows) { weighted in
      let curve = SurvivalEstimate(weighted, estimator: estimator)
      return curve.survival + curve.cumulativeHazard
        + [try curve.restrictedMean(to: tau)?.mean ?? 0]
    }
    let mean = try #require(try curve.restrictedMean(to: tau))
    for index in curve.times.indices where curve.survival[index] > 1e-9 {
      expectNear(curve.standardError[index], naive.standardErrors[index], 2e-6)
      expectNear(
        curve.cumulativeHazardStandardError[index],
        naive.standardErrors[curve.count + index], 2e-6)
    }
    if curve.survival.last ?? 0 > 1e-9 {
      expectNear(mean.standardError, naive.standardErrors[2 * curve.count], 2e-6)
    }
  }

  @Test("is the plain curve when all weights are 1", arguments: UInt64(0)..<60)
  func plain(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let cohort = generator.cohort()
    let plain = KaplanMeier(try cohort.counts())
    let rows = try FollowUp(
      stops: cohort.durations.map { Double($0) }, events: cohort.events.map { $0 == 1 })
    for variance in CurveVariance.allCases {
      let curve = SurvivalEstimate(rows, variance: variance)
      #expect(curve.times == plain.times)
      #expect(curve.survival == plain.survival)
      #expect(curve.counts.atRisk == plain.atRisk.map { Double($0) })
      #expect(curve.counts.censored == plain.censored.map { Double($0) })
      for (error, expected) in zip(curve.standardErrorOfLog, plain.standardErrorOfLog) {
        #expect(relativeDifference(error, expected) < 1e-12)
      }
      let mean = try curve.restrictedMean(to: 11)
      let expected = try plain.restrictedMean(to: 11)
      #expect(relativeDifference(mean?.mean ?? 0, expected?.mean ?? 0) < 1e-14)
      #expect(relativeDifference(mean?.standardError ?? 0, expected?.standardError ?? 0) < 1e-12)
    }
  }

  @Test(
    "does not change with the order of rows, cuts inside a person, rows of weight 0, or the scale",
    arguments: UInt64(0)..<40, SurvivalEstimator.allCases)
  func invariance(_ seed: UInt64, _ estimator: SurvivalEstimator) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.followUp(rows: 14, hasStarts: true, hasClusters: true)
    let curve = SurvivalEstimate(rows, estimator: estimator, variance: .infinitesimalJackknife)
    let shuffled = rows.rows(Array(0..<rows.count).shuffled(using: &generator))
    let changed = [
      shuffled, try rows.cutInTwo(), try rows.withWeights(times: 8),
      try rows.withRowOfNoWeight(at: curve.times.last ?? 1),
    ]
    for other in changed {
      let again = SurvivalEstimate(other, estimator: estimator, variance: .infinitesimalJackknife)
      #expect(again.times == curve.times)
      for index in curve.times.indices where curve.survival[index] > 1e-9 {
        expectNear(again.survival[index], curve.survival[index], 1e-12)
        expectNear(again.standardError[index], curve.standardError[index], 1e-11)
        expectNear(
          again.cumulativeHazardStandardError[index], curve.cumulativeHazardStandardError[index],
          1e-11)
      }
    }
  }

  @Test("counts a frequency of 3 as three people", arguments: UInt64(0)..<30)
  func frequencies(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.followUp(rows: 9, hasStarts: false, hasClusters: false)
    let times = (0..<rows.count).map { _ in Int.random(in: 1...4, using: &generator) }
    let repeated = times.enumerated().flatMap { row, times in Array(repeating: row, count: times) }
    let expanded = try FollowUp(
      stops: repeated.map { rows.stops[$0] }, events: repeated.map { rows.events[$0] })
    let weighted = try FollowUp(
      stops: rows.stops, events: rows.events, weights: times.map { Double($0) })
    let one = SurvivalEstimate(expanded)
    let other = SurvivalEstimate(weighted)
    #expect(one.survival == other.survival)
    #expect(
      one.standardError.elementsEqual(other.standardError) { relativeDifference($0, $1) < 1e-13 })
  }

  @Test(
    "is exactly 0 where everybody has the event, whatever the weights", arguments: UInt64(0)..<50)
  func zero(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let weights = (0..<9).map { _ in Double.random(in: 0.1...3, using: &generator) }
    let rows = try FollowUp(
      stops: [1, 2, 2, 3, 4, 4, 4, 4, 4],
      events: [true, true, false, true, true, true, true, true, true], weights: weights)
    let curve = SurvivalEstimate(rows, variance: .infinitesimalJackknife)
    #expect(curve.survival.last == 0)
    #expect(curve.standardError.last?.isNaN == true)
  }
}

/// Σ over units of squared derivatives, by central differences: slow, and nothing shared.
struct NaiveJackknife {
  var standardErrors: [Double] = []

  init(_ rows: FollowUp, _ estimates: (FollowUp) throws -> [Double]) throws {
    let unit = 1e-5
    var sums: [Int: [Double]] = [:]
    for row in 0..<rows.count {
      let up = try estimates(rows.moved(row, by: unit))
      let down = try estimates(rows.moved(row, by: -unit))
      let weight = rows.weights?[row] ?? 1
      let derivative = zip(up, down).map { weight * ($0 - $1) / (2 * unit) }
      let key = rows.clusters?[row] ?? rows.subjects?[row] ?? row
      sums[key] = sums[key].map { zip($0, derivative).map(+) } ?? derivative
    }
    let count = sums.values.first?.count ?? 0
    for index in 0..<count {
      standardErrors.append(
        sums.values.reduce(0) { $0 + $1[index] * $1[index] }.squareRoot())
    }
  }
}

func expectNear(
  _ value: Double, _ expected: Double, _ tolerance: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    abs(value - expected) <= tolerance * max(abs(expected), 1e-3), "\(value) for \(expected)",
    sourceLocation: sourceLocation)
}

extension FollowUp {
  func withWeights(times factor: Double) throws -> FollowUp {
    try FollowUp(
      starts: starts, stops: stops, events: events,
      weights: (0..<count).map { factor * (weights?[$0] ?? 1) }, subjects: subjects,
      clusters: clusters)
  }

  fileprivate func moved(_ row: Int, by step: Double) throws -> FollowUp {
    var weights = weights ?? [Double](repeating: 1, count: count)
    weights[row] += step
    return try FollowUp(
      starts: starts, stops: stops, events: events, weights: weights, subjects: subjects,
      clusters: clusters)
  }

  func withRowOfNoWeight(at time: Double) throws -> FollowUp {
    try FollowUp(
      starts: starts.map { $0 + [0] }, stops: stops + [time], events: events + [false],
      weights: (weights ?? [Double](repeating: 1, count: count)) + [0],
      subjects: subjects.map { $0 + [9999] }, clusters: clusters.map { $0 + [9999] })
  }

  /// Every row cut at its middle; the halves belong to the same person.
  func cutInTwo() throws -> FollowUp {
    let subjects = subjects ?? Array(0..<count)
    let starts = starts ?? [Double](repeating: 0, count: count)
    let middles = (0..<count).map { (starts[$0] + stops[$0]) / 2 }
    return try FollowUp(
      starts: starts + middles, stops: middles + stops,
      events: [Bool](repeating: false, count: count) + events, weights: weights.map { $0 + $0 },
      subjects: subjects + subjects, clusters: clusters.map { $0 + $0 })
  }
}

extension SeededGenerator {
  /// Rows with ties, weights, and when asked for late starts and clusters of a few.
  mutating func followUp(rows: Int, hasStarts: Bool, hasClusters: Bool) throws -> FollowUp {
    var starts: [Double] = []
    var stops: [Double] = []
    var events: [Bool] = []
    var weights: [Double] = []
    var clusters: [Int] = []
    for _ in 0..<rows {
      let start = hasStarts ? Double(Int.random(in: 0...6, using: &self)) : 0
      starts.append(start)
      stops.append(start + Double(Int.random(in: 1...8, using: &self)))
      events.append(chance(60))
      weights.append(Double(Int.random(in: 1...12, using: &self)) / 4)
      clusters.append(Int.random(in: 0...4, using: &self))
    }
    return try FollowUp(
      starts: hasStarts ? starts : nil, stops: stops, events: events, weights: weights,
      subjects: Array(0..<rows), clusters: hasClusters ? clusters : nil)
  }
}
