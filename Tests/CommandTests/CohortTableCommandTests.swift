import Foundation
import Testing

@Suite("wegmarke ask, of a cohort table")
struct CohortTableCommandTests {
  private func desk() throws -> Desk {
    try Desk.simulated(people: 300)
  }

  @Test("prints counts, estimate and crude share of every cohort, and what is not due yet")
  func page() throws {
    let desk = try desk()
    let page = try desk.expect("ask retention-cohorts --on 2025-06-30")
    for word in ["COHORT", "AT RISK", "LIMITS", "CRUDE", "not due", "2024-Q", "* Not due for the"] {
      #expect(page.contains(word), "\(word)\n\(page)")
    }
    #expect(!page.contains(" 0.0 %  0.0"))
    let german = try desk.expect("ask placement-cohorts --on 2025-06-30 --lang de")
    for word in ["KOHORTE", "FÄLLIG", "ROH", "Duldung", "nicht fällig"] {
      #expect(german.contains(word), "\(word)\n\(german)")
    }
    for line in (page + german).split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test("agrees in every cell with the question asked of that cohort alone")
  func cells() throws {
    let desk = try desk()
    let csv = try desk.expect("ask retention-cohorts --on 2025-06-30 -f csv")
    let rows = csv.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",").map(String.init)
    }
    let quarter = try #require(rows.first { $0[1].hasPrefix("2024-Q") && $0[6] != "NA" })
    let json = try desk.expect(
      "ask retention-after-job-start --window \(quarter[1]) --at \(quarter[2]) --on 2025-06-30"
        + " -f json")
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let group = (object?["groups"] as? [[String: Any]])?.first
    let reading = try #require((group?["at"] as? [[String: Any]])?.first)
    #expect(group?["subjects"] as? Int == Int(quarter[3]))
    #expect(reading["atRisk"] as? Int == Int(quarter[5]))
    #expect(reading["survival"] as? Double == Double(quarter[6]))
    #expect(reading["standardError"] as? Double == Double(quarter[7]))
  }

  @Test(
    "is derived again, whatever its form",
    arguments: ["retention-cohorts --by gender --gap 2mo", "placement-cohorts --at 2,8"])
  func verified(asked: String) throws {
    let desk = try desk()
    let question = "ask \(asked) --on 2025-06-30"
    try desk.expect("\(question) -f json -o answer.json")
    try desk.expect("\(question) -f csv -o table.csv")
    try desk.expect("\(question) --chart table.svg --report page.html --lang de")
    for file in ["answer.json", "table.csv", "table.svg", "page.html"] {
      #expect(try desk.expect("verify-answer \(file)").hasSuffix("\nThe answer holds.\n"))
    }
    #expect(try desk.read("table.svg").contains("<svg "))
    #expect(try desk.read("page.html").contains(">KOHORTE<"))
  }
}
