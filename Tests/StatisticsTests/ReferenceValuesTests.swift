import Statistics
import TestSupport
import Testing

/// Compares with files made by R 4.2.2 and survival 3.8-6; see `docs/methods.md` for the calls.
@Suite("Reference values from R", .enabled(if: ReferenceFiles.areAvailable))
struct ReferenceValuesTests {
  @Test("agree with every curve", arguments: ReferenceCurve.all)
  func curves(_ reference: ReferenceCurve) throws {
    for file in reference.curveFiles {
      try ReferenceComparison.of(file.path) { largest, expected in
        try compareCurves(reference, file, expected, &largest)
      }
    }
  }

  @Test("agree with every quantile and its limits", arguments: ReferenceCurve.all)
  func quantiles(_ reference: ReferenceCurve) throws {
    for path in reference.quantileFiles {
      try ReferenceComparison.of(path) { largest, expected in
        for stratum in expected.distinct("stratum") {
          let curve = KaplanMeier(try reference.counts(stratum: stratum))
          let rows = expected.filter("stratum", stratum)
          for (row, type) in try rows.intervalTypes().enumerated() {
            let probability = rows.doubles("p")[row]
            let quantile = try curve.quantile(probability, limitsOf: type)
            largest.note(quantile.time ?? .nan, rows.doubles("quantile")[row])
            largest.note(quantile.lower ?? .nan, rows.doubles("lower")[row])
            largest.note(quantile.upper ?? .nan, rows.doubles("upper")[row])
          }
        }
      }
    }
  }

  @Test("agree with every restricted mean", arguments: ReferenceCurve.all)
  func restrictedMeans(_ reference: ReferenceCurve) throws {
    for path in reference.restrictedMeanFiles {
      try ReferenceComparison.of(path) { largest, expected in
        for row in expected.rows.indices {
          let stratum = expected.strings("stratum")[row]
          let counts = try reference.counts(stratum: stratum)
          let mean = try #require(
            try KaplanMeier(counts).restrictedMean(to: expected.doubles("tau")[row]))
          largest.note(mean.mean, expected.doubles("rmst")[row])
          largest.note(mean.standardError, expected.doubles("se")[row])
          largest.note(Double(counts.totalEvents), expected.doubles("events")[row])
          if !reference.isReplicated {
            largest.note(Double(counts.subjects), expected.doubles("records")[row])
          }
        }
      }
    }
  }

  @Test("agree with every reading at given times", arguments: ReferenceCurve.all)
  func readings(_ reference: ReferenceCurve) throws {
    for path in reference.readingFiles {
      try ReferenceComparison.of(path) { largest, expected in
        for (row, type) in try expected.intervalTypes().enumerated() {
          let counts = try reference.counts(stratum: expected.strings("stratum")[row])
          let reading = try KaplanMeier(counts)
            .at([expected.doubles("time")[row]], limitsOf: type)[0]
          largest.note(Double(reading.atRisk), expected.doubles("n_risk")[row])
          largest.note(reading.survival ?? .nan, expected.doubles("surv")[row])
          largest.note(reading.standardError ?? .nan, expected.doubles("se_surv")[row])
          largest.note(reading.limits?.lower ?? .nan, expected.doubles("lower")[row])
          largest.note(reading.limits?.upper ?? .nan, expected.doubles("upper")[row])
        }
      }
    }
  }

  private func compareCurves(
    _ reference: ReferenceCurve, _ file: ReferenceCurve.CurveFile,
    _ expected: ReferenceTable, _ largest: inout ReferenceComparison
  ) throws {
    for stratum in expected.distinct("stratum") {
      let curve = KaplanMeier(try reference.counts(stratum: stratum))
      let rows = expected.filter("stratum", stratum)
      let times = rows.doubles("time")
      if !reference.hasSplitRows { largest.note(curve.times, times) }
      // R leaves out cuts inside one person's follow-up, so rows are found by time.
      let at = try times.map { time in try #require(curve.times.firstIndex(of: time)) }
      largest.note(at.map { Double(curve.atRisk[$0]) }, rows.doubles("n_risk"))
      largest.note(at.map { Double(curve.events[$0]) }, rows.doubles("n_event"))
      if !reference.hasSplitRows {
        largest.note(at.map { Double(curve.censored[$0]) }, rows.doubles("n_censor"))
      }
      largest.note(at.map { curve.survival[$0] }, rows.doubles("surv"))
      largest.note(at.map { curve.standardError[$0] }, rows.doubles("se_surv"))
      largest.note(at.map { curve.standardErrorOfLog[$0] }, rows.doubles("se_log_surv"))
      largest.note(at.map { curve.cumulativeHazard[$0] }, rows.doubles("cumhaz"))
      largest.note(
        at.map { curve.cumulativeHazardStandardError[$0] }, rows.doubles("se_cumhaz"))
      for type in IntervalType.allCases where rows.has("lower_\(type.columnName)") {
        let band = try curve.confidenceLimits(type: type, level: file.level)
        largest.note(at.map { band.lower[$0] }, rows.doubles("lower_\(type.columnName)"))
        largest.note(at.map { band.upper[$0] }, rows.doubles("upper_\(type.columnName)"))
      }
    }
  }
}

extension ReferenceTable {
  fileprivate func intervalTypes() throws -> [IntervalType] {
    try strings("conf_type").map { try #require(IntervalType(rawValue: $0)) }
  }
}
