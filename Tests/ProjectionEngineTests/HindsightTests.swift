import Definitions
import Journey
import Testing

@testable import ProjectionEngine

@Suite("A group that looks behind the index day")
struct HindsightTests {
  @Test(
    "is known by its form",
    arguments: [
      ("weekly-hours(at index) >= 30", false), ("weekly-hours(at index + 3mo) >= 30", true),
      ("weekly-hours(at index - 3mo) >= 30", false), ("working(during entry through index)", false),
      ("working(during index through index + 90d)", true), ("working(at exit)", true),
      ("qualified(during entry through exit)", true), ("not employed(at index)", false),
    ])
  func hindsight(when: String, looksBehind: Bool) throws {
    let text = QuestionLanguageTests.groups.replacing("weekly-hours(at index) >= 30", with: when)
    #expect(
      try QuestionFile.read(Array(text.utf8), file: "made-up.toml").groupsInHindsight
        == (looksBehind ? ["full"] : []), "\(when)")
    // Shares at a horizon may be told apart by what happened: nobody is followed over time.
    let index = text.replacing("index = \"first-placement\"", with: "index = \"exit\"")
    if when == "working(at exit)" {
      #expect(
        try QuestionFile.read(Array(index.utf8), file: "made-up.toml").groupsInHindsight == [])
    }
  }
}
