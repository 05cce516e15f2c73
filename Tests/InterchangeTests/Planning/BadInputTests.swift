import Files
import Glibc
import Interchange
import Journey
import Testing

@Suite("Bad input")
struct BadInputTests {
  private let header = "id,what,date,kind,spell,hours\n"

  @Test("names an impossible date and the days of its month")
  func impossibleDate() throws {
    let planned = try plan(eventShape, header + "1,Beratung,31.11.2026,,,\n")
    #expect(planned.places == ["2:12 E-DATE"])
    let finding = try #require(planned.diagnostics.first)
    #expect(
      finding.message.de == "„31.11.2026“ in Spalte „date“ gibt es nicht."
        && finding.hint?.de == "Der November hat 30 Tage.")
  }

  @Test("names both readings of an ambiguous date")
  func ambiguousDate() throws {
    let planned = try plan(eventShape, header + "1,Beratung,03/04/2026,,,\n")
    #expect(planned.places == ["2:12 E-DATE-AMBIGUOUS"])
    let finding = try #require(planned.diagnostics.first)
    #expect(finding.message.de.hasSuffix("ist mehrdeutig (3. April oder 4. März?)."))
    #expect(finding.hint?.de == "Bitte als 03.04.2026 oder 04.03.2026 schreiben.")
  }

  @Test("suggests the code that was meant")
  func unknownCode() throws {
    let planned = try plan(
      eventShape, header + "1,Start,2024-01-01,MINJOB,,\n2,Beratng,2024-01-01,,,\n")
    #expect(planned.places == ["2:20 E-CODE", "3:3 E-CODE"])
    #expect(planned.diagnostics.first?.message.en.hasSuffix("Did you mean “MINIJOB”?") == true)
    #expect(planned.diagnostics.last?.message.de.hasSuffix("Meinten Sie „Beratung“?") == true)
    let state = try plan(stateShape, "id,month,state\n1,1,jobb\n")
    #expect(state.diagnostics.first?.message.en.hasSuffix("Did you mean “job”?") == true)
  }

  @Test("finds an end before its start, in a row and between rows")
  func order() throws {
    let planned = try plan(
      eventShape, header + "1,Start,2024-05-01,SVP,1,\n1,Ende,2024-04-01,SVP,1,\n")
    #expect(planned.places == ["3:- E-ORDER"])
    #expect(planned.diagnostics.first?.message.en.contains("on line 2") == true)
    #expect(planned.people["1"]?.count == 1)
    let exit = try plan(
      eventShape, header + "1,Austritt,2024-01-01,,,\n1,Eintritt,2024-02-01,,,\n")
    #expect(exit.places == ["2:- E-ORDER"])
    let row = try plan(
      participantShape,
      """
      nr,Eintritt,Geschlecht,Drittstaat,Region,Arbeit,Beginn,Ende,Stunden,Vermittelt
      1,2024-01-01,f,,,ja,2024-06-01,2024-05-31,,

      """)
    #expect(row.places == ["2:32 E-ORDER"])
    #expect(row.people["1"]?.isEmpty == true)
  }

  @Test("warns of a job before the entry and takes it in")
  func jobBeforeEntry() throws {
    let planned = try plan(
      eventShape, header + "1,Start,2024-01-01,SVP,1,\n1,Eintritt,2024-02-01,,,\n")
    #expect(planned.places == ["2:- W-ORDER"])
    #expect(planned.people["1"]?.count == 2 && planned.counts.rejected == 0)
  }

  @Test("names both rows that contradict each other")
  func contradictions() throws {
    let spell = try plan(
      eventShape, header + "1,Start,2024-05-01,SVP,1,\n1,Start,2024-06-01,SVP,1,\n")
    #expect(spell.places == ["3:- E-CONTRADICTION"])
    let state = try plan(stateShape, "id,month,state\n1,3,job\n1,5,job\n1,3,idle\n")
    #expect(state.places == ["4:- E-CONTRADICTION"])
    #expect(
      state.diagnostics.first?.message.de
        == "Die Zeile widerspricht Zeile 2: „idle“ und „job“ beginnen beide 09.1993.")
    let header = "nr,Eintritt,Geschlecht,Drittstaat,Region,Arbeit,Beginn,Ende,Stunden,Vermittelt\n"
    let person = try plan(
      participantShape,
      header + "1,2024-01-01,f,,,,,,,\n2,2024-01-01,f,,,,,,,\n1,2024-02-01,f,,,,,,,\n")
    #expect(person.places == ["4:- E-CONTRADICTION"] && person.isScattered)
    #expect(person.diagnostics.first?.message.en.contains("contradicts line 2") == true)
  }

  @Test("counts duplicate rows and skips them")
  func duplicates() throws {
    let row = "1,Beratung,2024-01-01,,,1.5\n"
    let planned = try plan(eventShape, header + row + row + "1,Beratung,01.01.2024,,,\"1,50\"\n")
    #expect(planned.places == ["3:- W-DUPLICATE", "4:- W-DUPLICATE"])
    #expect(planned.people["1"]?.count == 1)
    #expect(planned.counts.duplicate == 2 && planned.counts.read == 3)
    let state = try plan(stateShape, "id,month,state\n1,3,job\n1,3,job\n")
    #expect(state.places == ["3:- W-DUPLICATE"])
    let many = try plan(
      eventShape,
      header + (1...28).map { "1,Beratung,2024-01-\($0 < 10 ? "0" : "")\($0),,,1\n" }.joined()
        + (1...28).map { "1,Beratung,2024-01-\($0 < 10 ? "0" : "")\($0),,,1\n" }.joined())
    #expect(many.counts.duplicate == 28 && many.people["1"]?.count == 28)
  }

  @Test("tells a missing id from a sum at the end")
  func ids() throws {
    let planned = try plan(
      eventShape,
      header
        + ",Beratung,2024-01-01,,,\n1,Beratung,2024-01-01,,,\n,,,,,\nSumme,,,,,\n,,,,,17\n"
        .replacing("Summe,,,,,\n", with: ""))
    #expect(planned.places == ["2:- E-ID", "5:- W-TOTAL-ROW"])
    #expect(planned.counts.rejected == 1 && planned.counts.skipped == 2)
    let long = String(repeating: "x", count: 80)
    #expect(
      try plan(eventShape, header + "\(long),Beratung,2024-01-01,,,\n").places == ["2:1 E-ID"])
  }

  @Test("names a column that the file does not have, and the nearest one")
  func columns() throws {
    let planned = try plan(eventShape, "id,what,dat,kind,spell,hours\n1,Beratung,2024,,,\n")
    #expect(planned.places == ["1:- E-COLUMN"])
    #expect(planned.fatal.first?.message.en.hasSuffix("Did you mean “dat”?") == true)
    #expect(planned.counts.read == 0)
  }

  @Test("keeps what has no place in an event, what is missing, and bad numbers out")
  func fields() throws {
    let planned = try plan(
      eventShape,
      header + "1,Beratung,2024-01-01,SVP,,\n2,Start,2024-01-01,,,\n3,Beratung,,,,2\n"
        + "4,Start,2024-01-01,SVP,x,\n5,Beratung,2024-01-01,,,1.234\n6,Beratung,2300-01-01,,,\n")
    #expect(
      planned.places == [
        "2:23 E-FIELD", "3:20 E-EVENT", "4:12 E-DATE", "5:24 E-NUMBER", "6:25 E-NUMBER-AMBIGUOUS",
        "7:12 E-DATE",
      ])
    #expect(planned.counts.rejected == 6 && planned.people.values.allSatisfy(\.isEmpty))
  }

  @Test("in the bytes of a file is said with its place and does not stop the other rows")
  func bytes() throws {
    let good = "1,Beratung,2024-01-01,,,\n"
    let ragged = try plan(eventShape, header + "1,Beratung\n" + good)
    #expect(ragged.places == ["2:1 E-COLUMNS"] && ragged.people["1"]?.count == 1)
    let nul = try plan(eventShape, header + "1,Bera\0tung,2024-01-01,,,\n" + good)
    #expect(nul.places == ["2:7 E-NUL"] && nul.people["1"]?.count == 1)
  }

  @Test("that concerns the whole file is fatal")
  func files() throws {
    #expect(try plan(eventShape, "").places == ["-:- E-EMPTY"])
    #expect(
      try plan(eventShape, header + "1,\"Beratung,2024-01-01,,,\n").places == ["2:3 E-QUOTE"])
    #expect(try plan(eventShape, at: "/nonexistent/x.csv").places == ["-:- E-FILE-MISSING"])
    #expect(try plan(eventShape, at: "/tmp").places == ["-:- E-FILE-FOLDER"])
    let delimiter = try plan(
      eventShape.replacing("shape =", with: "delimiter = \";\"\nshape ="), header)
    #expect(delimiter.places == ["1:1 E-DELIMITER"])
  }

  @Test("of a field of 100 MB takes no memory to speak of")
  func hugeField() async {
    // In a process of its own, whose data may grow by 48 MB only.
    await #expect(processExitsWith: .success) {
      let header = "id,what,date,kind,spell,hours\n"
      let file = try TemporaryFile(Array((header + "1,Beratung,\"").utf8))
      defer { withExtendedLifetime(file) {} }
      let block = [UInt8](repeating: 0x61, count: 1 << 20)
      do {
        let output = try File(file.path, .update)
        for _ in 0..<100 { try output.write(block.span, at: try output.size()) }
        try output.write(
          Array("\",,,\n1,Beratung,2024-01-01,,,\n".utf8).span, at: output.size())
      }
      let pages = try File("/proc/self/statm", .read).bytes(at: 0, count: 128)
      let data = String(decoding: pages, as: UTF8.self).split(separator: " ")[5]
      let limit = try #require(UInt(data)) * 4096 + (48 << 20)
      var limits = rlimit(rlim_cur: limit, rlim_max: limit)
      try #require(unsafe setrlimit(__rlimit_resource_t(2), &limits) == 0)
      let planned = try plan(eventShape, at: file.path)
      try #require(planned.places == ["2:12 E-FIELD-LENGTH"])
      try #require(planned.people["1"]?.count == 1)
    }
  }
}
