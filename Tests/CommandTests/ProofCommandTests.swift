import Foundation
import Testing

@Suite("wegmarke log checkpoint, prove and check-proof")
struct ProofCommandTests {
  /// A desk with the small office taken in and signed: `a.note`, and the key.
  private func signed() throws -> (desk: Desk, key: String) {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    try desk.expect("log checkpoint -o a.note")
    let key = try desk.expect("log checkpoint --key").trimmingCharacters(in: .newlines)
    return (desk, key)
  }

  private func grow(_ desk: Desk) throws {
    try desk.write("id,entry,group,until\nd,2024-04-01,x,2025-02-28\n", to: "people2.csv")
    try desk.expect("import people2.csv --mapping small.toml")
  }

  @Test("sign and prove what anybody can check without the store")
  func whole() throws {
    let (desk, key) = try signed()
    let note = try desk.read("a.note").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(note.count == 6 && note[1] == "15" && note[3].isEmpty)
    #expect(key.hasPrefix("\(note[0])+") && note[4].hasPrefix("\u{2014} \(note[0]) "))
    try desk.expect("log prove #7 -o 7.tlog-proof")
    #expect(try desk.expect("log prove 7") == desk.read("7.tlog-proof"))
    try grow(desk)
    try desk.expect("log checkpoint -o b.note")
    try desk.expect("log prove --from 15 -o growth.proof")
    #expect(try desk.expect("log prove 7 --to 15") == desk.read("7.tlog-proof"))

    let elsewhere = try Desk()
    for file in ["a.note", "b.note", "7.tlog-proof", "growth.proof"] {
      try elsewhere.write(desk.read(file), to: file)
    }
    let inclusion = try elsewhere.expect("log check-proof 7.tlog-proof --vkey \(key)")
    #expect(inclusion.hasPrefix("The proof holds: record #7 stands in \(note[0]), size 15.\n"))
    #expect(inclusion.hasSuffix(" · sealed (journey)\nThe log signed size 15.\n"))
    let growth = try elsewhere.expect(
      "log check-proof growth.proof --checkpoint a.note --vkey \(key) --lang de")
    #expect(growth.hasPrefix("Der Nachweis gilt: \(note[0]) ist von Größe 15 auf "))
    #expect(
      try elsewhere.expect("log check-proof 7.tlog-proof --checkpoint a.note")
        .hasSuffix("Signatures were not checked: no --vkey.\n"))
    try desk.expect("log verify --checkpoint a.note --checkpoint b.note")
  }

  @Test("say what does not hold, and end with 65", arguments: ["en", "de"])
  func refused(language: String) throws {
    let (desk, key) = try signed()
    try desk.expect("log prove 7 -o 7.tlog-proof")
    let proof = try desk.read("7.tlog-proof")
    let head =
      language == "en" ? "Error: The proof does not hold: " : "Fehler: Der Nachweis gilt nicht: "
    func check(_ command: String, _ part: String) throws {
      let outcome = try desk.run("\(command) --lang \(language)")
      #expect(outcome.exitCode == 65 && outcome.output.isEmpty, "\(outcome)")
      #expect(outcome.errors.hasPrefix(head), "\(part): \(outcome)")
    }
    var lines = proof.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines[3] = lines[4]
    try desk.write(lines.joined(separator: "\n"), to: "other.proof")
    try check("log check-proof other.proof --vkey \(key)", "path")
    try desk.write(proof.replacing("index 7\n", with: "index 6\n"), to: "moved.proof")
    try check("log check-proof moved.proof --vkey \(key)", "index")
    try desk.write(proof.replacing("\n15\n", with: "\n14\n"), to: "size.proof")
    try check("log check-proof size.proof --vkey \(key)", "size")
    let other = try Desk.withOffice()
    try other.expect(Desk.importOffice)
    try desk.write(other.expect("log checkpoint"), to: "foreign.note")
    try check("log check-proof 7.tlog-proof --checkpoint foreign.note", "checkpoint")
    let foreign = try other.expect("log checkpoint --key").trimmingCharacters(in: .newlines)
    try check("log check-proof 7.tlog-proof --vkey \(foreign)", "key")
  }

  @Test("refuse what is no proof, note or key with file and line")
  func malformed() throws {
    let (desk, key) = try signed()
    try desk.expect("log prove 7 -o 7.tlog-proof")
    let proof = try desk.read("7.tlog-proof")
    let texts = [
      ("", 1), ("hello\n", 1), (proof.replacing("index 7", with: "index 07"), 3),
      (proof.replacing("index 7", with: "index 15"), 3), (String(proof.dropLast()), 13),
      (proof + "more\n", 14), (proof.replacing("\n", with: "\r\n"), 1),
    ]
    for (text, line) in texts {
      try desk.write(text, to: "bad.proof")
      let outcome = try desk.run("log check-proof bad.proof --vkey \(key)")
      #expect(outcome.exitCode == 65 && outcome.output.isEmpty, "\(outcome)")
      #expect(outcome.errors.hasPrefix("Error: bad.proof:\(line): expected "), "\(outcome)")
    }
    let note = try desk.run("log verify --checkpoint 7.tlog-proof --lang de")
    #expect(
      note.exitCode == 65 && note.errors.hasPrefix("Fehler: 7.tlog-proof:2: erwartet: "), "\(note)")
    for (command, code) in [
      ("log check-proof 7.tlog-proof --vkey \(key)x", Int32(64)),
      ("log check-proof 7.tlog-proof", 64),
      ("log check-proof none.proof --vkey \(key)", 66), ("log verify --checkpoint none", 66),
      ("log prove", 64), ("log prove 7 --from 3", 64), ("log prove seven", 64),
      ("log prove 99", 66), ("log prove --from 99", 66), ("log prove --from 14 --to 3", 64),
      ("log prove --from 3 --to 14", 66),
      ("log prove 7 --to 14", 66), ("log prove -- -3", 64),
    ] {
      let outcome = try desk.run(command)
      #expect(outcome.exitCode == code && outcome.output.isEmpty, "\(command): \(outcome)")
      #expect(outcome.errors.hasPrefix("Error: "), "\(command): \(outcome)")
    }
    for command in ["log prove 7 --to 14", "log prove --from 14 --to 3"] {
      #expect(try desk.run(command).errors.contains("Signed sizes: 15."))
    }
    try desk.expect("log prove --from 15 -o same.proof")
    #expect(try desk.run("log check-proof same.proof --vkey \(key)").exitCode == 64)
    try desk.expect("log check-proof same.proof --vkey \(key) --checkpoint a.note")
  }

  @Test("sign nothing in a dry run, and prove nothing before a signature")
  func dryRun() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    let preview = try desk.run("log checkpoint --dry-run")
    #expect(preview.exitCode == 0 && preview.lines.count == 3)
    #expect(preview.errors == "Dry run: nothing was signed.\n")
    let proof = try desk.run("log prove 3")
    #expect(proof.exitCode == 66)
    #expect(
      proof.errors == """
        Error: Nothing was signed yet.
        Sign the log as it is now: wegmarke log checkpoint

        """)
    let first = try desk.expect("log checkpoint")
    #expect(first.hasPrefix(preview.output))
    // The same size is signed once.
    #expect(try desk.expect("log checkpoint") == first)
    try grow(desk)
    let late = try desk.run("log prove 15 --lang de")
    #expect(late.exitCode == 66)
    #expect(late.errors.hasPrefix("Fehler: Der Prüfpunkt umfasst 15 Datensätze; nötig sind 16.\n"))
  }
}

@Suite("wegmarke log verify")
struct VerifyCommandTests {
  @Test("finds a log without its end by a checkpoint that was kept", arguments: ["en", "de"])
  func truncatedLog(language: String) throws {
    let desk = try Desk.withOffice()
    try FileManager.default.copyItem(atPath: desk.store, toPath: "\(desk.folder)/backup")
    try desk.expect(Desk.importOffice)
    try desk.expect("log checkpoint -o a.note")
    let outcome = try desk.run("log verify --store backup --checkpoint a.note --lang \(language)")
    #expect(outcome.exitCode == 65)
    #expect(
      outcome.output
        == (language == "en"
          ? "The checkpoint a.note knows more records than the log, which has 0: its end is missing.\n"
          : "Der Prüfpunkt a.note kennt mehr Datensätze als das Protokoll mit 0: Ihm fehlt das Ende.\n"),
      "\(outcome)")
    #expect(outcome.errors.hasPrefix(language == "en" ? "Error: " : "Fehler: "))
  }

  @Test("says a changed record in words", arguments: ["en", "de"])
  func changedRecord(language: String) throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    let path = URL(filePath: "\(desk.store)/log/data.mdb")
    var bytes = try Data(contentsOf: path)
    // The header of record 7: format 1, kind fact, then its position further on.
    let position = Data([0, 0, 0, 0, 0, 0, 0, 7])
    var changed = 0
    var from = bytes.startIndex
    while let found = bytes.range(of: position, in: from..<bytes.endIndex) {
      from = found.upperBound
      let start = found.lowerBound - 24
      guard start > 8192, bytes[start + 4] == 1, bytes[start + 9] == 1 else { continue }
      bytes[start + 70] ^= 1
      changed += 1
    }
    try #require(changed > 0)
    try bytes.write(to: path)
    let outcome = try desk.run("log verify --lang \(language)")
    #expect(outcome.exitCode == 65)
    #expect(
      outcome.output.contains(
        language == "en"
          ? "Record #7 cannot be read: its checksum is wrong, bytes were changed or lost.\n"
          : "Datensatz #7 ist nicht lesbar: die Prüfsumme stimmt nicht, Bytes sind verändert oder"
            + " verloren.\n"), "\(outcome)")
    // Sentences, not values of the program.
    for line in outcome.lines {
      #expect(line.hasSuffix(".") && !line.contains("(") || line.contains(" ("), "\(line)")
    }
    #expect(!outcome.output.contains("EventLog"))
  }

  @Test("outlives its reader, whatever page of the file is destroyed")
  func destroyedPages() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    let path = URL(filePath: "\(desk.store)/log/data.mdb")
    let sound = try Data(contentsOf: path)
    var crashes = 0
    var found = 0
    for page in 2..<sound.count / 4096 {
      // Pointers out of the page; flags of no page.
      for (range, value) in [(16..<60, UInt8(0xF0)), (0..<4096, 0)] {
        var bytes = sound
        for index in range { bytes[page * 4096 + index] = value }
        try bytes.write(to: path)
        let outcome = try desk.run("log verify --deep")
        guard let code = outcome.exitCode else {
          Issue.record("page \(page): \(outcome)")
          continue
        }
        // An unused page plays no part.
        #expect(code == 0 || code == 65, "page \(page): \(outcome)")
        if code == 65 { found += 1 }
        if outcome.output.contains("its reader was ended by signal") {
          crashes += 1
          #expect(outcome.errors.contains("Error: The log does not hold: 1 finding.\n"))
        }
      }
    }
    #expect(found > 0 && crashes > 0)
    try sound.write(to: path)
    try desk.expect("log verify --deep")
  }
}
