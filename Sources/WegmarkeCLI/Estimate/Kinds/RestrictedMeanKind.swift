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
    let rows = try input.followUp()
    let variance = input.variance(hasRepeatedSubjects: try input.hasRepeatedSubjects())
    let curves = try EstimateGroups(input, keptBy: rows).all.map { group in
      (
        name: group.name,
        curve: SurvivalEstimate(
          rows.rows(group.rows), estimator: options.estimator, variance: variance)
      )
    }
    let z = -StandardNormal.quantile((1 - options.level) / 2)
    for horizon in horizons {
      var means: [(name: String, mean: RestrictedMean)] = []
      for (name, curve) in curves {
        guard let mean = try curve.restrictedMean(to: horizon) else { continue }
        means.append((name, mean))
        let step = z * mean.standardError
        result.append([
          .text(name), .text("mean"), .number(horizon), .number(Double(curve.rowCount)),
          .number(curve.counts.events.reduce(0, +)), .number(mean.mean),
          .number(mean.standardError), .number(mean.mean - step), .number(mean.mean + step),
          .number(nil),
        ])
        if mean.isExtrapolated { result.warnings.append(.beyond(horizon, name)) }
      }
      guard let first = means.first else { continue }
      for other in means.dropFirst() {
        for contrast in [
          Contrast.difference(other.mean, first.mean), Contrast.ratio(other.mean, first.mean),
        ] {
          guard let contrast else { continue }
          let limits = try contrast.limits(level: options.level)
          let sign = contrast.scale == .difference ? "−" : "/"
          result.append([
            .text("\(other.name) \(sign) \(first.name)"), .text(contrast.scale.rawValue),
            .number(horizon), .number(nil), .number(nil), .number(contrast.estimate),
            .number(contrast.standardError), .number(limits?.lower), .number(limits?.upper),
            .number(contrast.pValue),
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
