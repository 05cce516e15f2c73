import Glibc
import Statistics
import TestSupport
import Testing

/// What must hold for every regression, tried on seeded made-up rows.
@Suite("Every Cox regression")
struct CoxPropertiesTests {
  @Test(
    "is at the top of the likelihood written out set by set", arguments: UInt64(0)..<12,
    CoxRegression.Ties.allCases)
  func likelihood(_ seed: UInt64, _ ties: CoxRegression.Ties) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.coxRows(
      count: ties == .exact ? 18 : 40, longest: ties == .exact ? 8 : 12, entries: seed % 2 == 1,
      strata: seed % 3 == 1,
      weights: ties != .exact && seed % 4 > 1 ? [0, 0.5, 1, 2.25] : nil)
    let naive = NaivePartialLikelihood(rows: rows, ties: ties)
    let model = try CoxRegression(rows, ties: ties)
    let top = model.coefficients
    #expect(relativeDifference(model.logLikelihood, naive(top)) < 1e-12)
    #expect(relativeDifference(model.nullLogLikelihood, naive([0, 0])) < 1e-12)
    // Central differences: the slope is 0 and the curvature the inverse of the covariance.
    let step = 1e-4
    func at(_ i: Double, _ j: Double) -> Double { naive([top[0] + i * step, top[1] + j * step]) }
    #expect(((at(1, 0) - at(-1, 0)) / (2 * step)).magnitude < 1e-6)
    #expect(((at(0, 1) - at(0, -1)) / (2 * step)).magnitude < 1e-6)
    let a = -(at(1, 0) - 2 * at(0, 0) + at(-1, 0)) / (step * step)
    let b = -(at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * step * step)
    let d = -(at(0, 1) - 2 * at(0, 0) + at(0, -1)) / (step * step)
    let determinant = a * d - b * b
    let covariance = model.modelCovariance
    expectClose(
      [covariance[0, 0], covariance[1, 1]], [d / determinant, a / determinant], tolerance: 1e-4)
    #expect((covariance[0, 1] + b / determinant).magnitude < 1e-4 * covariance[0, 0])
  }

  @Test("does not depend on the order of rows", arguments: UInt64(0)..<20)
  func order(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.coxRows(entries: true, strata: true, weights: [0.5, 1, 3])
    let order = (0..<rows.count).shuffled(using: &generator)
    expectSame(
      try CoxRegression(rows), try CoxRegression(try rows.picking(order)), tolerance: 1e-11)
  }

  @Test("moves with the origin and unit of a covariate", arguments: UInt64(0)..<20)
  func units(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.coxRows(entries: seed % 2 == 0)
    var columns = rows.covariates
    columns[0] = columns[0].map { 1000 + 7 * $0 }
    let moved = try CoxRows(
      exits: rows.exits, events: rows.events, covariates: columns, entries: rows.entries)
    let before = try CoxRegression(rows)
    let after = try CoxRegression(moved)
    let factors = [1.0 / 7, 1]
    expectClose(
      after.coefficients, zip(before.coefficients, factors).map { $0 * $1 }, tolerance: 1e-9)
    expectClose(
      after.standardErrors, zip(before.standardErrors, factors).map { $0 * $1 }, tolerance: 1e-9)
    expectClose([after.logLikelihood], [before.logLikelihood], tolerance: 1e-11)
    // The same person has the same curve, whatever the origin of the covariate.
    let curve = try before.curve(covariates: [0.5, 1])
    let movedCurve = try after.curve(covariates: [1003.5, 1])
    expectClose(movedCurve.cumulativeHazard, curve.cumulativeHazard, tolerance: 1e-9)
    expectClose(
      try #require(movedCurve.standardError), try #require(curve.standardError), tolerance: 1e-9)
  }

  @Test("does not see how follow-up is cut into rows", arguments: UInt64(0)..<20)
  func splitRows(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.coxRows(entries: true, strata: seed % 2 == 0)
    let entries = try #require(rows.entries)
    var picked: [Int] = []
    var begins: [Double] = []
    var ends: [Double] = []
    var events: [Bool] = []
    for row in 0..<rows.count {
      let cuts = (0..<3).map { _ in
        Double.random(in: entries[row]...rows.exits[row], using: &generator)
      }
      let bounds = ([entries[row], rows.exits[row]] + cuts).sorted()
      for (begin, end) in zip(bounds, bounds.dropFirst()) where begin < end {
        picked.append(row)
        begins.append(begin)
        ends.append(end)
        events.append(end == rows.exits[row] && rows.events[row])
      }
    }
    let whole = try CoxRegression(
      try CoxRows(
        exits: rows.exits, events: rows.events, covariates: rows.covariates, entries: entries,
        strata: rows.strata, clusters: Array(0..<rows.count)))
    let split = try CoxRegression(
      try CoxRows(
        exits: ends, events: events, covariates: rows.covariates.map { x in picked.map { x[$0] } },
        entries: begins, strata: rows.strata.map { s in picked.map { s[$0] } }, clusters: picked))
    expectSame(split, whole, tolerance: 1e-10)
    expectClose(
      split.standardErrors, whole.standardErrors, tolerance: 1e-10)
    #expect(split.concordance().index == whole.concordance().index)
  }

  @Test("takes a whole weight as repetition under Breslow's rule", arguments: UInt64(0)..<20)
  func repetition(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.coxRows(entries: seed % 2 == 0, weights: [0, 1, 2, 3])
    let weights = try #require(rows.weights)
    let repeated = try rows.picking(
      (0..<rows.count).flatMap { Array(repeating: $0, count: Int(weights[$0])) }, weights: false)
    expectSame(
      try CoxRegression(rows, ties: .breslow), try CoxRegression(repeated, ties: .breslow),
      tolerance: 1e-11)
  }

  @Test(
    "does not depend on the scale of sampling weights", arguments: UInt64(0)..<10,
    [CoxRegression.Ties.efron, .breslow])
  func weightScale(_ seed: UInt64, _ ties: CoxRegression.Ties) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.coxRows(entries: true, weights: [0.5, 1, 3])
    let scaled = try CoxRows(
      exits: rows.exits, events: rows.events, covariates: rows.covariates, entries: rows.entries,
      weights: rows.weights?.map { $0 * 1e-9 })
    let one = try CoxRegression(rows, ties: ties, robust: true)
    let other = try CoxRegression(scaled, ties: ties, robust: true)
    expectClose(other.coefficients, one.coefficients, tolerance: 1e-11)
    expectClose(other.standardErrors, one.standardErrors, tolerance: 1e-11)
  }

  @Test("is one under all rules when nothing is tied", arguments: UInt64(0)..<20)
  func untied(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.coxRows(entries: seed % 2 == 0, strata: seed % 3 == 0, untied: true)
    let exact = try CoxRegression(rows, ties: .exact)
    expectSame(try CoxRegression(rows, ties: .breslow), exact, tolerance: 1e-11)
    expectSame(try CoxRegression(rows, ties: .efron), exact, tolerance: 1e-11)
  }

  @Test(
    "has the robust variance of what each row moves", arguments: UInt64(0)..<6,
    [CoxRegression.Ties.efron, .breslow])
  func influence(_ seed: UInt64, _ ties: CoxRegression.Ties) throws {
    // The infinitesimal jackknife by its definition: β differentiated by each row's weight.
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.coxRows(count: 30, entries: true, weights: [0.5, 1, 1.5])
    let model = try CoxRegression(rows, ties: ties, robust: true)
    let weights = try #require(rows.weights)
    var sum = [0.0, 0.0]
    let step = 1e-4
    for row in 0..<rows.count {
      func moved(_ change: Double) throws -> [Double] {
        var changed = weights
        changed[row] += change
        return try CoxRegression(
          try CoxRows(
            exits: rows.exits, events: rows.events, covariates: rows.covariates,
            entries: rows.entries, weights: changed), ties: ties
        ).coefficients
      }
      let up = try moved(step)
      let down = try moved(-step)
      for column in 0..<2 {
        let influence = weights[row] * (up[column] - down[column]) / (2 * step)
        sum[column] += influence * influence
      }
    }
    expectClose(model.standardErrors, sum.map { $0.squareRoot() }, tolerance: 1e-5)
  }

  @Test("predicts curves whose variance follows the coefficients", arguments: UInt64(0)..<10)
  func curves(_ seed: UInt64) throws {
    // With the coefficients held, a curve is Σ d/Σr; its derivative by β belongs to the variance.
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.coxRows(entries: true)
    let model = try CoxRegression(rows, ties: .breslow)
    let person = [0.3, 1.0]
    let curve = try model.curve(covariates: person)
    let errors = try #require(curve.standardError)
    func hazard(_ beta: [Double], to time: Double, squares: Bool = false) throws -> Double {
      let entries = try #require(rows.entries)
      func risk(_ row: Int) -> Double {
        exp(
          beta[0] * (rows.covariates[0][row] - person[0])
            + beta[1] * (rows.covariates[1][row] - person[1]))
      }
      var sum = 0.0
      for row in 0..<rows.count where rows.events[row] && rows.exits[row] <= time {
        let now = rows.exits[row]
        let total = (0..<rows.count).filter { entries[$0] < now && rows.exits[$0] >= now }
          .reduce(0) { $0 + risk($1) }
        sum += squares ? 1 / (total * total) : 1 / total
      }
      return sum
    }
    let beta = model.coefficients
    let covariance = model.modelCovariance
    for (index, time) in curve.times.enumerated() {
      expectClose([curve.cumulativeHazard[index]], [try hazard(beta, to: time)], tolerance: 1e-11)
      let step = 1e-5
      let slope = try [0, 1].map { column in
        var up = beta
        var down = beta
        up[column] += step
        down[column] -= step
        return (try hazard(up, to: time) - hazard(down, to: time)) / (2 * step)
      }
      var variance = try hazard(beta, to: time, squares: true)
      for i in 0..<2 { for j in 0..<2 { variance += slope[i] * covariance[i, j] * slope[j] } }
      expectClose([errors[index]], [variance.squareRoot()], tolerance: 1e-7)
    }
  }

  private func expectSame(
    _ model: CoxRegression, _ other: CoxRegression, tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectClose(
      model.coefficients + model.modelCovariance.standardErrors
        + [model.logLikelihood, model.nullLogLikelihood, model.scoreTest.statistic],
      other.coefficients + other.modelCovariance.standardErrors
        + [other.logLikelihood, other.nullLogLikelihood, other.scoreTest.statistic],
      tolerance: tolerance, sourceLocation: sourceLocation)
  }
}

extension CoxRows {
  /// Some of the rows, in the order given.
  fileprivate func picking(_ picked: [Int], weights keepsWeights: Bool = true) throws -> CoxRows {
    try CoxRows(
      exits: picked.map { exits[$0] }, events: picked.map { events[$0] },
      covariates: covariates.map { column in picked.map { column[$0] } },
      entries: entries.map { column in picked.map { column[$0] } },
      strata: strata.map { column in picked.map { column[$0] } },
      weights: keepsWeights ? weights.map { column in picked.map { column[$0] } } : nil)
  }
}
