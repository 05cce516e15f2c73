import Journey
import Statistics

/// `estimate cox`: hazard ratios.
enum CoxKind: EstimateKind {
  static let name = "cox"
  static let summary = LocalizedText(
    en: "Cox regression: hazard ratios of --covariates, --strata, --cluster",
    de: "Cox-Regression: Hazard Ratios von --covariates, --strata, --cluster")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let (model, covariates) = try input.coxRegression()
    var result = EstimateResult(
      title: .init(en: "Hazard ratios (Cox)", de: "Hazard Ratios (Cox)"),
      columns: RegressionTable.columns)
    for (index, name) in covariates.names.enumerated() {
      let limits = try model.hazardRatioLimits(index, level: input.options.level)
      result.append([
        .text(name), .number(model.coefficients[index]), .number(model.standardErrors[index]),
        .number(model.hazardRatio(index)), .number(limits?.lower), .number(limits?.upper),
        .number(model.test(of: index).probability),
      ])
    }
    result.state("n", Double(model.rows), en: "Rows", de: "Zeilen")
    result.state("events", Double(model.events), en: "events", de: "Ereignisse")
    if input.leftOut > 0 {
      result.state(
        "rows_left_out", Double(input.leftOut), en: "rows left out", de: "Zeilen weggelassen")
    }
    covariates.state(in: &result)
    result.facts.append(
      (
        key: "ties", value: model.ties.rawValue,
        words: .init(en: "Ties: \(model.ties.rawValue)", de: "Bindungen: \(model.ties.rawValue)")
      ))
    result.facts.append(
      model.robustCovariance == nil
        ? (
          key: "variance", value: "model",
          words: .init(en: "Standard errors from the model", de: "Standardfehler aus dem Modell")
        )
        : (
          key: "variance", value: "robust",
          words: .init(
            en: "Robust standard errors (sandwich)", de: "Robuste Standardfehler (Sandwich)")
        ))
    result.state(limitsAt: input.options.level)
    // With clusters or sampling weights the likelihood is not that of the data.
    if model.robustCovariance == nil {
      result.state(
        "likelihood_ratio", model.likelihoodRatioTest, en: "Likelihood ratio",
        de: "Likelihood-Ratio")
      result.state("score", model.scoreTest, en: "Score test", de: "Score-Test")
    }
    result.state("wald", model.waldTest, en: "Wald test", de: "Wald-Test")
    result.state(
      "concordance", model.concordance().index, en: "Concordance", de: "Konkordanz", places: 3)
    result.state("log_likelihood_null", model.nullLogLikelihood)
    result.state("log_likelihood", model.logLikelihood)
    return result
  }
}

/// `estimate proportionality`: whether the coefficients of a Cox regression change with time.
enum ProportionalityKind: EstimateKind {
  static let name = "proportionality"
  static let summary = LocalizedText(
    en: "whether hazard ratios of a Cox regression change with time (--transform)",
    de: "ob sich Hazard Ratios einer Cox-Regression mit der Zeit ändern (--transform)")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let (model, covariates) = try input.coxRegression()
    let transform = input.options.regression.transform
    let test = try covariates.fitting(input) {
      try model.proportionality(
        transform: transform, terms: covariates.terms.map(\.covariates))
    }
    var result = EstimateResult(
      title: .init(en: "Are the hazards proportional?", de: "Sind die Hazards proportional?"),
      columns: [
        .init("term", .text, en: "COVARIATE", de: "VARIABLE"),
        .init("chisq", .number, en: "CHI-SQUARE", de: "CHI-QUADRAT"),
        .init("df", .count, en: "DF", de: "FG"),
        .init("p_value", .probability, en: "P", de: "P"),
      ])
    let names = covariates.terms.map(\.column) + ["GLOBAL"]
    for (name, one) in zip(names, test.terms + [test.global]) {
      result.append([
        .text(name), .number(one.statistic), .number(Double(one.degreesOfFreedom)),
        .number(one.probability),
      ])
    }
    result.facts.append(
      (
        key: "transform", value: transform.rawValue,
        words: .init(
          en: "Scale of time: \(transform.rawValue). A small P says that the ratio changes.",
          de: "Zeitskala: \(transform.rawValue). Ein kleines P sagt, dass das Ratio sich ändert.")
      ))
    return result
  }
}

/// `estimate baseline`: the curve of somebody with all covariates at 0 or their reference.
enum BaselineKind: EstimateKind {
  static let name = "baseline"
  static let summary = LocalizedText(
    en: "the curve of a Cox regression with all covariates at 0 or their reference",
    de: "die Kurve einer Cox-Regression mit allen Variablen auf 0 oder Vergleichsstufe")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let (model, covariates) = try input.coxRegression()
    var result = EstimateResult(
      title: .init(en: "Baseline (Cox)", de: "Grundkurve (Cox)"),
      columns: [
        .init("stratum", .text, en: "STRATUM", de: "SCHICHT"),
        .init("time", .time, en: "TIME", de: "ZEIT"),
        .init("cumulative_hazard", .number, en: "CUM. HAZARD", de: "KUM. HAZARD"),
        .init("standard_error", .number, en: "SE", de: "SF"),
        .init("survival", .number, en: "SURVIVAL", de: "ÜBERLEBEN"),
        .init("lower", .number, en: "FROM", de: "VON"),
        .init("upper", .number, en: "TO", de: "BIS"),
      ])
    let strata = try input.options.strata.map { try input.table.column($0).texts }
    for (number, name) in (strata ?? ["all"]).enumerated() {
      let curve = try covariates.fitting(input) {
        try model.curve(
          covariates: model.coefficients.map { _ in 0 }, stratum: strata == nil ? nil : number)
      }
      let band = try curve.confidenceLimits(
        type: input.options.interval, level: input.options.level)
      let survival = curve.survival
      for index in curve.times.indices {
        let limits = band?[index]
        result.append([
          .text(name), .number(curve.times[index]), .number(curve.cumulativeHazard[index]),
          .number(curve.standardError?[index]), .number(survival[index]), .number(limits?.lower),
          .number(limits?.upper),
        ])
      }
    }
    covariates.state(in: &result)
    result.state(input.options.interval, level: input.options.level)
    return result
  }
}

extension EstimateInput {
  /// A Cox regression of the rows on the covariates named.
  fileprivate func coxRegression() throws -> (CoxRegression, CovariateColumns) {
    let rows = try followUp()
    guard options.since == nil else { throw Failure.since }
    let covariates = try CovariateColumns(self)
    let strata = try numbers(options.strata)
    let data = try CoxRows(rows, covariates: covariates.values, strata: strata)
    let (ties, robust) = (options.regression.ties, options.regression.robust)
    let model = try covariates.fitting(self) {
      try CoxRegression(data, ties: ties, robust: robust ? true : nil)
    }
    return (model, covariates)
  }
}

extension Failure {
  /// `--since` would leave rows out that the columns of covariates still have.
  static var since: Failure {
    Failure(
      .init(
        en: "--since does not go with this estimate.",
        de: "--since geht nicht mit dieser Schätzung."),
      advice: .init(
        en: "Leave earlier rows out with --where, or in the file.",
        de: "Frühere Zeilen mit --where oder in der Datei weglassen."), .usage)
  }
}
