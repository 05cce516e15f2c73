import Journey
import Presentation
import Testing

@Suite("A calendar file")
struct CalendarFileTests {
  private func file(_ summary: String, _ description: String = "x") throws -> String {
    var file = CalendarFile(name: "Due", stamp: 1_764_500_000_123_456)
    let day = try #require(Day(year: 2026, month: 12, day: 31))
    file.entries.append(
      .init(identifier: "TN-1-form@store", day: day, summary: summary, description: description))
    return file.text
  }

  @Test("has whole days, the end being the day after, and lines that end in CR LF")
  func days() throws {
    let text = try file("TN-1: form")
    let lines = text.split(separator: "\r\n").map(String.init)
    #expect(lines.first == "BEGIN:VCALENDAR" && lines.last == "END:VCALENDAR")
    #expect(lines.contains("DTSTART;VALUE=DATE:20261231"))
    #expect(lines.contains("DTEND;VALUE=DATE:20270101"))
    #expect(lines.contains("DTSTAMP:20251130T105320Z"))
    #expect(lines.contains("UID:TN-1-form@store"))
    #expect(text.hasSuffix("END:VCALENDAR\r\n"))
    #expect(!text.replacing("\r\n", with: "").contains("\n"))
  }

  @Test("writes out what would end a value")
  func escapes() throws {
    let text = try file("a, b; c \\ d", "one\ntwo\u{1B}[31m")
    #expect(text.contains("SUMMARY:a\\, b\\; c \\\\ d\r\n"))
    #expect(text.contains("DESCRIPTION:one\\ntwo"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test("folds lines at 75 bytes and never inside a character")
  func folds() throws {
    let summary = String(repeating: "Größe 名前 ", count: 30)
    let text = try file(summary)
    for line in text.split(separator: "\r\n") { #expect(line.utf8.count <= 75, "\(line)") }
    #expect(text.replacing("\r\n ", with: "").contains("SUMMARY:\(summary)"))
  }
}
