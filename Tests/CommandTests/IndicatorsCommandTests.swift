import ProjectionEngine
import TestSupport
import Testing

@Suite("The commands of indicators")
struct IndicatorsCommandTests {
  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.expect("simulate --participants 240 --seed 7 -o net")
    try desk.expect("init")
    try desk.expect("import net/participants.csv net/events.csv --mapping wir-simulated")
    return desk
  }

  @Test("write tables that their own check accepts, and find what was changed in them")
  func tables() throws {
    let desk = try desk()
    let shown = try desk.expect("indicators --period 2026-H1 --by network -o tables")
    #expect(shown.contains("Checks: 12 of 12 hold."))
    let table = try desk.read("tables/table-6.csv")
    #expect(
      table.hasPrefix("period,priority,specific-objective,category-of-region,network,indicator,"))
    #expect(table.contains("\n2026-H1,2,ESO4.9,,N01,EECO01,total number of participants,number,"))
    #expect(try desk.read("tables/table-10.csv").contains(",EECO02+04,"))
    let both = "tables/table-6.csv tables/table-10.csv"
    #expect(try desk.expect("indicators check \(both)").contains("12 of 12 hold."))
    let changed = table.replacing(
      "N01,EECO02+04,unemployed or inactive,number,",
      with: "N01,EECO02+04,unemployed or inactive,number,9")
    #expect(changed != table)
    try desk.write(changed, to: "changed.csv")
    let found = try desk.run("indicators check changed.csv tables/table-10.csv")
    #expect(found.exitCode == 1 && found.output.contains("SFC-144"), "\(found)")
    let last = try desk.run("indicators check tables/table-6.csv --last changed.csv")
    #expect(last.exitCode == 1 && last.output.contains("L-cumulative"), "\(last)")
    // Columns of groups may stand in any order, but must be the same.
    let rows = table.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let turned = rows.map { row in
      (Array(row[..<3]) + [row[4], row[3]] + row[5...]).joined(separator: ",")
    }
    try desk.write(turned.joined(separator: "\n") + "\n", to: "turned.csv")
    #expect(
      try desk.expect("indicators check \(both) --last turned.csv").contains("13 of 13"))
    try desk.expect("indicators --period 2026-H1 -o others")
    let other = try desk.run("indicators check tables/table-6.csv others/table-10.csv")
    #expect(other.exitCode == 65 && other.errors.contains("in any order"), "\(other)")
    try desk.expect("indicators --period 2026-H1 -o tables -f de-csv --lang de")
    #expect(try desk.read("tables/table-6.csv").contains(";Gesamtzahl der Teilnehmenden;"))
  }

  @Test("say which checks could not be made, and take that for no success")
  func unchecked() throws {
    let desk = try desk()
    try desk.expect("indicators --period 2026-H1 -o tables")
    let six = try desk.read("tables/table-6.csv").split(separator: "\n").map(String.init)
    let ten = try desk.read("tables/table-10.csv").split(separator: "\n").map(String.init)
    try desk.write(six[0] + "\n", to: "empty.csv")
    let nothing = try desk.run("indicators check empty.csv")
    #expect(nothing.exitCode == 1 && nothing.output.contains("Checks: 0 of 12 hold."), "\(nothing)")
    let alone = try desk.run("indicators check tables/table-6.csv --lang de")
    #expect(alone.exitCode == 1 && alone.output.contains("Nicht durchweg geprüft: T10"), "\(alone)")
    let cut = six.filter { !$0.contains(",EECO02,") }
    try desk.write(cut.joined(separator: "\n") + "\n", to: "cut.csv")
    let gap = try desk.run("indicators check cut.csv tables/table-10.csv")
    #expect(gap.exitCode == 1 && gap.output.contains("SFC-144: no row of EECO02"), "\(gap)")
    // A result above the total of its reference, which its own row states.
    let columns = ten[0].split(separator: ",").map(String.init)
    let total = try #require(columns.firstIndex(of: "total"))
    var row = ten[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    row[total] = "999"
    try desk.write(ten[0] + "\n" + row.joined(separator: ",") + "\n", to: "ten.csv")
    let found = try desk.run("indicators check ten.csv")
    #expect(found.exitCode == 1 && found.output.contains("T10"), "\(found)")
    #expect(found.output.contains("999"), "\(found)")
    let reference = try #require(columns.firstIndex(of: "reference-total"))
    row[total] = "0"
    row[reference] = "998"
    try desk.write(ten[0] + "\n" + row.joined(separator: ",") + "\n", to: "ten.csv")
    let other = try desk.run("indicators check tables/table-6.csv ten.csv")
    #expect(other.exitCode == 1 && other.output.contains("998 here"), "\(other)")
  }

  @Test("print one document with everything, the same whatever the language")
  func document() throws {
    let desk = try desk()
    let text = try desk.expect("indicators --period 2026-H1 --by network --format json")
    let document = try JSONValue(parsing: Array(text.utf8))
    #expect(document["schema"]?.text == "wegmarke.indicators")
    #expect(document["definition"]?["digest"]?.text?.count == 64)
    #expect(document["checks"]?["judged"]?.list?.count == 12)
    let groups = try #require(document["groups"]?.list)
    let first = try #require(groups.first?["indicators"]?.list?.first)
    let columns = first["columns"]
    let parts = ["women", "men", "non-binary"].compactMap { columns?[$0]?["yes"]?.number }
    #expect(first["code"]?.text == "EECO01" && parts.count == 3)
    #expect(columns?["total"]?["yes"]?.number ?? 0 >= parts.reduce(0, +))
    #expect(
      try desk.expect("indicators --period 2026-H1 --by network --format json --lang de") == text)
    try desk.expect("indicators --period 2026-H1 --by network --format json -o tables")
    #expect(try desk.read("tables/indicators.json") == text)
  }

  @Test("break down by the regions of a file, and name entities of another")
  func files() throws {
    let desk = try desk()
    try desk.write(
      "network,region,category-of-region\nN01,Nord,TR\nN02,Süd,MD\n", to: "networks.csv")
    try desk.write(
      "indicator,entity,since,network\nEECO19,Firma A,2026-02-01,N01\n", to: "firms.csv")
    let shown = try desk.expect(
      "indicators --period 2026-H1 --by gender,region --networks networks.csv"
        + " --entities firms.csv --lang de")
    #expect(shown.contains("Tabelle 6, Outputs: TR, Nord") && shown.contains("12 von 12"))
    #expect(!shown.contains("EECO19: zählt") && shown.contains("EECO18"))
    try desk.write("network,category-of-region\nN01,XX\n", to: "networks.csv")
    let wrong = try desk.run("indicators --period 2026-H1 --networks networks.csv")
    #expect(wrong.exitCode == 65 && wrong.errors.contains("networks.csv:2"), "\(wrong)")
    let region = try desk.run("indicators --period 2026-H1 --by region")
    #expect(region.exitCode == 64 && region.errors.contains("region"), "\(region)")
    #expect(try desk.run("indicators --period soon").exitCode == 64)
    #expect(try desk.run("indicators").exitCode == 64)
  }

  @Test("name the records that made a number fall since the last transmission")
  func drops() throws {
    let desk = try desk()
    let size = try desk.verifiedSize()
    try desk.expect("retract 2 --code duplicate --reason twice")
    let outcome = try desk.run(
      "indicators --period 2026-H1 --last #\(size - 1) --last-on 2026-06-30 -o tables")
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.output.contains("What fell since the last transmission"))
    #expect(outcome.output.contains("taken back") && outcome.output.contains("#\(size)"))
    let checks = try desk.read("tables/checks.csv")
    #expect(checks.contains("L-cumulative,EECO01,total,") && checks.contains("EventRetracted,-1"))
    #expect(try desk.expect("privacy access-log").contains("indicators esf-plus"))
  }

  @Test("list incomplete records for whoever can mend them")
  func incomplete() throws {
    let desk = try desk()
    let all = try desk.expect("indicators incomplete --period 2026-H1 -f csv")
    #expect(all.hasPrefix("participant,entry,missing,advisor,subproject,network\n"))
    #expect(all.split(separator: "\n").dropFirst().allSatisfy { $0.contains(",gender,") })
    #expect(all.split(separator: "\n").count > 1)
    let none = try desk.expect("indicators incomplete --period 2026-H1 --advisor nobody")
    #expect(none == "Every record is complete.\n")
  }
}
