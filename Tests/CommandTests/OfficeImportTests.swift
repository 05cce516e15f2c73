import Testing

@Suite("The mappings for offices")
struct OfficeImportTests {
  private static let participants = """
    TN-Nr;Vorname;Nachname;Geburtsdatum;PLZ;Geschlecht;Eintritt;Austritt;Austrittsgrund;Stand
    017;Amina;Testperson;03.04.98;1067;w;01.03.2026;;;30.11.2026
    018;Jonas;Beispiel;30.11.1990;26121;männlich;02.03.2026;30.06.2026;Umzug;30.11.2026

    """

  private func desk(_ files: [(String, String)]) throws -> Desk {
    let desk = try Desk()
    for (name, text) in files { try desk.write(text.replacing("\n", with: "\r\n"), to: name) }
    try desk.expect("init")
    return desk
  }

  @Test("take one row a participant: the entry and exit questionnaire")
  func participants() throws {
    let desk = try desk([("teilnehmende.csv", Self.participants)])
    let command = "import teilnehmende.csv --mapping office-participants"
    #expect(try desk.expect(command).contains("new 2      (sum 2)"))
    let timeline = try desk.expect("timeline office:018")
    #expect(timeline.contains("moved") && timeline.contains("30 Jun"))
  }

  @Test("take one row an event, one a change of state, and one wide row")
  func others() throws {
    let desk = try desk([
      (
        "ereignisse.csv",
        "TN-Nr;Datum;Ereignis;Art;Stunden;Wochenstunden\n"
          + "017;01.03.2026;Eintritt;;;\n017;05.03.2026;Beratung;;1,5;\n"
          + "017;01.06.2026;Arbeitsaufnahme;Vollzeit;;38,5\n"
      ),
      ("status.csv", "TN-Nr;ab;Status\n018;01.03.2026;arbeitslos\n018;01.05.2026;in Arbeit\n"),
      (
        "liste.csv",
        "TN-Nr;Eintritt;Beratung 1;Beratung 1 Stunden;Arbeit 1;;Austritt\n;;;;ab;bis;\n"
          + "019;01.03.2026;02.03.2026;2;01.05.2026;31.10.2026;05.11.2026\n"
      ),
    ])
    for (file, mapping, events) in [
      ("ereignisse.csv", "office-events", 3), ("status.csv", "office-states", 2),
      ("liste.csv", "office-wide", 5),
    ] {
      let text = try desk.expect("import \(file) --mapping \(mapping)")
      #expect(text.contains(": \(events) events stored, 1 new participant"), "\(text)")
    }
    #expect(
      try desk.run("import liste.csv --mapping office-wide").output.hasPrefix("Nothing to do"))
  }

  @Test("take several files that belong together, and only whom the first names")
  func network() throws {
    let desk = try desk([
      ("teilnehmende.csv", Self.participants),
      (
        "ereignisse.csv",
        "TN-Nr;Datum;Ereignis;Stunden\n017;05.03.2026;Beratung;1,5\n099;05.03.2026;Beratung;1\n"
      ),
      ("status.csv", "TN-Nr;ab;Status\n018;01.05.2026;in Arbeit\n"),
    ])
    let outcome = try desk.run(
      "import status.csv ereignisse.csv teilnehmende.csv --mapping office-network --dry-run --lang de"
    )
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("neu 4 · abgewiesen 1      (Summe 5)"))
    #expect(
      outcome.output.contains(
        "ereignisse.csv:3:1: Unter der Kennung „099“ ist niemand bekannt. [E-UNKNOWN-PARTICIPANT]"))
  }

  @Test("write rejected rows for mending; mended they come in, and the rest stays as it is")
  func rejects() throws {
    let desk = try desk([
      (
        "teilnehmende.csv",
        Self.participants.replacing("02.03.2026", with: "31.02.2026")
          .replacing("03.04.98", with: "k. A.")
      )
    ])
    let command = "--mapping office-participants --rejects . --on-error skip"
    let first = try desk.expect("import teilnehmende.csv \(command) --lang de")
    #expect(first.contains("neu 1 · abgewiesen 1      (Summe 2)"))
    #expect(first.contains("./teilnehmende.abgewiesen.csv"))
    let rejected = try desk.read("teilnehmende.abgewiesen.csv")
    #expect(rejected.contains("_zeile;_code;_meldung (office-participants)\r\n018;Jonas;"))
    try desk.write(
      rejected.replacing("31.02.2026;30", with: "02.03.2026;30"), to: "teilnehmende.abgewiesen.csv")
    let second = try desk.expect("import teilnehmende.abgewiesen.csv \(command)")
    #expect(second.contains("new 1      (sum 1)"))
    #expect(try desk.expect("participants list").contains("office:018"))
    let several = try desk.run(
      "import teilnehmende.csv teilnehmende.csv --mapping office-participants --rejects r.csv")
    #expect(several.exitCode == 64 && several.errors.contains("Name a folder"))
  }

  @Test("find who is there already under another number, and take them in all the same")
  func similar() throws {
    let desk = try desk([
      ("teilnehmende.csv", Self.participants),
      (
        "teilnehmende2.csv",
        Self.participants.replacing("017;Amina;Testperson", with: "031;Testperson;Amina")
          .replacing("018;Jonas;Beispiel;30.11.1990", with: "032;Jonas;Beispiel;01.02.1955")
      ),
    ])
    try desk.expect("import teilnehmende.csv --mapping office-participants")
    let command = "import teilnehmende2.csv --mapping office-participants --lang de"
    let forecast = try desk.expect("\(command) --dry-run")
    #expect(forecast.contains("neu 1 · mögliche Dublette 1      (Summe 2)"))
    #expect(forecast.contains("teilnehmende2.csv:2: Vielleicht TN-"))
    #expect(
      forecast.contains("schon im Bestand (100 von 100: gleicher Name; gleiches Geburtsdatum;"))
    #expect(try desk.expect(command).contains("neu 1 · mögliche Dublette 1      (Summe 2)"))
    #expect(try desk.expect("participants list").contains("office:031"))
  }

  @Test("make corrections of what a later list says otherwise")
  func changed() throws {
    let desk = try desk([
      ("teilnehmende.csv", Self.participants),
      (
        "teilnehmende-neu.csv",
        Self.participants.replacing("30.06.2026;Umzug", with: "30.07.2026;")
          .replacing("Testperson;03.04.98;1067", with: "Testperson;03.04.98;")
      ),
    ])
    try desk.expect("import teilnehmende.csv --mapping office-participants")
    let text = try desk.expect(
      "import teilnehmende-neu.csv --mapping office-participants --lang de")
    #expect(text.contains("neu 0 · geändert 1 · unverändert 1      (Summe 2)"))
    #expect(
      text.contains(
        "teilnehmende-neu.csv:3: Austritt: gespeichert 30.06.2026, jetzt 30.07.2026; wird berichtigt."
      ))
    #expect(text.contains("1 Ereignis (davon 1 Berichtigung) gespeichert, 0 neue Personen."))
    let timeline = try desk.expect("timeline office:018 --lang de")
    #expect(timeline.contains("berichtigt") && timeline.contains("Umzug"))
  }
}
