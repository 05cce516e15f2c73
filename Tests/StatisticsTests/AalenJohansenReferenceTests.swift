import Statistics
import TestSupport
import Testing

/// Competing risks and states against survfit, etm and cmprsk in R.
@Suite("State probabilities beside those of R", .enabled(if: ReferenceFiles.areAvailable))
struct AalenJohansenReferenceTests {
  @Test("are the same", arguments: ReferenceStates.all.filter(\.probability))
  func probabilities(_ reference: ReferenceStates) throws {
    let names = try reference.states()
    try ReferenceComparison.of("\(reference.folder)/\(reference.prefix)_prob.csv") {
      largest, expected in
      for stratum in expected.distinct("stratum") {
        let curve = try AalenJohansen(try reference.rows(stratum))
        for name in expected.distinct("state") {
          let state = try #require(names.firstIndex(of: name))
          let rows = expected.filter("stratum", stratum).filter("state", name)
          largest.note(curve.times, rows.doubles("time"), "time")
          largest.note(curve.counts.atRisk[state], rows.doubles("n_risk_in_state"), "n_risk")
          largest.note(curve.counts.arrivals(in: state), rows.doubles("n_into_state"), "into")
          largest.note(
            curve.counts.censored[state], rows.doubles("n_censor_from_state"), "censored")
          largest.note(curve.probability[state], rows.doubles("prob"), "\(name) prob")
          largest.note(curve.standardError[state], rows.doubles("se_ij"), "\(name) se")
          for type in IntervalType.allCases where rows.has("lower_\(type.columnName)") {
            let band = try curve.confidenceLimits(state: state, type: type)
            largest.note(band.lower, rows.doubles("lower_\(type.columnName)"), "lower \(type)")
            largest.note(band.upper, rows.doubles("upper_\(type.columnName)"), "upper \(type)")
          }
        }
      }
    }
  }

  @Test("are the same at given times", arguments: ReferenceStates.all.filter { $0.readings != nil })
  func readings(_ reference: ReferenceStates) throws {
    let names = try reference.states()
    let file = try #require(reference.readings)
    try ReferenceComparison.of("\(reference.folder)/\(file)") { largest, expected in
      for stratum in expected.distinct("stratum") {
        let curve = try AalenJohansen(try reference.rows(stratum))
        for name in expected.distinct("state") {
          let state = try #require(names.firstIndex(of: name))
          let rows = expected.filter("stratum", stratum).filter("state", name)
          for type in IntervalType.allCases where rows.has("lower_\(type.columnName)") {
            let readings = try curve.at(rows.doubles("time"), state: state, limitsOf: type)
            for (row, reading) in readings.enumerated() {
              let place = "\(stratum) \(name)[\(row)]"
              largest.note(reading.probability, rows.doubles("prob")[row], place)
              largest.note(reading.atRisk, rows.doubles("n_risk_in_state")[row], place)
              // With strata and a mixed start R counts the sampling of the start for some people
              // only; see the test of the binomial share below.
              if reference.folder == "dmlate" { continue }
              largest.note(reading.standardError, rows.doubles("se_ij")[row], place)
              largest.note(
                reading.limits?.lower, rows.doubles("lower_\(type.columnName)")[row], place)
              largest.note(
                reading.limits?.upper, rows.doubles("upper_\(type.columnName)")[row], place)
            }
          }
        }
      }
    }
  }

  @Test("have the same hazards and transitions", arguments: ReferenceStates.all.filter(\.hazards))
  func hazards(_ reference: ReferenceStates) throws {
    let names = try reference.states()
    let stem = "\(reference.folder)/\(reference.prefix)"
    func transition(_ label: String) -> StateCounts.Transition {
      let ends = label.split(separator: " -> ").map { name in
        names.firstIndex(of: String(name)) ?? -1
      }
      return .init(from: ends[0], to: ends[1])
    }
    try ReferenceComparison.of("\(stem)_cumhaz.csv") { largest, expected in
      for stratum in expected.distinct("stratum") {
        let curve = try AalenJohansen(try reference.rows(stratum))
        for label in expected.distinct("transition") {
          let rows = expected.filter("stratum", stratum).filter("transition", label)
          let hazard = try curve.cumulativeHazard(of: transition(label))
          largest.note(hazard.cumulativeHazard, rows.doubles("cumhaz"), "\(label) hazard")
          largest.note(hazard.standardError, rows.doubles("se_ij"), "\(label) se")
        }
      }
    }
    try ReferenceComparison.of("\(stem)_ntrans.csv") { largest, expected in
      for stratum in expected.distinct("stratum") {
        let counts = StateCounts(try reference.rows(stratum))
        for label in expected.distinct("transition") {
          let rows = expected.filter("stratum", stratum).filter("transition", label)
          let moves = zip(counts.times, counts.moves(along: transition(label))).filter { $0.1 > 0 }
          largest.note(moves.map(\.0), rows.doubles("time"), "time")
          largest.note(moves.map(\.1), rows.doubles("n_transition"), "moves")
        }
      }
    }
    try ReferenceComparison.of("\(stem)_transitions.csv") { largest, expected in
      let table = TransitionTable(try reference.rows("all"))
      for row in expected.rows {
        let from = try #require(names.firstIndex(of: row[0]))
        let count =
          row[1] == "(censored)"
          ? table.censored[from] : table.moves[from][names.firstIndex(of: row[1]) ?? -1]
        largest.note(Double(count), Double(row[2]) ?? .nan, row.joined(separator: " "))
      }
    }
  }

  @Test(
    "have the same mean times",
    arguments: ReferenceStates.all.filter { $0.probability })
  func meanTimes(_ reference: ReferenceStates) throws {
    let names = try reference.states()
    try ReferenceComparison.of("\(reference.folder)/\(reference.prefix)_sojourn.csv") {
      largest, expected in
      for stratum in expected.distinct("stratum") {
        let rows = expected.filter("stratum", stratum)
        let means = try reference.meanTimes(stratum, to: rows.doubles("tau"))
        for (row, name) in rows.strings("state").enumerated() {
          let mean = means[row][try #require(names.firstIndex(of: name))]
          let place = "\(stratum) \(name)[\(row)]"
          largest.note(mean.mean, rows.doubles("mean_time_in_state")[row], place)
          largest.note(mean.standardError, rows.doubles("se_ij")[row], "se \(place)")
        }
      }
    }
  }

  @Test("have the same mean times, by sex and in days")
  func meanDays() throws {
    let reference = try #require(ReferenceStates.all.first { $0.folder == "dmlate" })
    let names = try reference.states()
    try ReferenceComparison.of("dmlate/sojourn_by_sex_tau3650.csv") { largest, expected in
      for (row, fields) in expected.rows.enumerated() {
        let key = fields[0].dropFirst("sex=".count).split(separator: ", ").map { String($0) }
        let rows = try reference.rows(key[0])
        let state = try #require(names.firstIndex(of: key[1]))
        let mean = try reference.meanTimes(key[0], to: [3650])[0][state]
        largest.note(mean.mean, expected.doubles("mean_days_in_state_to_3650")[row], "\(key)")
        largest.note(Double(rows.count), expected.doubles("n")[row], "\(key) n")
        let moves = TransitionTable(rows).moves.reduce(0) { $0 + $1[state] }
        largest.note(Double(moves), expected.doubles("nevent")[row], "\(key) events")
      }
    }
  }

  @Test("have the binomial standard error before anybody is censored, where R's is smaller")
  func binomial() throws {
    let reference = try #require(ReferenceStates.all.first { $0.folder == "dmlate" })
    let expected = try ReferenceFiles.table("dmlate/occupancy_by_sex_at_times.csv")
    for sex in ["F", "M"] {
      let everybody = try reference.rows(sex)
      let subjects = everybody.subjects ?? []
      let lost = Set(
        (0..<everybody.count).filter { everybody.to[$0] < 0 && everybody.stops[$0] < 30 }
          .map { subjects[$0] })
      let rows = everybody.rows((0..<everybody.count).filter { !lost.contains(subjects[$0]) })
      let people = Double(Set(rows.subjects ?? []).count)
      let curve = try AalenJohansen(rows)
      for state in 0..<curve.states {
        let reading = try curve.at([30], state: state)[0]
        let share = try #require(reading.probability)
        let binomial = (share * (1 - share) / people).squareRoot()
        #expect(relativeDifference(reading.standardError ?? 0, binomial) < 1e-10)
      }
      let month = expected.filter("stratum", sex).filter("state", "no_drug")
      let all = try AalenJohansen(everybody)
      let ours = try #require(try all.at([30], state: 0)[0].standardError)
      #expect(month.doubles("se_ij")[0] < 0.9 * ours)
    }
  }

  @Test(
    "have the same Greenwood-type variance", arguments: ReferenceStates.all.filter { $0.etm != nil }
  )
  func greenwood(_ reference: ReferenceStates) throws {
    let file = try #require(reference.etm)
    let names = try reference.states()
    let curve = try AalenJohansen(try reference.rows("all"), variance: .greenwood)
    try ReferenceComparison.of("\(reference.folder)/\(file)") { largest, expected in
      for cause in expected.distinct("cause") {
        let state = try #require(names.firstIndex(of: cause))
        // etm lists the times at which something moves.
        let rows = expected.filter("cause", cause)
        let readings = try curve.at(rows.doubles("time"), state: state)
        for (row, reading) in readings.enumerated() {
          largest.note(reading.probability, rows.doubles("cif")[row], "\(cause)[\(row)]")
          let error = reading.standardError ?? .nan
          largest.note(error * error, rows.doubles("var_greenwood")[row], "\(cause) var[\(row)]")
        }
      }
    }
  }

  @Test("have the same Greenwood-type variance from one state on")
  func transitionProbabilities() throws {
    let reference = try #require(ReferenceStates.all.first { $0.folder == "colon" })
    let names = try reference.states()
    let observed = try reference.rows("all")
    try ReferenceComparison.of("colon/illness_death_etm_from0.csv") { largest, expected in
      for pair in expected.distinct("from_to") {
        let ends = try pair.split(separator: " ").map { name in
          try #require(names.firstIndex(of: String(name)))
        }
        let curve = try AalenJohansen(
          observed, initial: .state(ends[0]), variance: .greenwood)
        let rows = expected.filter("from_to", pair)
        for (row, reading) in try curve.at(rows.doubles("time"), state: ends[1]).enumerated() {
          largest.note(reading.probability, rows.doubles("prob")[row], "\(pair)[\(row)]")
          let error = reading.standardError ?? .nan
          largest.note(error * error, rows.doubles("var_greenwood")[row], "\(pair) var[\(row)]")
        }
      }
    }
  }

  @Test(
    "have the same Aalen-type variance",
    arguments: ReferenceStates.all.filter {
      $0.prefix == "cif_by_sex" || $0.prefix == "cif_by_ui" || $0.prefix == "cif"
    })
  func aalen(_ reference: ReferenceStates) throws {
    try ReferenceComparison.of("\(reference.folder)/cif_cmprsk_at_times.csv") {
      largest, expected in
      for stratum in expected.distinct("stratum") {
        let curve = try AalenJohansen(try reference.rows(stratum))
        for cause in expected.filter("stratum", stratum).distinct("cause_code") {
          let state = try #require(Int(cause))
          let variance = try #require(try curve.aalenTypeVariance(of: state))
          let rows = expected.filter("stratum", stratum).filter("cause_code", cause)
          for (row, time) in rows.doubles("time").enumerated() {
            // timepoints() gives nothing after the last time of the group.
            guard let index = curve.times.lastIndex(where: { $0 <= time }) else { continue }
            let isAfter = rows.doubles("cif")[row].isNaN
            largest.note(
              isAfter ? nil : curve.probability[state][index], rows.doubles("cif")[row],
              "\(stratum) \(cause)[\(row)]")
            largest.note(
              isAfter ? nil : variance[index], rows.doubles("var_cmprsk")[row],
              "\(stratum) \(cause) var[\(row)]")
          }
        }
      }
    }
  }
}
