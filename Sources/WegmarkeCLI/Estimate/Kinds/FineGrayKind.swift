import Glibc
import Journey
import Statistics

/// `estimate fine-gray`: regression of the incidence of one cause among several.
enum FineGrayKind: EstimateKind {
  static let name = "fine-gray"
  static let summary = LocalizedText(
    en: "Fine–Gray regression: what shifts the incidence of one --cause among several",
    de: "Fine-Gray-Regression: was die Inzidenz einer --cause unter mehreren verschiebt")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let causes = try input.causes()
    guard input.options.since == nil else { throw Failure.since }
    let covariates = try CovariateColumns(input)
    let cause = try input.wantedCause(among: causes.names)
    let model = try covariates.fitting(input) {
      guard causes.rows.starts == nil, causes.rows.weights == nil else {
        throw StatisticsError.needsPlainRows
      }
      return try FineGray(
        durations: causes.rows.stops, causes: causes.rows.to.map { max($0, 0) }, cause: cause,
        covariates: covariates.values)
    }
    var result = EstimateResult(
      title: .init(
        en: "Subdistribution hazard ratios of “\(causes.names[cause])” (Fine–Gray)",
        de: "Subdistribution-Hazard-Ratios von „\(causes.names[cause])“ (Fine–Gray)"),
      columns: RegressionTable.columns)
    let z = -StandardNormal.quantile((1 - input.options.level) / 2)
    for (index, name) in covariates.names.enumerated() {
      let (coefficient, error) = (model.coefficients[index], model.standardErrors[index])
      result.append([
        .text(name), .number(coefficient), .number(error), .number(exp(coefficient)),
        .number(exp(coefficient - z * error)), .number(exp(coefficient + z * error)),
        .number(model.test(of: index).probability),
      ])
    }
    result.state("events", Double(model.counts.events), en: "Events", de: "Ereignisse")
    if input.leftOut > 0 {
      result.state(
        "rows_left_out", Double(input.leftOut), en: "rows left out", de: "Zeilen weggelassen")
    }
    result.state(
      "competing", Double(model.counts.competing), en: "other exits", de: "andere Austritte")
    result.state("censored", Double(model.counts.censored), en: "censored", de: "zensiert")
    covariates.state(in: &result)
    result.facts.append(
      (
        key: "variance", value: "fine-gray",
        words: .init(
          en: "Standard errors of Fine and Gray (robust)",
          de: "Standardfehler nach Fine und Gray (robust)")
      ))
    result.state(limitsAt: input.options.level)
    result.state("wald", model.waldTest, en: "Wald test", de: "Wald-Test")
    result.state("log_likelihood", model.logLikelihood)
    return result
  }
}

extension EstimateInput {
  /// The number of the cause that `--cause` names.
  func wantedCause(among names: [String]) throws -> Int {
    let causes = names.dropFirst().joined(separator: ", ")
    guard let cause = options.cause else {
      throw Failure(
        .init(en: "--cause is missing.", de: "Es fehlt --cause."),
        advice: .init(en: "Causes: \(causes).", de: "Ursachen: \(causes)."), .usage)
    }
    guard let number = names.firstIndex(of: cause), number > 0 else {
      throw Failure(
        .init(
          en: "\(table.path): There is no cause “\(cause)”.",
          de: "\(table.path): Eine Ursache „\(cause)“ gibt es nicht."),
        advice: .init(en: "Causes: \(causes).", de: "Ursachen: \(causes)."), .usage)
    }
    return number
  }
}
