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
    ]
    let text =
      "TN-Nr;Eintritt\n" + rows.enumerated().map { "\($0.offset + 1);\($0.element)\n" }.joined()
    let planned = try plan(shape, text)
    #expect(
      planned.places == [
        "2:3 E-SPREADSHEET", "3:3 E-SPREADSHEET", "4:3 E-SPREADSHEET", "5:3 E-DATE-SERIAL",
        "6:3 E-DATE", "7:3 E-DATE", "8:3 E-DATE",
      ])
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
