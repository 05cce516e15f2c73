import Foundation
import Testing

@Suite("Recording on the command line")
struct RecordingCommandTests {
  private func desk() throws -> Desk {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    return desk
  }

  private func position(_ text: String) throws -> String {
    String(try #require(text.firstMatch(of: /#(\d+)/)).output.1)
  }

  /// The command that a message offers, without the program's name.
  private func offered(_ text: String) throws -> String {
    let found = try #require(text.split(separator: "\n").last { $0.contains("wegmarke ") })
    let start = try #require(found.range(of: "wegmarke ")).upperBound
    return String(found[start...]).replacing("'", with: "")
  }

  @Test("predicts with --dry-run what is stored, and offers the command that stores it")
  func dryRun() throws {
    let desk = try desk()
    let before = try desk.verifiedSize()
    let dry = try desk.run("record CounsellingHeld t:a --on 2024-07-01 --set hours=1.5 --dry-run")
    #expect(dry.exitCode == 0 && dry.output.hasPrefix("Dry run: nothing was stored."))
    #expect(try desk.verifiedSize() == before)
    let real = try desk.run(try offered(dry.errors))
    #expect(real.exitCode == 0, "\(real)")
    #expect(try position(real.output) == position(dry.output))
    #expect(try desk.verifiedSize() == before + 1)
    // The same command again is refused: the version it was made for has passed.
    let again = try desk.run(try offered(dry.errors))
    #expect(again.exitCode == 75, "\(again)")
    #expect(try desk.verifiedSize() == before + 1)
  }

  @Test("goes back by the command it prints: the journeys say what they said before")
  func wayBack() throws {
    let desk = try desk()
    let digest = try desk.digest()
    let entry = try position(
      try #require(
        try desk.expect("timeline t:a").split(separator: "\n").first { $0.contains("job started") }
          .map(String.init)))
    for command in [
      "record CounsellingHeld t:a --on 2024-07-01",
      "correct \(entry) --on 2024-03-15 --set kind=MINIJOB --unset spell --reason contract",
      "correct \(entry) --type TrainingStarted --set kind=DUAL --reason contract",
      "retract \(entry) --code duplicate --reason twice",
      "retract \(entry) --code wrong_person --reason other",
      "participants merge t:a t:b --reason same",
    ] {
      let done = try desk.run(command)
      #expect(done.exitCode == 0, "\(command): \(done)")
      #expect(try desk.digest() != digest, "\(command) changed nothing")
      let back = try desk.run(try offered(done.errors))
      #expect(back.exitCode == 0, "\(command): \(back)")
      #expect(try desk.digest() == digest, "\(command)")
    }
    _ = try desk.verifiedSize()
  }

  @Test(
    "goes back from what was stated again, changed or not, to what was taken back",
    arguments: ["", " --set kind=MINIJOB"])
  func wayBackOfRestatement(change: String) throws {
    let desk = try desk()
    let entry = try position(
      try #require(
        try desk.expect("timeline t:a").split(separator: "\n").first { $0.contains("job started") }
          .map(String.init)))
    for code in ["not_happened", "duplicate", "wrong_person"] {
      try desk.expect("retract \(entry) --code \(code) --reason twice")
      let digest = try desk.digest()
      let again = try desk.run("correct \(entry)\(change) --reason happened")
      #expect(again.exitCode == 0 && again.output.hasPrefix("Corrected #\(entry) by #"), "\(again)")
      #expect(try desk.digest() != digest)
      let page = try desk.expect("timeline t:a")
      #expect(page.contains("stated again on "), "\(page)")
      // What was said of a wrong person is not shown beside what holds.
      let says = !change.isEmpty && code != "wrong_person"
      #expect(page.contains("→ marginal") == says, "\(page)")
      let offered = try offered(again.errors)
      #expect(offered.hasPrefix("retract ") && offered.contains(code), "\(offered)")
      let back = try desk.run(offered)
      #expect(back.exitCode == 0 && back.output.hasPrefix("Taken back #"), "\(back)")
      #expect(try desk.digest() == digest, "\(code)")
      // As it was before the next round.
      try desk.expect("correct \(entry) --set kind=SVP --reason happened")
    }
    _ = try desk.verifiedSize()
  }

  @Test("shows both versions side by side when somebody else was faster", arguments: ["en", "de"])
  func conflict(language: String) throws {
    let desk = try desk()
    let entry = try position(
      try #require(
        try desk.expect("timeline t:a").split(separator: "\n").first { $0.contains("job started") }
          .map(String.init)))
    let look = try desk.run("correct \(entry) --on 2024-03-20 --reason mine --dry-run")
    try desk.expect("correct \(entry) --on 2024-03-10 --reason theirs --author anna")
    let size = try desk.verifiedSize()
    let late = try desk.run(try offered(look.errors) + " --lang \(language)")
    #expect(late.exitCode == 75)
    let days =
      language == "de"
      ? ["01.03.2024", "10.03.2024", "20.03.2024"] : ["1 Mar 2024", "10 Mar 2024", "20 Mar 2024"]
    let row = try #require(
      late.output.split(separator: "\n").last {
        $0.hasPrefix(language == "de" ? "wann" : "when")
      })
    for day in days { #expect(row.contains(day), "\(late)") }
    #expect(late.output.contains("anna") && late.output.contains("theirs"))
    #expect(try desk.verifiedSize() == size)
    let forced = try desk.run(try offered(late.errors))
    #expect(forced.exitCode == 0, "\(forced)")
    let page = try desk.expect("timeline t:a --lang \(language)")
    for day in days { #expect(page.contains(day), "\(page)") }
  }

  @Test("shows corrections with when, who and why, and only what was known then")
  func marks() throws {
    let desk = try desk()
    let page = try desk.expect("timeline t:a --lang de")
    let entry = try position(
      try #require(
        page.split(separator: "\n").first { $0.contains("Arbeit aufgenommen") }.map(String.init)))
    let done = try desk.expect(
      "berichtigen \(entry) --on 15.03.2024 --reason Vertrag --author B-014 --lang de")
    let corrected = try desk.expect("verlauf t:a --lang de")
    #expect(corrected.contains("✎ berichtigt am "))
    #expect(corrected.contains("(B-014): 01.03.2024 → 15.03.2024 – „Vertrag“"))
    // The entry is named first, then the record that corrects it.
    #expect(done.hasPrefix("Berichtigt #\(entry) durch #"), "\(done)")
    let number = try #require(done.firstMatch(of: /durch #(\d+)/)).output.1
    let before = try #require(Int(number)) - 1
    let then = try desk.expect("timeline t:a --lang de --as-of #\(before)")
    #expect(!then.contains("✎") && then.contains("01.03."))
    try desk.expect("retract \(entry) --code wrong_person --reason Irrtum --lang de")
    for asOf in ["", " --as-of #\(before)"] {
      let hidden = try desk.expect("timeline t:a --lang de\(asOf)")
      #expect(hidden.contains("Eintrag nicht gezeigt"))
      #expect(!hidden.contains("Arbeit aufgenommen") && !hidden.contains("15.03."), "\(hidden)")
      #expect(hidden.contains("falsche Person") == asOf.isEmpty)
    }
  }

  @Test("shows a merged person under either code, and both after they are parted")
  func merge() throws {
    let desk = try desk()
    let before = try desk.expect("timeline t:b")
    try desk.expect("participants merge t:a t:b --reason same")
    let merged = try desk.expect("timeline t:b")
    #expect(try merged == desk.expect("timeline t:a"))
    #expect(merged.contains("Merged with") && merged.contains("measure started"))
    #expect(try desk.expect("participants list -f csv").split(separator: "\n").count == 3)
    for (command, words) in [
      ("merge t:a t:b", "one person already"), ("merge t:b t:a", "circle"),
      ("merge t:a t:a", "itself"), ("unmerge t:c", "merged with nobody"),
    ] {
      let refused = try desk.run("participants \(command) --reason x")
      #expect(refused.exitCode == 65 && refused.errors.contains(words), "\(refused)")
    }
    try desk.expect("participants unmerge t:b --reason twins")
    #expect(try desk.expect("participants list -f csv").split(separator: "\n").count == 4)
    let parted = try desk.expect("timeline t:b")
    for line in before.split(separator: "\n") where line.contains("#") && !line.contains("at #") {
      #expect(parted.contains(line), "\(line)")
    }
  }

  @Test(
    "ends with the code of what is wrong, and stores nothing",
    arguments: [
      ("record Nothing t:a --on today", 64), ("record CounsellingHeld t:a --on 31.11.2024", 64),
      ("record CounsellingHeld t:a --on today --set hours=many", 64),
      ("record CounsellingHeld --on today", 64), ("record CounsellingHeld t:zz --on today", 66),
      ("record CounsellingHeld t:a --new --on today", 65),
      ("record ParticipationEntered t:a --on 2024-05-05", 65),
      ("correct 4 --reason nothing-to-change", 65), ("correct 999 --reason x", 66),
      ("retract 0 --reason x", 66), ("retract 3", 64),
      ("retract 3 --code import_undone --reason x", 64),
    ] as [(String, Int32)])
  func refusals(command: String, code: Int32) throws {
    let desk = try desk()
    let size = try desk.verifiedSize()
    let outcome = try desk.run(command)
    #expect(outcome.exitCode == code, "\(outcome)")
    #expect(outcome.errors.hasPrefix("Error: "), "\(outcome)")
    #expect(try desk.verifiedSize() == size)
  }

  @Test(
    "of two programs at once stores each thing said, or says that it did not", arguments: [1, 2])
  func twoProcesses(round: Int) throws {
    let desk = try desk()
    let size = try desk.verifiedSize()
    let running = try (1...4).map { number in
      try desk.start(
        "record CounsellingHeld t:a --on 2024-07-0\(number) --expect 5 --wait 60 --author p\(number)"
      )
    }
    let endings = running.map { $0.child.wait() }
    let stored = endings.count { $0 == .exit(0) }
    #expect(stored == 1, "one was first: \(endings)")
    #expect(endings.count { $0 == .exit(75) } == 3)
    #expect(try desk.verifiedSize() == size + 1)
  }
}
