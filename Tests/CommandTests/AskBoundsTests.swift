import Testing

@Suite("What an answer says of the unknown and of groups")
struct AskBoundsTests {
  private func desk() throws -> Desk {
    try Desk.simulated(people: 200)
  }

  @Test("is, with --bounds, how the unknown would have to answer")
  func bounds() throws {
    let desk = try desk()
    let page = try desk.expect("ask retention-point --by gender --bounds")
    #expect(page.contains("IN ANY CASE") && page.contains("NOT LOWER") && page.contains("HIGHER"))
    let single = try desk.expect("ask retention-point --bounds --lang de")
    #expect(single.contains("JEDENFALLS") && !single.contains("NICHT TIEFER"))
    #expect(!(try desk.expect("ask retention-point")).contains("IN ANY CASE"))
    let curve = try desk.expect("ask time-to-first-job --bounds")
    #expect(curve.contains("AT LEAST") && curve.contains("were lost: last confirmed more than"))
    let states = try desk.run("ask status-path --bounds")
    #expect(states.exitCode == 64 && states.errors.contains("has no --bounds"))
  }

  @Test("is, for curves of groups, their difference with limits and tests")
  func comparison() throws {
    let desk = try desk()
    let page = try desk.expect("ask time-to-first-job --by gender")
    #expect(page.contains("TO OTHERS") && page.contains("P (HOLM)"))
    #expect(page.contains("Log-rank test of all groups: chi-square"))
    let german = try desk.expect("ask time-to-first-job --by gender --lang de")
    #expect(german.contains("ZU ANDEREN") && german.contains("Log-Rank-Test aller Gruppen"))
    #expect(!(try desk.expect("ask time-to-first-job")).contains("Log-rank"))
    // Where events compete, each is compared by how many get there.
    let competing = try desk.expect("ask time-to-placement --by gender")
    #expect(competing.contains("Gray's test of all groups, dropout: chi-square"))
    #expect(!competing.contains("Log-rank"))
    let json = try desk.expect("ask time-to-placement --by gender -f json")
    #expect(json.contains("\"test\" : \"gray\"") && json.contains("\"expectedFalseAlarms\""))
  }

  @Test("is the exact test where counts are small, and says so")
  func smallCounts() throws {
    let desk = try desk()
    let page = try desk.expect("ask dropout-rate --by employment-status --on 2025-12-31")
    #expect(page.contains("†") && page.contains("Fisher's exact test"))
    let ask = "ask dropout-rate --by employment-status --on 2025-12-31"
    let json = try desk.expect("\(ask) -f json")
    #expect(json.contains("\"test\" : \"fisher\"") && json.contains("\"notLower\""))
  }

  @Test("is no comparison where fewer than ten are known of")
  func tooFew() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    let json = try desk.expect("ask retention-point --by group -f json")
    #expect(json.contains("\"contrast\" : null") && !json.contains("\"test\""), "\(json)")
  }

  @Test("is, with --response-by, the share weighted for who was heard of")
  func response() throws {
    let desk = try desk()
    let page = try desk.expect("ask retention-point --response-by gender,isced")
    #expect(page.contains("WEIGHTED") && page.contains("(gender, isced)"))
    try desk.expect("ask retention-point --response-by gender -f json -o weighted.json")
    #expect(try desk.read("weighted.json").contains("\"effectiveSize\""))
    #expect(try desk.expect("verify-answer weighted.json").hasSuffix("\nThe answer holds.\n"))
    let curve = try desk.run("ask time-to-first-job --response-by gender")
    #expect(curve.exitCode == 64 && curve.errors.contains("has no shares to weight"))
  }
}
