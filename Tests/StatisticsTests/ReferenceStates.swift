import TestSupport
import Testing

@testable import Statistics

/// Data with several states or causes, and the files R made from them.
struct ReferenceStates: Sendable, CustomTestStringConvertible {
  /// How the columns of the input say who was where.
  enum Shape: Sendable {
    /// A time and a cause code, 0 for censored; the names of the causes from 1.
    case causes(time: String, names: [String])
    /// tstart, tstop, from, to; `censor` for no move.
    case moves
  }

  var folder: String
  var input: String
  var shape: Shape
  var stratum: String?
  var prefix: String
  var probability = true
  var readings: String?
  var hazards = true
  var etm: String?
  var testDescription: String { "\(folder)/\(prefix)" }

  var firstState: String { "(s0)" }

  /// The names of the states, in the order of their numbers.
  func states() throws -> [String] {
    switch shape {
    case .causes(_, let names): return [firstState] + names
    case .moves:
      let table = try ReferenceFiles.table("\(folder)/\(input)")
      return Labels(table.strings("from") + table.strings("to").filter { $0 != "censor" }).names
    }
  }

  func rows(_ name: String) throws -> StateFollowUp {
    var table = try ReferenceFiles.table("\(folder)/\(input)")
    if let stratum, name != "all" { table = table.filter(stratum, name) }
    let names = try states()
    switch shape {
    case .causes(let time, let causes):
      return try StateFollowUp(
        stops: table.doubles(time), causes: table.doubles("cause").map { Int($0) },
        causeCount: causes.count)
    case .moves:
      let number = { (name: String) in names.firstIndex(of: name) ?? StateFollowUp.stays }
      return try StateFollowUp(
        starts: table.doubles("tstart"), stops: table.doubles("tstop"),
        from: table.strings("from").map(number), to: table.strings("to").map(number),
        states: names.count, subjects: Labels(table.strings("id")).numbers)
    }
  }

  /// The mean times in the states as R's `summary(fit, rmean =)` in survival 3.8-6 takes them.
  ///
  /// Where people begin in different states R's area begins at the first time, not at the origin.
  /// Where the horizon is not a time of the curve R interpolates the standard error between the times
  /// around it, and after the last time it keeps that of the last. The module integrates from the
  /// origin to the horizon itself; a clock that begins just before the first time, and horizons at
  /// the times of the curve, give R's figures.
  func meanTimes(_ name: String, to horizons: [Double]) throws -> [[MeanTimeInState]] {
    let rows = try rows(name)
    let plain = try AalenJohansen(rows, variance: .greenwood)
    let isMixed = plain.initial.contains { $0 > 0 && $0 < 1 }
    let shift = isMixed ? (plain.times.first ?? 0) - 0x1p-40 : 0
    let curve = try AalenJohansen(
      try StateFollowUp(
        starts: rows.starts?.map { max($0 - shift, 0) }, stops: rows.stops.map { $0 - shift },
        from: rows.from, to: rows.to, states: rows.states, subjects: rows.subjects))
    return try horizons.map { horizon in
      let horizon = horizon - shift
      let before = curve.times.last { $0 <= horizon } ?? horizon
      let after = curve.times.first { $0 >= horizon } ?? before
      let means = try curve.meanTimes(to: horizon)
      let low = try curve.meanTimes(to: before)
      let high = try curve.meanTimes(to: after)
      let share = after > before ? (horizon - before) / (after - before) : 0
      return means.indices.map { state in
        MeanTimeInState(
          state: state, horizon: horizon, mean: means[state].mean,
          standardError: (1 - share) * low[state].standardError
            + share * high[state].standardError, isExtrapolated: false)
      }
    }
  }

  static let all: [ReferenceStates] =
    unempdur + mgus2 + [
      ReferenceStates(
        folder: "mvad", input: "derived_counting_process.csv", shape: .moves, prefix: "occupancy"),
      ReferenceStates(
        folder: "colon", input: "input_illness_death.csv", shape: .moves,
        prefix: "illness_death_all", hazards: false),
      ReferenceStates(
        folder: "colon", input: "input_illness_death.csv", shape: .moves, stratum: "rx",
        prefix: "illness_death", probability: false,
        readings: "illness_death_prob_by_rx_at_times.csv", hazards: false),
      ReferenceStates(
        folder: "dmlate", input: "derived_counting_process.csv", shape: .moves, stratum: "sex",
        prefix: "occupancy", probability: false, readings: "occupancy_by_sex_at_times.csv",
        hazards: false),
      ReferenceStates(
        folder: "edge/s20_reversible_two_state", input: "input.csv", shape: .moves, prefix: "ms"),
      edge("s17_one_cause_never_observed", causes: 3, etm: "cif_etm.csv"),
      edge("s18_two_causes_and_censor_tied", etm: "cif_etm.csv"),
      edge("s19_competing_with_groups_and_empty_cause_in_one_group", stratum: "group", etm: nil),
    ]

  private static let unempdur: [ReferenceStates] = [nil, "ui"].map { stratum in
    ReferenceStates(
      folder: "unempdur", input: "input.csv",
      shape: .causes(time: "spell", names: ["full_time", "part_time", "job_type_unknown"]),
      stratum: stratum, prefix: stratum == nil ? "cif_all" : "cif_by_ui",
      etm: stratum == nil ? "cif_etm_all.csv" : nil)
  }

  private static let mgus2: [ReferenceStates] =
    [nil, "sex"].map { stratum in
      ReferenceStates(
        folder: "mgus2", input: "input.csv",
        shape: .causes(time: "etime", names: ["pcm", "death"]), stratum: stratum,
        prefix: stratum == nil ? "cif_all" : "cif_by_sex",
        etm: stratum == nil ? "cif_etm_all.csv" : nil)
    } + [
      ReferenceStates(
        folder: "mgus2", input: "input_illness_death.csv", shape: .moves, prefix: "illness_death")
    ]

  private static func edge(
    _ name: String, causes: Int = 2, stratum: String? = nil, etm: String?
  ) -> ReferenceStates {
    ReferenceStates(
      folder: "edge/\(name)", input: "input.csv",
      shape: .causes(time: "time", names: (1...causes).map { "cause\($0)" }), stratum: stratum,
      prefix: "cif", etm: etm)
  }
}
