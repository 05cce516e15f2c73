import Journey
import Statistics

/// `estimate rmst`: the mean time without the event within a horizon, and groups compared.
enum RestrictedMeanKind: EstimateKind {
  static let name = "rmst"
  static let summary = LocalizedText(
    en: "mean time without the event up to --at; groups compared",
    de: "mittlere Zeit ohne Ereignis bis --at; Gruppen verglichen")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let options = input.options
    let horizons = try options.horizons(of: name)
    var result = EstimateResult(
      title: .init(
        en: "Mean time without the event within a horizon",
        de: "Mittlere Zeit ohne Ereignis bis zum Horizont"), columns: columns)
    let rows = try input.followUpOfTheOnlyEvent()
    let variance = input.variance(hasRepeatedSubjects: try input.hasRepeatedSubjects())
    let curves = try EstimateGroups(input, keptBy: rows).all.map { group in
      (
        name: group.name,
        curve: SurvivalEstimate(
          rows.rows(group.rows), estimator: options.estimator, variance: variance)
      )
    }
    if curves.count > 1 {
      for (name, curve) in curves where curve.rowCount < fewestRows {
        result.warnings.append(.tooFewToCompare(curve.rowCount, name))
      }
    }
    let z = -StandardNormal.quantile((1 - options.level) / 2)
    for horizon in horizons {
      var means: [(name: String, mean: RestrictedMean, rows: Int)] = []
      for (name, curve) in curves {
        guard let mean = try curve.restrictedMean(to: horizon) else { continue }
        // Beyond the last follow-up there is no mean.
        guard !mean.isExtrapolated else {
          result.append(
            [.text(name), .text("mean"), .number(horizon), .number(Double(curve.rowCount))]
              + [.number(curve.counts.events.reduce(0, +))]
              + [EstimateResult.Value](repeating: .number(nil), count: 5))
          result.warnings.append(.beyond(horizon, name))
          continue
        }
        means.append((name, mean, curve.rowCount))
        if mean.standardError == 0 { result.warnings.append(.withoutVariance(horizon, name)) }
        let step = z * mean.standardError
        var cells: [EstimateResult.Value] = [
          .text(name), .text("mean"), .number(horizon), .number(Double(curve.rowCount)),
          .number(curve.counts.events.reduce(0, +)), .number(mean.mean),
          .number(mean.standardError),
        ]
        cells += EstimateResult.Value.limits(mean.mean - step, mean.mean + step)
        cells.append(.number(nil))
        result.append(cells)
      }
      guard let first = means.first else { continue }
      for other in means.dropFirst() {
        for contrast in [
          Contrast.difference(other.mean, first.mean), Contrast.ratio(other.mean, first.mean),
        ] {
          guard let contrast else { continue }
          // Of so few the normal distribution says nothing: the difference stands there without.
          let isEnough = min(first.rows, other.rows) >= fewestRows
          let limits = isEnough ? try contrast.limits(level: options.level) : nil
          let sign = contrast.scale == .difference ? "−" : "/"
          result.append([
            .text("\(other.name) \(sign) \(first.name)"), .text(contrast.scale.rawValue),
            .number(horizon), .number(nil), .number(nil), .number(contrast.estimate),
            .number(isEnough ? contrast.standardError : nil), .number(limits?.lower),
            .number(limits?.upper), .number(isEnough ? contrast.pValue : nil),
          ])
        }
      }
    }
    result.state(variance)
    let share = EstimateInput.text((options.level * 1e6).rounded() / 1e4)
    result.facts.append(
      (
        key: "level", value: EstimateInput.text(options.level),
        words: .init(
          en: "\(share)% limits, normal (of ratios on the log scale, with the SE of the log)",
          de:
            "\(share)-%-Grenzen, normal (von Verhältnissen logarithmisch, mit dem SE des Logarithmus)"
        )
      ))
    return result
  }

  /// The fewest rows of a group whose mean is compared with limits and a test.
  private static let fewestRows = 10

  private static let columns: [EstimateResult.Column] = [
    .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
    .init(machine: "quantity", .text),
    .init("tau", .time, en: "HORIZON", de: "HORIZONT"),
    .init(machine: "records", .count), .init(machine: "events", .count),
    .init("rmst", .number, en: "MEAN", de: "MITTEL"),
    .init("se", .number, en: "SE", de: "SE"),
    .init("lower", .number, en: "LOWER", de: "UNTEN"),
    .init("upper", .number, en: "UPPER", de: "OBEN"),
    .init("p_value", .probability, en: "P", de: "P"),
  ]
}

extension LocalizedText {
  /// A mean of which nothing says how sure it is.
  fileprivate static func withoutVariance(_ time: Double, _ group: String) -> LocalizedText {
    let time = EstimateInput.text(time)
    return .init(
      en: "\(group): nobody had the event up to \(time), or all at once; a standard error of 0 does"
        + " not mean that the figure is certain, and it is compared without limits.",
      de: "\(group): Bis \(time) hatte niemand das Ereignis, oder alle zugleich; ein Standardfehler"
        + " von 0 heißt nicht, dass der Wert sicher ist, und verglichen wird er ohne Grenzen.")
  }

  /// A group too small for limits and a test of its difference.
  fileprivate static func tooFewToCompare(_ rows: Int, _ group: String) -> LocalizedText {
    .init(
      en: "\(group): \(rows) rows are too few for limits and a test of the difference.",
      de: "\(group): \(rows) Zeilen sind zu wenige für Grenzen und einen Test des Unterschieds.")
  }
}

extension EstimateOptions {
  /// The horizons of `--at`, without which the kind cannot do.
  func horizons(of kind: String) throws -> [Double] {
    guard let at else {
      throw Failure(
        .init(en: "\(kind) needs a horizon: --at.", de: "\(kind) braucht einen Horizont: --at."),
        advice: .init(
          en: "For example --at 180,365.", de: "Zum Beispiel --at 180,365."), .usage)
    }
    return at.values
  }
}
