import Statistics
import TestSupport
import Testing

@Suite("Tests of groups beside those of R", .enabled(if: ReferenceFiles.areAvailable))
struct LogRankReferenceTests {
  struct Source: Sendable, CustomTestStringConvertible {
    var folder: String
    var input = "input.csv"
    var time = "time"
    var event = "event"
    var keep: (column: String, value: String)?
    /// The group, the stratum and ρ of each test by its name.
    var tests: [String: (group: String, stratum: String?, rho: Double)]
    var testDescription: String { folder }
  }

  static let sources = [
    Source(
      folder: "unempdur", time: "spell",
      tests: [
        "logrank_ui": ("ui", nil, 0), "peto_ui": ("ui", nil, 1), "grho05_ui": ("ui", nil, 0.5),
        "logrank_agegrp": ("agegrp", nil, 0), "peto_agegrp": ("agegrp", nil, 1),
        "logrank_ui_stratified_agegrp": ("ui", "agegrp", 0),
      ]),
    Source(
      folder: "colon", input: "input_two_rows_per_id.csv", event: "status", keep: ("etype", "2"),
      tests: [
        "logrank_rx": ("rx", nil, 0), "peto_rx": ("rx", nil, 1),
        "logrank_rx_strat_sex": ("rx", "sex", 0), "peto_rx_strat_sex": ("rx", "sex", 1),
      ]),
    Source(
      folder: "veteran", event: "status",
      tests: [
        "logrank": ("celltype", nil, 0), "peto": ("celltype", nil, 1),
        "grho_half": ("celltype", nil, 0.5), "logrank_trt": ("trt", nil, 0),
        "peto_trt": ("trt", nil, 1), "logrank_trt_strat_celltype": ("trt", "celltype", 0),
      ]),
    Source(
      folder: "mvad", input: "derived_first_job.csv",
      tests: [
        "first_job_gcse_logrank": ("gcse5eq", nil, 0), "first_job_gcse_peto": ("gcse5eq", nil, 1),
      ]),
    Source(
      folder: "edge/s06_group_without_events",
      tests: ["logrank": ("group", nil, 0), "peto": ("group", nil, 1)]),
  ]

  @Test("are the same", arguments: sources)
  func same(_ source: Source) throws {
    try compare(source, "logrank.csv") { largest, row, test, _ in
      largest.note(test.outcome?.statistic, row.doubles("chisq")[0], "chi-square")
      largest.note(Double(test.outcome?.degreesOfFreedom ?? 0), row.doubles("df")[0], "df")
      largest.note(test.outcome?.probability, row.doubles("p_value")[0], "p")
    }
    try compare(source, "logrank_groups.csv") { largest, row, test, groups in
      let group = try #require(groups.firstIndex(of: row.strings("group")[0]))
      largest.note(Double(test.sizes[group]), row.doubles("n")[0], "n")
      largest.note(test.observed[group], row.doubles("weighted_observed")[0], "observed")
      largest.note(test.expected[group], row.doubles("weighted_expected")[0], "expected")
    }
    try compare(source, "logrank_cov.csv") { largest, row, test, groups in
      let first = try #require(groups.firstIndex(of: row.strings("group_i")[0]))
      let second = try #require(groups.firstIndex(of: row.strings("group_j")[0]))
      largest.note(test.covariance[first, second], row.doubles("cov")[0], "covariance")
    }
  }

  private func compare(
    _ source: Source, _ file: String,
    _ note: (inout ReferenceComparison, ReferenceTable, LogRank, [String]) throws -> Void
  ) throws {
    var table = try ReferenceFiles.table("\(source.folder)/\(source.input)")
    if let keep = source.keep { table = table.filter(keep.column, keep.value) }
    let rows = try FollowUp(
      stops: table.doubles(source.time), events: table.doubles(source.event).map { $0 == 1 })
    try ReferenceComparison.of("\(source.folder)/\(file)") { largest, expected in
      for name in expected.distinct("test") {
        let parts = try #require(source.tests[name], "\(name)")
        let groups = Labels(table.strings(parts.group))
        let test = try LogRank(
          rows, groups: groups.numbers, groupCount: groups.names.count,
          strata: parts.stratum.map { Labels(table.strings($0)).numbers }, rho: parts.rho)
        let chosen = expected.filter("test", name)
        for row in chosen.rows.indices {
          let one = chosen.keeping(chosen.rows.indices.map { $0 == row })
          try note(&largest, one, test, groups.names)
        }
      }
    }
  }

  @Test("with delayed entry are the score test of Cox without an effect")
  func delayedEntry() throws {
    let table = try ReferenceFiles.table("channing/input.csv")
    let sound = zip(table.doubles("entry_months"), table.doubles("exit_months")).map { $0 < $1 }
    let kept = table.keeping(sound)
    let sex = Labels(kept.strings("sex"))
    let test = try LogRank(
      try FollowUp(
        starts: kept.doubles("entry_months"), stops: kept.doubles("exit_months"),
        events: kept.doubles("event").map { $0 == 1 }), groups: sex.numbers, groupCount: 2,
      ties: .breslow)
    let fit = try ReferenceFiles.table("channing/cox_fit.csv").filter("model", "breslow")
    #expect(relativeDifference(test.outcome?.statistic ?? 0, fit.doubles("score_chisq")[0]) < 1e-10)
  }

  @Test(
    "of incidences are Gray's",
    arguments: ReferenceStates.all.filter {
      $0.prefix == "cif_by_sex" || $0.prefix == "cif_by_ui" || $0.stratum == "group"
    })
  func gray(_ reference: ReferenceStates) throws {
    let rows = try reference.rows("all")
    let table = try ReferenceFiles.table("\(reference.folder)/input.csv")
    let groups = Labels(table.strings(try #require(reference.stratum)))
    try ReferenceComparison.of("\(reference.folder)/gray_test.csv") { largest, expected in
      for row in expected.rows.indices {
        let cause = Int(expected.doubles("cause_code")[row])
        let test = try GrayTest(
          rows, cause: cause, groups: groups.numbers, groupCount: groups.names.count)
        largest.note(test.outcome?.statistic, expected.doubles("gray_chisq")[row], "cause \(cause)")
        largest.note(Double(test.outcome?.degreesOfFreedom ?? 0), expected.doubles("df")[row], "df")
        // R gives 1 minus the distribution function, which ends at 1e-16.
        largest.noteAbsolute(
          test.outcome?.probability ?? .nan, expected.doubles("p_value")[row], "p")
      }
    }
  }
}
