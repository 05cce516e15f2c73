import Interchange
import Journey
import Testing

private let shape = """
  [[file]]
  match = "x*.csv"
  shape = "participant"
  id = { column = ["TN-Nr", "Kennung"], digits = 4 }
  [[file.event]]
  type = "ParticipationEntered"
  on = { column = ["Eintritt", "Eintritt Datum"] }
  [[file.event]]
  type = "IdentityRecorded"
  on = { column = ["Eintritt", "Eintritt Datum"] }
  when = { column = "Nachname", optional = true }
  fields = { name = { columns = ["Vorname", "Nachname"], optional = true }, postcode = { column = "PLZ", optional = true } }
  [[file.event]]
  type = "ParticipationExited"
  on = { column = ["Austritt", "Austritt Datum"], optional = true }
  fields = { exit-reason = { column = ["Grund", "Austritt Grund"], optional = true } }
  [[file.event]]
  type = "CounsellingHeld"
  on = { column = "Beratung", optional = true }
  fields = { hours = { column = "Stunden", optional = true } }

  """

@Suite("A file as offices keep it")
struct OfficeFileTests {
  private func notices(_ text: String) throws -> [String] {
    try noticed(shape, text).map(\.code)
  }

  @Test("is read without the columns that the mapping calls optional")
  func optional() throws {
    let planned = try plan(shape, "TN-Nr;Eintritt\n1;01.03.2026\n")
    #expect(planned.places.isEmpty)
    #expect(
      planned.people["0001"] == [JourneyEvent(.participationEntered, on: try date("2026-03-01"))])
    #expect(try plan(shape, "TN-Nr;Name\n1;x\n").places == ["1:- E-COLUMN"])
  }

  @Test("has its names found below titles, and with umlauts, signs or line breaks in them")
  func header() throws {
    let text =
      "Liste der Teilnehmenden\nStand;30.11.2026\n\nTN-Nr.;\"Eintritts-\nDatum\";EINTRITT *\n7;x;1.3.26\n"
    let planned = try plan(shape, text)
    #expect(planned.places.isEmpty)
    #expect(planned.people["0007"]?.map(\.occurredOn) == [try date("2026-03-01")])
    #expect(try notices(text) == ["N-HEADER-ROW", "N-COLUMNS"])
  }

  @Test("has names over two rows read with their group before them")
  func merged() throws {
    let text =
      "TN-Nr;Eintritt;;Austritt;\n;Datum;Ort;Datum;Grund\n7;01.03.2026;hier;30.06.2026;Umzug\n"
    let planned = try plan(shape, text)
    #expect(planned.places.isEmpty)
    let exit = try #require(planned.people["0007"]?.last)
    #expect(exit.type == .participationExited && exit[Fields.exitReason] == .moved)
    #expect(try notices(text) == ["N-HEADER-MERGED", "N-COLUMNS"])
  }

  @Test("has years of two digits read by their field, and asks where the century is unclear")
  func centuries() throws {
    let mapping = """
      [[file]]
      match = "x*.csv"
      shape = "participant"
      id = { column = "nr" }
      [[file.event]]
      type = "IdentityRecorded"
      on = { column = "am" }
      fields = { name = { column = "name" }, birth-date = { column = "geboren" } }
      [[file.event]]
      type = "ResidenceStatusChanged"
      on = { column = "am" }
      fields = { residence = { column = "titel" }, valid-until = { column = "bis" } }

      """
    let head = "nr;am;name;geboren;titel;bis\n"
    let planned = try plan(
      mapping,
      head + "1;01.03.26;A B;03.04.31;AE_24;03.04.31\n2;01.03.26;C D;03.04.25;AE_24;03.04.48\n")
    let events = try #require(planned.people["1"])
    #expect(events[0][Fields.birthDate] == (try date("1931-04-03")))
    #expect(events[1][Fields.validUntil] == (try date("2031-04-03")))
    #expect(planned.places == ["3:16 E-DATE-AMBIGUOUS", "3:31 E-DATE-AMBIGUOUS"])
    #expect(
      planned.diagnostics.map(\.message.de) == [
        "„03.04.25“ in Spalte „geboren“ ist mehrdeutig (1925 oder 2025?).",
        "„03.04.48“ in Spalte „bis“ ist mehrdeutig (1948 oder 2048?).",
      ])
    #expect(
      planned.diagnostics.first?.hint?.en
        == "Write the year with four digits: 1925-04-03 or 2025-04-03.")
  }

  @Test("has what cannot be remarked upon in the column that is meant, also of a repeated event")
  func repeatedColumns() throws {
    let mapping = """
      [[file]]
      match = "x*.csv"
      shape = "participant"
      id = { column = "nr" }
      [[file.event]]
      type = "CounsellingHeld"
      on = { column = "erste", optional = true }
      fields = { hours = { column = "h1" } }
      [[file.event]]
      type = "CounsellingHeld"
      on = { column = "zweite", optional = true }
      fields = { hours = { column = "h2" } }
      [[file.event]]
      type = "MeasureStarted"
      on = { column = "kurs a" }
      fields = { kind = "LANG" }
      [[file.event]]
      type = "MeasureCompleted"
      on = { column = "ende a" }
      fields = { kind = "LANG" }
      [[file.event]]
      type = "MeasureStarted"
      on = { column = "kurs b" }
      fields = { kind = "QUAL" }
      [[file.event]]
      type = "MeasureCompleted"
      on = { column = "ende b" }
      fields = { kind = "QUAL" }

      """
    let head = "nr;erste;h1;zweite;h2;kurs a;ende a;kurs b;ende b\n"
    let planned = try plan(
      mapping,
      head + "1;01.03.2026;1;02.03.2026;30;;;;\n"
        + "2;;;;;01.03.2026;05.03.2026;09.03.2026;08.03.2026\n3;;;02.03.2026;-1;;;;\n")
    #expect(planned.places == ["2:27 W-HOURS", "3:40 E-ORDER", "4:16 E-NEGATIVE"])
    #expect(planned.diagnostics.last?.message.de == "„Stunden“ kann nicht negativ sein.")
  }

  @Test("has ids that look like the word for a sum taken for ids")
  func idsLikeSums() throws {
    let rows = ["SUM001", "Total-7", "Summe2", "count.3"].map { "\($0);01.03.2026\n" }.joined()
    let planned = try plan(shape, "TN-Nr;Eintritt\n" + rows + "Summe 4;\nGesamt (4);\nTotal:;\n")
    #expect(planned.order == ["SUM001", "Total-7", "Summe2", "count.3"])
    #expect(planned.places == ["6:- W-TOTAL-ROW", "7:- W-TOTAL-ROW", "8:- W-TOTAL-ROW"])
    #expect(planned.counts.skipped == 3)
  }

  @Test("erases a detail only by the word that the mapping names, and never what an event needs")
  func erasing() throws {
    let mapping = shape.replacing("id = {", with: "erase = \"#leer\"\nid = {")
    let text =
      "TN-Nr;Eintritt;Beratung;Stunden;Vorname;Nachname\n"
      + "1;01.03.2026;02.03.2026;#leer;;\n2;01.03.2026;02.03.2026;;;\n"
      + "3;01.03.2026;#leer;1;;\n"
    let planned = try plan(mapping, text)
    #expect(planned.people["0001"]?.last?.type == .counsellingHeld)
    #expect(planned.people["0001"]?.last?[Fields.hours] == nil)
    #expect(planned.places == ["4:14 E-DATE"])
    // Without the word in the mapping it is no number.
    #expect(try plan(shape, text).places == ["2:25 E-NUMBER", "4:14 E-DATE"])
    let needed = try plan(
      """
      [[file]]
      match = "x*.csv"
      shape = "event"
      id = { column = "nr" }
      type = "MeasureStarted"
      on = { column = "am" }
      erase = "#leer"
      fields = { kind = { column = "art" } }

      """, "nr;am;art\n1;01.03.2026;#leer\n")
    #expect(needed.places == ["2:14 E-ERASE"])
    #expect(
      needed.diagnostics.first?.message.de
        == "„art“ lässt sich nicht löschen: „Maßnahme begonnen“ braucht es.")
  }

  @Test(
    "has names read whatever the column of surnames is called, and says where a part is missing",
    arguments: ["Nachname", "Name", "Familienname"])
  func joinedNames(surname: String) throws {
    let mapping = shape.replacing(
      #"columns = ["Vorname", "Nachname"]"#,
      with: #"columns = ["Vorname", ["Nachname", "Name", "Familienname"]]"#
    ).replacing(
      #"when = { column = "Nachname""#,
      with: #"when = { column = ["Nachname", "Name", "Familienname"]"#)
    let text = "TN-Nr;Eintritt;\(surname);Vorname\n1;01.03.2026;Muster;Eva\n"
    #expect(try plan(mapping, text).people["0001"]?.last?[Fields.personName] == "Eva Muster")
    #expect(try noticed(mapping, text).map(\.code) == [])
    let alone = "TN-Nr;Eintritt;\(surname)\n1;01.03.2026;Eva Muster\n"
    #expect(try plan(mapping, alone).people["0001"]?.last?[Fields.personName] == "Eva Muster")
    #expect(try noticed(mapping, alone).map(\.code) == ["N-PART"])
    // A mapping that knows one name of two says what it leaves out.
    let half = shape.replacing(
      #"when = { column = "Nachname""#,
      with: #"when = { column = ["Nachname", "Name", "Familienname"]"#)
    let said = try noticed(half, text).map(\.code)
    #expect(said == (surname == "Nachname" ? [] : ["N-PART"]))
  }

  @Test("loses nobody at its end who has no id yet")
  func newest() throws {
    let planned = try plan(
      shape,
      "TN-Nr;Eintritt;Vorname;Nachname\n1;01.03.2026;Eva;Muster\n;05.03.2026;Carla;Neuzugang\n"
        + ";12;;Summe\n")
    #expect(planned.places == ["3:- E-ID", "4:- W-TOTAL-ROW"])
    #expect(planned.counts.rejected == 1 && planned.counts.skipped == 1)
  }

  @Test("never reads thousands as decimals: a point before three digits is asked about")
  func thousands() throws {
    let cells = ["2.500", "1.600", "-2.345", "0.500", "2.500,00", "12.5", "1234.500", "2,5"]
    let planned = try plan(
      shape,
      "TN-Nr;Eintritt;Beratung;Stunden\n"
        + cells.enumerated().map { "\($0.offset + 1);01.03.2026;02.03.2026;\($0.element)\n" }
        .joined())
    #expect(
      planned.diagnostics.filter { $0.severity == .error }.map(\.code)
        == ["E-NUMBER-AMBIGUOUS", "E-NUMBER-AMBIGUOUS", "E-NUMBER-AMBIGUOUS"])
    #expect(planned.diagnostics.first?.hint?.de.contains("2500") == true)
    #expect(planned.people["0004"]?.last?[Fields.hours] == Hundredths(50))
  }

  @Test("has spreadsheets' numbers of days read with a time behind them, and no others")
  func serials() throws {
    let mapping = shape.replacing(
      #"on = { column = ["Eintritt", "Eintritt Datum"] }"#,
      with: #"on = { column = "Eintritt", excel-serial = true }"#)
    let cells = ["46084", "46084,5", "46084.25", "-99999999999", "00000", "-12345", "999999999"]
    let planned = try plan(
      mapping,
      "TN-Nr;Eintritt\n" + cells.enumerated().map { "\($0.offset + 1);\($0.element)\n" }.joined())
    for id in ["0001", "0002", "0003"] {
      #expect(planned.people[id]?.map(\.occurredOn) == [try date("2026-03-03")], "\(id)")
    }
    #expect(planned.places == ["5:3 E-DATE", "6:3 E-DATE", "7:3 E-DATE", "8:3 E-DATE"])
  }

  @Test("gets back the zeros that a spreadsheet took from ids and postcodes")
  func zeros() throws {
    let planned = try plan(
      shape,
      "TN-Nr;Eintritt;Vorname;Nachname;PLZ\n7;01.03.2026;Amina;Test;1067\n"
        + "x7;01.03.2026;Jonas;Test;D-26121\n8;01.03.2026;Ali;Test;123\n")
    #expect(planned.people["0007"]?.last?[Fields.postcode] == "01067")
    #expect(planned.people["0007"]?.last?[Fields.personName] == "Amina Test")
    #expect(planned.people["x7"]?.last?[Fields.postcode] == "26121")
    #expect(planned.places == ["4:23 E-POSTCODE"])
  }

  @Test("has its sums and repeated headers passed over, wherever they stand")
  func sums() throws {
    let planned = try plan(
      shape,
      "TN-Nr;Eintritt;Beratung\n1;01.03.2026;\nZwischensumme;1\nTN-Nr;Eintritt;Beratung\n"
        + "2;01.03.2026;\nSumme:;2;\n;;7\n")
    #expect(planned.people.count == 2 && planned.counts.skipped == 4)
    #expect(
      planned.places == [
        "3:- W-TOTAL-ROW", "4:- W-HEADER-AGAIN", "6:- W-TOTAL-ROW", "7:- W-TOTAL-ROW",
      ])
  }

  @Test("says what a spreadsheet left in place of a value")
  func faults() throws {
    let rows = [
      "#NV", "########", "1,5E+10", "46084", "1. März 2026", "Mo, 2.3.2026", "30.02.2026",
      "01. Mrz 26", "1. Maerz 2026",
    ]
    let text =
      "TN-Nr;Eintritt\n" + rows.enumerated().map { "\($0.offset + 1);\($0.element)\n" }.joined()
    let planned = try plan(shape, text)
    #expect(
      planned.places == [
        "2:3 E-SPREADSHEET", "3:3 E-SPREADSHEET", "4:3 E-SPREADSHEET", "5:3 E-DATE-SERIAL",
        "6:3 E-DATE", "7:3 E-DATE", "8:3 E-DATE", "9:3 E-DATE", "10:3 E-DATE",
      ])
    for place in [7, 8] {
      #expect(
        planned.diagnostics[place].hint?.de == "Ist der 01.03.2026 gemeint? Bitte so schreiben.")
    }
    #expect(planned.diagnostics[3].hint?.en.contains("2026-03-03") == true)
    #expect(planned.diagnostics[4].hint?.de == "Ist der 01.03.2026 gemeint? Bitte so schreiben.")
    #expect(planned.diagnostics[5].hint?.de == "Ist der 02.03.2026 gemeint? Bitte so schreiben.")
  }

  @Test("states nothing where people write that they state nothing")
  func nothing() throws {
    let planned = try plan(
      shape,
      "TN-Nr;Eintritt;Austritt;Grund;Beratung;Stunden\n"
        + "1;01.03.2026;-;k. A.;02.03.2026;n/a\n2;01.03.2026 00:00:00;–;;./.;\n")
    #expect(planned.places.isEmpty)
    #expect(planned.people["0001"]?.map(\.type) == [.participationEntered, .counsellingHeld])
    #expect(planned.people["0002"]?.map(\.type) == [.participationEntered])
  }

  @Test("may use the wordings of codes and events in both languages")
  func wordings() throws {
    let planned = try plan(
      shape,
      "TN-Nr;Eintritt;Austritt;Grund\n1;01.03.2026;01.06.2026;planmässiges Ende\n"
        + "2;01.03.2026;01.06.2026;Planmäßiges Ende\n3;01.03.2026;01.06.2026;Arbet aufgenommen\n")
    #expect(planned.people["0001"]?.last?[Fields.exitReason] == .plannedEnd)
    #expect(planned.people["0002"]?.last?[Fields.exitReason] == .plannedEnd)
    #expect(
      planned.diagnostics.first?.message.de.hasSuffix("Meinten Sie „Arbeit aufgenommen“?") == true)
  }

  @Test("that was rejected and mended belongs to the same mapping")
  func names() throws {
    let file = try Mapping.parse(mappingHead + shape, file: "m.toml").files[0]
    #expect(file.matches("x1.csv") && file.matches("X1.rejected.csv"))
    #expect(file.matches("x.abgewiesen.csv") && !file.matches("y.rejected.csv"))
    #expect(RejectsFile.name(for: "a/x.1.csv", language: .german) == "x.1.abgewiesen.csv")
    #expect(
      RejectsFile.name(for: "x.abgewiesen.csv", language: .english) == "x.abgewiesen.rejected.csv")
    #expect(file.matches("x.rejected.rejected.csv"))
  }
}
