import Statistics
import TestSupport
import Testing

/// Cohorts at three data cuts: curve, incidences and counts among those due, at fixed horizons.
@Suite("Cohorts beside those of R", .enabled(if: ReferenceFiles.areAvailable))
struct CohortReferenceTests {
  static let files = [
    ("all", "1999_12_31"), ("all", "2004_12_31"), ("all", "2009_12_31"), ("sex", "1999_12_31"),
    ("sex", "2004_12_31"), ("sex", "2009_12_31"), ("year", "1999_12_31"), ("year", "2004_12_31"),
    ("year", "2009_12_31"), ("cohort", "2009_12_31"),
  ]
  @Test("are the same", arguments: files)
  func same(_ by: String, _ cut: String) throws {
    let table = try ReferenceFiles.table("dmlate/derived_as_of_\(cut).csv")
    let people = try ReferenceFiles.table("dmlate/input_persons_days.csv")
    let entries = Dictionary(
      uniqueKeysWithValues: zip(people.strings("id"), people.doubles("entry")))
    let times = table.doubles("time")
    let causes = table.doubles("cause").map { Int($0) }
    // The cut in days since 1970, by years of 365.25 days: the last day anybody was followed to.
    let ids = table.strings("id")
    let day = try #require(times.indices.map { times[$0] + (entries[ids[$0]] ?? 0) }.max())
    let names: [String] =
      switch by {
      case "all": times.map { _ in "all" }
      case "year": table.strings("cohort").map { String($0.prefix(4)) }
      default: table.strings(by)
      }
    let groups = Labels(names)
    try ReferenceComparison.of("dmlate/cohort_by_\(by)_as_of_\(cut).csv") { largest, expected in
      for group in expected.distinct("group") {
        let number = try #require(groups.names.firstIndex(of: group))
        let chosen = groups.rows[number]
        let rows = try StateFollowUp(
          stops: chosen.map { times[$0] }, causes: chosen.map { causes[$0] }, causeCount: 2)
        let curve = SurvivalEstimate(try rows.leaving(0))
        let risks = try AalenJohansen(rows)
        let due = expected.filter("group", group)
        for (row, horizon) in due.doubles("horizon_days").enumerated() {
          func note(_ value: Double?, _ column: String) {
            largest.note(value, due.doubles(column)[row], "\(group) \(horizon) \(column)")
          }
          let reading = try curve.at([horizon])[0]
          note(Double(chosen.count), "n_cohort")
          note(reading.atRisk, "n_at_risk")
          note(reading.survival, "km_event_free")
          note(reading.standardError, "km_se")
          note(reading.limits?.lower, "km_lower_loglog")
          note(reading.limits?.upper, "km_upper_loglog")
          for (cause, name) in [(1, "insulin"), (2, "death")] {
            let incidence = try risks.at([horizon], state: cause)[0]
            note(incidence.probability, "cif_\(name)")
            note(incidence.standardError, "cif_\(name)_se_ij")
          }
          let reached = chosen.filter { index in
            (entries[ids[index]] ?? .infinity) + horizon <= day
          }
          note(Double(reached.count), "n_horizon_reached_by_cutoff")
          for (cause, name) in [(1, "insulin"), (2, "death")] {
            let count = reached.count { causes[$0] == cause && times[$0] <= horizon }
            note(Double(count), "n_\(name)_by_horizon_among_those")
          }
        }
      }
    }
  }
}
