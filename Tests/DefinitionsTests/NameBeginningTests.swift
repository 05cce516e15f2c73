import Definitions
import Testing

@Suite("The name that was meant, by its beginning")
struct NameBeginningTests {
  private let names = [
    "journey-shapes", "retention-after-job-start", "retention-cohorts", "retention-point", "us-q2",
  ]

  @Test(
    "is near as a whole, or begins like what was written",
    arguments: [
      ("retention-cohort", "retention-cohorts"),
      ("Retention_Point", "retention-point"),
      ("retention-aftr", "retention-after-job-start"),
      ("retention-after", "retention-after-job-start"),
      ("retention-c", "retention-cohorts"),
      ("jou", "journey-shapes"),
      ("us-q", "us-q2"),
    ])
  func near(written: String, meant: String) {
    #expect(nearestName(to: written, among: names) == meant)
  }

  @Test("is none where nothing is near", arguments: ["jr", "jor", "shapes", "recording-lag", ""])
  func far(written: String) {
    #expect(nearestName(to: written, among: names) == nil)
  }
}
