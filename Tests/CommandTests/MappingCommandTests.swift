import TestSupport
import Testing

@Suite("Templates and suggested mappings")
struct MappingCommandTests {
  @Test(
    "of every kind are files that the mapping beside them reads",
    arguments: [
      ("participants", ["teilnehmende.csv"]), ("wide", ["liste.csv"]),
      ("events", ["ereignisse.csv"]), ("states", ["status.csv"]),
      ("network", ["teilnehmende.csv", "ereignisse.csv", "status.csv"]),
    ])
  func templates(kind: String, files: [String]) throws {
    let desk = try Desk()
    try desk.expect("init")
    let page = try desk.expect("import template \(kind) --lang de")
    for file in files {
      #expect(page.contains("\(file)\n\nSPALTE"))
      let text = try desk.read(file)
      #expect(text.hasPrefix("\u{FEFF}TN-Nr;") && text.hasSuffix("\r\n"))
    }
    let names = files.joined(separator: " ")
    // Empty it states nothing; what it is read by is the mapping of the same name.
    let own = try desk.expect("import \(names) --mapping ./office-\(kind).toml --dry-run")
    #expect(own == (try desk.expect("import \(names) --mapping office-\(kind) --dry-run")))
    #expect(own.contains("0 events"))
    let again = try desk.run("import template \(kind)")
    #expect(again.exitCode == 73 && again.errors.contains("--force"))
    try desk.expect("import template \(kind) --force")
    let near = try desk.run("import template office-partcipants")
    #expect(near.exitCode == 64 && near.errors.contains("“office-participants”?"))
  }

  private func lines(_ header: String, _ row: (Int) -> String) -> String {
    ([header] + (1...30).map(row)).joined(separator: "\n") + "\n"
  }

  @Test("guess what a file of a known form says, and read it as its own mapping would")
  func known() throws {
    let files = [
      (
        "teilnehmende.csv", "office-participants",
        lines("TN-Nr;Vorname;Nachname;Geburtsdatum;PLZ;Geschlecht;Eintritt;Austritt;Austrittsgrund")
        {
          "\($0);Vor\($0);Nach\($0);0\($0 % 9 + 1).03.1990;26121;\($0 % 2 == 0 ? "w" : "m");01.03.2026;30.06.2026;Umzug"
        }
      ),
      (
        "ereignisse.csv", "office-events",
        lines("TN-Nr;Datum;Ereignis;Stunden") {
          "\($0 % 7);\($0 % 28 + 1).03.2026;\($0 % 3 == 0 ? "Beratung" : "Nachbetreuung");1,5"
        }
      ),
      (
        "status.csv", "office-states",
        lines("TN-Nr;ab;Status") {
          "\($0 % 10);\($0 / 10 + 1).03.2026;\($0 % 2 == 0 ? "in Arbeit" : "arbeitslos")"
        }
      ),
      (
        "liste.csv", "office-wide",
        lines("TN-Nr;Eintritt;Beratung 1;Beratung 1 Stunden;Sprachkurs ab;Arbeit 1 ab;Austritt") {
          "\($0);01.03.2026;02.03.2026;1;05.03.2026;;30.06.2026"
        }
      ),
    ]
    let desk = try Desk()
    try desk.expect("init")
    for (file, mapping, text) in files {
      try desk.write(text, to: file)
      try desk.expect("mapping suggest \(file) -o guess.toml")
      let guessed = try desk.expect("import \(file) --mapping guess.toml --dry-run")
      #expect(
        guessed == (try desk.expect("import \(file) --mapping \(mapping) --dry-run")), "\(file)")
      #expect(guessed.contains(/new [1-9]/), "\(guessed)")
    }
  }

  @Test("show no value of a column with many of them: they may be names")
  func discretion() throws {
    let desk = try Desk()
    try desk.write(
      lines("Nr;Eintritt;Mutter;Gruppe") {
        "\($0);01.03.2026;Geheim\($0);\($0 % 2 == 0 ? "Nord" : "Süd")"
      },
      to: "x.csv")
    let text = try desk.expect("import suggest x.csv")
    #expect(!text.contains("Geheim") && text.contains("\"Mutter\"  free text or numbers"))
    #expect(text.contains("\"Gruppe\"  few values (\"Nord\", \"Süd\")"))
    #expect(try desk.expect("mapping show office-wide").contains("name = \"office-wide\""))
    #expect(try desk.expect("mapping list").contains("office-network"))
  }

  @Test("are mappings whatever the columns are called and hold", arguments: 0..<12)
  func anything(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let names = [
      "TN-Nr", "Eintritt", "Datum", "Ereignis", "Status", "ab", "Art", "A \"b\" \\c", "Größe", "x",
      "Austritt", "Arbeit 1 ab", "Geschlecht", "Vorname", "Nachname", "PLZ", "",
    ]
    let cells = [
      "1", "2", "01.03.2026", "46084", "w", "in Arbeit", "Beratung", "Berratung", "\"a\"\"b\"", "",
      "Vollzeit", "k. A.", "#NV", "1,5", "ja",
    ]
    let header = Array(names.shuffled(using: &random).prefix(Int.random(in: 2...9, using: &random)))
    let rows = (0..<Int.random(in: 0...40, using: &random)).map { _ in
      header.map { _ in cells.randomElement(using: &random) ?? "" }.joined(separator: ";")
    }
    let desk = try Desk()
    try desk.expect("init")
    let quoted = header.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ";")
    try desk.write(([quoted] + rows).joined(separator: "\n") + "\n", to: "x.csv")
    let outcome = try desk.run("mapping suggest x.csv -o x.toml")
    if outcome.exitCode == 65 { return }
    #expect(outcome.exitCode == 0, "seed \(seed): \(outcome)")
    // It can be read; what its rows then say may well be wrong.
    let forecast = try desk.run("import x.csv --mapping ./x.toml --dry-run")
    let text = try desk.read("x.toml")
    #expect(
      [0, 1, 65].contains(forecast.exitCode), "seed \(seed): \(forecast) \(text)")
    if forecast.exitCode == 65 { #expect(forecast.output.contains("the date")) }
    #expect(!forecast.errors.contains("[M-"), "seed \(seed): \(forecast.errors)")
  }
}
