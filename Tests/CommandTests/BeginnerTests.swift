import Testing

@Suite("A beginner")
struct BeginnerTests {
  @Test(
    "gets a store worth looking at, which says that nobody in it exists", arguments: ["en", "de"])
  func demo(language: String) throws {
    let desk = try Desk()
    desk.environment["WEGMARKE_LANG"] = language
    let made = try desk.run("init --demo")
    #expect(made.exitCode == 0, "\(made)")
    #expect(made.output.contains("500 "), "\(made)")
    // What is suggested can be done, and shows something.
    let steps = made.output.matches(of: /(?m)^  wegmarke (.*)$/).map { String($0.output.1) }
    #expect(steps.count == 3)
    let said = language == "de" ? "Niemand hier ist echt" : "nobody here exists"
    for step in steps {
      let outcome = try desk.run(step)
      #expect(outcome.exitCode == 0 && outcome.lines.count > 8, "\(step): \(outcome)")
      #expect((outcome.output + outcome.errors).contains(said), "\(step): \(outcome)")
    }
    let again = try desk.run("init --demo")
    #expect(again.exitCode == 73, "a store is never made over another: \(again)")
    try desk.expect("log verify --deep")
  }

  @Test(
    "gets completions of commands and options for the shell", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let script = try Desk().expect("completions \(shell)")
    for word in ["participants", "duplicates", "export", "within", "retention-point"] {
      #expect(script.contains(word), "\(word)")
    }
  }

  @Test("gets codes of the store completed, but no names, and nothing without a key")
  func liveCodes() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    try desk.expect("record IdentityRecorded t:a --on 2024-02-01 --set name=Amina")
    let list = try desk.expect("participants list -f csv")
    let codes = list.matches(of: /TN-\w{6}/).map { String($0.output) }.sorted()
    #expect(codes.count == 3)
    /// What a shell is offered at the end of the last word.
    func offered(_ line: String, _ asked: String) throws -> [String] {
      let words = line.split(separator: " ")
      let place = "\(words.count) \(words.last?.count ?? 0)"
      let outcome = try desk.run("---completion \(asked) \(place) wegmarke \(line)")
      #expect(outcome.errors.isEmpty, "\(outcome)")
      return outcome.lines.sorted()
    }
    #expect(try offered("timeline TN-", "timeline -- positional@0") == codes)
    let first = try #require(codes.first)
    #expect(try offered("timeline \(first)", "timeline -- positional@0") == [first])
    #expect(try offered("timeline Am", "timeline -- positional@0").isEmpty)
    #expect(try offered("timeline --key-file none.key TN-", "timeline -- positional@0").isEmpty)
    #expect(
      try offered("record EmploymentStarted t:a --set kind=", "record -- --set").contains(
        "kind=MINIJOB"))
  }
}
