import Journey
import Statistics

/// `estimate transitions`: how often each transition was taken, and its hazard at the end.
enum TransitionsKind: EstimateKind {
  static let name = "transitions"
  static let summary = LocalizedText(
    en: "transitions: counts and cumulative hazards",
    de: "Übergänge: Anzahl und kumulierte Rate")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let states = try input.states()
    let variance = input.options.variance ?? .infinitesimalJackknife
    var result = EstimateResult(
      title: .init(en: "Transitions", de: "Übergänge"),
      columns: [
        .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
        .init("from", .text, en: "FROM", de: "VON"), .init("to", .text, en: "TO", de: "NACH"),
        .init("count", .count, en: "COUNT", de: "ANZAHL"),
        .init("cumhaz", .number, en: "HAZARD", de: "RATE"),
        .init(variance == .greenwood ? "se_aalen" : "se_ij", .number, en: "SE", de: "SE"),
      ])
    for group in try EstimateGroups(input).all {
      let rows = states.rows.rows(group.rows)
      let table = TransitionTable(rows)
      let hazards = try AalenJohansen(rows, variance: variance).cumulativeHazards()
      for hazard in hazards {
        let (from, to) = (hazard.transition.from, hazard.transition.to)
        result.append([
          .text(group.name), .text(states.names[from]), .text(states.names[to]),
          .number(Double(table.moves[from][to])), .number(hazard.cumulativeHazard.last),
          .number(hazard.standardError.last),
        ])
      }
      for state in states.names.indices where table.censored[state] > 0 {
        result.append([
          .text(group.name), .text(states.names[state]), .text("(censored)"),
          .number(Double(table.censored[state])), .number(nil), .number(nil),
        ])
      }
    }
    result.state(variance)
    return result
  }
}

/// `estimate time-in-state`: the mean time in each state within a horizon.
enum TimeInStateKind: EstimateKind {
  static let name = "time-in-state"
  static let summary = LocalizedText(
    en: "mean time in each state up to --at",
    de: "mittlere Zeit je Zustand bis zu einem Horizont (--at)")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let horizons = try input.options.horizons(of: name)
    // A table without states holds competing risks.
    let states =
      input.table.has(input.options.from ?? "from") ? try input.states() : try input.causes()
    let variance = input.options.variance ?? .infinitesimalJackknife
    var result = EstimateResult(
      title: .init(en: "Mean time in each state", de: "Mittlere Zeit je Zustand"),
      columns: [
        .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
        .init("state", .text, en: "STATE", de: "ZUSTAND"),
        .init("tau", .time, en: "HORIZON", de: "HORIZONT"),
        .init("mean_time_in_state", .number, en: "MEAN", de: "MITTEL"),
        .init(variance == .greenwood ? "se_greenwood" : "se_ij", .number, en: "SE", de: "SE"),
      ])
    for group in try EstimateGroups(input).all {
      let curve = try AalenJohansen(
        states.rows.rows(group.rows), from: input.options.since, variance: variance)
      for horizon in horizons {
        for mean in try curve.meanTimes(to: horizon) {
          result.append([
            .text(group.name), .text(states.names[mean.state]), .number(horizon),
            .number(mean.mean), .number(mean.standardError),
          ])
          if mean.state == 0, mean.isExtrapolated {
            result.warnings.append(.beyond(horizon, group.name))
          }
        }
      }
    }
    result.state(variance)
    return result
  }
}
