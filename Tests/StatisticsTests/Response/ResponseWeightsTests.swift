import Statistics
import TestSupport
import Testing

@Suite("Weights for response")
struct ResponseWeightsTests {
  private func weights() throws -> ResponseWeights {
    try ResponseWeights(
      responded: Responders.responded, covariates: [Responders.age, Responders.isFemale])
  }

  /// w = mean(r) / fitted(glm(r ~ age + fem, family = binomial)); weighted.mean(y[s], w[s]); the
  /// standard error of the estimating equations of model and share with numeric derivatives; SE(svymean(~y,
  /// svydesign(~1, weights = w[s]))) of the survey package times sqrt((n - 1) / n).
  @Test("give the share and the standard errors of R")
  func reference() throws {
    let weights = try weights()
    let share = ResponseWeightedShare(outcomes: Responders.isEmployed, weights: weights)
    #expect(relativeDifference(share.estimate ?? 0, 0.6218304712172158) < 1e-10)
    #expect(
      relativeDifference(share.standardErrorOfKnownWeights ?? 0, 0.15170266479723735) < 1e-10)
    #expect(relativeDifference(share.standardError ?? 0, 0.14133177054029483) < 1e-10)
    #expect(relativeDifference(share.effectiveSize, 10.986129284138263) < 1e-10)
    #expect(share.unweighted == 8.0 / 12)
  }

  @Test("change nothing where response does not depend on the profile")
  func nothing() throws {
    let cells = [0, 0, 0, 0, 1, 1, 1, 1]
    let responded = [true, true, false, false, true, true, false, false]
    let outcomes = [true, false, false, false, true, true, true, true]
    let weights = try ResponseWeights(responded: responded, cells: cells)
    #expect(weights.weights == responded.map { $0 ? 1 : 0 })
    #expect(weights.effectiveSize == 4 && weights.largest == 1 && weights.trimmedCount == 0)
    let share = ResponseWeightedShare(outcomes: outcomes, weights: weights)
    #expect(share.estimate == 0.75 && share.unweighted == 0.75)
  }

  @Test("by cells give each cell its size, worked out by hand")
  func cells() throws {
    // Cell 0: 6 people, 2 responded, 1 yes. Cell 1: 4 people, 4 responded, 3 yes.
    let cells = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
    let responded = [true, true, false, false, false, false, true, true, true, true]
    let outcomes = [true, false, false, false, false, false, true, true, true, false]
    let weights = try ResponseWeights(responded: responded, cells: cells)
    let share = ResponseWeightedShare(outcomes: outcomes, weights: weights)
    #expect(relativeDifference(share.estimate ?? 0, 0.6 * 0.5 + 0.4 * 0.75) < 1e-14)
    // With the sizes of the cells estimated too, a post-stratified share has the variance
    // Σ (N_c/N)² s_c²/n_c within cells, and of the cells' shares about the whole over N.
    let within = 0.36 * 0.25 / 2 + 0.16 * 0.1875 / 4
    let between = (0.6 * 0.01 + 0.4 * 0.0225) / 10
    #expect(relativeDifference(share.standardError ?? 0, (within + between).squareRoot()) < 1e-12)
    let limits = try #require(try share.limits())
    #expect(limits.lower < 0.6 && 0.6 < limits.upper)
  }

  @Test("are refused where nobody responded who could stand for a cell")
  func refusals() throws {
    #expect(throws: StatisticsError.cellWithoutResponse(cell: 1)) {
      try ResponseWeights(responded: [true, false, false], cells: [0, 0, 1])
    }
    #expect(throws: StatisticsError.coefficientsUnbounded(covariates: [0])) {
      try ResponseWeights(
        responded: Responders.age.map { $0 > 30 }, covariates: [Responders.age])
    }
    #expect(throws: StatisticsError.probabilityOutsideUnitInterval(1.5)) {
      try ResponseWeights(responded: [true, false], cells: [0, 0], trimming: .quantile(1.5))
    }
  }

  @Test("are cut off where asked for, and say how many")
  func trimming() throws {
    let plain = try weights()
    let cut = try ResponseWeights(
      responded: Responders.responded, covariates: [Responders.age, Responders.isFemale],
      trimming: .above(1.2))
    let cap = try #require(cut.cap)
    let mean = plain.weights.reduce(0, +) / Double(plain.count)
    #expect(relativeDifference(cap, 1.2 * mean) < 1e-12)
    #expect(cut.trimmedCount == plain.weights.count { $0 > cap } && cut.trimmedCount > 0)
    #expect(cut.weights.max() == cap && cut.effectiveSize > plain.effectiveSize)
    let quantile = try ResponseWeights(
      responded: Responders.responded, covariates: [Responders.age, Responders.isFemale],
      trimming: .quantile(0.75))
    // Of 12 weights the 9th smallest stays, three are cut.
    #expect(quantile.trimmedCount == 3)
  }

  @Test("of a share that nobody, or everybody, has leave limits that are no point")
  func ends() throws {
    let weights = try weights()
    let none = ResponseWeightedShare(outcomes: Responders.age.map { _ in false }, weights: weights)
    #expect(none.estimate == 0 && none.standardError == 0)
    #expect((try none.limits()?.upper ?? 0) > 0.2)
    let nobody = ResponseWeightedShare(
      outcomes: [], weights: try ResponseWeights(responded: [], cells: []))
    #expect(try nobody.estimate == nil && nobody.limits() == nil)
  }
}
