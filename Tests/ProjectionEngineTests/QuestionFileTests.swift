import Definitions
import Journey
import Testing

@testable import ProjectionEngine

@Suite("A question file")
struct QuestionFileTests {
  @Test("gives the question it states")
  func reads() throws {
    let definition = try read(valid)
    #expect(definition.name == "made-up" && definition.version == 3)
    #expect(definition.title == LocalizedText(en: "Made up", de: "Erfunden"))
    #expect(definition.source.en == "nowhere")
    guard case .timeToEvent(let content) = definition.content else {
      Issue.record("another kind: \(definition.kind)")
      return
    }
    #expect(definition.clock == .month && content.origin == .firstPlacement)
    #expect(content.event == .interruption && content.kinds == [.svp, .miniJob])
    #expect(content.gap == TimeLength(1, .month) && content.rule == .b)
    #expect(content.horizons == [3, 6] && content.restrictedMeanTo == 24)
    #expect(definition.digest.count == 64)
    #expect(definition.example?.people.map(\.id) == ["a", "b"])
    #expect(try definition.checkExample() == [])
  }

  @Test("has another digest when any byte of it is another")
  func digest() throws {
    #expect(try read(valid).digest == read(valid).digest)
    #expect(try read(valid).digest != read(valid + "# a remark\n").digest)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var line: Int
    var column: Int
    var code: String
    /// Replaced in the valid file.
    var old: String
    var new: String
    /// Part of the English message or hint.
    var says = ""
    var testDescription: String { "\(new) → \(code)" }
  }

  static let known: [Mistake] = [
    Mistake(
      line: 2, column: 1, code: "D-UNKNOWN-KEY", old: "name =", new: "naem =",
      says: "Did you mean “name”?"),
    Mistake(
      line: 3, column: 11, code: "D-TYPE", old: "version = 3", new: "version = \"3\"",
      says: "Expected a whole number, found a string."),
    Mistake(
      line: 4, column: 8, code: "D-UNKNOWN-CODE", old: "time-to-event", new: "time-to-evnt",
      says: "Did you mean “time-to-event”?"),
    Mistake(line: 6, column: 6, code: "D-TYPE", old: "\"Made up\"", new: "17"),
    Mistake(
      line: 1, column: 10, code: "D-UNKNOWN-CODE", old: "wegmarke.question/1",
      new: "wegmarke.question/2"),
    Mistake(
      line: 17, column: 8, code: "D-UNKNOWN-CODE", old: "\"person\"",
      new: "\"record\""),
    Mistake(
      line: 16, column: 1, code: "D-COMBINATION", old: "\"person\"", new: "\"participation\"",
      says: "does not go with the unit “participation”"),
    Mistake(
      line: 18, column: 9, code: "D-UNKNOWN-CODE", old: "index = \"first-placement\"",
      new: "index = \"first-job\"",
      says: "Allowed: entry, first-placement, every-placement, first-training,"),
    Mistake(
      line: 20, column: 8, code: "D-UNKNOWN-CODE", old: "unit = \"month\"",
      new: "unit = \"months\"", says: "Did you mean “month”?"),
    Mistake(
      line: 23, column: 17, code: "D-UNKNOWN-CODE", old: "MINIJOB", new: "MINJOB",
      says: "Did you mean “MINIJOB”?"),
    Mistake(
      line: 23, column: 17, code: "D-REPEATED-VALUE", old: "\"MINIJOB\"", new: "\"SVP\""),
    Mistake(
      line: 21, column: 1, code: "D-EMPTY", old: "kinds = [\"SVP\", \"MINIJOB\"]",
      new: "kinds = []"),
    Mistake(
      line: 24, column: 7, code: "D-LENGTH", old: "\"1mo\"", new: "\"one month\"",
      says: "Write 28d, 4w or 2mo."),
    Mistake(line: 24, column: 7, code: "D-LENGTH", old: "\"1mo\"", new: "\"-1mo\""),
    Mistake(line: 24, column: 7, code: "D-TYPE", old: "\"1mo\"", new: "1"),
    Mistake(
      line: 25, column: 8, code: "D-UNKNOWN-CODE", old: "\"B\"", new: "\"D\"",
      says: "Unknown value “D”. [D-UNKNOWN-CODE]"),
    Mistake(
      line: 24, column: 7, code: "D-UNIT", old: "\"1mo\"", new: "\"45d\"",
      says: "Write 2mo, or choose the other clock."),
    Mistake(line: 24, column: 7, code: "D-UNIT", old: "\"1mo\"", new: "\"28d\""),
    Mistake(
      line: 24, column: 7, code: "D-UNIT", old: "unit = \"month\"", new: "unit = \"day\"",
      says: "The clock counts days; a gap of 1mo does not."),
    Mistake(
      line: 27, column: 10, code: "D-HORIZON", old: "[3, 6]", new: "[3, 6.5]",
      says: "from 0 on, not 6.5."),
    Mistake(line: 27, column: 7, code: "D-HORIZON", old: "[3, 6]", new: "[-3, 6]"),
    Mistake(
      line: 27, column: 6, code: "D-HORIZON", old: "[3, 6]", new: "[]",
      says: "names no horizon"),
    Mistake(
      line: 27, column: 10, code: "D-HORIZON", old: "[3, 6]", new: "[3, 3]",
      says: "ascending order, each once"),
    Mistake(
      line: 27, column: 10, code: "D-HORIZON", old: "[3, 6]", new: "[6, 3, 9]",
      says: "3 stands after 6."),
    Mistake(
      line: 28, column: 19, code: "D-HORIZON", old: "restricted-mean = 24",
      new: "restricted-mean = -5", says: "from 1 on, not -5."),
    Mistake(
      line: 28, column: 19, code: "D-HORIZON", old: "restricted-mean = 24",
      new: "restricted-mean = 0"),
    Mistake(
      line: 19, column: 10, code: "D-PERIOD", old: "index = \"first-placement\"",
      new: "index = \"first-placement\"\nwindow = \"2024-Q5\"",
      says: "Write 2024, 2024-H1, 2024-Q3"),
    Mistake(
      line: 20, column: 6, code: "D-RANGE", old: "[clock]",
      new: "[weights]\nof = \"age(at index) / 10\"\nkind = \"sampling\"\n[clock]",
      says: "Count with birth-year"),
    Mistake(line: 27, column: 7, code: "D-TYPE", old: "at = [3, 6]", new: "at = [\"3\", 6]"),
    Mistake(line: 26, column: 1, code: "D-MISSING-KEY", old: "at = [3, 6]\n", new: ""),
    Mistake(line: 32, column: 9, code: "D-DATE", old: "\"2024-01\"", new: "\"2024-13\""),
    Mistake(
      line: 33, column: 9, code: "D-SPELL", old: "\"2024-01/\"", new: "\"2024-01\"",
      says: "Write 2026-03/2026-07"),
    Mistake(line: 33, column: 9, code: "D-DATE", old: "\"2024-01/\"", new: "\"2024-01/x\""),
    Mistake(line: 34, column: 1, code: "D-UNKNOWN-KEY", old: "observed-until", new: "observed"),
    Mistake(line: 41, column: 1, code: "D-MISSING-KEY", old: "counted = 2\n", new: ""),
    Mistake(line: 41, column: 1, code: "D-MISSING-KEY", old: "times = [3, 10]\n", new: ""),
    Mistake(line: 41, column: 1, code: "D-MISSING-KEY", old: "at-risk = [2, 1]\n", new: ""),
    Mistake(line: 41, column: 1, code: "D-MISSING-KEY", old: "survival = [0.5, 0.5]\n", new: ""),
    Mistake(line: 45, column: 11, code: "D-TYPE", old: "at-risk = [2, 1]", new: "at-risk = 2"),
    Mistake(
      line: 22, column: 11, code: "D-COMBINATION", old: "index = \"first-placement\"",
      new: "index = \"entry\"", says: "does not go with the index event “entry”"),
  ]

  @Test("with a mistake says where and what", arguments: QuestionFileTests.known)
  func mistake(_ mistake: Mistake) throws {
    let text = valid.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
    try #require(text != valid)
    let error = try #require(failure(of: text))
    let found = error.diagnostics.map { "\($0.file):\($0.line):\($0.column) \($0.code)" }
    let wanted = "made-up.toml:\(mistake.line):\(mistake.column) \(mistake.code)"
    #expect(found.contains(wanted), "\(found)")
    // A wrong name is also a missing one; beyond that one mistake is one message.
    #expect(found.filter { !$0.hasSuffix("D-MISSING-KEY") || $0 == wanted }.count == 1, "\(found)")
    #expect(error.rendered(in: .english).contains(mistake.says))
    #expect(error.rendered(in: .german).contains(mistake.code))
  }

  @Test("without an example is read; with half of one it is refused")
  func withoutExample() throws {
    let start = try #require(valid.firstRange(of: "[[example.person]]"))
    let bare = try read(String(valid[..<start.lowerBound]))
    #expect(bare.example == nil)
    #expect(try bare.checkExample() == [])
    let expectation = try #require(valid.firstRange(of: "[example.expect]"))
    let half = try #require(failure(of: String(valid[..<expectation.lowerBound])))
    #expect(half.message.en.contains("“expect”"))
    #expect(try read(valid.replacing("too-late = 0\n", with: "")).checkExample() == [])
  }

  @Test("does not call keys unknown whose place it could not judge")
  func noFalseAccusations() throws {
    let text = valid.replacing("outcome = \"interruption\"", with: "outcome = \"interuption\"")
    let error = try #require(failure(of: text))
    #expect(error.diagnostics.map(\.code) == ["D-UNKNOWN-CODE"])
  }

  @Test("that waits for work has no gap and no rule")
  func gapWhereThereIsNone() throws {
    let text = valid.replacing("\"interruption\"", with: "\"first-placement\"")
      .replacing("index = \"first-placement\"", with: "index = \"entry\"")
    let error = try #require(failure(of: text))
    #expect(
      error.diagnostics.map { "\($0.line) \($0.code)" } == [
        "24 D-COMBINATION", "25 D-COMBINATION",
      ])
    #expect(error.rendered(in: .english).contains("“gap” goes only with outcome “interruption”"))
  }

  @Test("is refused, not a crash, whatever line of it is missing or doubled")
  func lineByLine() {
    let lines = valid.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var refused = 0
    for index in lines.indices {
      var without = lines
      without.remove(at: index)
      var doubled = lines
      doubled.insert(lines[index], at: index)
      for text in [without, doubled] where failure(of: text.joined(separator: "\n")) != nil {
        refused += 1
      }
    }
    #expect(refused > lines.count)
  }

  // MARK: Examples

  @Test(
    "is told where its example comes out otherwise",
    arguments: [
      ("counted = 2", "counted = 3", "Counted: expected 3, found 2."),
      ("too-late = 0", "too-late = 1", "Left out as too late: expected 1, found 0."),
      ("times = [3, 10]", "times = [3, 11]", "Times: expected [3.0, 11.0], found [3.0, 10.0]."),
      ("at-risk = [2, 1]", "at-risk = [1, 1]", "At risk: expected [1, 1], found [2, 1]."),
      ("survival = [0.5, 0.5]", "survival = [0.5, 0.500001]", "Curve: expected"),
      ("survival = [0.5, 0.5]", "survival = [0.5]", "Curve: expected"),
      ("2024-01/2024-03", "2024-01/2024-04", "Times: expected [3.0, 10.0], found [4.0, 10.0]."),
    ])
  func brokenExample(old: String, new: String, says: String) throws {
    let differences = try read(valid.replacing(old, with: new)).checkExample()
    #expect(differences.count == 1)
    #expect(differences.first?.message.en.hasPrefix(says) == true, "\(differences)")
    #expect(differences.first?.words.de.contains(/^made-up\.toml:\d+: ./) == true, "\(differences)")
  }

  // MARK: Choices

  @Test("lets the person who asks choose, but nothing that makes no sense")
  func choices() throws {
    let definition = try read(valid)
    var choices = QuestionDefinition.Choices(referenceDay: CivilDate.test("2024-12-31").day)
    #expect(try definition.timeToEvent(choices).outcome == .interruption(gap: 1, rule: .b))
    choices.clock = .day
    #expect(try definition.timeToEvent(choices).outcome == .interruption(gap: 28, rule: .b))
    // A gap of days that is no number of four weeks is none of months.
    let fortnight = try read(
      valid.replacing("unit = \"month\"", with: "unit = \"day\"")
        .replacing("\"1mo\"", with: "\"14d\""))
    choices.clock = .month
    #expect(throws: QuestionDefinition.ChoiceProblem.gapUnit(TimeLength(14, .day), clock: .month)) {
      try fortnight.timeToEvent(choices)
    }
    choices.clock = .day
    choices.gap = TimeLength(14, .day)
    choices.rule = .c
    #expect(try definition.timeToEvent(choices).outcome == .interruption(gap: 14, rule: .c))
    choices.clock = .month
    let wrongUnit = QuestionDefinition.ChoiceProblem.gapUnit(TimeLength(14, .day), clock: .month)
    #expect(throws: wrongUnit) { try definition.timeToEvent(choices) }
    choices.gap = TimeLength(0, .day)
    #expect(try definition.timeToEvent(choices).outcome == .interruption(gap: 0, rule: .c))
    let waiting = try read(
      valid.replacing("index = \"first-placement\"", with: "index = \"entry\"")
        .replacing("outcome = \"interruption\"", with: "outcome = \"first-placement\"")
        .replacing("gap = \"1mo\"\nrule = \"B\"\n", with: ""))
    #expect(throws: QuestionDefinition.ChoiceProblem.noGap) { try waiting.timeToEvent(choices) }
    #expect(definition.horizons(on: .day) == [91, 183])
  }

  @Test("states the period of the index event, and who asks may choose another")
  func window() throws {
    let definition = try read(
      valid.replacing(
        "index = \"first-placement\"",
        with: "index = \"first-placement\"\nwindow = \"2024-02..2024-06\""))
    var choices = QuestionDefinition.Choices(referenceDay: CivilDate.test("2024-12-31").day)
    let own = CivilDate.test("2024-02-01").day...CivilDate.test("2024-06-30").day
    #expect(try definition.timeToEvent(choices).window == own)
    // Both people of the example start in January.
    let differences = try definition.checkExample()
    let counted = "Counted: expected 2, found 0. (2 without index event)"
    #expect(differences.first?.message.en == counted)
    let chosen = CivilDate.test("2024-01-01").day...CivilDate.test("2024-01-31").day
    choices.window = chosen
    #expect(try definition.timeToEvent(choices).window == chosen)
  }

  @Test("writes lengths of time as people do")
  func lengths() {
    let written = ["28d", "4w", "2mo", "2m", "1y", "0d", "36500d"].map { TimeLength($0) }
    #expect(
      written.map { $0?.description } == ["28d", "28d", "2mo", "2mo", "12mo", "0d", "36500d"])
    for text in ["", "d", "28", "-1d", "1.5mo", "28 d", "36501d", "99999999999d", "١d", "2q"] {
      #expect(TimeLength(text) == nil, "\(text)")
    }
  }

  // MARK: What the tests share

  private func read(_ text: String) throws -> QuestionDefinition {
    try QuestionFile.read(Array(text.utf8), file: "made-up.toml")
  }

  private func failure(of text: String) -> DefinitionError? {
    do throws(DefinitionError) {
      _ = try QuestionFile.read(Array(text.utf8), file: "made-up.toml")
      return nil
    } catch { return error }
  }

  private var valid: String { QuestionFileTests.valid }

  static let valid = """
    format = "wegmarke.question/1"
    name = "made-up"
    version = 3
    kind = "time-to-event"
    [title]
    en = "Made up"
    de = "Erfunden"
    [sentence]
    en = "How long?"
    de = "Wie lange?"
    [rule]
    en = "As it says."
    de = "Wie es dasteht."
    [source]
    text = "nowhere"
    [population]
    unit = "person"
    index = "first-placement"
    [clock]
    unit = "month"
    [event]
    outcome = "interruption"
    kinds = ["SVP", "MINIJOB"]
    gap = "1mo"
    rule = "B"
    [horizons]
    at = [3, 6]
    restricted-mean = 24

    [[example.person]]
    id = "a"
    entry = "2024-01"
    jobs = ["2024-01/"]
    observed-until = "2024-12"
    [[example.person]]
    id = "b"
    entry = "2024-01"
    jobs = ["2024-01/2024-03"]
    observed-until = "2024-12"

    [example.expect]
    counted = 2
    too-late = 0
    times = [3, 10]
    at-risk = [2, 1]
    survival = [0.5, 0.5]

    """
}
