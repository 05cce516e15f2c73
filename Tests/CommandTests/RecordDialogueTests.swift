import Testing

@Suite("wegmarke record, asking at a terminal")
struct RecordDialogueTests {
  private func desk() throws -> Desk {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    return desk
  }

  @Test("asks field by field, shows what it would store, stores it, and says the way back")
  func asks() throws {
    let desk = try desk()
    let size = try desk.verifiedSize()
    let (ending, shown) = try Terminal.talk(
      "record --author B-014 --lang de", at: desk,
      // A beginning, a number of a list, a decimal comma, a field left out, and a full stop.
      typing: ["arbeit auf", "t:b", "01.06.2024", "1", "", "", "38,5", ".", "j"])
    #expect(ending == .exit(0), "\(shown)")
    for words in [
      "Was ist geschehen?", "Um wen geht es?", "Wann?", "Art der Arbeit, Ausbildung oder Schule",
      "Zu erfassen: TN-", "Arbeit aufgenommen, 01.06.2024", "Speichern? [j/N]", "Erfasst #\(size)",
      "Rückgängig: wegmarke retract \(size)",
    ] {
      #expect(shown.contains(words), "\(words) in \(shown)")
    }
    let line = try desk.expect("timeline t:b --lang en")
    #expect(line.contains("job subject to social insurance"), "\(line)")
    #expect(try desk.verifiedSize() == size + 1)
  }

  @Test("stores nothing when somebody says no, or nothing more")
  func refused() throws {
    let desk = try desk()
    let size = try desk.verifiedSize()
    for typed in [["n"], [""], []] {
      let (ending, shown) = try Terminal.talk(
        "record CounsellingHeld t:a --on 2024-04-01 --ask", at: desk,
        typing: ["."] + typed + ["\u{4}"])
      #expect(ending == .exit(64) && shown.contains("Nothing was recorded"), "\(shown)")
    }
    #expect(try desk.verifiedSize() == size)
  }

  @Test("says what it cannot read and asks again; ? lists what there is in plain words")
  func again() throws {
    let desk = try desk()
    let (ending, shown) = try Terminal.talk(
      "record CounsellingHeld", at: desk,
      typing: ["t:nobody", "t:a", "31.02.2024", "2024-04-01", ".", "y"])
    #expect(ending == .exit(0), "\(shown)")
    #expect(shown.contains("Nobody here is “t:nobody”"), "\(shown)")
    #expect(shown.contains("“31.02.2024” is no date"), "\(shown)")
    // What must be stated is asked for, whatever else was given.
    let kind = try Terminal.talk(
      "record EmploymentStarted t:a --on 2024-05-01", at: desk, typing: ["\u{4}"])
    #expect(kind.ending == .exit(64) && kind.shown.contains("kind of work"), "\(kind.shown)")
    // A beginning of several names them all, in the words of whoever asks.
    let several = try Terminal.talk(
      "record --lang de", at: desk, typing: ["arb", "arbeit b", "t:a", "\u{4}"])
    #expect(
      several.shown.contains("beginnen mehrere: Arbeit aufgenommen, Arbeit geändert, Arbeit"),
      "\(several.shown)")
    #expect(several.shown.contains("Wann?"), "\(several.shown)")
    let help = try Terminal.talk(
      "record EmploymentStarted t:a --on 2024-05-01 --ask", at: desk,
      typing: ["?", "minijob", ".", "n"])
    #expect(help.shown.contains("MINIJOB         marginal employment"), "\(help.shown)")
  }

  @Test("is never asked where nobody can answer: what is missing is said")
  func unattended() throws {
    let desk = try desk()
    for (command, words) in [
      ("record", "“type” is missing"), ("record CounsellingHeld t:a", "“--on” is missing"),
      ("record CounsellingHeld t:a --on 2024-04-01 --ask", "Nobody can be asked"),
    ] {
      let outcome = try desk.run(command)
      #expect(outcome.exitCode == 64 && outcome.errors.contains(words), "\(command): \(outcome)")
    }
  }
}
