import Foundation
import Testing

@Suite("wegmarke verify-answer")
struct VerifyAnswerTests {
  private static let questions = [
    "time-to-first-job", "time-to-first-job --by group --at 30,60.5 --interval plain",
    "retention-after-job-start --gap 2mo --rule C --level 0.9 --window 2024-H1",
    "retention-after-job-start --clock day --on 2024-12-31",
  ]

  private func desk() throws -> Desk {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    return desk
  }

  private func grow(_ desk: Desk) throws {
    try desk.write("id,entry,group,until\nd,2024-04-01,x,2025-02-28\n", to: "people2.csv")
    try desk.write(
      Office.eventsHeader + "d,EmploymentStarted,2024-05-01,SVP,1\n", to: "events2.csv")
    try desk.expect("import people2.csv events2.csv --mapping small.toml")
  }

  @Test("says that an answer holds, also when the log has grown since", arguments: questions)
  func holds(question: String) throws {
    let desk = try desk()
    try desk.expect("ask \(question) -f json -o answer.json")
    try desk.expect("ask \(question) -f csv -o curves.csv")
    for language in ["en", "de"] {
      let end = language == "en" ? "\nThe answer holds.\n" : "\nDie Antwort gilt.\n"
      for file in ["answer.json", "curves.csv", "curves.csv.certificate.json"] {
        #expect(try desk.expect("verify-answer \(file) --lang \(language)").hasSuffix(end))
      }
    }
    try grow(desk)
    #expect(try desk.expect("ask \(question) -f csv") != desk.read("curves.csv"))
    for file in ["answer.json", "curves.csv"] {
      #expect(try desk.expect("verify-answer \(file)").hasSuffix("\nThe answer holds.\n"))
    }
    try desk.expect("ask \(question) -f json -o past.json --as-of #14")
    #expect(try desk.expect("verify-answer past.json").hasSuffix("\nThe answer holds.\n"))
  }

  @Test("holds for a chart in its language, and not for one that was drawn over")
  func chart() throws {
    let desk = try desk()
    for language in ["en", "de"] {
      try desk.expect("ask time-to-first-job --by group --chart \(language).svg --lang \(language)")
      for file in ["\(language).svg", "\(language).svg.certificate.json"] {
        let text = try desk.expect("verify-answer \(file) --lang en")
        #expect(text.hasSuffix("\nThe answer holds.\n"))
      }
    }
    #expect(try desk.read("en.svg") != desk.read("de.svg"))
    try desk.write(desk.read("en.svg").replacing("</svg>", with: "<g/></svg>"), to: "en.svg")
    let outcome = try desk.run("verify-answer en.svg")
    #expect(outcome.exitCode == 65 && outcome.output.contains("was changed after it was written"))
    // Another chart under this certificate's name does not become true by it.
    let german = try desk.read("de.svg.certificate.json")
    try desk.write(
      german.replacing("\"language\" : \"de\"", with: "\"language\" : \"en\""), to: "x.json")
    #expect(try desk.run("verify-answer x.json").exitCode == 65)
  }

  @Test("holds for a question file of one's own, which need not be there any more")
  func ownQuestion() throws {
    let desk = try desk()
    let own = try readText("\(Program.checkout.path)/projections/questions/time-to-first-job.toml")
      .replacing("name = \"time-to-first-job\"", with: "name = \"own\"")
    try desk.write(own, to: "own.toml")
    try desk.expect("ask own.toml -f json -o answer.json")
    try FileManager.default.removeItem(atPath: "\(desk.folder)/own.toml")
    let text = try desk.expect("verify-answer answer.json")
    #expect(text.contains("own v1") && text.contains("a file of its own"))
    try desk.write(
      own.replacing("name = \"own\"", with: "name = \"time-to-first-job\"") + "\n# mine\n",
      to: "own.toml")
    try desk.expect("ask own.toml -f json -o answer.json")
    #expect(
      try desk.expect("verify-answer answer.json").contains("not the one of this program"))
  }

  /// One change, the part that it breaks, and words of the finding.
  private static let changes = [
    (#""atRisk" : 3"#, #""atRisk" : 4"#, "figures", "atRisk: stated 4, derived 3"),
    (#""counted" : 3"#, #""counted" : 2"#, "population", "counted: stated 2, derived 3"),
    (#""level" : 0.95"#, #""level" : 0.9"#, "figures", "groups[0]"),
    (#""size" : 15"#, #""size" : 14"#, "state", "the log had"),
    (#""size" : 15"#, #""size" : 16"#, "state", "the log has only 15"),
    (#""simulated" : false"#, #""simulated" : true"#, "state", "made up"),
    (#""kinds" : ["#, #""kinds" : ["X","#, "parameters", "parameters.kinds"),
    (#""origin" : "wegmarke/"#, #""origin" : "wegmarke/f"#, "log", "this is wegmarke/"),
    (#"version = 1\n"#, #"version = 2\n"#, "definition", "another digest"),
    (#""name" : "time-to-first-job""#, #""name" : "other""#, "definition", "time-to-first-job v1"),
  ]

  @Test("says which part of a changed answer does not hold", arguments: changes)
  func changed(old: String, new: String, part: String, words: String) throws {
    let desk = try desk()
    try desk.expect("ask time-to-first-job -f json -o answer.json --on 2025-06-30")
    let answer = try desk.read("answer.json")
    let changed = answer.replacing(old, with: new)
    try #require(changed != answer)
    try desk.write(changed, to: "answer.json")
    let outcome = try desk.run("verify-answer answer.json")
    #expect(outcome.exitCode == 65, "\(outcome)")
    #expect(outcome.errors.hasPrefix("Error: The answer does not hold.\n"), "\(outcome)")
    func line(_ name: String) throws -> String {
      try #require(outcome.lines.first { $0.hasPrefix("\(name) ") })
    }
    #expect(try line("file").contains(" NO "), "\(outcome)")
    #expect(try line(part).contains(" NO ") && line(part).contains(words), "\(outcome)")
  }

  @Test("is not taken in by a digest that was made to fit")
  func consistentForgery() throws {
    let desk = try desk()
    try desk.expect("ask time-to-first-job -f csv -o curves.csv")
    let csv = try desk.read("curves.csv")
    var lines = csv.split(separator: "\n").map(String.init)
    lines[1] = lines[1].replacing("all,", with: "all,1")
    try desk.write(lines.joined(separator: "\n") + "\n", to: "curves.csv")
    let outcome = try desk.run("verify-answer curves.csv --lang de")
    #expect(outcome.exitCode == 65 && outcome.output.contains("Zeile 2 ist neu abgeleitet"))
    #expect(outcome.errors.hasPrefix("Fehler: Die Antwort gilt nicht.\n"))
    // An answer of another store, true there.
    let other = try self.desk()
    try desk.write(other.expect("ask time-to-first-job -f json"), to: "foreign.json")
    let foreign = try desk.run("verify-answer foreign.json")
    #expect(foreign.exitCode == 65)
    #expect(foreign.lines.contains { $0.hasPrefix("file ") && $0.contains(" yes ") })
    #expect(foreign.lines.contains { $0.hasPrefix("log ") && $0.contains(" NO ") })
    #expect(foreign.lines.contains { $0.hasPrefix("figures ") && $0.contains("not checked") })
  }

  @Test("says that an answer cannot be derived when people were erased since (6.8, no. 27)")
  func erased() throws {
    let desk = try desk()
    try desk.expect("ask time-to-first-job -f json -o answer.json --on 2025-06-30")
    try desk.expect("ask time-to-first-job -f csv -o curves.csv --on 2025-06-30")
    let answer = try desk.read("answer.json")
    try desk.erase([0])
    for file in ["answer.json", "curves.csv"] {
      let outcome = try desk.run("verify-answer \(file)")
      #expect(outcome.exitCode == 1, "\(outcome)")
      #expect(
        outcome.errors == "Error: The answer can no longer be derived: 1 of the people it knew was"
          + " erased since.\n")
      #expect(!outcome.output.contains(" NO "))
    }
    // What an erasure cannot explain still does not hold.
    for (old, new) in [
      (#""counted" : 3"#, #""counted" : 300"#), (#""level" : 0.95"#, #""level" : 0.5"#),
    ] {
      try desk.write(answer.replacing(old, with: new), to: "forged.json")
      #expect(try desk.run("verify-answer forged.json").exitCode == 65)
    }
    // An answer of today is derived from what is left.
    try desk.expect("ask time-to-first-job -f json -o today.json")
    try desk.expect("verify-answer today.json")
  }

  @Test("refuses what is no answer, and says what it is")
  func malformed() throws {
    let desk = try desk()
    try desk.expect("ask time-to-first-job -f json -o answer.json")
    let answer = try desk.read("answer.json")
    try desk.write("{", to: "half.json")
    try desk.write("{}", to: "empty.json")
    try desk.write("time,n_risk\n", to: "alone.csv")
    try desk.write(
      answer.replacing(#""schemaVersion" : 1"#, with: #""schemaVersion" : 9"#), to: "newer.json")
    try desk.write(
      answer.replacing(#""clock" : "month""#, with: #""clock" : "eon""#), to: "key.json")
    for (file, code, words) in [
      ("half.json", Int32(65), "half.json is not JSON."),
      ("empty.json", 65, "empty.json is no answer of wegmarke (schema “”)."),
      ("alone.csv", 66, "alone.csv.certificate.json is missing."),
      ("newer.json", 65, "newer.json was written by a newer program (version 9)."),
      ("key.json", 65, "key.json has no “parameters.clock”, or a value there that no answer has."),
      ("none.json", 66, "There is no file none.json."),
    ] {
      let outcome = try desk.run("verify-answer \(file)")
      #expect(outcome.exitCode == code && outcome.output.isEmpty, "\(outcome)")
      #expect(outcome.errors.hasPrefix("Error: \(words)\n"), "\(outcome)")
    }
    #expect(try desk.run("verify-answer").exitCode == 64)
    #expect(try desk.run("verify-answer answer.json --store nowhere").exitCode == 66)
  }

  @Test("Figures on standard output say on standard error what they rest on")
  func standardOutput() throws {
    let desk = try desk()
    let outcome = try desk.run("ask time-to-first-job -f csv")
    #expect(outcome.errors.hasPrefix("Rests on wegmarke/") && outcome.errors.contains("#14"))
    #expect(outcome.output.hasPrefix("stratum,"))
    #expect(try desk.run("ask time-to-first-job -f csv --quiet").errors.isEmpty)
  }
}
