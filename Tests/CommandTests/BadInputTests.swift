import Foundation
import Testing

@Suite("Bad input to an import")
struct BadInputTests {
  private static let header = Office.eventsHeader

  /// Imports the people with other events, and gives what the program said of them.
  private func refusal(
    _ events: String, options: String = "", exitCode: Int32 = 65,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let desk = try Desk.withOffice(events: events)
    let outcome = try desk.run("\(Desk.importOffice)\(options)")
    #expect(outcome.exitCode == exitCode, "\(outcome)", sourceLocation: sourceLocation)
    // What is wrong with rows is the data of this command; nothing else went wrong.
    #expect(outcome.errors.isEmpty, "\(outcome)", sourceLocation: sourceLocation)
    #expect(try desk.verifiedSize() == 0, sourceLocation: sourceLocation)
    return outcome.output
  }

  @Test("that is not there is said before anything else", arguments: ["en", "de"])
  func missingFile(language: String) throws {
    let desk = try Desk.withOffice()
    let outcome = try desk.run(
      "import people.csv nowhere/events.csv --mapping small.toml --lang \(language)")
    #expect(outcome.exitCode == 66 && outcome.output.isEmpty, "\(outcome)")
    #expect(
      outcome.errors
        == (language == "en"
          ? "Error: There is no file nowhere/events.csv.\nCheck the name and the folder.\n"
          : "Fehler: Eine Datei nowhere/events.csv gibt es nicht.\nBitte Namen und Ordner prüfen.\n")
    )
  }

  @Test("that is a folder is refused as unreadable")
  func folder() throws {
    let desk = try Desk.withOffice()
    try FileManager.default.createDirectory(
      atPath: "\(desk.folder)/events1.csv", withIntermediateDirectories: false)
    let outcome = try desk.run("import people.csv events1.csv --mapping small.toml")
    #expect(outcome.exitCode == 66)
    #expect(
      outcome.output == """
        people.csv: read 3 rows

          new 0 · not compared 3      (sum 3)

        events1.csv: This is a folder, not a file. [E-FILE-FOLDER]
            Name a file in that folder.

        Nothing was stored, because 1 error was found.

        """)
  }

  @Test(
    "without the right to read is refused",
    .enabled(if: geteuid() != 0, "root may read everything"))
  func unreadable() throws {
    let desk = try Desk.withOffice()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: "\(desk.folder)/events.csv")
    let outcome = try desk.run(Desk.importOffice)
    #expect(outcome.exitCode == 66)
    #expect(outcome.output.contains("events.csv: The file cannot be read: Permission denied"))
  }

  @Test("with another delimiter than it looks like names that delimiter")
  func delimiter() throws {
    let text = try refusal("id|event|on|kind|spell\na|MeasureStarted|2024-02-05|LANG|\n")
    #expect(
      text.contains(
        """
        events.csv:1:1: Separated by comma, the header is a single field; it contains “|”. \
        [E-DELIMITER]
            Is “|” meant to separate the columns? Save the file with semicolons.

        """))
  }

  @Test("with a quote that nobody closes names the line where it was opened")
  func quote() throws {
    let text = try refusal(
      Self.header + "a,\"MeasureStarted,2024-02-05,LANG,\n", options: " --lang de")
    #expect(
      text.contains(
        """
        events.csv:2:3: Das in Zeile 2 geöffnete Anführungszeichen wird nicht geschlossen. [E-QUOTE]

        """))
  }

  @Test("with a ragged row says how many fields it has")
  func ragged() throws {
    let text = try refusal(
      Self.header + "a,MeasureStarted,2024-02-05\na,MeasureStarted,2024-02-06,LANG,\n")
    #expect(
      text == """
        people.csv: read 3 rows
        events.csv: read 2 rows

          new 4 · rejected 1      (sum 5)

        events.csv:2:1: The row has 3 fields, expected 5. [E-COLUMNS]
            Is a delimiter missing, or does a text with a line break stand without quotes?

        Nothing was stored, because 1 error was found.
        Mend the file, or leave those rows out: --on-error skip

        """)
  }

  @Test("without a column that the mapping names says which it has")
  func column() throws {
    let text = try refusal("id,event,date,kind,spell\na,MeasureStarted,2024-02-05,LANG,\n")
    #expect(
      text.contains(
        """
        events.csv:1: The mapping names a column “on” that the file does not have. [E-COLUMN]
            The file has: id, event, date, kind, spell.

        """))
  }

  @Test("with impossible, ambiguous and unknown values names each place, in German")
  func cells() throws {
    let text = try refusal(
      Self.header
        + """
        a,MeasureStarted,31.11.2024,LANG,
        a,MeasureStarted,03/04/2026,LANG,
        a,MeasureStarted,2024-02-05,LNAG,
        a,EmploymentStarted,2024-02-05,SVP,1
        a,EmploymentEnded,2024-02-01,SVP,1

        """, options: " --lang de")
    #expect(
      text == """
        people.csv: 3 Zeilen gelesen
        events.csv: 5 Zeilen gelesen

          neu 4 · abgewiesen 4      (Summe 8)

        events.csv:2:18: „31.11.2024“ in Spalte „on“ gibt es nicht. [E-DATE]
            Der November hat 30 Tage.
        events.csv:3:18: „03/04/2026“ in Spalte „on“ ist mehrdeutig (3. April oder 4. März?). \
        [E-DATE-AMBIGUOUS]
            Bitte als 03.04.2026 oder 04.03.2026 schreiben.
        events.csv:4:29: Unbekannter Wert „LNAG“ in Spalte „kind“. Meinten Sie „LANG“? [E-CODE]
        events.csv:6: Arbeit beendet (01.02.2024) liegt vor Arbeit aufgenommen (05.02.2024) in \
        Zeile 5. [E-ORDER]
            Sind die beiden Daten vertauscht oder ein Jahr falsch?

        Nichts wurde gespeichert, denn es gab 4 Fehler.
        Datei berichtigen oder diese Zeilen weglassen: --on-error skip

        """)
  }

  @Test("with rows that contradict or repeat each other tells the two apart")
  func contradiction() throws {
    let text = try refusal(
      Self.header
        + """
        a,EmploymentStarted,2024-02-05,SVP,1
        a,EmploymentStarted,2024-03-01,SVP,1
        b,MeasureStarted,2024-02-05,LANG,
        b,MeasureStarted,2024-02-05,LANG,

        """)
    #expect(text.contains("  new 5 · duplicate 1 · rejected 1      (sum 7)\n"))
    #expect(text.contains("events.csv:3: The row contradicts line 2:"))
    #expect(
      text.contains("events.csv:5: The row says what line 4 says; it is skipped. [W-DUPLICATE]\n"))
  }

  @Test("with only duplicates is taken in, each row once")
  func duplicates() throws {
    let row = "b,MeasureStarted,2024-02-05,LANG,\n"
    let desk = try Desk.withOffice(events: Self.header + row + row + row)
    let text = try desk.expect(Desk.importOffice)
    #expect(text.contains("  new 4 · duplicate 2      (sum 6)\n"))
    #expect(try desk.expect("timeline t:b").matches(of: /#\d+\n/).count == 4)
  }

  @Test("that is empty is refused")
  func empty() throws {
    #expect(try refusal("").contains("events.csv: The file is empty. [E-EMPTY]\n"))
  }

  @Test("with a NUL byte names its place; with --on-error skip only that row is missing")
  func nul() throws {
    let events =
      Self.header + "a,Mea\0sureStarted,2024-02-05,LANG,\nb,MeasureStarted,2024-02-05,LANG,\n"
    #expect(
      try refusal(events).contains("events.csv:2:6: The row contains a NUL byte. [E-NUL]\n"))
    let desk = try Desk.withOffice(events: events)
    let text = try desk.expect("\(Desk.importOffice) --on-error skip")
    #expect(text.contains("  new 4 · rejected 1      (sum 5)\n"))
    #expect(text.contains("Import I-20") && text.contains(" 9 events stored, 3 new participants."))
  }

  @Test("with a field of 100 MB is refused with its place, in less than 200 MB of memory")
  func hugeField() throws {
    let desk = try Desk.withOffice(events: Self.header + "a,\"")
    let file = try #require(FileHandle(forWritingAtPath: "\(desk.folder)/events.csv"))
    try file.seekToEnd()
    let block = Data(repeating: 0x61, count: 1 << 20)
    for _ in 0..<100 { try file.write(contentsOf: block) }
    try file.write(
      contentsOf: Data("\",2024-02-05,LANG,\nb,MeasureStarted,2024-02-05,LANG,\n".utf8))
    try file.close()
    let outcome = try desk.run(Desk.importOffice, watchingMemory: true)
    #expect(outcome.exitCode == 65)
    #expect(outcome.output.contains("events.csv:2:3: A field is longer than "), "\(outcome)")
    #expect(outcome.output.contains("  new 4 · rejected 1      (sum 5)\n"))
    #expect(outcome.peakKilobytes > 1000, "the memory was looked at")
    #expect(outcome.peakKilobytes < 200_000, "\(outcome.peakKilobytes) kB")
  }

  @Test("a mapping with a mistake is refused with line and column", arguments: ["en", "de"])
  func mapping(language: String) throws {
    let desk = try Desk.withOffice()
    let broken = Office.mapping.replacingOccurrences(of: "\"event\"\nid", with: "event\nid")
    try desk.write(broken, to: "broken.toml")
    let outcome = try desk.run(
      "import people.csv events.csv --mapping broken.toml --lang \(language)")
    #expect(outcome.exitCode == 65 && outcome.output.isEmpty)
    let what = language == "en" ? "“event” is not a value." : "„event“ ist kein Wert."
    #expect(
      outcome.errors.contains(
        """
        broken.toml:20:9: \(what) [D-VALUE]
          20 | shape = event
             |         ^~~~~

        """), "\(outcome)")
  }

  @Test("a mapping that does not exist suggests one that does")
  func unknownMapping() throws {
    let desk = try Desk.withOffice()
    let outcome = try desk.run("import people.csv events.csv --mapping wir-simulatd")
    #expect(outcome.exitCode == 64)
    #expect(
      outcome.errors.hasPrefix(
        "Error: There is no mapping “wir-simulatd”. Did you mean “wir-simulated”?\n"))
    #expect(try desk.run("import people.csv --mapping no/such.toml").exitCode == 66)
  }
}
