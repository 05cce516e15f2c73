import Statistics
import TestSupport
import Testing

/// What must hold for every cohort, tried on seeded made-up ones.
@Suite("Every Kaplan–Meier curve")
struct KaplanMeierPropertiesTests {
  @Test("agrees with exact fractions worked person by person", arguments: UInt64(0)..<150)
  func exact(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let cohort = generator.cohort(people: 1...9, longest: 12)
    let exact = ExactSurvival(
      people: zip(cohort.durations, cohort.events).map { Person(exit: Int($0), isEvent: $1 == 1) })
    let curve = KaplanMeier(try cohort.counts())
    for (index, time) in curve.times.map({ Int($0) }).enumerated() {
      let sigma = exact.greenwood(time)?.value.squareRoot()
      let survival = exact.survival(time).value
      expectClose(
        [
          curve.survival[index], curve.standardErrorOfLog[index], curve.standardError[index],
          curve.cumulativeHazard[index], curve.cumulativeHazardStandardError[index],
        ],
        [
          survival, sigma ?? .infinity, sigma.map { $0 * survival } ?? .nan,
          exact.cumulativeHazard(time).value, exact.aalen(time).value.squareRoot(),
        ])
    }
    for horizon in [1, 5, 15] {
      let mean = try #require(try curve.restrictedMean(to: Double(horizon)))
      expectClose(
        [mean.mean, mean.standardError],
        [
          exact.area(from: 0, to: horizon).value,
          exact.restrictedMeanVariance(horizon).value.squareRoot(),
        ])
    }
  }

  @Test("does not depend on the order of the people", arguments: UInt64(0)..<50)
  func permutation(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let cohort = generator.cohort()
    #expect(try cohort.shuffled(with: &generator).counts() == cohort.counts())
  }

  @Test("without censoring is the share of people still there", arguments: UInt64(0)..<50)
  func empirical(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let cohort = generator.cohort(people: 1...400, longest: 100, censored: false)
    let curve = KaplanMeier(try cohort.counts())
    let n = Double(cohort.durations.count)
    for reading in try curve.at((0...100).map { Double($0) }) {
      let share = Double(cohort.durations.count { Double($0) > reading.time }) / n
      let survival = try #require(reading.survival)
      #expect(relativeDifference(survival, share) < 1e-15)
      if let error = reading.standardError {
        // Greenwood's standard error is then the binomial one.
        #expect(relativeDifference(error, (share * (1 - share) / n).squareRoot()) < 1e-14)
      }
    }
  }

  @Test("is not changed by people censored before the first event", arguments: UInt64(0)..<50)
  func censoredAtTheOrigin(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var cohort = generator.cohort()
    cohort.durations = cohort.durations.map { $0 + 1 }
    let before = KaplanMeier(try cohort.counts())
    cohort.durations += [0, 0, 0]
    cohort.events += [0, 0, 0]
    let after = KaplanMeier(try cohort.counts())
    #expect(after.times == [0] + before.times)
    #expect(after.survival == [1] + before.survival)
    #expect(after.standardErrorOfLog == [0] + before.standardErrorOfLog)
    #expect(after.cumulativeHazard == [0] + before.cumulativeHazard)
  }

  @Test("moves with its times and keeps its heights", arguments: UInt64(0)..<50)
  func shift(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var cohort = generator.cohort()
    let before = KaplanMeier(try cohort.counts())
    cohort.durations = cohort.durations.map { $0 + 30 }
    let after = KaplanMeier(try cohort.counts())
    #expect(after.times == before.times.map { $0 + 30 })
    #expect(after.survival == before.survival)
    #expect(after.standardErrorOfLog == before.standardErrorOfLog)
    let mean = try #require(try before.restrictedMean(to: 25)).mean
    expectClose([try #require(try after.restrictedMean(to: 55)).mean], [mean + 30])
  }

  @Test(
    "is the same in weeks and in days, times and means seven times as long",
    arguments: UInt64(0)..<50)
  func units(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var cohort = generator.cohort()
    let weeks = KaplanMeier(try cohort.counts())
    cohort.durations = cohort.durations.map { $0 * 7 }
    let days = KaplanMeier(try cohort.counts())
    #expect(days.times == weeks.times.map { $0 * 7 })
    #expect(days.survival == weeks.survival)
    #expect(days.cumulativeHazardStandardError == weeks.cumulativeHazardStandardError)
    let probabilities = [0.25, 0.5, 0.75]
    #expect(
      try days.quantiles(probabilities).map(\.time)
        == weeks.quantiles(probabilities).map { $0.time.map { $0 * 7 } })
    let inWeeks = try #require(try weeks.restrictedMean(to: 12))
    let inDays = try #require(try days.restrictedMean(to: 84))
    expectClose(
      [inDays.mean, inDays.standardError], [inWeeks.mean * 7, inWeeks.standardError * 7])
  }

  @Test("does not change when follow-up is cut into adjoining intervals", arguments: UInt64(0)..<50)
  func splitRows(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var cohort = generator.cohort()
    cohort.durations = cohort.durations.map { $0 + 2 }
    var entries: [Double] = []
    var exits: [Double] = []
    var events: [Bool] = []
    for (duration, event) in zip(cohort.durations, cohort.events) {
      let cut = Int32.random(in: 1..<duration, using: &generator)
      entries += [0, Double(cut)]
      exits += [Double(cut), Double(duration)]
      events += [false, event == 1]
    }
    let whole = KaplanMeier(try cohort.counts())
    let split = KaplanMeier(
      try TimeCounts(entries: entries.span, exits: exits.span, events: events.span))
    for (index, reading) in try split.at(whole.times).enumerated() {
      #expect(reading.survival == whole.survival[index])
      #expect(reading.standardError == whole[index].standardError)
      #expect(reading.atRisk == whole.atRisk[index])
      #expect(reading.cumulativeHazard == whole.cumulativeHazard[index])
    }
  }

  @Test("never rises, and its quantiles and means keep their order", arguments: UInt64(0)..<50)
  func monotone(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let curve = KaplanMeier(try generator.cohort().counts())
    #expect(zip(curve.survival, curve.survival.dropFirst()).allSatisfy { $0 >= $1 })
    let quantiles = try curve.quantiles(Array(stride(from: 0.05, to: 1, by: 0.05)))
      .map { $0.time ?? .infinity }
    #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 })
    var previous = 0.0
    for horizon in stride(from: 0.5, through: 30, by: 0.5) {
      let mean = try #require(try curve.restrictedMean(to: horizon)).mean
      #expect(mean <= horizon)
      #expect(mean >= previous)
      previous = mean
    }
  }
}
