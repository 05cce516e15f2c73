import Statistics
import TestSupport
import Testing

/// Compares cohort tables of calendar data at three data cut-offs with R: at fixed horizons survival
/// free of every exit, the incidence of each, and the plain counts among those followed long enough.
@Suite("Cohort tables by R", .enabled(if: ReferenceFiles.areAvailable))
struct CohortTableReferenceTests {
  struct Table: Sendable, CustomTestStringConvertible {
    var grouping: String
    var cutOff: String

    var path: String { "dmlate/cohort_by_\(grouping)_as_of_\(cutOff).csv" }
    var testDescription: String { path }
  }

  static let tables: [Table] =
    ["1999_12_31", "2004_12_31", "2009_12_31"].flatMap { cutOff in
      ["all", "sex", "year"].map { Table(grouping: $0, cutOff: cutOff) }
    } + [Table(grouping: "cohort", cutOff: "2009_12_31")]

  @Test("agree at every horizon", arguments: tables)
  func agreement(_ table: Table) throws {
    let people = try ReferenceFiles.table("dmlate/derived_as_of_\(table.cutOff).csv")
    try ReferenceComparison.of(table.path) { comparison, expected in
      for group in expected.distinct("group") {
        let rows = expected.filter("group", group)
        let members = table.members(people, group)
        let durations = members.doubles("time")
        let causes = members.doubles("cause").map { Int($0) }
        let events = causes.map { $0 > 0 }
        let curve = KaplanMeier(
          try TimeCounts(durations: durations.span, events: events.span))
        let incidence = try AalenJohansen(
          try StateFollowUp(stops: durations, causes: causes, causeCount: 2))
        let horizons = rows.doubles("horizon_days")
        let readings = try curve.at(horizons)
        comparison.note(horizons.map { _ in Double(durations.count) }, rows.doubles("n_cohort"))
        comparison.note(readings.map { Double($0.atRisk) }, rows.doubles("n_at_risk"), group)
        comparison.note(
          readings.map { $0.survival ?? .nan }, rows.doubles("km_event_free"), "\(group) S")
        comparison.note(
          readings.map { $0.standardError ?? .nan }, rows.doubles("km_se"), "\(group) SE")
        comparison.note(
          readings.map { $0.limits?.lower ?? .nan }, rows.doubles("km_lower_loglog"), "\(group)")
        comparison.note(
          readings.map { $0.limits?.upper ?? .nan }, rows.doubles("km_upper_loglog"), "\(group)")
        for (state, name) in [(1, "insulin"), (2, "death")] {
          let shares = try incidence.at(horizons, state: state)
          comparison.note(
            shares.map { $0.probability ?? .nan }, rows.doubles("cif_\(name)"), "\(group) \(name)")
          comparison.note(
            shares.map { $0.standardError ?? .nan }, rows.doubles("cif_\(name)_se_ij"),
            "\(group) \(name) SE")
        }
      }
    }
  }
}

extension CohortTableReferenceTests.Table {
  fileprivate func members(_ people: ReferenceTable, _ group: String) -> ReferenceTable {
    switch grouping {
    case "all": people
    // The year is the first part of the cohort, 1995-Q1.
    case "year": people.keeping("cohort") { $0.hasPrefix("\(group)-") }
    default: people.filter(grouping, group)
    }
  }
}
