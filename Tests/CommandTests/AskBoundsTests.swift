import Testing

@Suite("What an answer says of the unknown and of groups")
struct AskBoundsTests {
  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.expect("simulate --participants 200 --seed 7 -o net")
    try desk.expect("init")
    try desk.expect("import net/participants.csv net/events.csv --mapping wir-simulated")
    return desk
  }

  @Test("is, with --bounds, how the unknown would have to answer")
  func bounds() throws {
    let desk = try desk()
    let page = try desk.expect("ask retention-point --by gender --bounds")
    #expect(page.contains("IN ANY CASE") && page.contains("NOT LOWER") && page.contains("HIGHER"))
    let single = try desk.expect("ask retention-point --bounds --lang de")
    #expect(single.contains("JEDENFALLS") && !single.contains("NICHT TIEFER"))
    #expect(!(try desk.expect("ask retention-point")).contains("IN ANY CASE"))
    let curve = try desk.run("ask time-to-first-job --bounds")
    #expect(curve.exitCode == 0 && curve.errors.contains("--bounds"))
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
  }
}
