import Journey
import Statistics

/// `estimate mean-count`: the mean number of recurrent events, by time.
enum MeanCountKind: EstimateKind {
  static let name = "mean-count"
  static let summary = LocalizedText(
    en: "mean number of recurrent events per person (--id)",
    de: "mittlere Zahl wiederkehrender Ereignisse je Person (--id)")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let options = input.options
    var result = EstimateResult(
      title: .init(en: "Mean number of events", de: "Mittlere Zahl der Ereignisse"),
      columns: [
        .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
        .init("time", .time, en: "TIME", de: "ZEIT"),
        .init("n_risk", .count, en: "OBSERVED", de: "BEOBACHTET"),
        .init("n_event", .count, en: "EVENTS", de: "EREIGNISSE"),
        .init("n_censor", .count, en: "CENSORED", de: "ZENSIERT"),
        .init("mean_cumulative_count", .number, en: "MEAN", de: "MITTEL"),
        .init(
          options.variance == .greenwood ? "se_poisson" : "se_robust", .number, en: "SE", de: "SE"),
        .init("lower", .number, en: "LOWER", de: "UNTEN"),
        .init("upper", .number, en: "UPPER", de: "OBEN"),
      ])
    let rows = try input.followUp()
    let variance = options.variance ?? .infinitesimalJackknife
    if options.id == nil {
      result.warnings.append(
        .init(
          en: "Without --id every row is a person of its own; standard errors are too small.",
          de: "Ohne --id gilt jede Zeile als eigene Person; die Standardfehler sind zu klein."))
    }
    for group in try EstimateGroups(input, keptBy: rows).all {
      let count = MeanCumulativeCount(rows.rows(group.rows), variance: variance)
      for index in count.times.indices {
        let limits = try count.limits(at: index, level: options.level)
        result.append(
          [.text(group.name)]
            + [
              count.times[index], count.counts.atRisk[index], count.counts.events[index],
              count.counts.censored[index], count.mean[index], count.standardError[index],
              limits?.lower, limits?.upper,
            ].map { .number($0) })
      }
    }
    result.state(variance)
    result.state(.log, level: options.level)
    return result
  }
}
