import Glibc
import Statistics
import TestSupport
import Testing

@Suite("A Fine–Gray regression")
struct FineGrayTests {
  @Test("agrees with cmprsk::crr", .enabled(if: ReferenceFiles.areAvailable))
  func reference() throws {
    // crr(spell, cause, cbind(ui == "yes", logwage), failcode = 1, cencode = 0, gtol = 1e-10)
    let input = try ReferenceFiles.table("unempdur/input.csv")
    let model = try FineGray(
      durations: input.doubles("spell"), causes: input.doubles("cause").map { Int($0) }, cause: 1,
      covariates: [
        input.strings("ui").map { $0 == "yes" ? 1 : 0 }, input.doubles("logwage"),
      ])
    let path = "unempdur/finegray_crr.csv"
    try ReferenceComparison.of(path, tolerance: 1e-6) { agreement, expected in
      agreement.note(model.coefficients, expected.doubles("coef"))
      agreement.note(model.standardErrors, expected.doubles("se"))
      agreement.note(model.logLikelihood, expected.doubles("loglik")[0])
    }
  }

  @Test("is the weighted Cox regression of rows cut at every event", arguments: UInt64(0)..<15)
  func expanded(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let people = CompetingPeople(&generator, count: 60)
    let model = try FineGray(
      durations: people.durations, causes: people.causes, cause: 1, covariates: people.covariates)
    // Who had cause 2 goes on, in rows from event time to event time with falling weights.
    let steps = Set(people.rows(cause: 1).map { people.durations[$0] }).sorted()
    var picked: [Int] = []
    var starts: [Double] = []
    var stops: [Double] = []
    var events: [Bool] = []
    var weights: [Double] = []
    func add(_ row: Int, _ start: Double, _ stop: Double, _ event: Bool, _ weight: Double) {
      picked.append(row)
      starts.append(start)
      stops.append(stop)
      events.append(event)
      weights.append(weight)
    }
    for row in people.durations.indices {
      let end = people.durations[row]
      add(row, 0, end, people.causes[row] == 1, 1)
      guard people.causes[row] == 2 else { continue }
      var begin = end
      for step in steps where step > end {
        add(row, begin, step, false, people.observed(before: step) / people.observed(before: end))
        begin = step
      }
    }
    let cox = try CoxRegression(
      try CoxRows(
        exits: stops, events: events,
        covariates: people.covariates.map { x in picked.map { x[$0] } },
        entries: starts, weights: weights), ties: .breslow)
    expectClose(model.coefficients, cox.coefficients, tolerance: 1e-9)
    expectClose(
      model.modelCovariance.standardErrors, cox.modelCovariance.standardErrors, tolerance: 1e-9)
    expectClose(
      [model.logLikelihood, model.nullLogLikelihood], [cox.logLikelihood, cox.nullLogLikelihood],
      tolerance: 1e-11)
    let curve = try cox.curve(covariates: [0.5, 1])
    let incidence = model.cumulativeIncidence(covariates: [0.5, 1])
    #expect(incidence.times == curve.times)
    expectClose(incidence.incidence, curve.survival.map { 1 - $0 }, tolerance: 1e-9)
  }

  @Test("without competing events is Cox's with Breslow's rule", arguments: UInt64(0)..<10)
  func alone(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.coxRows()
    let model = try FineGray(
      durations: rows.exits, causes: rows.events.map { $0 ? 7 : 0 }, cause: 7,
      covariates: rows.covariates)
    let cox = try CoxRegression(rows, ties: .breslow, robust: true)
    expectClose(model.coefficients, cox.coefficients, tolerance: 1e-11)
    // Nothing is weighted, so ψ is 0 and the sandwich is the robust one.
    expectClose(model.standardErrors, cox.standardErrors, tolerance: 1e-10)
    expectClose([model.logLikelihood], [cox.logLikelihood], tolerance: 1e-12)
    #expect(model.counts.competing == 0)
  }

  @Test("does not depend on the order of people", arguments: UInt64(0)..<10)
  func order(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let people = CompetingPeople(&generator, count: 50)
    let order = people.durations.indices.shuffled(using: &generator)
    let model = try FineGray(
      durations: people.durations, causes: people.causes, cause: 1, covariates: people.covariates)
    let shuffled = try FineGray(
      durations: order.map { people.durations[$0] }, causes: order.map { people.causes[$0] },
      cause: 1, covariates: people.covariates.map { x in order.map { x[$0] } })
    expectClose(shuffled.coefficients, model.coefficients, tolerance: 1e-11)
    expectClose(shuffled.standardErrors, model.standardErrors, tolerance: 1e-11)
  }

  @Test("refuses what the data do not hold")
  func refusals() {
    #expect(throws: StatisticsError.noEventsOfCause(3)) {
      try FineGray(durations: [1, 2], causes: [1, 0], cause: 3, covariates: [[1, 2]])
    }
    #expect(throws: StatisticsError.coefficientsUnbounded(covariates: [0])) {
      try FineGray(
        durations: [1, 2, 3, 4], causes: [1, 1, 2, 0], cause: 1, covariates: [[1, 1, 0, 0]])
    }
    #expect(throws: StatisticsError.negativeDuration(row: 1, duration: -2)) {
      try FineGray(durations: [1, -2], causes: [1, 0], cause: 1, covariates: [[1, 2]])
    }
  }
}

/// Made-up people with two causes and censoring, many at the same times.
private struct CompetingPeople {
  var durations: [Double] = []
  var causes: [Int] = []
  var covariates: [[Double]] = [[], []]

  init(_ generator: inout SeededGenerator, count: Int) {
    for _ in 0..<count {
      durations.append(Double(Int.random(in: 1...12, using: &generator)))
      causes.append(generator.pick([0, 1, 1, 2, 2]))
      covariates[0].append(Double.random(in: -1...1, using: &generator))
      covariates[1].append(Double(Int.random(in: 0...1, using: &generator)))
    }
  }

  func rows(cause: Int) -> [Int] { causes.indices.filter { causes[$0] == cause } }

  /// The Kaplan–Meier estimate of not being censored before a time, by its definition.
  func observed(before time: Double) -> Double {
    Set(durations.filter { $0 < time }).reduce(1.0) { product, earlier in
      let atRisk = durations.count { $0 >= earlier }
      let censored = durations.indices.count { durations[$0] == earlier && causes[$0] == 0 }
      return product * (1 - Double(censored) / Double(atRisk))
    }
  }
}
