import TestSupport
import Testing

@testable import Statistics

/// The three people of a hand-sized example and what R makes of them.
@Suite("State probabilities of three people")
struct AalenJohansenTests {
  /// Three journeys between being out of work, 0, and in a job, 1.
  ///
  /// The first finds a job at 2, loses it at 5 and is seen until 9; the second finds one at 3 and keeps
  /// it until 9; the third is out until 6.
  ///
  /// `survfit(Surv(tstart, tstop, to) ~ 1, id = id, istate = from)`, survival 3.8-6.
  static func people() throws -> StateFollowUp {
    let stays = StateFollowUp.stays
    return try StateFollowUp(
      starts: [0, 2, 5, 0, 3, 0], stops: [2, 5, 9, 3, 9, 6], from: [0, 1, 0, 0, 1, 0],
      to: [1, 0, stays, 1, stays, stays], states: 2, subjects: [1, 1, 1, 2, 2, 3])
  }

  @Test("are those of R, with their standard errors and mean times")
  func probabilities() throws {
    let curve = try AalenJohansen(try Self.people())
    #expect(curve.times == [2, 3, 5, 6, 9])
    let third = 1.0 / 3
    for (value, expected) in zip(
      curve.probability[1], [third, 2 * third, third, third, third])
    {
      expectNear(value, expected, 1e-15)
    }
    for error in curve.standardError[0] { expectNear(error, 0.2721655269759087, 1e-14) }
    let means = try curve.meanTimes(to: 9)
    expectNear(means[0].mean, 6, 1e-15)
    expectNear(means[1].standardError, 1.4142135623730951, 1e-14)
    #expect(!means[1].isExtrapolated)
    let table = TransitionTable(try Self.people())
    #expect(table.moves == [[0, 2], [1, 0]] && table.censored == [2, 1])
  }

  @Test("of transitions have the hazards of R")
  func hazards() throws {
    let curve = try AalenJohansen(try Self.people())
    let hazard = try curve.cumulativeHazard(of: .init(from: 0, to: 1))
    expectNear(hazard.cumulativeHazard[4], 0.8333333333333333, 1e-15)
    expectNear(hazard.standardError[4], 0.44617717789469474, 1e-14)
    #expect(try curve.cumulativeHazards().map(\.transition) == curve.counts.transitions)
  }

  @Test("are nil before the origin, and carried on and marked after the last time")
  func readings() throws {
    let curve = try AalenJohansen(try Self.people(), from: 3)
    // At 3 the first two are in a job, the third is out.
    let readings = try curve.at([2, 3, 12], state: 1)
    #expect(readings[0].probability == nil && readings[0].limits == nil)
    expectNear(readings[1].probability ?? 0, 2.0 / 3, 1e-15)
    expectNear(readings[1].standardError ?? 0, (2.0 / 27).squareRoot(), 1e-14)
    #expect(readings[2].isExtrapolated)
    expectNear(readings[2].probability ?? 0, 1.0 / 3, 1e-15)
  }

  @Test("refuse a mix that is none, and states that are not there")
  func refusals() throws {
    let people = try Self.people()
    #expect(throws: StatisticsError.mixDoesNotAddUp(0.75)) {
      try AalenJohansen(people, initial: .mix([0.5, 0.25]))
    }
    #expect(throws: StatisticsError.stateOutOfRange(row: 0, state: 2, states: 2)) {
      try AalenJohansen(people, initial: .state(2))
    }
    let curve = try AalenJohansen(people)
    #expect(throws: StatisticsError.horizonNotPositive(0)) { try curve.meanTimes(to: 0) }
  }

  @Test("of nobody are empty")
  func nobody() throws {
    let none = try StateFollowUp(stops: [], from: [], to: [], states: 3)
    let curve = try AalenJohansen(none)
    #expect(curve.times.isEmpty)
    #expect(try curve.at([4], state: 1)[0].probability == nil)
    #expect(try curve.meanTimes(to: 4).isEmpty)
  }

  @Test("of competing risks have Aalen's variance as cmprsk prints it")
  func aalenType() throws {
    // Causes 1, 1, 2, 0 tied at 2 among 7: edge case s18, cmprsk 2.2-11.
    let curve = try AalenJohansen(
      try StateFollowUp(
        stops: [2, 2, 2, 2, 4, 4, 5], causes: [1, 1, 2, 0, 1, 2, 0], causeCount: 2))
    let variance = try #require(try curve.aalenTypeVariance(of: 1))
    expectNear(variance[0], 0.03401360544217688, 1e-14)
    expectNear(variance[1], 0.053665910808768036, 1e-14)
    #expect(try AalenJohansen(try Self.people()).aalenTypeVariance(of: 1) == nil)
  }
}

/// State probabilities beside their definitions, on seeded made-up journeys.
@Suite("Every set of state probabilities")
struct AalenJohansenPropertiesTests {
  @Test(
    "has the jackknife variance of its definition, by numeric derivatives",
    arguments: UInt64(0)..<60)
  func jackknife(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.journeys(people: 9, states: 3, areClustered: seed % 2 == 0)
    let curve = try AalenJohansen(rows)
    let horizon = 11.0
    func estimates(_ rows: StateFollowUp) throws -> [Double] {
      let curve = try AalenJohansen(rows, variance: .greenwood)
      return curve.probability.flatMap { $0 } + (try curve.meanTimes(to: horizon).map(\.mean))
    }
    var influences: [Int: [Double]] = [:]
    let step = 1e-5
    let subjects = try #require(rows.subjects)
    let origin = try #require(rows.weights)
    // A person's rows move together: the weight is the person's.
    for subject in Set(subjects).sorted() {
      func moved(_ by: Double) throws -> [Double] {
        let weights = origin.indices.map { origin[$0] * (subjects[$0] == subject ? 1 + by : 1) }
        return try estimates(rows.with(weights: weights))
      }
      let influence = zip(try moved(step), try moved(-step)).map { ($0 - $1) / (2 * step) }
      let unit = try #require(
        subjects.firstIndex(of: subject).map { rows.clusters?[$0] ?? subject })
      influences[unit] = influences[unit].map { zip($0, influence).map(+) } ?? influence
    }
    let means = try curve.meanTimes(to: horizon)
    let errors =
      curve.standardError.flatMap { $0 } + means.map(\.standardError)
    for (index, error) in errors.enumerated() {
      let naive = influences.values.reduce(0) { $0 + $1[index] * $1[index] }.squareRoot()
      expectNear(error, naive, 5e-6)
    }
  }

  @Test("adds up to 1, and its mean times to the horizon", arguments: UInt64(0)..<60)
  func sums(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.journeys(people: 12, states: 4, areClustered: false)
    for variance in CurveVariance.allCases {
      let curve = try AalenJohansen(rows, variance: variance)
      for index in curve.times.indices {
        let sum = curve.probability.reduce(0) { $0 + $1[index] }
        #expect(abs(sum - 1) < 1e-14)
      }
      let time = try curve.meanTimes(to: 7.5).reduce(0) { $0 + $1.mean }
      #expect(abs(time - 7.5) < 1e-13)
    }
  }

  @Test(
    "does not change with the order of rows, cuts, scale, or a state nobody is in",
    arguments: UInt64(0)..<40)
  func invariance(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.journeys(people: 10, states: 3, areClustered: true)
    let curve = try AalenJohansen(rows)
    let others = [
      rows.rows(Array(0..<rows.count).shuffled(using: &generator)), try rows.cutInTwo(),
      try rows.with(weights: (rows.weights ?? []).map { 4 * $0 }),
      try StateFollowUp(
        starts: rows.starts, stops: rows.stops, from: rows.from, to: rows.to, states: 5,
        weights: rows.weights, subjects: rows.subjects, clusters: rows.clusters),
    ]
    for other in others {
      let again = try AalenJohansen(other)
      #expect(again.times == curve.times)
      for state in 0..<3 {
        for index in curve.times.indices {
          expectNear(again.probability[state][index], curve.probability[state][index], 1e-12)
          expectNear(again.standardError[state][index], curve.standardError[state][index], 1e-9)
        }
      }
      let (means, expected) = (try again.meanTimes(to: 8), try curve.meanTimes(to: 8))
      for state in 0..<3 {
        expectNear(means[state].standardError, expected[state].standardError, 1e-11)
      }
    }
  }

  @Test(
    "of competing risks has two equal variances, and that of one cause is the plain curve's",
    arguments: UInt64(0)..<40)
  func competing(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let stops = (0..<30).map { _ in Double(Int.random(in: 0...9, using: &generator)) }
    let causes = stops.map { _ in Int.random(in: 0...3, using: &generator) }
    let rows = try StateFollowUp(stops: stops, causes: causes, causeCount: 3)
    // Named people make the jackknife go through each of them.
    let robust = try AalenJohansen(
      try StateFollowUp(
        stops: stops, causes: causes, causeCount: 3, subjects: Array(stops.indices)))
    let short = try AalenJohansen(rows)
    let model = try AalenJohansen(rows, variance: .greenwood)
    let plain = SurvivalEstimate(try rows.leaving(0))
    for index in robust.times.indices {
      for state in 0..<4 {
        expectNear(robust.standardError[state][index], model.standardError[state][index], 1e-11)
        #expect(short.standardError[state][index] == model.standardError[state][index])
      }
      expectNear(robust.probability[0][index], plain.survival[index], 1e-13)
      if plain.survival[index] > 0 {
        expectNear(robust.standardError[0][index], plain.standardError[index], 1e-11)
      }
    }
  }
}

extension StateFollowUp {
  func with(weights: [Double]) throws -> StateFollowUp {
    try StateFollowUp(
      starts: starts, stops: stops, from: from, to: to, states: states, weights: weights,
      subjects: subjects, clusters: clusters)
  }

  /// Every row cut at its middle; the halves belong to the same person.
  func cutInTwo() throws -> StateFollowUp {
    let starts = starts ?? [Double](repeating: 0, count: count)
    let middles = (0..<count).map { (starts[$0] + stops[$0]) / 2 }
    return try StateFollowUp(
      starts: starts + middles, stops: middles + stops, from: from + from,
      to: [Int](repeating: Self.stays, count: count) + to, states: states,
      weights: weights.map { $0 + $0 }, subjects: subjects.map { $0 + $0 },
      clusters: clusters.map { $0 + $0 })
  }
}

extension SeededGenerator {
  /// Journeys that begin in a mix of states, move back and forth, and end at different times.
  mutating func journeys(people: Int, states: Int, areClustered: Bool) throws -> StateFollowUp {
    var starts: [Double] = []
    var stops: [Double] = []
    var from: [Int] = []
    var to: [Int] = []
    var weights: [Double] = []
    var subjects: [Int] = []
    for person in 0..<people {
      var time = 0.0
      var state = Int.random(in: 0..<states, using: &self)
      let weight = Double(Int.random(in: 1...8, using: &self)) / 4
      for part in 0..<Int.random(in: 1...4, using: &self) {
        let next = Int.random(in: 0..<states, using: &self)
        let isLast = part == 3 || chance(20)
        starts.append(time)
        time += Double(Int.random(in: 1...4, using: &self))
        stops.append(time)
        from.append(state)
        to.append(isLast ? StateFollowUp.stays : next)
        weights.append(weight)
        subjects.append(person)
        if isLast { break }
        state = next
      }
    }
    return try StateFollowUp(
      starts: starts, stops: stops, from: from, to: to, states: states, weights: weights,
      subjects: subjects, clusters: areClustered ? subjects.map { $0 / 2 } : nil)
  }
}
