import Glibc
import Statistics
import TestSupport
import Testing

@Suite("A Cox regression")
struct CoxRegressionTests {
  @Test("of three people is the one worked on paper", arguments: CoxRegression.Ties.allCases)
  func worked(_ ties: CoxRegression.Ties) throws {
    // Ends on days 1 and 2, censored on day 3; x = 1, 0, 1. With r = exp β the likelihood is
    // r/(2r + 1) · 1/(1 + r), largest at r = 1/√2. coxph(Surv(c(1,2,3), c(1,1,0)) ~ c(1,0,1))
    let model = try CoxRegression(
      try CoxRows(exits: [1, 2, 3], events: [true, true, false], covariates: [[1, 0, 1]]),
      ties: ties)
    let r = 0.5.squareRoot()
    expectClose(model.coefficients, [-0.5 * log(2)], tolerance: 1e-13)
    expectClose(
      [model.logLikelihood, model.nullLogLikelihood],
      [log(r / (2 * r + 1) / (1 + r)), -log(6)])
    let information = 2 * r / ((2 * r + 1) * (2 * r + 1)) + r / ((1 + r) * (1 + r))
    expectClose(model.standardErrors, [(1 / information).squareRoot()], tolerance: 1e-13)
    // At β = 0: score 1 − 2/3 − 1/2 = −1/6, information 2/9 + 1/4 = 17/36.
    expectClose([model.scoreTest.statistic], [1.0 / 36 / (17.0 / 36)], tolerance: 1e-13)
    #expect(model.rows == 3)
    #expect(model.events == 2)
    #expect(model.scoreTest.degreesOfFreedom == 1)
    // Day 1: the one who ends has the higher x and the lower predictor, against 0 and an equal.
    // Day 2: the one who ends has the higher predictor.
    let concordance = model.concordance()
    #expect(concordance == model.concordance())
    #expect(
      [concordance.concordant, concordance.discordant, concordance.tied] == [1, 1, 1])
    #expect(concordance.index == 0.5)
    if ties != .exact {
      // 1/(2r + 1) on day 1, 1/(1 + r) on day 2; times r for somebody with x = 1.
      let baseline = try model.curve(covariates: [0])
      #expect(baseline.times == [1, 2])
      let hazard = [1 / (2 * r + 1), 1 / (2 * r + 1) + 1 / (1 + r)]
      expectClose(baseline.cumulativeHazard, hazard, tolerance: 1e-13)
      expectClose(
        try model.curve(covariates: [1]).cumulativeHazard, hazard.map { $0 * r }, tolerance: 1e-13)
    }
  }

  @Test("with tied ends follows each rule as worked on paper")
  func tiesOnPaper() throws {
    // Two of three end on day 1, x = 1 and 0; the third, x = 1, is censored later. With r = exp β:
    // Breslow r/(2r+1)²; Efron r/((2r+1)(2r+1 − (r+1)/2)); exact r/(r² + 2r).
    func model(_ ties: CoxRegression.Ties) throws -> CoxRegression {
      try CoxRegression(
        try CoxRows(exits: [1, 1, 2], events: [true, true, false], covariates: [[1, 0, 1]]),
        ties: ties)
    }
    // (2r + 1)² / r is least where 2r = 1.
    let breslow = try model(.breslow)
    expectClose(breslow.coefficients, [log(0.5)], tolerance: 1e-13)
    expectClose([breslow.logLikelihood], [log(0.5 / 4)])
    // (2r + 1)(3r + 1)/2 = 3r² + 5r/2 + 1/2; divided by r least at 3r² = 1/2.
    let efron = try model(.efron)
    let r = (1.0 / 6).squareRoot()
    expectClose(efron.coefficients, [log(r)], tolerance: 1e-13)
    expectClose([efron.logLikelihood], [log(r / ((2 * r + 1) * (3 * r + 1) / 2))])
    expectClose(
      [efron.nullLogLikelihood, try model(.breslow).nullLogLikelihood], [-log(6), -log(9)])
    // r/(r² + 2r) = 1/(r + 2) rises for ever as r falls: the exact likelihood has no maximum.
    #expect(throws: StatisticsError.coefficientsUnbounded(covariates: [0])) { try model(.exact) }
  }

  @Test("refuses what the data do not hold")
  func refusals() throws {
    func fit(
      _ covariates: [[Double]], events: [Bool] = [true, true, true, false], strata: [Int]? = nil
    ) throws -> CoxRegression {
      try CoxRegression(
        try CoxRows(exits: [1, 2, 3, 4], events: events, covariates: covariates, strata: strata))
    }
    let x: [Double] = [1, 0, 1, 0]
    let none = [false, false, false, false]
    #expect(throws: StatisticsError.noEvents) { try fit([x], events: none) }
    #expect(throws: StatisticsError.covariateNotIdentified(covariate: 1)) {
      try fit([x, [5, 5, 5, 5]])
    }
    let sums: [Double] = x.map { 3 - 2 * $0 }
    #expect(throws: StatisticsError.covariateNotIdentified(covariate: 1)) { try fit([x, sums]) }
    // It varies between the strata only.
    #expect(throws: StatisticsError.covariateNotIdentified(covariate: 0)) {
      try fit([[1, 1, 0, 0]], strata: [1, 1, 2, 2])
    }
    // The higher the value, the earlier the end, without exception.
    #expect(throws: StatisticsError.coefficientsUnbounded(covariates: [0])) {
      try fit([[9, 7, 4, 1]])
    }
    #expect(throws: StatisticsError.covariateNotFinite(row: 2, covariate: 0)) {
      try fit([[9, 7, .nan, 1]])
    }
    #expect(throws: StatisticsError.entryNotBeforeExit(row: 1, entry: 2, exit: 2)) {
      try CoxRows(exits: [1, 2], events: [true, true], covariates: [], entries: [0, 2])
    }
    #expect(throws: StatisticsError.weightNotUsable(row: 0, weight: -1)) {
      try CoxRows(exits: [1], events: [true], covariates: [], weights: [-1])
    }
  }

  @Test("does not combine exact ties with weights, clusters or curves")
  func exactAlone() throws {
    let weighted = try CoxRows(
      exits: [1, 2, 3], events: [true, true, false], covariates: [[1, 0, 1]], weights: [1, 2, 1])
    #expect(throws: StatisticsError.notForExactTies) { try CoxRegression(weighted, ties: .exact) }
    let plain = try CoxRows(
      exits: [1, 2, 3], events: [true, true, false], covariates: [[1, 0, 1]])
    #expect(throws: StatisticsError.notForExactTies) {
      try CoxRegression(plain, ties: .exact, robust: true)
    }
    let model = try CoxRegression(plain, ties: .exact)
    #expect(throws: StatisticsError.notForExactTies) { try model.curve(covariates: [0]) }
    #expect(throws: StatisticsError.notForExactTies) { try model.proportionality() }
  }
}
