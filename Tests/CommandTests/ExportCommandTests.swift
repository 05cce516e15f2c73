import Foundation
import Testing

@Suite("wegmarke export")
struct ExportCommandTests {
  private func desk() throws -> Desk {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    try desk.expect("record IdentityRecorded t:a --on 2024-01-15 --set name=Canary")
    try desk.expect(
      "record EmploymentStarted t:b --on 2024-06-01 --set kind=SVP --set employer=CanaryGmbH"
        + " --set hours-per-week=38.5 --set note=canary")
    return desk
  }

  /// The rows of a CSV, by the names of its columns.
  private func rows(_ csv: String) -> [[String: String]] {
    let lines = csv.split(whereSeparator: \.isNewline).map(String.init)
    let names = lines.first?.split(separator: ",").map(String.init) ?? []
    return lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(uniqueKeysWithValues: zip(names, cells))
    }
  }

  @Test("gives people, spells, months and events, without names and words of people's own")
  func kinds() throws {
    let desk = try desk()
    let people = rows(try desk.expect("export participants --on 2024-12-31"))
    #expect(people.count == 3)
    #expect(Set(people.map { $0["person"] ?? "" }) == ["P-000001", "P-000002", "P-000003"])
    let entered = people.map { $0["entered_on"] ?? "" }.sorted()
    #expect(entered == ["2024-01-15", "2024-02-01", "2024-03-01"])
    #expect(people.map { $0["x_group"] ?? "?" }.sorted() == ["", "x", "y"], "\(people)")
    let b = try #require(people.first { $0["x_group"] == "y" })
    #expect(b["first_job_on"] == "2024-06-01" && b["first_job_kind"] == "SVP")
    let spells = rows(try desk.expect("export spells --on 2024-12-31"))
    #expect(spells.count == 3)
    let ended = try #require(spells.first { $0["last_day"] == "2024-06-30" })
    #expect(ended["started_on"] == "2024-03-01" && ended["goes_on"] == "false")
    let worked = try #require(spells.first { $0["hours_per_week"] == "38.5" })
    #expect(worked["employer"] == "1" && worked["started_on"] == "2024-06-01")
    let panel = rows(try desk.expect("export panel --on 2024-12-31"))
    // a from 15 January to 15 December, b from 15 February to 15 November, c from 15 March.
    #expect(panel.count == 12 + 10 + 10, "\(panel.count)")
    #expect(panel.filter { $0["employed"] == "true" }.count == 4 + 6 + 8)
    let events = rows(try desk.expect("export events --on 2024-12-31"))
    #expect(events.filter { $0["type"] == "EmploymentStarted" }.count == 3)
    #expect(events.contains { $0["placement_kind"] == "MINIJOB" })
    for kind in ["participants", "spells", "panel", "events"] {
      for format in ["csv", "json", "ndjson", "de-csv"] {
        let text = try desk.expect("export \(kind) -f \(format)")
        #expect(!text.lowercased().contains("canary") && !text.contains("TN-"), "\(kind) \(format)")
      }
    }
  }

  @Test("draws other names and another order for every export")
  func pseudonyms() throws {
    let desk = try Desk.simulated(people: 60, seed: 3)
    func entries() throws -> [String] {
      rows(try desk.expect("export participants")).map {
        "\($0["person"] ?? "") \($0["entered_on"] ?? "") \($0["birth_year"] ?? "")"
      }
    }
    let (first, second) = (try entries(), try entries())
    #expect(first.count == 60 && first != second)
    #expect(first.map { $0.dropFirst(9) }.sorted() == second.map { $0.dropFirst(9) }.sorted())
  }

  @Test("writes a codebook beside the file, in both languages")
  func codebook() throws {
    let desk = try desk()
    let outcome = try desk.run("export spells -f de-csv -o spells.csv --lang de")
    #expect(outcome.exitCode == 0 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("3 Zeilen zu 3 Personen."), "\(outcome)")
    #expect(outcome.errors.contains("personenbezogene Daten"))
    #expect(try desk.read("spells.csv").hasPrefix("\u{FEFF}person;spell;kind;"))
    let package = try JSONSerialization.jsonObject(
      with: Data(desk.read("spells.datapackage.json").utf8))
    let resource = ((package as? [String: Any])?["resources"] as? [[String: Any]])?.first
    #expect(resource?["path"] as? String == "spells.csv")
    let page = try desk.read("spells.codebook.md")
    #expect(page.contains("| `hours_per_week` | Wochenstunden (h) | Zahl |"), "\(page)")
    #expect(page.contains("| `SVP` |") && page.contains("Stichtag"))
    try desk.expect("export panel -o panel.csv --no-codebook")
    #expect(throws: (any Error).self) { try desk.read("panel.codebook.md") }
  }

  @Test("writes Parquet, and event logs for process mining")
  func files() throws {
    let desk = try desk()
    try desk.expect("export events -f parquet -o events.parquet")
    let bytes = try Data(contentsOf: URL(filePath: "\(desk.folder)/events.parquet"))
    #expect(bytes.prefix(4) == Data("PAR1".utf8) && bytes.suffix(4) == Data("PAR1".utf8))
    try desk.expect("export events -f xes -o j.xes --on 2024-12-31 --lang de")
    let xes = try desk.read("j.xes")
    #expect(xes.components(separatedBy: "<trace>").count == 4 && xes.contains("value=\"Arbeit\""))
    try desk.expect("export events -f ocel -o j.json")
    let ocel = try JSONSerialization.jsonObject(with: Data(desk.read("j.json").utf8))
    #expect(((ocel as? [String: Any])?["objects"] as? [Any])?.count ?? 0 >= 4)
    let wrong = try desk.run("export spells -f xes --lang de")
    #expect(wrong.exitCode == 64 && wrong.errors.contains("export events"), "\(wrong)")
    #expect(try desk.run("export people").exitCode == 64)
    #expect(try desk.run("export spells -o missing/x.csv").exitCode == 73)
  }

  @Test("leaves out who is restricted, says so, and is written down with whom it held")
  func rights() throws {
    let desk = try desk()
    try desk.expect("export participants")
    let log = try desk.expect("privacy access-log -f csv")
    // A line a person.
    #expect(log.components(separatedBy: "export participants").count == 4, "\(log)")
    try desk.expect("privacy restrict t:a --statistics keep --reason x")
    let outcome = try desk.run("export participants --on 2024-12-31")
    #expect(rows(outcome.output).count == 2, "\(outcome)")
    #expect(outcome.errors.contains("1 person left out"), "\(outcome)")
    #expect(rows(try desk.expect("export events --as-of 2020")).isEmpty)
  }
}
