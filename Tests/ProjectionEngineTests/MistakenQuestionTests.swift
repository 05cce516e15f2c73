import Definitions
import Journey
import Testing

@testable import ProjectionEngine

@Suite("A question with one mistake")
struct MistakenQuestionTests {
  private static let head = """
    format = "wegmarke.question/1"
    name = "made-up"
    version = 1
    title = { en = "a", de = "a" }
    sentence = { en = "a", de = "a" }
    rule = { en = "a", de = "a" }
    source = { text = "nowhere" }
    population = { unit = "person", index = "entry" }
    clock = { unit = "month" }
    work = { kinds = ["SVP"] }

    """
  private static let person = """

    [[example.person]]
    id = "a"
    entry = "2024-01-10"
    observed-until = "2024-12-31"

    """
  private static let rows = """
    [[row]]
    code = "one"
    label = { en = "a", de = "a" }
    yes = 'working(at index)'
    [[row]]
    code = "two"
    label = { en = "a", de = "a" }
    yes = 'working(at index + 1mo)'

    """

  /// The messages about a question file.
  private func messages(_ kind: String, _ body: String, expects: String) -> [String] {
    let text = "kind = \"\(kind)\"\n" + Self.head + body + Self.person + expects
    do throws(DefinitionError) {
      _ = try QuestionFile.read(Array(text.utf8), file: "made-up.toml")
      return []
    } catch { return error.diagnostics.map { "\($0.code) \($0.message.en)" } }
  }

  @Test("in what it asks is told of that alone, not of what its example expects")
  func outcome() {
    let expects = "[[example.expect.row]]\nhorizon = 1\nno = 1\n"
    let right = "[outcome]\nhorizons = [1]\nyes = 'working(at index + h)'\n"
    #expect(messages("point", right, expects: expects).isEmpty)
    let wrong = right.replacing("working", with: "wroking")
    #expect(messages("point", wrong, expects: expects).map { $0.prefix(14) } == ["D-UNKNOWN-NAME"])
  }

  @Test("in one row is told of that row alone")
  func row() {
    let expects = "[[example.expect.row]]\nrow = \"two\"\nno = 1\n"
    #expect(messages("count", Self.rows, expects: expects).isEmpty)
    let wrong = Self.rows.replacing("index + 1mo", with: "index + 1")
    #expect(messages("count", wrong, expects: expects).count == 1)
    let other = expects.replacing("two", with: "three")
    #expect(
      messages("count", Self.rows, expects: other).map { $0.prefix(14) } == ["D-UNKNOWN-CODE"])
  }

  @Test("in a state is told of that state alone")
  func state() {
    let states = """
      [horizons]
      at = [1]
      [[state]]
      code = "work"
      label = { en = "a", de = "a" }
      when = 'working(at t)'
      [[state]]
      code = "none"
      label = { en = "a", de = "a" }
      when = 'not working(at t)'

      """
    let expects = "[[example.expect.state]]\nstate = \"work\"\nshares = [0]\n"
    #expect(messages("occupancy", states, expects: expects).isEmpty)
    let wrong = states.replacing("'working", with: "'wroking")
    #expect(messages("occupancy", wrong, expects: expects).count == 1)
  }

  @Test("in its kind is told of that, not of every key that another kind would have")
  func kind() {
    let expects = "[[example.expect.row]]\nrow = \"two\"\nno = 1\n"
    let found = messages("counts", Self.rows, expects: expects)
    #expect(found == ["D-UNKNOWN-CODE Unknown value “counts”. Did you mean “count”?"])
  }
}
