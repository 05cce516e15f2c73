import Foundation
import TestSupport
import Testing

@Suite("The report of an import")
struct ImportReportTests {
  private static let rows =
    Office.events + "b,MeasureStarted,31.11.2024,LANG,\nc,MeasureStarted,2024-03-05,LNAG,\n"
    + "zzz,CounsellingHeld,2024-02-05,,\na,EmploymentStarted,2024-03-01,SVP,1\n"

  private struct Report: Decodable {
    struct Rows: Decodable {
      let read, new, changed, unchanged, possibleDuplicate, resumed, withoutContent, duplicate,
        rejected, skipped, notCompared: Int
      var isReconciled: Bool {
        read == new + changed + unchanged + possibleDuplicate + resumed + withoutContent
          + duplicate + rejected + skipped + notCompared
      }
    }
    struct Text: Decodable { let de, en: String }
    struct File: Decodable {
      let path: String
      let rows: Rows
    }
    struct Message: Decodable {
      let file: String
      let line: Int?
      let message: Text
    }
    struct Kind: Decodable {
      let code, severity: String
      let count: Int
      let examples: [Message]
    }
    let schema, outcome, mapping: String
    let files: [File]
    let rows: Rows
    let events: [String: Int]
    let newParticipants, errors, warnings: Int
    let messages: [Kind]
    let rejectsFiles: [String]
  }

  private func data(_ desk: Desk, _ name: String) throws -> Report {
    try JSONDecoder().decode(Report.self, from: Data(desk.read(name).utf8))
  }

  @Test("as data reconciles, counts every kind of message, and is the same in both languages")
  func json() throws {
    let desk = try Desk.withOffice(events: Self.rows)
    for language in ["de", "en"] {
      let outcome = try desk.run(
        "\(Desk.importOffice) --dry-run --rejects . --report \(language).json --lang \(language)")
      #expect(outcome.exitCode == 1 && outcome.errors.contains("\(language).json"), "\(outcome)")
    }
    #expect(
      try desk.read("de.json").replacing("abgewiesen", with: "rejected") == desk.read("en.json"))
    let report = try data(desk, "en.json")
    #expect(report.schema == "wegmarke.import-report" && report.outcome == "dry-run")
    #expect(report.rows.isReconciled && report.files.allSatisfy(\.rows.isReconciled))
    #expect(report.rows.read == 11 && report.rows.rejected == 3 && report.rows.duplicate == 1)
    #expect(report.files.map(\.rows.read) == [3, 8])
    let kinds = report.messages.map { "\($0.code) \($0.count) \($0.severity)" }
    #expect(
      kinds == [
        "E-CODE 1 error", "E-DATE 1 error", "E-UNKNOWN-PARTICIPANT 1 error",
        "W-DUPLICATE 1 warning",
      ])
    #expect(report.messages.map(\.count).reduce(0, +) == report.errors + report.warnings)
    let first = try #require(report.messages.first?.examples.first)
    #expect(first.file == "events.csv" && first.line == 7)
    #expect(first.message.de.hasSuffix("Meinten Sie „LANG“?"))
    #expect(report.rejectsFiles == ["./events.rejected.csv"])
    #expect(report.events["EmploymentStarted"] == 2 && report.newParticipants == 3)
    #expect(try desk.verifiedSize() == 0)
  }

  @Test("as a page says what became of the rows, why, and which commands come next")
  func page() throws {
    let desk = try Desk.withOffice(events: Self.rows)
    for (language, words) in [
      (
        "de",
        [
          "<h1>Ein abgelehnter Import</h1>", "Was aus den Zeilen wurde", "abgewiesen",
          "Fehler: bleibt draußen", "Der November hat 30 Tage.", "Oder diese Zeilen weglassen:",
          "--on-error skip",
        ]
      ),
      (
        "en",
        [
          "<h1>An import that was refused</h1>", "What became of the rows", "rejected",
          "error: kept out", "November has 30 days.", "Or leave these rows out:",
        ]
      ),
    ] {
      let refused = try desk.run(
        "\(Desk.importOffice) --lang \(language) --report \(language).html")
      #expect(refused.exitCode == 65)
      let page = try desk.read("\(language).html")
      for word in words { #expect(page.contains(word), "\(word)") }
      #expect(page.contains("<html lang=\"\(language)\">"))
    }
    let command = "\(Desk.importOffice) --on-error skip --report one.html --report one.json"
    try desk.expect(command)
    let page = try desk.read("one.html")
    #expect(page.contains("wegmarke import undo I-") && page.contains("Events stored"))
    #expect(try data(desk, "one.json").outcome == "stored")
    // Files that came in before have a report, too.
    let again = try desk.run("\(Desk.importOffice) --on-error skip --report one.json")
    #expect(again.output.hasPrefix("Nothing to do"))
    #expect(try data(desk, "one.json").outcome == "already-imported")
  }

  @Test("goes nowhere else than into a page or data, and not over what is imported")
  func places() throws {
    let desk = try Desk.withOffice()
    try desk.write(Office.people, to: "people.json")
    for (file, words) in [
      ("report.pdf", "neither in .html nor in .json"), ("none/report.html", "no folder"),
    ] {
      let outcome = try desk.run("\(Desk.importOffice) --report \(file)")
      #expect(outcome.exitCode != 0 && outcome.errors.contains(words), "\(outcome)")
    }
    let over = try desk.run(
      "import people.json events.csv --mapping small.toml --report people.json")
    #expect(over.exitCode == 64 && over.errors.contains("is a file that is imported"), "\(over)")
    // Nor over a file that somebody else wrote.
    for option in ["--report own.json", "--report own.html", "--rejects own.csv"] {
      let file = String(option.split(separator: " ")[1])
      try desk.write("precious;content\n", to: file)
      let refused = try desk.run("import people.json --mapping small.toml \(option)")
      #expect(refused.exitCode == 73 && refused.errors.contains("did not write it"), "\(refused)")
      #expect(try desk.read(file) == "precious;content\n")
    }
    #expect(try desk.verifiedSize() == 0)
  }
}
