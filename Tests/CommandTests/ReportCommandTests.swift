import Foundation
import Testing

@Suite("wegmarke ask --report")
struct ReportCommandTests {
  @Test(
    "writes a page with sentence, picture, table, definition and what it rests on",
    arguments: [
      ("en", "Definition", "What this page rests on"),
      ("de", "Definition", "Worauf diese Seite beruht"),
    ])
  func page(language: String, definition: String, certificate: String) throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    let command = "ask time-to-first-job --by group --report page.html --lang \(language)"
    let outcome = try desk.run(command)
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors.contains("page.html"))
    let html = try desk.read("page.html")
    let marks = [
      "<!doctype html>", "lang=\"\(language)\"", "<h1>", "class=\"lead\"", "<svg ", "<caption",
      "<h2>\(definition)</h2>", certificate, "<code>wegmarke \(command)</code>", "</html>",
    ]
    let places = marks.map { html.firstRange(of: $0)?.lowerBound ?? html.endIndex }
    #expect(marks.allSatisfy { html.contains($0) }, "\(marks.filter { !html.contains($0) })")
    #expect(places == places.sorted())
    #expect(!html.contains("<script") && !html.contains("src=") && !html.contains("href="))
    #expect(!html.contains(desk.folder))
    // The digest is that of the machine-readable answer.
    let object = try JSONSerialization.jsonObject(
      with: Data(desk.expect("ask time-to-first-job --by group -f json").utf8))
    let digest = try #require((object as? [String: Any])?["digest"] as? String)
    #expect(html.contains("<code>\(digest)</code>"))
    for file in ["page.html", "page.html.certificate.json"] {
      #expect(try desk.expect("verify-answer \(file)").hasSuffix("\nThe answer holds.\n"))
    }
    try desk.write(html.replacing("<h1>", with: "<h1>Not "), to: "page.html")
    #expect(try desk.run("verify-answer page.html").exitCode == 65)
  }

  @Test("says that nobody counts instead of drawing an empty picture")
  func nobody() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    try desk.expect(
      "ask retention-after-job-start --window 2019 --report page.html --lang de")
    let html = try desk.read("page.html")
    #expect(html.contains("Niemand zählt.") && !html.contains("<svg"))
  }

  @Test("is refused before the work where its folder is missing")
  func missingFolder() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    let outcome = try desk.run("ask time-to-first-job --report nowhere/page.html")
    #expect(outcome.exitCode == 73 && outcome.output.isEmpty)
  }
}
