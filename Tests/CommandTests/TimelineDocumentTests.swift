import Foundation
import Testing

@Suite("wegmarke timeline, beyond the terminal")
struct TimelineDocumentTests {
  private func desk() throws -> Desk {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    try desk.expect("record CounsellingHeld t:a --on 2024-04-02 --set hours=1 --author B-014")
    try desk.expect("correct 15 --set hours=1.5 --reason Vertrag --author B-014")
    try desk.expect("record IdentityRecorded t:a --on 2024-04-02 --set name=Amina")
    return desk
  }

  @Test("leaves out what happened after the day that is asked about")
  func referenceDay() throws {
    let desk = try desk()
    let early = try desk.expect("timeline t:a --on 2024-04-01")
    #expect(!early.contains("Amina") && early.contains("entries shown"), "\(early)")
    #expect(try desk.expect("timeline t:a --on 2024-04-02").contains("Amina"))
    #expect(try desk.expect("timeline t:a").contains("Amina"))
    #expect(try desk.expect("timeline t:a --on 2024-04-01 --until 2024-12-31").contains("Amina"))
  }

  @Test("writes Markdown and a page, by the name of the file", arguments: ["en", "de"])
  func documents(language: String) throws {
    let desk = try desk()
    let german = language == "de"
    let written = try desk.run("timeline t:a --on 2024-12-31 -o a.md --lang \(language)")
    #expect(written.exitCode == 0 && written.output.isEmpty, "\(written)")
    #expect(written.errors.contains(german ? "personenbezogene" : "personal data"))
    let markdown = try desk.read("a.md")
    #expect(markdown.hasPrefix("# TN-"), "\(markdown)")
    #expect(markdown.contains("\n## 2024\n"), "\(markdown)")
    #expect(markdown.contains(german ? "1,5\u{A0}Std." : "1.5\u{A0}h"), "\(markdown)")
    #expect(markdown.contains(german ? "\n  - berichtigt am" : "\n  - corrected on"), "\(markdown)")
    #expect(markdown.contains("- [ ] **") && markdown.contains("`wegmarke due done TN-"))
    try desk.expect("timeline t:a --on 2024-12-31 -o a.html --lang \(language)")
    let page = try desk.read("a.html")
    #expect(page.hasPrefix("<!doctype html>\n<html lang=\"\(language)\">"))
    #expect(page.contains("<svg ") && page.contains(german ? ">Teilnahme<" : ">Participation<"))
    #expect(page.contains("✎") && page.contains("Amina"))
    try desk.expect("timeline t:a --on 2024-12-31 -f text --chart a.svg --lang \(language)")
    #expect(try desk.read("a.svg").hasPrefix("<svg "))
    let drawn = try desk.expect("timeline t:a --on 2024-12-31 --chart - --lang \(language)")
    #expect(drawn.contains(german ? "\nTeilnahme  " : "\nParticipation  "), "\(drawn)")
    try desk.expect("log verify --deep")
  }

  @Test("names nobody with --redact, in any form")
  func redacted() throws {
    let desk = try desk()
    try desk.expect("timeline t:a --redact -o a.md")
    try desk.expect("timeline t:a --redact -o a.html")
    let text = try desk.expect("timeline t:a --redact --chart -")
    for page in [text, try desk.read("a.md"), try desk.read("a.html")] {
      for word in ["TN-", "· t:a", "Amina", "B-014", "Vertrag", "#15", "wegmarke due"] {
        #expect(!page.contains(word), "\(word) in \(page)")
      }
      #expect(page.contains("1.5") && page.contains("identity recorded"), "\(page)")
    }
    #expect(text.contains("corrected on") && text.contains(/\(\[\d+\]\)/), "\(text)")
  }

  @Test("shows what it is asked for only, and says that there is more")
  func filtered() throws {
    let desk = try desk()
    let all = try desk.expect("timeline t:a")
    let some = try desk.expect("timeline t:a --kind counselling --kind EmploymentEnded")
    #expect(some.contains("2 of ") && some.contains("entries shown"), "\(some)")
    #expect(some.contains("counselling") && !some.contains("identity recorded"), "\(some)")
    #expect(!some.contains("work taken up") && all.count > some.count)
    let spring = try desk.expect("timeline t:a --since 2024-03-01 --until 2024-04")
    #expect(spring.contains("hours") == false && spring.contains("2 Apr"), "\(spring)")
    #expect(!spring.contains("\n  30 Jun"), "\(spring)")
    let wrong = try desk.run("timeline t:a --kind counseling")
    #expect(wrong.exitCode != 0 && wrong.errors.contains("ounselling"), "\(wrong)")
  }
}
