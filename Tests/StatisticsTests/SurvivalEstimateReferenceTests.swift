import Statistics
import TestSupport
import Testing

/// Weighted, clustered, delayed and recurrent rows, and the other estimators, against R's survfit.
@Suite("Weighted curves beside those of R", .enabled(if: ReferenceFiles.areAvailable))
struct SurvivalEstimateReferenceTests {
  struct Source: Sendable, CustomTestStringConvertible {
    var input: String
    var time = "time"
    var event = "event"
    var start: String?
    var weight: String?
    var subject: String?
    var cluster: String?
    var stratum: String?
    var conditionalFrom: Double?
    var keep: (column: String, value: String)?
    var hasAges = false
    var estimator = SurvivalEstimator.kaplanMeier
    var variance = CurveVariance.infinitesimalJackknife
    var curves: [String] = []
    var quantiles: [String] = []
    var means: [String] = []
    var readings: [String] = []
    var testDescription: String { (curves + readings).first ?? input }

    func estimate(_ name: String) throws -> SurvivalEstimate {
      SurvivalEstimate(try rows(name), estimator: estimator, variance: variance)
    }

    /// The rows of one stratum.
    ///
    /// Ages are given as years plus twelfths, added in floating point: equal months differ in the
    /// last place. R merges near times; here times are made months again.
    func rows(_ name: String) throws -> FollowUp {
      var table = try ReferenceFiles.table(input)
      if let keep { table = table.filter(keep.column, keep.value) }
      if let stratum { table = table.filter(stratum, name) }
      let rows = try FollowUp(
        starts: start.map { onClock(table.doubles($0)) }, stops: onClock(table.doubles(time)),
        events: table.doubles(event).map { $0 == 1 }, weights: weight.map { table.doubles($0) },
        subjects: subject.map { Labels(table.strings($0)).numbers },
        clusters: cluster.map { Labels(table.strings($0)).numbers })
      return try conditionalFrom.map { try rows.conditional(from: $0) } ?? rows
    }

    private func onClock(_ times: [Double]) -> [Double] {
      hasAges ? times.map { ($0 * 12).rounded() / 12 } : times
    }
  }

  static let sources: [Source] = [
    Source(
      input: "unempdur/input.csv", time: "spell", weight: "iptw", subject: "id", stratum: "ui",
      curves: ["unempdur/km_iptw_robust_by_ui.csv"],
      quantiles: ["unempdur/quantiles_iptw_by_ui.csv"],
      means: ["unempdur/rmst_iptw_by_ui.csv"]),
    Source(
      input: "mvad/derived_first_job.csv", weight: "weight", subject: "id", stratum: "gcse5eq",
      curves: ["mvad/first_job_km_weighted_by_gcse5eq.csv"]),
    Source(
      input: "colon/input_two_rows_per_id.csv", event: "status", cluster: "id", stratum: "rx",
      curves: ["colon/both_endpoints_clustered_km_by_rx.csv"]),
    Source(
      input: "colon/input_two_rows_per_id.csv", event: "status", keep: ("etype", "2"),
      estimator: .flemingHarrington, variance: .greenwood,
      curves: ["colon/death_fleming_harrington_stype2_ctype2.csv"]),
    Source(
      input: "mgus2/input_age_scale.csv", time: "exit", start: "entry", subject: "id",
      stratum: "sex", hasAges: true, variance: .greenwood, curves: ["mgus2/age_scale_km_by_sex.csv"]
    ),
    Source(
      input: "mgus2/input_age_scale.csv", time: "exit", start: "entry", subject: "id",
      stratum: "sex", conditionalFrom: 70, hasAges: true, variance: .greenwood,
      readings: ["mgus2/age_scale_km_from_age70_at_times.csv"]),
    Source(
      input: "edge/s12_zero_weight/input.csv", weight: "weight",
      curves: ["edge/s12_zero_weight/km.csv"], quantiles: ["edge/s12_zero_weight/quantiles.csv"],
      means: ["edge/s12_zero_weight/rmst.csv"]),
    Source(
      input: "edge/s13_case_weights_vs_replication/input.csv", weight: "weight",
      variance: .greenwood, curves: ["edge/s13_case_weights_vs_replication/km.csv"],
      quantiles: ["edge/s13_case_weights_vs_replication/quantiles.csv"],
      means: ["edge/s13_case_weights_vs_replication/rmst.csv"]),
    Source(
      input: "edge/s14_split_rows_same_as_unsplit/input.csv", start: "start",
      subject: "id", variance: .greenwood,
      curves: ["edge/s14_split_rows_same_as_unsplit/km.csv"]),
  ]

  @Test("are the same curves", arguments: sources)
  func curves(_ source: Source) throws {
    for path in source.curves {
      try ReferenceComparison.of(path) { largest, expected in
        for stratum in expected.distinct("stratum") {
          let curve = try source.estimate(stratum)
          // Where rows of one person adjoin, R keeps some cuts as rows in which nothing happens.
          let rows = expected.filter("stratum", stratum).withEnds
          largest.note(curve.times, rows.doubles("time"), "time")
          largest.note(curve.counts.atRisk, rows.doubles("n_risk"), "n_risk")
          largest.note(curve.counts.events, rows.doubles("n_event"), "n_event")
          largest.note(curve.counts.censored, rows.doubles("n_censor"), "n_censor")
          largest.note(curve.survival, rows.doubles("surv"), "surv")
          largest.note(curve.standardError, rows.doubles("se_surv"), "se_surv")
          largest.note(curve.standardErrorOfLog, rows.doubles("se_log_surv"), "se_log")
          largest.note(curve.cumulativeHazard, rows.doubles("cumhaz"), "cumhaz")
          largest.note(
            curve.cumulativeHazardStandardError, rows.doubles("se_cumhaz"), "se_cumhaz")
          for type in IntervalType.allCases where rows.has("lower_\(type.columnName)") {
            let band = try curve.confidenceLimits(type: type)
            largest.note(band.lower, rows.doubles("lower_\(type.columnName)"), "lower \(type)")
            largest.note(band.upper, rows.doubles("upper_\(type.columnName)"), "upper \(type)")
          }
        }
      }
    }
  }

  @Test("have the same quantiles", arguments: sources.filter { !$0.quantiles.isEmpty })
  func quantiles(_ source: Source) throws {
    for path in source.quantiles {
      try ReferenceComparison.of(path) { largest, expected in
        for row in expected.rows.indices {
          let curve = try source.estimate(expected.strings("stratum")[row])
          let type = try #require(IntervalType(rawValue: expected.strings("conf_type")[row]))
          let quantile = try curve.quantile(expected.doubles("p")[row], limitsOf: type)
          largest.note(quantile.time, expected.doubles("quantile")[row], "quantile[\(row)]")
          largest.note(quantile.lower, expected.doubles("lower")[row], "lower[\(row)]")
          largest.note(quantile.upper, expected.doubles("upper")[row], "upper[\(row)]")
        }
      }
    }
  }

  @Test("have the same restricted means", arguments: sources.filter { !$0.means.isEmpty })
  func means(_ source: Source) throws {
    for path in source.means {
      try ReferenceComparison.of(path) { largest, expected in
        for row in expected.rows.indices {
          // R's summary gives Greenwood's standard error even beside a robust curve.
          let curve = SurvivalEstimate(try source.rows(expected.strings("stratum")[row]))
          let mean = try #require(try curve.restrictedMean(to: expected.doubles("tau")[row]))
          largest.note(mean.mean, expected.doubles("rmst")[row], "rmst[\(row)]")
          largest.note(mean.standardError, expected.doubles("se")[row], "se[\(row)]")
          largest.note(
            curve.counts.events.reduce(0, +), expected.doubles("events")[row], "events[\(row)]")
          largest.note(
            Double(try source.rows(expected.strings("stratum")[row]).count),
            expected.doubles("records")[row], "records[\(row)]")
        }
      }
    }
  }

  @Test("are read the same at given times", arguments: sources.filter { !$0.readings.isEmpty })
  func readings(_ source: Source) throws {
    for path in source.readings {
      try ReferenceComparison.of(path) { largest, expected in
        for row in expected.rows.indices {
          let curve = try source.estimate(expected.strings("stratum")[row])
          let type = try #require(IntervalType(rawValue: expected.strings("conf_type")[row]))
          let reading = try curve.at([expected.doubles("time")[row]], limitsOf: type)[0]
          // Between two times of the curve R counts those at risk at the later one, who may have
          // entered after the time asked for.
          let next = try #require(curve.times.first { $0 >= reading.time })
          largest.note(
            curve.counts.atRisk(at: next), expected.doubles("n_risk")[row], "n_risk[\(row)]")
          largest.note(reading.survival, expected.doubles("surv")[row], "surv[\(row)]")
          largest.note(reading.standardError, expected.doubles("se_surv")[row], "se[\(row)]")
          largest.note(reading.limits?.lower, expected.doubles("lower")[row], "lower[\(row)]")
          largest.note(reading.limits?.upper, expected.doubles("upper")[row], "upper[\(row)]")
        }
      }
    }
  }

  @Test("count recurrent events the same, with robust and Poisson standard errors")
  func recurrent() throws {
    let robust = Source(
      input: "bladder/input.csv", time: "stop", start: "start", subject: "id", stratum: "treatment")
    try ReferenceComparison.of("bladder/mcf_by_treatment.csv") { largest, expected in
      for stratum in expected.distinct("stratum") {
        let count = MeanCumulativeCount(try robust.rows(stratum))
        let rows = expected.filter("stratum", stratum)
        largest.note(count.times, rows.doubles("time"), "time")
        largest.note(count.counts.atRisk, rows.doubles("n_risk"), "n_risk")
        largest.note(count.counts.events, rows.doubles("n_event"), "n_event")
        largest.note(count.counts.censored, rows.doubles("n_censor"), "n_censor")
        largest.note(count.mean, rows.doubles("mean_cumulative_count"), "mean")
        largest.note(count.standardError, rows.doubles("se_robust"), "se")
      }
    }
    try ReferenceComparison.of("bladder/mcf_naive_se_by_treatment.csv") { largest, expected in
      for stratum in expected.distinct("stratum") {
        let rows = expected.filter("stratum", stratum)
        let count = MeanCumulativeCount(try robust.rows(stratum), variance: .greenwood)
        let at = rows.doubles("time").compactMap { count.times.firstIndex(of: $0) }
        largest.note(at.map { count.mean[$0] }, rows.doubles("mean_cumulative_count"), "mean")
        largest.note(at.map { count.standardError[$0] }, rows.doubles("se_poisson"), "se")
      }
    }
  }
}

extension ReferenceTable {
  /// The rows at which somebody's follow-up ends.
  fileprivate var withEnds: ReferenceTable {
    let ends = zip(doubles("n_event"), doubles("n_censor")).map { $0 + $1 > 0 }
    return keeping(ends)
  }
}
