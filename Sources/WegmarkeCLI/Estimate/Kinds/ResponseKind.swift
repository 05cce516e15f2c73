import Journey
import Statistics

/// `estimate response`: a share weighted for who responded.
enum ResponseKind: EstimateKind {
  static let name = "response"
  static let summary = LocalizedText(
    en: "share weighted for response by profile (--covariates)",
    de: "Anteil, für Antwort nach Profil gewichtet (--covariates)")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let options = input.options
    let outcomes = try input.outcomes()
    let due = outcomes.indices.filter { outcomes[$0] != .notDue }
    let responded = due.map { outcomes[$0] != .unknown }
    let covariates = try CovariateColumns(input)
    let weights = try self.weights(input, covariates, due: due, responded: responded)
    let share = ResponseWeightedShare(outcomes: due.map { outcomes[$0] == .yes }, weights: weights)
    let limits = try share.limits(level: options.level)
    var result = EstimateResult(
      title: .init(
        en: "Share weighted for response", de: "Für Antwort gewichteter Anteil"),
      columns: [
        .init("n_due", .count, en: "DUE", de: "FÄLLIG"),
        .init("n_known", .count, en: "KNOWN", de: "BEKANNT"),
        .init("unweighted", .number, en: "PLAIN", de: "UNGEWICHTET"),
        .init("share", .number, en: "WEIGHTED", de: "GEWICHTET"),
        .init("se", .number, en: "SE", de: "SF"),
        .init("lower", .number, en: "LOWER", de: "UNTEN"),
        .init("upper", .number, en: "UPPER", de: "OBEN"),
        .init(machine: "se_known_weights"),
        .init("effective_size", .number, en: "EFFECTIVE N", de: "EFFEKTIVES N"),
      ])
    result.append(
      [
        Double(due.count), Double(weights.count), share.unweighted, share.estimate,
        share.standardError, limits?.lower, limits?.upper, share.standardErrorOfKnownWeights,
        share.effectiveSize,
      ].map { .number($0) })
    result.state(
      "largest_weight", weights.largest, en: "Largest weight", de: "Größtes Gewicht", places: 2)
    if options.unknown.trim != nil {
      result.state(
        "trimmed", Double(weights.trimmedCount), en: "weights cut off:",
        de: "gekappte Gewichte:")
    }
    result.facts.append(
      (
        key: "variance", value: "estimated weights",
        words: .init(
          en: "standard error with estimated weights",
          de: "Standardfehler mit geschätzten Gewichten")
      ))
    return result
  }

  private static func weights(
    _ input: EstimateInput, _ covariates: CovariateColumns, due: [Int], responded: [Bool]
  ) throws -> ResponseWeights {
    let options = input.options.unknown
    let trimming = options.trim.map { ResponseWeights.Trimming.above($0) } ?? .none
    do throws(StatisticsError) {
      guard options.cells else {
        return try ResponseWeights(
          responded: responded,
          covariates: covariates.values.map { column in due.map { column[$0] } },
          penalty: options.firth ? .firth : .none, trimming: trimming)
      }
      let profiles = Labels(
        due.map { row in covariates.values.map { "\($0[row])" }.joined(separator: ";") })
      return try ResponseWeights(
        responded: responded, cells: profiles.numbers, trimming: trimming)
    } catch {
      throw failure(error, covariates, input, due: due)
    }
  }

  private static func failure(
    _ error: StatisticsError, _ covariates: CovariateColumns, _ input: EstimateInput, due: [Int]
  ) -> Failure {
    switch error {
    case .coefficientsUnbounded(let numbers):
      let names = numbers.map { covariates.names[$0] }.joined(separator: ", ")
      return Failure(
        .init(
          en: "\(names): who responded and who did not is told apart perfectly; no weights exist.",
          de: "\(names): Trennt perfekt, wer antwortete und wer nicht; Gewichte gibt es nicht."),
        advice: .init(
          en: "--firth estimates nevertheless; or leave the covariate out, or merge its levels.",
          de: "--firth schätzt trotzdem; oder die Variable weglassen oder Stufen vereinen."), .data)
    case .cellWithoutResponse:
      return Failure(
        .init(
          en: "In one combination of the covariates nobody responded: nobody can stand for it.",
          de: "In einer Kombination der Variablen hat niemand geantwortet: Niemand steht für sie."),
        advice: .init(
          en: "Take fewer covariates or merge levels; without --cells a model fills the gap.",
          de:
            "Weniger Variablen nehmen oder Stufen vereinen; ohne --cells füllt ein Modell die Lücke."
        ), .data)
    case .outcomesDoNotVary:
      return Failure(
        .init(
          en: "\(input.table.path): Of the \(due.count) due everybody responded, or nobody did.",
          de: "\(input.table.path): Von \(due.count) Fälligen haben alle geantwortet oder niemand."),
        advice: .init(
          en: "There is nothing to weight; estimate outcomes.",
          de: "Es gibt nichts zu gewichten; estimate outcomes."), .data)
    case .weightNotUsable:
      return Failure(
        .init(
          en: "--trim takes a number of at least 1.", de: "--trim nimmt eine Zahl ab 1."), .usage)
    default:
      return input.failure(error, start: nil, stop: "")
    }
  }
}
