import Journey
import Statistics

/// `estimate quantiles`: when a share of people has had the event.
enum QuantilesKind: EstimateKind {
  static let name = "quantiles"
  static let summary = LocalizedText(
    en: "time by which a share has had the event, with limits",
    de: "Zeit, bis zu der ein Anteil das Ereignis hatte, mit Grenzen")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let options = input.options
    var result = EstimateResult(
      title: .init(
        en: "Quantiles of the time to the event", de: "Quantile der Zeit bis zum Ereignis"),
      columns: [
        .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
        .init(machine: "conf_type", .text),
        .init("p", .number, en: "SHARE", de: "ANTEIL"),
        .init("quantile", .time, en: "TIME", de: "ZEIT"),
        .init("lower", .time, en: "LOWER", de: "UNTEN"),
        .init("upper", .time, en: "UPPER", de: "OBEN"),
      ])
    let rows = try input.followUpOfTheOnlyEvent()
    let variance = input.variance(hasRepeatedSubjects: try input.hasRepeatedSubjects())
    for group in try EstimateGroups(input, keptBy: rows).all {
      let curve = SurvivalEstimate(
        rows.rows(group.rows), estimator: options.estimator, variance: variance)
      for quantile in try curve.quantiles(
        options.probability.values, limitsOf: options.interval, level: options.level)
      {
        result.append([
          .text(group.name), .text(options.interval.rawValue), .number(quantile.probability),
          .number(quantile.time), .number(quantile.lower), .number(quantile.upper),
        ])
      }
    }
    result.state(variance)
    result.state(options.interval, level: options.level)
    return result
  }
}

/// `estimate follow-up`: how long people were followed.
enum FollowUpKind: EstimateKind {
  static let name = "follow-up"
  static let summary = LocalizedText(
    en: "how long people were followed (reverse Kaplan–Meier)",
    de: "wie lange beobachtet wurde (umgekehrter Kaplan-Meier)")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let options = input.options
    var result = EstimateResult(
      title: .init(en: "Length of follow-up", de: "Dauer der Beobachtung"),
      columns: [
        .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
        .init("records", .count, en: "ROWS", de: "ZEILEN"),
        .init("p", .number, en: "SHARE", de: "ANTEIL"),
        .init("quantile", .time, en: "FOLLOWED FOR", de: "BEOBACHTET"),
        .init("lower", .time, en: "LOWER", de: "UNTEN"),
        .init("upper", .time, en: "UPPER", de: "OBEN"),
      ])
    let rows = try input.followUp()
    for group in try EstimateGroups(input, keptBy: rows).all {
      let curve = SurvivalEstimate(rows.rows(group.rows).reversed)
      for quantile in try curve.quantiles(
        options.probability.values, limitsOf: options.interval, level: options.level)
      {
        result.append([
          .text(group.name), .number(Double(group.rows.count)), .number(quantile.probability),
          .number(quantile.time), .number(quantile.lower), .number(quantile.upper),
        ])
      }
    }
    result.state(options.interval, level: options.level)
    return result
  }
}
