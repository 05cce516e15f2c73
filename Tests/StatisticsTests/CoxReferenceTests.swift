import Statistics
import TestSupport
import Testing

/// Compares with `coxph` of survival 3.8-6; `docs/methods.md` has the calls.
@Suite("Cox regressions by R", .enabled(if: ReferenceFiles.areAvailable))
struct CoxReferenceTests {
  static let tolerance = 1e-7

  @Test("agree in coefficients, likelihoods and tests", arguments: CoxReference.all)
  func fit(_ reference: CoxReference) throws {
    let model = try reference.fit()
    try coefficients(of: model, reference)
    try fit(of: model, reference)
  }

  private func coefficients(of model: CoxRegression, _ reference: CoxReference) throws {
    let path = "\(reference.folder)/cox_coef.csv"
    try ReferenceComparison.of(path, tolerance: Self.tolerance) { agreement, table in
      let expected = table.filter("model", reference.model)
      agreement.note(model.coefficients, expected.doubles("coef"))
      agreement.note(
        model.modelCovariance.standardErrors, expected.doubles("se_model"))
      if let robust = model.robustCovariance {
        agreement.note(robust.standardErrors, expected.doubles("se_robust"))
      } else {
        #expect(expected.doubles("se_robust").allSatisfy { $0.isNaN })
      }
    }
  }

  private func fit(of model: CoxRegression, _ reference: CoxReference) throws {
    let path = "\(reference.folder)/cox_fit.csv"
    try ReferenceComparison.of(path, tolerance: Self.tolerance) { agreement, table in
      let expected = table.filter("model", reference.model)
      agreement.note(
        [
          Double(model.rows), Double(model.events), model.nullLogLikelihood, model.logLikelihood,
          model.likelihoodRatioTest.statistic, model.scoreTest.statistic,
          try #require(model.waldTest).statistic, Double(model.scoreTest.degreesOfFreedom),
        ],
        try [
          "n", "n_event", "loglik_null", "loglik", "lr_chisq", "score_chisq", "wald_chisq", "df",
        ].map { try #require(expected.doubles($0).first) })
      agreement.note(
        model.concordance().index, try #require(expected.doubles("concordance").first)
      )
    }
  }

  @Test(
    "agree in the tests of proportionality",
    arguments: CoxReference.all.filter {
      ["veteran/efron", "unempdur/efron", "colon/death_efron"].contains($0.testDescription)
    }, ProportionalityTest.Transform.allCases.filter { $0 != .log })
  func proportionality(
    _ reference: CoxReference, _ transform: ProportionalityTest.Transform
  ) throws {
    let model = try reference.fit()
    var terms: [[Int]] = []
    for term in reference.terms {
      let first = terms.last?.last.map { $0 + 1 } ?? 0
      terms.append(Array(first..<first + term.width))
    }
    let test = try model.proportionality(transform: transform, terms: terms)
    let path = "\(reference.folder)/cox_zph.csv"
    try ReferenceComparison.of(path, tolerance: Self.tolerance) { agreement, table in
      let expected = table.filter("transform", transform.rawValue)
      let tests = test.terms + [test.global]
      agreement.note(tests.map(\.statistic), expected.doubles("chisq"))
      agreement.note(tests.map { Double($0.degreesOfFreedom) }, expected.doubles("df"))
      // A relative difference of p is that of χ² times χ²/2.
      agreement.note(tests.map(\.probability), expected.doubles("p_value"))
    }
  }

  @Test("agree in the baseline hazard")
  func baseline() throws {
    let reference = CoxReference(folder: "veteran", model: "karno", terms: [.number("karno")])
    let curve = try reference.fit().curve(covariates: [0])
    let path = "veteran/cox_basehaz_karno_efron.csv"
    try ReferenceComparison.of(path, tolerance: Self.tolerance) { agreement, expected in
      for (time, hazard) in zip(
        expected.doubles("time"), expected.doubles("cumulative_baseline_hazard_karno0"))
      {
        let index = curve.times.lastIndex { $0 <= time }
        agreement.note(index.map { curve.cumulativeHazard[$0] } ?? 0, hazard)
      }
    }
  }

  @Test("are refused where R prints a coefficient of −31 with a warning")
  func separation() throws {
    let reference = CoxReference(
      folder: "edge/s06_group_without_events", model: "efron", event: "event",
      terms: [.levels("group", ["b"])])
    let rows = try reference.rows()
    for ties in CoxRegression.Ties.allCases {
      #expect(throws: StatisticsError.coefficientsUnbounded(covariates: [0])) {
        try CoxRegression(rows, ties: ties)
      }
    }
  }
}
