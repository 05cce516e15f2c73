import Definitions
import Glibc
import Interchange
import Journey
import Testing

@Suite("A mapping")
struct MappingTests {
  private let head = """
    format = "wegmarke.mapping/1"
    name = "test"
    version = 1
    id-system = "t"
    title = { en = "Test", de = "Test" }
    source = { text = "made up" }

    """

  private func mistakes(_ text: String) -> [String] {
    do throws(DefinitionError) {
      _ = try Mapping.parse(head + text, file: "m.toml")
      return []
    } catch {
      return error.diagnostics.map { "\($0.line):\($0.column) \($0.code) \($0.message.en)" }
    }
  }

  @Test("with a syntax error names line and column")
  func syntax() {
    #expect(
      mistakes("[[file]]\nmatch = \"a.csv\"\nshape = participant\n").map { $0.prefix(12) }
        == ["9:9 D-VALUE "])
  }

  @Test("names unknown keys, events, fields and codes, with what was likely meant")
  func suggestions() {
    let found = mistakes(
      """
      [[file]]
      mach = "a.csv"
      match = "a.csv"
      shape = "participant"
      id = { column = "id" }
      observed-until = "2024-12"
      [[file.event]]
      type = "EmploymentStartet"
      on = "2024-01"
      [[file.event]]
      type = "EmploymentStarted"
      on = "2024-01"
      fields = { knd = "SVP", kind = "SVB" }
      [[file.event]]
      type = "MeasureStarted"
      on = "31.11.2024"
      """)
    #expect(
      found == [
        "8:1 D-UNKNOWN-KEY Unknown key “mach”.",
        "14:8 M-EVENT-TYPE There is no event “EmploymentStartet” that a file can state."
          + " Did you mean “EmploymentStarted”?",
        "19:12 M-FIELD EmploymentStarted has no field “knd”. Did you mean “kind”?",
        "19:32 M-CODE Unknown value “SVB”. Did you mean “SVP”?",
        "20:1 M-REQUIRED-FIELD MeasureStarted needs the field “kind”.",
        "22:6 M-DATE There is no “31.11.2024”.",
      ])
  }

  @Test("warns when it does not say until when people were observed")
  func observed() throws {
    let text = """
      [[file]]
      match = "a.csv"
      shape = "participant"
      id = { column = "id" }
      [[file.event]]
      type = "ParticipationEntered"
      on = "2024-01"

      """
    let without = try Mapping.parse(head + text, file: "m.toml")
    #expect(without.warnings.map(\.code) == ["W-OBSERVED-UNTIL"])
    let with = try Mapping.parse(
      head + text.replacing("id = {", with: "observed-until = \"2024-12\"\nid = {"),
      file: "m.toml")
    #expect(with.warnings.isEmpty)
  }

  @Test("finds its files by patterns")
  func patterns() throws {
    let text =
      "[[file]]\nmatch = \"people*.cs?\"\nshape = \"participant\"\nid = { column = \"i\" }\n"
    let file = try #require(try Mapping.parse(head + text, file: "m.toml").files.first)
    #expect(file.matches("People_2024.csv") && file.matches("people.csv"))
    #expect(!file.matches("people.csv.bak") && !file.matches("my-people.csv"))
  }

  @Test("takes no word for erasing that people write to state nothing")
  func erasingWord() {
    for word in ["", "-", "k.A.", "zwei Wörter"] {
      let found = mistakes(
        "[[file]]\nmatch = \"a.csv\"\nshape = \"participant\"\nid = { column = \"i\" }\n"
          + "erase = \"\(word)\"\n")
      #expect(found.count == 1 && found[0].contains("M-ERASE"), "\(word): \(found)")
    }
  }

  @Test("demands an origin for counted periods")
  func origin() {
    let found = mistakes(
      """
      [[file]]
      match = "a.csv"
      shape = "state-change"
      id = { column = "id" }
      on = { column = "m", unit = "month" }
      state = { column = "s" }
      [file.states.x]
      at = { type = "LabourStatusReported", fields = { employment-status = "UNE" } }
      """)
    #expect(found.map { $0.prefix(15) } == ["11:29 M-ORIGIN "].map { $0.prefix(15) })
  }

  @Test("of the project can be read", arguments: ["mvad", "wir-simulated"])
  func builtIn(name: String) throws {
    let path = Repository.root + "/projections/mappings/\(name).toml"
    let mapping = try Mapping.parse(bytes: Repository.contents(of: path), file: path)
    #expect(mapping.name == name)
    #expect(mapping.warnings.isEmpty)
    #expect(mapping.files.count == 2)
  }
}
