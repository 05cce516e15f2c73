import Testing

@Suite("What an answer says of what is recorded late")
struct LateRecordsTests {
  private static let question = "retention-after-job-start --store made-up --on 2026-11-22"

  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.expect("simulate --participants 400 --seed 7 --store made-up")
    return desk
  }

  @Test("is above the figures until when the data are complete, and below from how many records")
  func immature() throws {
    let desk = try desk()
    let page = try desk.expect("ask \(LateRecordsTests.question)")
    #expect(page.contains("Not complete after ") && page.contains("the outcome may still change."))
    #expect(page.contains("right-truncated estimate") && page.contains("ends of work: 95%"))
    let german = try desk.expect("ask \(LateRecordsTests.question) --lang de")
    #expect(
      german.contains("Nicht vollständig nach dem") && german.contains("Enden von Arbeit"))
    let figures = try desk.run("ask \(LateRecordsTests.question) -f csv")
    #expect(figures.exitCode == 0 && figures.errors.contains("Not complete after "))
    #expect(try desk.expect("ask \(LateRecordsTests.question) -f json").contains("\"immature\" :"))
    try desk.expect("ask \(LateRecordsTests.question) --chart curve.svg")
    #expect(try desk.read("curve.svg").contains("Not complete after "))
    let early = try desk.expect("ask retention-after-job-start --store made-up --on 2025-12-31")
    #expect(!early.contains("Not complete"))
  }

  @Test("is part of the question, so that the answer can be derived again")
  func verified() throws {
    let desk = try desk()
    for choice in ["", "--mature", "--nowcast", "--nowcast --clock day --gap 28d", "--bounds"] {
      let question = "\(LateRecordsTests.question) \(choice)"
      try desk.expect("ask \(question) -f json -o answer.json")
      try desk.expect("ask \(question) -f csv -o curves.csv")
      try desk.expect("ask \(question) --chart curve.svg --report page.html")
      for file in ["answer.json", "curves.csv", "curve.svg", "page.html"] {
        let text = try desk.expect("verify-answer \(file) --store made-up")
        #expect(text.hasSuffix("\nThe answer holds.\n"), "\(choice) \(file)")
      }
    }
    // Of what was not asked an answer does not hold.
    try desk.expect("ask \(LateRecordsTests.question) --mature -f json -o answer.json")
    try desk.write(
      desk.read("answer.json").replacing("\"mature\"", with: "\"nowcast\""), to: "answer.json")
    #expect(try desk.run("verify-answer answer.json --store made-up").exitCode == 65)
  }

  @Test("is taken out with --mature and corrected with --nowcast, each said in words")
  func choices() throws {
    let desk = try desk()
    let mature = try desk.expect("ask \(LateRecordsTests.question) --mature")
    #expect(mature.contains("Mature part only: up to ") && !mature.contains("Not complete"))
    let nowcast = try desk.expect("ask \(LateRecordsTests.question) --nowcast --bounds")
    #expect(nowcast.contains("AS RECORDED") && nowcast.contains("NOWCAST"))
    #expect(nowcast.contains("Corrected for delay:"))
    for line in nowcast.split(separator: "\n") where !line.contains("│") {
      #expect(line.count <= 80, "\(line)")
    }
    let share = try desk.expect("ask retention-point --store made-up --on 2026-11-22 --nowcast")
    #expect(share.contains("N*") && share.contains("NOWCAST"))
    let both = try desk.run("ask \(LateRecordsTests.question) --mature --nowcast")
    #expect(both.exitCode == 64 && both.errors.contains("choose one"))
    let refused = try desk.run("ask time-to-placement --store made-up --nowcast")
    #expect(refused.exitCode == 64 && refused.errors.contains("several events compete"))
  }

  @Test("is nothing in a store that was filled in one go")
  func once() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    #expect(!(try desk.expect("ask time-to-first-job")).contains("Not complete"))
    let refused = try desk.run("ask time-to-first-job --mature")
    #expect(refused.exitCode == 64 && refused.errors.contains("does not tell how late"))
  }
}
