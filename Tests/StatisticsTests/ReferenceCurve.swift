import Statistics
import TestSupport
import Testing

/// One data set of the reference folder, with the files R made from it.
struct ReferenceCurve: Sendable, CustomTestStringConvertible {
  struct CurveFile: Sendable {
    var path: String
    var level = 0.95
  }

  var input: String
  var time = "time"
  var event = "event"
  var entry: String?
  var stratum: String?
  /// Rows kept: a column and the value it must have.
  var keep: (column: String, value: String)?
  /// Time from which the curve is conditional (`start.time`): earlier exits are left out.
  var start: Double?
  /// Integer weights repeat the row.
  var isReplicated = false
  /// One person's follow-up is cut into several rows.
  var hasSplitRows = false
  var curveFiles: [CurveFile] = []
  var quantileFiles: [String] = []
  var restrictedMeanFiles: [String] = []
  var readingFiles: [String] = []

  var testDescription: String { curveFiles.first?.path ?? input }

  /// Counts one stratum of the input, on the integer clock too where the data allow it.
  func counts(stratum value: String) throws -> TimeCounts {
    var table = try ReferenceFiles.table(input)
    if let keep { table = table.filter(keep.column, keep.value) }
    if let stratum { table = table.filter(stratum, value) }
    var exits = table.doubles(time)
    var events = table.doubles(event).map { $0 == 1 }
    if isReplicated {
      let times = table.doubles("weight").map { Int($0) }
      exits = zip(exits, times).flatMap { Array(repeating: $0, count: $1) }
      events = zip(events, times).flatMap { Array(repeating: $0, count: $1) }
    }
    guard let entry else {
      let counts = try TimeCounts(durations: exits.span, events: events.span)
      var counter = DurationCounter(strata: 1, horizon: 0)
      let days = exits.map { Int32($0) }
      let marks: [UInt8] = events.map { $0 ? 1 : 0 }
      try counter.add(durations: days.span, events: marks.span)
      precondition(counter.counts(stratum: 0) == counts, "the two ways of counting disagree")
      return counts
    }
    // The Channing data hold four rows that R's call leaves out: exit not after entry.
    let entries = table.doubles(entry)
    let kept = exits.indices.filter { exits[$0] > entries[$0] && exits[$0] >= start ?? 0 }
    let keptEntries = kept.map { entries[$0] }
    let keptExits = kept.map { exits[$0] }
    let keptEvents = kept.map { events[$0] }
    return try TimeCounts(
      entries: keptEntries.span, exits: keptExits.span, events: keptEvents.span)
  }

  static let all: [ReferenceCurve] = people + retention + edges

  private static let people: [ReferenceCurve] = [
    ReferenceCurve(
      input: "veteran/input.csv", event: "status",
      curveFiles: [
        CurveFile(path: "veteran/km_all.csv"),
        CurveFile(path: "veteran/km_all_conf90.csv", level: 0.9),
      ],
      readingFiles: ["veteran/at_times_all.csv"]),
    ReferenceCurve(
      input: "veteran/input.csv", event: "status", stratum: "celltype",
      curveFiles: [CurveFile(path: "veteran/km_by_celltype.csv")],
      quantileFiles: ["veteran/quantiles_by_celltype.csv"],
      restrictedMeanFiles: ["veteran/rmst_by_celltype.csv"]),
    ReferenceCurve(
      input: "unempdur/input.csv", time: "spell",
      curveFiles: [CurveFile(path: "unempdur/km_all.csv")],
      quantileFiles: ["unempdur/quantiles_all.csv"]),
    ReferenceCurve(
      input: "unempdur/input.csv", time: "spell", stratum: "ui",
      curveFiles: [CurveFile(path: "unempdur/km_by_ui.csv")],
      quantileFiles: ["unempdur/quantiles_by_ui.csv"],
      restrictedMeanFiles: ["unempdur/rmst_by_ui.csv"],
      readingFiles: ["unempdur/at_times_by_ui.csv"]),
    ReferenceCurve(
      input: "colon/input_two_rows_per_id.csv", event: "status", stratum: "rx",
      keep: ("etype", "2"),
      curveFiles: [CurveFile(path: "colon/death_km_by_rx.csv")],
      quantileFiles: ["colon/death_quantiles_by_rx.csv"],
      restrictedMeanFiles: ["colon/death_rmst_by_rx.csv"]),
    channing(curve: "km_left_truncated_by_sex.csv", start: nil, quantiles: []),
    channing(
      curve: "km_from_age_68_by_sex.csv", start: 68 * 12,
      quantiles: ["channing/quantiles_from_age_68_by_sex.csv"]),
    channing(
      curve: "km_from_age_80_by_sex.csv", start: 80 * 12,
      quantiles: ["channing/quantiles_from_age_80_by_sex.csv"]),
    ReferenceCurve(
      input: "mvad/derived_first_job.csv", stratum: "gcse5eq",
      curveFiles: [CurveFile(path: "mvad/first_job_km_by_gcse5eq.csv")],
      quantileFiles: ["mvad/first_job_quantiles_by_gcse5eq.csv"]),
  ]

  private static func channing(
    curve: String, start: Double?, quantiles: [String]
  ) -> ReferenceCurve {
    ReferenceCurve(
      input: "channing/input.csv", time: "exit_months", entry: "entry_months", stratum: "sex",
      start: start, curveFiles: [CurveFile(path: "channing/\(curve)")], quantileFiles: quantiles)
  }

  private static let retention: [ReferenceCurve] = ["A", "B", "C"].flatMap { rule in
    (0...3).map { gap in
      let stem = "mvad/retention_\(rule)_gap\(gap)"
      return ReferenceCurve(
        input: "\(stem)_spells.csv", time: "duration",
        curveFiles: [CurveFile(path: "\(stem)_km.csv")],
        restrictedMeanFiles: ["\(stem)_rmst24.csv"],
        readingFiles: ["\(stem)_at_times.csv"])
    }
  }

  private static let edges: [ReferenceCurve] = [
    edge("s01_all_censored"),
    edge("s02_all_events_at_time_0"),
    edge("s03_event_and_censor_same_time", readings: true),
    edge("s04_single_subject_event"),
    edge("s05_single_subject_censored"),
    edge("s06_group_without_events", stratum: "group"),
    edge("s07_last_observation_censored", readings: true),
    edge("s07b_last_observation_event_S0", readings: true),
    edge("s08_huge_ties"),
    edge("s09_delayed_entry_empty_risk_set_S0", hasEntry: true),
    edge("s10_delayed_entry_empty_risk_set_S_positive", hasEntry: true),
    edge("s11_entry_equals_event_time", hasEntry: true),
    edge("s13_case_weights_vs_replication", isReplicated: true),
    edge("s14_split_rows_same_as_unsplit", hasEntry: true, hasSplitRows: true),
    edge("s15_median_on_flat_step", restrictedMean: false),
    edge("s16_median_not_reached"),
    edge("s21_mixed_time0", readings: true),
  ]

  private static func edge(
    _ name: String, stratum: String? = nil, hasEntry: Bool = false, isReplicated: Bool = false,
    hasSplitRows: Bool = false, restrictedMean: Bool = true, readings: Bool = false
  ) -> ReferenceCurve {
    ReferenceCurve(
      input: "edge/\(name)/input.csv", entry: hasEntry ? "start" : nil, stratum: stratum,
      isReplicated: isReplicated, hasSplitRows: hasSplitRows,
      curveFiles: [CurveFile(path: "edge/\(name)/km.csv")],
      quantileFiles: ["edge/\(name)/quantiles.csv"],
      restrictedMeanFiles: restrictedMean && !hasEntry ? ["edge/\(name)/rmst.csv"] : [],
      readingFiles: readings ? ["edge/\(name)/at_times.csv"] : [])
  }
}
