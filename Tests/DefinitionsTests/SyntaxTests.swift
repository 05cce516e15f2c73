import Definitions
import Journey
import Testing

@Suite("The syntax of a definition file")
struct SyntaxTests {
  /// The diagnostics of a text as `code line:column`.
  private func faults(_ text: String) -> [String] {
    do throws(DefinitionError) {
      _ = try DefinitionDocument.parse(text, file: "test.toml")
      return []
    } catch {
      return error.diagnostics.map { "\($0.code) \($0.line):\($0.column)" }
    }
  }

  @Test(
    "is refused with the exact place",
    arguments: [
      ("a = 1\nb", "D-SYNTAX 2:2"),
      ("a = 1\nb =\nc = 2", "D-SYNTAX 2:4"),
      ("a = 1 b = 2", "D-SYNTAX 1:7"),
      ("= 1", "D-SYNTAX 1:1"),
      ("a.= 1", "D-SYNTAX 1:3"),
      ("[a", "D-SYNTAX 1:3"),
      ("[a]]", "D-SYNTAX 1:4"),
      ("[[a]", "D-SYNTAX 1:4"),
      ("[a] b = 1", "D-SYNTAX 1:5"),
      ("[]", "D-SYNTAX 1:2"),
      ("\"\"\"a\"\"\" = 1", "D-SYNTAX 1:1"),
      ("größe = 1", "D-KEY 1:1"),
      ("ä = 1", "D-KEY 1:1"),
      ("ab = \"x", "D-STRING 1:6"),
      ("\n a = 'x\ny'", "D-STRING 2:6"),
      ("a = \"\"\"\nx\"\"", "D-STRING 1:5"),
      ("a = \"ü\\q\"", "D-ESCAPE 1:7"),
      ("a = \"\\u12\"", "D-ESCAPE 1:6"),
      ("a = \"\\ud800\"", "D-ESCAPE 1:6"),
      ("a = \"\\U00110000\"", "D-ESCAPE 1:6"),
      ("a = \"x\\ \ny\"", "D-ESCAPE 1:7"),
      ("a = \"x\u{1}\"", "D-CHARACTER 1:7"),
      ("# x\u{7F}", "D-CHARACTER 1:4"),
      ("a = 1\rb = 2", "D-CHARACTER 1:6"),
      ("a = [1, 2", "D-SYNTAX 1:5"),
      ("a = [1\n  2]", "D-SYNTAX 2:3"),
      ("a = [,]", "D-SYNTAX 1:6"),
      ("a = {b = 1", "D-SYNTAX 1:5"),
      ("a = {b = 1,}", "D-SYNTAX 1:12"),
      ("a = {b = 1\n}", "D-SYNTAX 1:5"),
      ("a = {b = 1 c = 2}", "D-SYNTAX 1:12"),
      ("a = 01", "D-NUMBER 1:5"),
      ("a = 1__0", "D-NUMBER 1:5"),
      ("a = 1.", "D-NUMBER 1:5"),
      ("a = .5", "D-NUMBER 1:5"),
      ("a = 1e", "D-NUMBER 1:5"),
      ("a = +-1", "D-NUMBER 1:5"),
      ("a = -", "D-NUMBER 1:5"),
      ("a = 9223372036854775808", "D-NUMBER 1:5"),
      ("a = 1e999", "D-NUMBER 1:5"),
      ("a = 0x1F", "D-UNSUPPORTED 1:5"),
      ("a = inf", "D-UNSUPPORTED 1:5"),
      ("a = -nan", "D-UNSUPPORTED 1:5"),
      ("a = 10:30:00", "D-UNSUPPORTED 1:5"),
      ("a = 2026-03-01T10:30:00Z", "D-UNSUPPORTED 1:5"),
      ("a = 2026-03-01 10:30:00", "D-SYNTAX 1:16"),
      ("a = 2026-02-29", "D-DATE 1:5"),
      ("a = 2026-13-01", "D-DATE 1:5"),
      ("a = 2026-3-01", "D-DATE 1:5"),
      ("a = 31.12.2025", "D-DATE 1:5"),
      ("a = yes", "D-VALUE 1:5"),
      ("a = über", "D-VALUE 1:5"),
      ("a = @", "D-SYNTAX 1:5"),
      ("a = 1\na = 2", "D-REPEATED-KEY 2:1"),
      ("a = 1\n\"a\" = 2", "D-REPEATED-KEY 2:1"),
      ("[a]\n[a]", "D-REPEATED-KEY 2:2"),
      ("a = 1\n[a.b]", "D-REPEATED-KEY 2:2"),
      ("a = 1\na.b = 2", "D-REPEATED-KEY 2:1"),
      ("a = {b = 1}\na.c = 2", "D-REPEATED-KEY 2:1"),
      ("a = {b = 1}\n[a.c]", "D-REPEATED-KEY 2:2"),
      ("a.b = 1\n[a]", "D-REPEATED-KEY 2:2"),
      ("[a.b]\n[a]\nb.c = 1", "D-REPEATED-KEY 3:1"),
      ("a = [1]\n[[a]]", "D-REPEATED-KEY 2:3"),
      ("[[a]]\n[a]", "D-REPEATED-KEY 2:2"),
      ("[a]\n[[a]]", "D-REPEATED-KEY 2:3"),
      ("a = {b = 1, b = 2}", "D-REPEATED-KEY 1:13"),
    ])
  func place(text: String, expected: String) {
    #expect(faults(text) == [expected])
  }

  @Test("is refused for nesting that would exhaust the stack")
  func depth() {
    let brackets = String(repeating: "[", count: 100_000)
    #expect(faults("a = \(brackets)") == ["D-DEPTH 1:69"])
    let dots = String(repeating: "a.", count: 100_000)
    #expect(faults("\(dots)a = 1") == ["D-DEPTH 1:129"])
    #expect(faults("[\(dots)a]") == ["D-DEPTH 1:130"])
    let braces = String(repeating: "{a=", count: 100_000)
    #expect(faults("a = \(braces)") == ["D-DEPTH 1:195"])
    let fine = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(faults("a = \(fine)").isEmpty)
  }

  @Test("reports every repeated key, and the first other fault with them")
  func several() {
    #expect(
      faults("a = 1\na = 2\n[b]\nx = 1\n[b]\nx = 1\nx = 2\nc = ?") == [
        "D-REPEATED-KEY 2:1", "D-REPEATED-KEY 5:2", "D-REPEATED-KEY 7:1", "D-SYNTAX 8:5",
      ])
  }

  @Test("names invalid UTF-8 with its place")
  func encoding() {
    #expect {
      try DefinitionDocument.parse(bytes: Array("a = 'ä'\nb = 'x".utf8) + [0xFC], file: "t")
    } throws: { error in
      let first = (error as? DefinitionError)?.diagnostics.first
      return first?.code == "D-ENCODING" && first?.line == 2 && first?.column == 7
    }
  }

  @Test("is explained in both languages, with the line and a mark under it")
  func rendering() {
    #expect {
      try DefinitionDocument.parse("x = 1\n\tname = \"ä\" \"b\"", file: "fragen.toml")
    } throws: { error in
      (error as? DefinitionError)?.rendered(in: .german) == """
        fragen.toml:2:13: Erwartet: das Zeilenende; gefunden: „"“. [D-SYNTAX]
          2 | \tname = "ä" "b"
            | \t           ^
        """
    }
    #expect {
      try DefinitionDocument.parse("a = 31.12.2025 # Tag", file: "a.toml")
    } throws: { error in
      (error as? DefinitionError)?.rendered(in: .english) == """
        a.toml:1:5: “31.12.2025” is not a date. [D-DATE]
          1 | a = 31.12.2025 # Tag
            |     ^~~~~~~~~~
            Write it as 2026-03-01.
        """
    }
  }
}
