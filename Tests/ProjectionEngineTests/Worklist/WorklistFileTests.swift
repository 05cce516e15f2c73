import Definitions
import Journey
import Testing

@testable import ProjectionEngine

@Suite("A file of worklist rules")
struct WorklistFileTests {
  private static let valid = """
    format = "wegmarke.worklist/1"
    name = "made-up"
    version = 2
    sentence = { en = "Made up", de = "Erfunden" }
    source = { text = "nowhere" }

    [[task]]
    code = "form"
    title = { en = "Form", de = "Bogen" }
    start = "exit"
    after = "28d"
    shown = "14d"
    settled-by = ["StatusAtExitRecorded"]
    done = "StatusAtExitRecorded"


    """ + example

  private static let example = """
    [example]
    on = "2024-05-01"
    [[example.person]]
    id = "a"
    entry = "2024-01-10"
    events = ["2024-03-31 ParticipationExited"]
    observed-until = "2024-03-31"
    [[example.expect]]
    person = "a"
    task = "form"
    due = "2024-04-28"

    """

  private func read(_ text: String) throws(DefinitionError) -> WorklistRules {
    try WorklistFile.read(Array(text.utf8), file: "rules.toml")
  }

  @Test("gives the tasks it states, and its example agrees")
  func reads() throws {
    let rules = try read(Self.valid)
    #expect(rules.name == "made-up" && rules.version == 2 && rules.source.de == "nowhere")
    #expect(rules.tasks.map(\.code) == ["form"] && rules.tasks[0].start == .exit)
    #expect(rules.tasks[0].after == TimeLength(28, .day) && rules.tasks[0].lapses == nil)
    #expect(rules.tasks[0].settledBy == [.statusAtExitRecorded] && !rules.tasks[0].afterDeparture)
    #expect(rules.checkExample() == [])
    #expect(rules.digest.count == 64)
    #expect(try rules.digest != read(Self.valid + "# a remark\n").digest)
  }

  @Test("has an example that is worked, not believed")
  func wrongExample() throws {
    let rules = try read(Self.valid.replacing("2024-04-28", with: "2024-04-29"))
    let differences = rules.checkExample()
    #expect(differences.allSatisfy { $0.line > 15 && $0.words.en.contains("toml:\($0.line): ") })
    #expect(
      differences.map(\.message.en) == [
        "Expected and not there: a: form, 2024-04-29, 0.",
        "There and not expected: a: form, 2024-04-28, 0.",
      ])
  }

  @Test(
    "says where it is wrong",
    arguments: [
      ("start = \"exit\"", "start = \"exti\"", "D-UNKNOWN-CODE", 10),
      ("after = \"28d\"", "after = \"soon\"", "D-LENGTH", 11),
      ("after = \"28d\"\n", "", "D-MISSING-KEY", 7),
      ("shown = \"14d\"", "shwon = \"14d\"", "D-UNKNOWN-KEY", 12),
      ("code = \"form\"", "code = \"The form\"", "D-NAME", 8),
      ("done = \"StatusAtExitRecorded\"", "done = \"CounsellingHeld\"", "D-COMBINATION", 7),
      (
        "settled-by = [\"StatusAtExitRecorded\"]", "settled-by = [\"StatusAtExit\"]",
        "D-UNKNOWN-CODE", 13
      ),
      ("start = \"exit\"", "start = \"job-start\"\nkinds = []", "D-EMPTY", 7),
      ("shown = \"14d\"", "shown = \"14d\"\nclock = \"entry\"", "D-UNKNOWN-CODE", 13),
      ("task = \"form\"\ndue", "task = \"from\"\ndue", "D-UNKNOWN-CODE", 25),
      ("due = \"2024-04-28\"", "due = \"2024-02-30\"", "D-DATE", 26),
      (example, "", "D-MISSING-KEY", 1),
    ])
  func mistakes(old: String, new: String, code: String, line: Int) throws {
    let text = Self.valid.replacing(old, with: new)
    #expect(text != Self.valid)
    do throws(DefinitionError) {
      _ = try read(text)
      Issue.record("was read: \(new)")
    } catch {
      #expect(
        error.diagnostics.contains { $0.code == code && $0.line == line },
        "\(error.diagnostics.map { "\($0.code) \($0.line)" })")
    }
  }
}
