import Foundation
import TestSupport
import Testing

@Suite("The command estimate")
struct EstimateCommandTests {
  /// Six jobs, by region; one still runs.
  private static let jobs = """
    id,region,days,lost,weight
    1,north,10,1,1
    2,north,20,0,2
    3,north,20,1,1
    4,south,5,1,1
    5,south,30,1,1.5
    6,south,30,0,1

    """

  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.write(Self.jobs, to: "jobs.csv")
    return desk
  }

  @Test("needs no store, and writes curves in full precision")
  func survival() throws {
    let lines = try desk().expect(
      "estimate survival jobs.csv --stop days --event lost --by region -f csv"
    ).split(separator: "\n")
    #expect(lines[0].hasPrefix("stratum,time,n_risk,n_event,n_censor,surv,se_surv,se_log_surv,"))
    #expect(lines.count == 5)
    #expect(lines[1].hasPrefix("north,10,3,1,0,0.6666666666666666,0.2721655269759087,"))
    // One of two at risk at 20: S = 2/3 · 1/2, Greenwood's sum 1/6 + 1/2.
    #expect(lines[2].hasPrefix("north,20,2,1,1,0.3333333333333333,0.2721655269759087,"))
    #expect(lines[4].hasPrefix("south,30,2,1,1,0.3333333333333333,0.2721655269759087,"))
  }

  @Test("says for people what the standard errors and limits are", arguments: ["en", "de"])
  func page(_ language: String) throws {
    let page = try desk().expect(
      "estimate survival jobs.csv --stop days --event lost --weight weight --at 20 --lang \(language)"
    ).replacing("\n", with: " ")
    if language == "en" {
      #expect(page.contains("SHARE") && page.contains("95% limits (log-log)"))
      #expect(page.contains("infinitesimal jackknife"))
    } else {
      #expect(page.contains("ANTEIL") && page.contains("95-%-Grenzen (log-log)"))
      #expect(page.contains("infinitesimales Jackknife"))
    }
  }

  @Test("gives one JSON object, with null for what is not reached")
  func json() throws {
    let text = try desk().expect(
      "estimate quantiles jobs.csv --stop days --event lost --probability 0.5,0.9 -f json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["schema"] as? String == "wegmarke.estimate")
    #expect(object["level"] as? Double == 0.95)
    let rows = try #require(object["rows"] as? [[String: Any]])
    // S is flat at exactly 1/2 from 20 to 30: the mid-point.
    #expect(rows[0]["quantile"] as? Double == 25)
    #expect(rows[1]["quantile"] is NSNull)
  }

  @Test("names file, line and column of what is no number, and the nearest column")
  func places() throws {
    let desk = try Desk()
    try desk.write("id,days,lost\n1,5,1\n2,soon,0\n", to: "jobs.csv")
    let number = try desk.run("estimate survival jobs.csv --stop days --event lost")
    #expect(number.exitCode == 65)
    #expect(number.errors == "Error: jobs.csv:3:3: “soon” is no number.\n")
    let column = try desk.run("estimate survival jobs.csv --stop dyas --event lost --lang de")
    #expect(column.exitCode == 65)
    #expect(
      column.errors.hasPrefix(
        "Fehler: jobs.csv:1: Eine Spalte „dyas“ gibt es nicht. Meinten Sie „days“?"))
    try desk.write("start,stop,event\n0,4,1\n7,7,1\n", to: "late.csv")
    let empty = try desk.run("estimate survival late.csv --start start")
    #expect(empty.exitCode == 65 && empty.errors.contains("late.csv:3:3: The row ends at 7"))
    let mark = try desk.run("estimate survival jobs.csv --stop id --event days")
    #expect(mark.errors.contains("jobs.csv:2:3: “5” does not say whether the event happened"))
  }

  @Test("draws a curve into a file and says so, with the values at the times asked for")
  func charts() throws {
    let desk = try desk()
    let curve = "estimate survival jobs.csv --stop days --event lost --by region --at 10"
    let outcome = try desk.run("\(curve) --chart curve.svg --lang de")
    #expect(outcome.exitCode == 0 && outcome.errors == "Grafik: curve.svg\n")
    let svg = try desk.read("curve.svg")
    #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
    #expect(svg.contains(">north<") && svg.contains("10: 66,7\u{A0}%"))
    try desk.expect("\(curve) --chart again.svg --lang de")
    #expect(try desk.read("again.svg") == svg)
  }

  @Test("draws on the terminal above the table, in ASCII where the locale has no more")
  func terminalCharts() throws {
    let desk = try desk()
    let page = try desk.expect(
      "estimate survival jobs.csv --stop days --event lost --chart -", with: ["LC_ALL": "C"])
    #expect(page.hasPrefix("without the event\n100% +*"))
    #expect(page.contains("GROUP"))
  }

  @Test("draws causes and states as areas, and several groups as small multiples")
  func shares() throws {
    let desk = try desk()
    try desk.write(
      "id,region,days,cause\n1,a,10,job\n2,a,20,dropout\n3,b,30,none\n4,b,15,job\n", to: "exits.csv"
    )
    let command = "estimate incidence exits.csv --stop days --event cause --lang de --chart"
    try desk.expect("\(command) one.svg")
    let one = try desk.read("one.svg")
    #expect(one.contains("noch offen") && one.contains(">job 50,0\u{A0}%<"))
    try desk.expect("\(command) two.svg --by region")
    #expect(try desk.read("two.svg").contains("a, n\u{A0}=\u{A0}2"))
    try desk.write("p1,p2,p3\nsearch,job,job\nsearch,search,job\n", to: "months.csv")
    let range = "months.csv --first p1 --last p3"
    let lines = try desk.expect("estimate sequence-shapes \(range) --chart - --lang de")
    #expect(lines.contains("█  job") && lines.contains("░  search"))
    try desk.expect("estimate sequence-states \(range) --chart states.svg")
    #expect(try desk.read("states.svg").contains(">job 100.0%<"))
  }

  @Test(
    "refuses pictures that cannot be, before the work",
    arguments: [
      ("logrank jobs.csv --chart x.svg", 64, "There is no picture of logrank"),
      ("survival jobs.csv --stop days --event lost --chart nowhere/x.svg", 73, "nowhere"),
      ("survival jobs.csv --stop days --event lost -f csv --chart -", 64, "--chart curve.svg"),
    ])
  func impossibleCharts(command: String, code: Int32, words: String) throws {
    let outcome = try desk().run("estimate \(command)")
    #expect(outcome.exitCode == code && outcome.errors.contains(words), "\(outcome)")
    #expect(outcome.output.isEmpty)
  }

  @Test("knows its kinds, and what each needs")
  func usage() throws {
    let desk = try desk()
    let kind = try desk.run("estimate survivl jobs.csv")
    #expect(kind.exitCode == 64 && kind.errors.contains("Did you mean “survival”?"))
    let horizon = try desk.run("estimate rmst jobs.csv --stop days --event lost")
    #expect(horizon.exitCode == 64 && horizon.errors.contains("--at"))
    let groups = try desk.run("estimate logrank jobs.csv --stop days --event lost")
    #expect(groups.exitCode == 64 && groups.errors.contains("--by"))
    #expect(try desk.run("estimate survival nowhere.csv").exitCode == 66)
    let level = try desk.run("estimate survival jobs.csv --stop days --event lost --level 95")
    #expect(level.exitCode == 64 && level.errors.contains("--level 95"))
    #expect(try desk.run("estimate survival jobs.csv --where region").exitCode == 64)
  }

  @Test("compares those still there at a time, and refuses people who are there twice")
  func since() throws {
    let desk = try desk()
    let lines = try desk.run(
      "estimate logrank jobs.csv --stop days --event lost --by region --since 15 -f csv"
    ).lines
    #expect(lines.dropFirst().map { $0.split(separator: ",")[1] } == ["2", "2"])
    try desk.write("id,start,stop,event\n1,0,5,0\n1,3,9,1\n", to: "twice.csv")
    let twice = try desk.run("estimate survival twice.csv --start start --id id")
    #expect(twice.exitCode == 65)
    #expect(twice.errors.contains("twice.csv:2: 1: the row in line 3 begins before this one ends"))
    #expect(try desk.run("estimate survival twice.csv --start start --cluster id").exitCode == 0)
    let gray = try desk.run(
      "estimate gray jobs.csv --stop days --event lost --by region --since 15")
    #expect(gray.exitCode == 64)
  }

  @Test("refuses journeys with a hole, naming the person and the lines, and lists all of them")
  func faults() throws {
    let desk = try Desk()
    try desk.write(
      """
      id,start,stop,from,to
      A,0,4,out,job
      A,6,9,job,censor
      B,0,3,out,job
      B,3,5,out,censor

      """, to: "journeys.csv")
    let refused = try desk.run("estimate occupancy journeys.csv")
    #expect(refused.exitCode == 65)
    #expect(refused.errors.contains("journeys.csv:2: A: nothing is known until the row in line 3"))
    #expect(refused.errors.contains("(and 1 more)"))
    let checked = try desk.run("estimate check journeys.csv -f csv")
    #expect(checked.exitCode == 1)
    #expect(
      checked.lines == [
        "id,fault,place,next_place", "A,gap,journeys.csv:2,journeys.csv:3",
        "B,teleport,journeys.csv:4,journeys.csv:5",
      ])
  }

  @Test(
    "reads every kind",
    arguments: [
      "survival", "cumulative-hazard", "quantiles", "follow-up", "rmst --at 20",
      "logrank --by region",
      "share --by region", "mean-count --id id", "incidence", "gray --by region",
      "time-in-state --at 20",
    ])
  func kinds(_ kind: String) throws {
    let words = kind.split(separator: " ", maxSplits: 1)
    let rest = words.count > 1 ? " \(words[1])" : ""
    let desk = try desk()
    for format in ["table", "csv", "json"] {
      let outcome = try desk.run(
        "estimate \(words[0]) jobs.csv --stop days --event lost\(rest) -f \(format) --lang de")
      #expect(outcome.exitCode == 0 && outcome.lines.count > 1, "\(outcome)")
    }
  }

  @Test("gives the curves of R, through the program", .enabled(if: ReferenceFiles.areAvailable))
  func reference() throws {
    let folder = ReferenceFiles.folder.path
    func compare(_ command: String, _ file: String, _ columns: [String]) throws {
      let text = try desk().expect("estimate \(command) -f csv")
      let table = ReferenceTable(csv: Data(text.utf8))
      let expected = try ReferenceFiles.table(file)
      #expect(table.rows.count == expected.rows.count)
      for column in columns {
        for (value, reference) in zip(table.doubles(column), expected.doubles(column)) {
          // R writes infinity for a standard error that does not exist; the program NA.
          let reference = reference.isFinite ? reference : .nan
          #expect(relativeDifference(value, reference) < 1e-10, "\(file) \(column)")
        }
      }
    }
    try compare(
      "survival \(folder)/veteran/input.csv --by celltype", "veteran/km_by_celltype.csv",
      ["time", "n_risk", "n_event", "surv", "se_surv", "se_log_surv", "cumhaz", "se_cumhaz"]
        + ["plain", "log", "log_log", "logit", "arcsin"].flatMap { ["lower_\($0)", "upper_\($0)"] })
    try compare(
      "occupancy \(folder)/edge/s20_reversible_two_state/input.csv",
      "edge/s20_reversible_two_state/ms_prob.csv",
      ["time", "n_risk_in_state", "n_into_state", "prob", "se_ij", "lower_log", "upper_log"])
    try compare(
      "mean-count \(folder)/bladder/input.csv --start start --id id --by treatment",
      "bladder/mcf_by_treatment.csv",
      ["time", "n_risk", "n_event", "n_censor", "mean_cumulative_count", "se_robust"])
  }
}
