import Testing

@Suite("wegmarke privacy restrict")
struct RestrictionCommandTests {
  private func desk() throws -> Desk {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    return desk
  }

  @Test("demands the decision about statistics, and says what the law offers")
  func decision() throws {
    let desk = try desk()
    for (language, words) in [("en", "has to be decided"), ("de", "muss entschieden werden")] {
      let outcome = try desk.run("privacy restrict t:a --reason x --lang \(language)")
      #expect(outcome.exitCode == 64 && outcome.errors.contains(words), "\(outcome)")
      #expect(outcome.errors.contains("BDSG"), "\(outcome)")
    }
  }

  @Test("takes a person out of figures and back, and answers say so")
  func figures() throws {
    let desk = try desk()
    let before = try desk.expect("ask time-to-first-job -f json")
    #expect(!before.contains("leftOut"))
    try desk.write(before, to: "before.json")
    let done = try desk.expect("privacy restrict t:a --statistics exclude --reason x --lang de")
    #expect(done.contains("keine Zahl zählt sie mit"), "\(done)")
    #expect(done.contains("wegmarke privacy unrestrict t:a --reason …"), "\(done)")
    let page = try desk.expect("ask time-to-first-job --lang de")
    #expect(page.contains("1 ausgenommen (Art. 18)"), "\(page)")
    #expect(page.contains("1 Person ist ausgenommen"), "\(page)")
    #expect(try desk.expect("ask time-to-first-job").contains("1 person is left out"))
    let after = try desk.expect("ask time-to-first-job -f json")
    #expect(after.contains("\"leftOut\" : 1"))
    try desk.write(after, to: "after.json")
    // What was answered before holds as it was known then, and so does what is answered now.
    try desk.expect("verify-answer before.json")
    try desk.expect("verify-answer after.json")
    let list = try desk.expect("participants list -f csv")
    #expect(list.contains("t:a,restricted,"), "\(list)")
    #expect(try desk.run("privacy restrict t:a --statistics exclude --reason x").exitCode == 65)
    let kept = try desk.expect("privacy restrict t:a --statistics keep --reason §27")
    #expect(kept.contains("privacy restrict t:a --statistics exclude"), "\(kept)")
    #expect(try !desk.expect("ask time-to-first-job").contains("left out"))
    try desk.expect("privacy unrestrict t:a --reason y")
    #expect(try desk.run("privacy unrestrict t:a --reason y").exitCode == 65)
    try desk.expect("timeline t:a")
    try desk.expect("log verify --deep")
  }

  @Test("lets people write on, and shows them nothing of what stands", arguments: ["en", "de"])
  func writing(language: String) throws {
    let desk = try desk()
    try desk.expect(
      "record EmploymentStarted t:a --on 2024-08-05 --set kind=SVP --set employer=Canary")
    let page = try desk.expect("timeline t:a")
    let entry = try #require(page.firstMatch(of: /, employer\s+#(\d+)/)).output.1
    try desk.expect("privacy restrict t:a --statistics keep --reason disputed")
    for command in [
      "record CounsellingHeld t:a --on 2024-09-01 --expect 1",
      "record CounsellingHeld t:a --on 2024-09-01 --dry-run",
      "record CounsellingHeld t:a --on 2024-09-01",
      "correct \(entry) --on 2024-08-06 --reason x --expect 1",
      "correct \(entry) --on 2024-08-06 --reason x --dry-run",
      "correct \(entry) --on 2024-08-06 --reason x",
      "retract \(entry) --reason x --dry-run", "retract \(entry) --reason x",
      "correct \(entry) --reason x",
    ] {
      let outcome = try desk.run("\(command) --lang \(language)")
      #expect(
        outcome.exitCode == (command.contains("--expect") ? 75 : 0), "\(command): \(outcome)")
      let shown = outcome.output + outcome.errors
      #expect(shown.contains(language == "en" ? "(Art. 18 GDPR)" : "(Art. 18 DSGVO)"), "\(outcome)")
      for secret in ["Canary", "2024-08-05", "5 Aug", "05.08.", "SVP"] {
        #expect(!shown.contains(secret), "\(command): \(outcome)")
      }
    }
    try desk.expect("privacy unrestrict t:a --reason settled")
    #expect(try desk.expect("timeline t:a").contains("6 Aug"))
  }

  @Test("reaches every record of a merged person, whichever code is named")
  func merged() throws {
    let desk = try desk()
    try desk.expect("participants merge t:a t:b --reason same")
    let done = try desk.expect("privacy restrict t:b --statistics keep --reason x")
    #expect(done.contains("in 2 merged records"), "\(done)")
    #expect(try desk.run("timeline t:a").exitCode == 77)
    try desk.expect("participants unmerge t:b --reason other")
    for id in ["t:a", "t:b"] { #expect(try desk.run("timeline \(id)").exitCode == 77) }
    try desk.expect("privacy unrestrict t:b --reason x")
    #expect(try desk.run("timeline t:a").exitCode == 77)
    try desk.expect("timeline t:b")
  }
}
