import Foundation
import Testing

@Suite("wegmarke export answer")
struct ExportAnswerTests {
  @Test("describes every column of every question, and gives the figures of wegmarke ask")
  func questions() throws {
    let desk = try Desk.simulated(people: 150)
    let names = try desk.expect("questions list").split(separator: "\n").dropFirst()
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names.count > 20)
    for name in names {
      try desk.expect("export answer \(name) --on 2026-06-30 -o a.csv")
      let figures = try desk.read("a.csv").split(separator: "\n")
      let asked = try desk.expect("ask \(name) --on 2026-06-30 -f csv").split(separator: "\n")
      #expect(figures.first == asked.first && figures.count == asked.count, "\(name)")
      let package = try JSONSerialization.jsonObject(
        with: Data(try desk.read("a.datapackage.json").utf8))
      let resources = (package as? [String: Any])?["resources"] as? [[String: Any]]
      let schema = resources?.first?["schema"] as? [String: Any]
      let fields = try #require(schema?["fields"] as? [[String: Any]])
      #expect(
        fields.map { $0["name"] as? String } == figures[0].split(separator: ",").map(String.init))
      for field in fields {
        let (name, title) = (field["name"] as? String, field["title"] as? String)
        // One that nobody described would be called by its name; some short names say it all.
        let speaks = ["yes", "no", "people", "state", "share", "cohort"].contains(name ?? "")
        #expect(speaks || name != title, "\(name ?? "?") lacks a description")
      }
    }
  }

  @Test("is typed, says nothing where nothing is defined, and has its codebook in both languages")
  func forms() throws {
    let desk = try Desk.simulated(people: 150)
    let question = "answer retention-point --by gender --on 2026-06-30"
    let lines = try desk.expect("export \(question) -f ndjson").split(separator: "\n")
    let first = try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any]
    #expect(first?["stratum"] is String && first?["yes"] is Int, "\(lines[0])")
    #expect(!lines.contains { $0.contains("NA") })
    let german = try desk.expect("export \(question) -f de-csv")
    #expect(german.contains(";0,") && !german.contains("NA"), "\(german)")
    try desk.expect("export \(question) -f parquet -o a.parquet")
    #expect(
      try Data(contentsOf: URL(filePath: "\(desk.folder)/a.parquet")).prefix(4) == Data("PAR1".utf8)
    )
    let book = try desk.read("a.codebook.md")
    #expect(book.contains("Simulierte Daten") && book.contains("ja von allen Fälligen"))
    #expect(book.contains("yes of all due") && book.contains("retention-point v"), "\(book)")
    let wrong = try desk.run("export answer retention-pointt")
    #expect(wrong.exitCode == 64 && wrong.errors.contains("Did you mean"), "\(wrong)")
  }
}
