import Definitions
import Journey
import Testing

@Suite("A table reader")
struct TableReaderTests {
  enum Unit: String, CaseIterable { case day, month }

  private func reader(_ text: String) throws -> TableReader {
    TableReader(try DefinitionDocument.parse(text, file: "frage.toml"))
  }

  /// The diagnostics of a finished reader as `code line:column message`.
  private func faults(_ reader: TableReader) -> [String] {
    do throws(DefinitionError) {
      try reader.finish()
      return []
    } catch {
      return error.diagnostics.map {
        "\($0.code) \($0.line):\($0.column) \($0.message(.english))"
      }
    }
  }

  @Test("gives typed values and finishes when every key was asked for")
  func valid() throws {
    let reader = try reader(
      """
      name = "retention"
      unit = "month"
      horizons = [6, 12]
      share = 1
      from = 2025-01-31
      codes = ["a", "b"]
      [clock]
      strict = true
      [[group]]
      by = "gender"
      [[group]]
      by = "age"
      [labels]
      x = "X"
      """)
    let name = reader.required("name", Located<String>.self)
    let unit = reader.code("unit", Unit.self)
    #expect(reader.list("horizons", of: Int.self) == [6, 12])
    #expect(reader.optional("share", Double.self) == 1)
    #expect(
      reader.optional("from", DefinitionDate.self) == DefinitionDate(year: 2025, month: 1, day: 31))
    #expect(reader.codes("codes", of: ["a", "b", "c"]) == ["a", "b"])
    #expect(reader.table("clock")?.required("strict", Bool.self) == true)
    #expect(reader.tables("group").map { $0.required("by", String.self) } == ["gender", "age"])
    let labels = reader.optionalTable("labels")?.entries(of: String.self) ?? []
    #expect(labels.map(\.key.name) == ["x"] && labels.map(\.value) == ["X"])
    #expect(reader.optional("note", String.self) == nil)
    #expect(reader.optional("gap", Int.self, default: 7) == 7)
    #expect(!reader.has("other"))
    let (title, clock) = try reader.finish(name, unit)
    #expect(title.value == "retention" && title.range.start.column == 8)
    #expect(clock == .month)
  }

  @Test("collects every mistake, in the order of the file")
  func several() throws {
    let reader = try reader(
      """
      naem = "x"
      horizon = "12"
      unit = "moth"
      codes = ["a", "z", "a", 3]
      [clock]
      strcit = true
      zzz = 1
      """)
    _ = reader.required("name", String.self)
    _ = reader.optional("horizon", Int.self)
    _ = reader.code("unit", Unit.self)
    _ = reader.codes("codes", of: ["a", "b"])
    _ = reader.table("clock")?.optional("strict", Bool.self)
    _ = reader.table("gone")
    #expect(
      faults(reader) == [
        "D-MISSING-KEY 1:1 The key “name” is missing.",
        "D-MISSING-KEY 1:1 The key “gone” is missing.",
        "D-UNKNOWN-KEY 1:1 Unknown key “naem”. Did you mean “name”?",
        "D-TYPE 2:11 Expected a whole number, found a string.",
        "D-UNKNOWN-CODE 3:8 Unknown value “moth”. Did you mean “month”?",
        "D-UNKNOWN-CODE 4:15 Unknown value “z”.",
        "D-REPEATED-VALUE 4:20 “a” stands in this list twice.",
        "D-TYPE 4:25 Expected a string, found a whole number.",
        "D-UNKNOWN-KEY 6:1 Unknown key “strcit”. Did you mean “strict”?",
        "D-UNKNOWN-KEY 7:1 Unknown key “zzz”.",
      ])
  }

  @Test(
    "says what was expected and what was found",
    arguments: [
      ("1.0", "a decimal number"), ("'x'", "a string"), ("true", "true or false"),
      ("2025-01-01", "a date"), ("[1]", "a list"), ("{}", "a table"),
    ])
  func types(value: String, found: String) throws {
    let reader = try reader("a = \(value)")
    #expect(reader.required("a", Int.self) == nil)
    #expect(faults(reader) == ["D-TYPE 1:5 Expected a whole number, found \(found)."])
  }

  @Test("refuses what is no table or no list")
  func shapes() throws {
    let reader = try reader("a = 1\nb = 2\nc = [1, {x = 1}]\nd = {x = 1}")
    #expect(reader.table("a") == nil)
    #expect(reader.list("b", of: Int.self) == nil)
    #expect(reader.tables("c").count == 1)
    #expect(reader.namedTables().map(\.key.name) == ["d"])
    #expect(
      faults(reader) == [
        "D-TYPE 1:5 Expected a table, found a whole number.",
        "D-TYPE 1:5 Expected a table, found a whole number.",
        "D-TYPE 2:5 Expected a list, found a whole number.",
        "D-TYPE 2:5 Expected a table, found a whole number.",
        "D-TYPE 3:5 Expected a table, found a list.",
        "D-TYPE 3:6 Expected a table, found a whole number.",
        "D-UNKNOWN-KEY 3:10 Unknown key “x”.",
        "D-UNKNOWN-KEY 4:6 Unknown key “x”.",
      ])
  }

  @Test("shows a mistake with its line, the suggestion and the mark")
  func rendering() throws {
    let reader = try reader("# Frage\nstatus = \"Duldnug\"\n")
    _ = reader.code("status", of: ["Duldung", "Gestattung"])
    #expect {
      try reader.finish()
    } throws: { error in
      (error as? DefinitionError)?.rendered(in: .german) == """
        frage.toml:2:10: Unbekannter Wert „Duldnug“. Meinten Sie „Duldung“? [D-UNKNOWN-CODE]
          2 | status = "Duldnug"
            |          ^~~~~~~~~
            Erlaubt: Duldung, Gestattung.
        """
    }
  }

  @Test("carries the caller's own findings, and says each thing once")
  func reports() throws {
    let reader = try reader("a = 5\nx = 1")
    let value = reader.required("a", Located<Int>.self)
    reader.report("D-RANGE", LocalizedText(verbatim: "too small"), at: value?.range)
    let expected = ["D-RANGE 1:5 too small", "D-UNKNOWN-KEY 2:1 Unknown key “x”."]
    #expect(faults(reader) == expected)
    #expect(faults(reader) == expected)
    #expect {
      try reader.finish()
    } throws: { error in
      (error as? DefinitionError)?.message(.english) == "frage.toml:1:5: too small (and 1 more)"
    }
  }
}

@Suite("A suggestion")
struct SuggestionTests {
  @Test(
    "is the nearest name, or none when no name is near",
    arguments: [
      ("Duldnug", "Duldung"), ("duldung", "Duldung"), ("Gestatung", "Gestattung"),
      ("aufenthalts_erlaubnis", "Aufenthalts-Erlaubnis"), ("Xyz", nil), ("", nil),
      ("Dung", nil), ("ä", nil), ("Duldungen", "Duldung"),
    ] as [(String, String?)])
  func nearest(written: String, expected: String?) {
    let names = ["Gestattung", "Duldung", "Aufenthalts-Erlaubnis"]
    #expect(nearestName(to: written, among: names) == expected)
  }

  @Test("counts two swapped neighbours as one mistake")
  func swaps() {
    #expect(nearestName(to: "ba", among: ["ab"]) == "ab")
    #expect(nearestName(to: "bxa", among: ["ab"]) == nil)
  }

  @Test("is not made for a single letter: every other one is as near")
  func letters() {
    #expect(nearestName(to: "D", among: ["A", "B", "C"]) == nil)
    #expect(nearestName(to: "b", among: ["A", "B", "C"]) == "B")
    #expect(nearestName(to: "AB", among: ["A", "C"]) == nil)
  }

  @Test("takes the first of equally near names, and an exact one before all")
  func ties() {
    #expect(nearestName(to: "cat", among: ["bat", "car", "cap"]) == "bat")
    #expect(nearestName(to: "cat", among: ["bat", "cat"]) == "cat")
    #expect(nearestName(to: "cat", among: [String]()) == nil)
  }

  @Test("is worded as a question, or not at all")
  func wording() {
    #expect(didYouMean("Duldung")(.german) == " Meinten Sie „Duldung“?")
    #expect(didYouMean(nil)(.english).isEmpty)
  }
}
