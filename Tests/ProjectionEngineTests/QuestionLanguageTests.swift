import Definitions
import Journey
import Testing

@testable import ProjectionEngine

@Suite("The language of question files about time")
struct QuestionLanguageTests {
  /// A question of kind `time-to-event`, from its tables and the people of its example.
  static func text(
    clock: String = "day", population: String, event: String, more: String = "", at: String,
    people: [String], expect: String
  ) -> String {
    """
    format = "wegmarke.question/1"
    name = "made-up"
    version = 1
    kind = "time-to-event"
    title = { en = "Made up", de = "Erfunden" }
    sentence = { en = "How long?", de = "Wie lange?" }
    rule = { en = "As it says.", de = "Wie es dasteht." }
    source = { text = "nowhere" }
    [population]
    \(population)
    [clock]
    unit = "\(clock)"
    [event]
    \(event)
    \(more)
    [horizons]
    at = \(at)
    \(people.map { "[[example.person]]\n\($0)" }.joined(separator: "\n"))
    [example.expect]
    \(expect)
    """
  }

  // Who left in 2024 without work, counted from the last day inside. a starts 30 days later. b is
  // followed for 91 days (to 28 September). c dies 20 days later. d left in 2023. e left at work.
  static let afterExit = text(
    population: """
      unit = "person"
      index = "exit"
      window = "2024"
      where = 'not working(at index)'
      """,
    event: """
      outcome = "first-placement"
      kinds = ["SVP"]
      competing = ["death"]
      """, at: "[30, 90]",
    people: [
      """
      id = "a"
      entry = "2024-01-01"
      jobs = ["2024-04-30/"]
      events = ["2024-03-31 ParticipationExited exit-type=regular"]
      observed-until = "2024-12-31"
      """,
      """
      id = "b"
      entry = "2024-01-01"
      events = ["2024-06-30 ParticipationExited exit-type=regular"]
      observed-until = "2024-09-28"
      """,
      """
      id = "c"
      entry = "2024-01-01"
      events = ["2024-05-31 ParticipationExited exit-type=regular", "2024-06-20 ParticipantDeceased"]
      observed-until = "2024-06-19"
      """,
      """
      id = "d"
      entry = "2023-01-01"
      events = ["2023-12-31 ParticipationExited exit-type=regular"]
      observed-until = "2024-12-31"
      """,
      """
      id = "e"
      entry = "2024-01-01"
      jobs = ["2024-02-01/"]
      events = ["2024-02-29 ParticipationExited exit-type=regular"]
      observed-until = "2024-12-31"
      """,
    ],
    expect: """
      counted = 3
      times = [20, 30, 91]
      at-risk = [3, 2, 1]
      survival = [0.6666666666666666, 0.3333333333333333, 0.3333333333333333]
      [example.expect.incidence]
      first-placement = [0, 0.3333333333333333, 0.3333333333333333]
      death = [0.3333333333333333, 0.3333333333333333, 0.3333333333333333]
      """)

  // Trainings, counted in months; the window of rule B closes with December 2024. a ends after May:
  // 4 months. b leaves the programme at the end of August, in the sixth. c goes on: 7 months.
  static let training = text(
    clock: "month",
    population: """
      unit = "person"
      index = "first-training"
      """,
    event: """
      outcome = "interruption"
      kinds = ["DUAL"]
      gap = "0mo"
      rule = "B"
      employer = "same"
      competing = ["exit"]
      """, at: "[6]",
    people: [
      """
      id = "a"
      entry = "2024-01"
      jobs = ["2024-02/2024-05"]
      observed-until = "2024-12"
      """,
      """
      id = "b"
      entry = "2024-01"
      jobs = ["2024-03/"]
      events = ["2024-08-31 ParticipationExited exit-type=early exit-reason=health"]
      observed-until = "2024-12"
      """,
      """
      id = "c"
      entry = "2024-01"
      jobs = ["2024-05/"]
      observed-until = "2024-12"
      """,
    ],
    expect: """
      counted = 3
      times = [4, 6, 7]
      at-risk = [3, 2, 1]
      survival = [0.6666666666666666, 0.3333333333333333, 0.3333333333333333]
      [example.expect.incidence]
      interruption = [0.3333333333333333, 0.3333333333333333, 0.3333333333333333]
      exit = [0, 0.3333333333333333, 0.3333333333333333]
      """)

  // Work as long as the project looks. a leaves at the end of March, two months after the start. b has
  // no work from May on, which is certain with June: 4 months.
  static let untilExit = text(
    clock: "month",
    population: """
      unit = "person"
      index = "first-placement"
      """,
    event: """
      outcome = "interruption"
      kinds = ["SVP"]
      gap = "0mo"
      rule = "C"
      """,
    more: """
      [censoring]
      at = "exit"
      """, at: "[3]",
    people: [
      """
      id = "a"
      entry = "2024-01"
      jobs = ["2024-02/2024-04"]
      events = ["2024-03-31 ParticipationExited exit-type=regular"]
      observed-until = "2024-12"
      """,
      """
      id = "b"
      entry = "2024-01"
      jobs = ["2024-02/2024-04"]
      events = ["2024-09-30 ParticipationExited exit-type=regular"]
      observed-until = "2024-12"
      """,
    ],
    expect: """
      counted = 2
      times = [2, 4]
      at-risk = [2, 1]
      survival = [1, 0]
      """)

  // A source that tells every change, to the end of June 2024. a was last heard of in March and is
  // taken to work on: 5 months. b ends later: 5 months. c ends in March, certain with May: 3 months.
  static let dataCut = text(
    clock: "month",
    population: """
      unit = "person"
      index = "first-placement"
      """,
    event: """
      outcome = "interruption"
      kinds = ["SVP"]
      gap = "0mo"
      rule = "C"
      """,
    more: """
      [censoring]
      at = "data-cut"
      data-cut = "2024-06-30"
      """, at: "[3]",
    people: [
      """
      id = "a"
      entry = "2024-01"
      jobs = ["2024-02/"]
      observed-until = "2024-03"
      """,
      """
      id = "b"
      entry = "2024-01"
      jobs = ["2024-02/2024-08"]
      observed-until = "2024-12"
      """,
      """
      id = "c"
      entry = "2024-01"
      jobs = ["2024-02/2024-03"]
      observed-until = "2024-12"
      """,
    ],
    expect: """
      counted = 3
      times = [3, 5]
      at-risk = [3, 2]
      survival = [0.6666666666666666, 0.6666666666666666]
      """)

  // Groups by the hours of the job that starts the clock; who states none is in neither.
  static let groups = text(
    population: """
      unit = "person"
      index = "first-placement"
      """,
    event: """
      outcome = "interruption"
      kinds = ["SVP"]
      gap = "0d"
      rule = "C"
      """,
    more: """
      [[group]]
      code = "full"
      label = { en = "30 hours or more", de = "30 Stunden und mehr" }
      when = 'weekly-hours(at index) >= 30'
      [[group]]
      code = "part"
      label = { en = "less", de = "weniger" }
      when = 'weekly-hours(at index) < 30'
      """, at: "[30]",
    people: [
      """
      id = "a"
      entry = "2024-01-01"
      events = ["2024-02-01 EmploymentStarted kind=SVP hours-per-week=38"]
      observed-until = "2024-03-31"
      """,
      """
      id = "b"
      entry = "2024-01-01"
      events = ["2024-02-01 EmploymentStarted kind=SVP hours-per-week=20"]
      observed-until = "2024-03-31"
      """,
      """
      id = "c"
      entry = "2024-01-01"
      jobs = ["2024-02-01/"]
      observed-until = "2024-03-31"
      """,
    ],
    expect: """
      counted = 3
      times = [60]
      at-risk = [3]
      survival = [1]
      groups = { full = 1, part = 1 }
      """)

  @Test(
    "gives what its examples work out by hand",
    arguments: [
      QuestionLanguageTests.afterExit, QuestionLanguageTests.training,
      QuestionLanguageTests.untilExit, QuestionLanguageTests.dataCut,
      QuestionLanguageTests.groups,
    ])
  func examples(_ text: String) throws {
    let definition = try read(text)
    #expect(definition.example != nil)
    #expect(try definition.checkExample() == [])
  }

  @Test("says where a group of an example counts otherwise")
  func brokenGroup() throws {
    let text = QuestionLanguageTests.groups.replacing("full = 1", with: "full = 2")
    #expect(try read(text).checkExample().map(\.message.en) == ["full: expected 2, found 1."])
  }

  @Test("ends the data where the file says, if that is before the reference day")
  func cut() throws {
    let definition = try read(QuestionLanguageTests.dataCut)
    let cut = CivilDate.test("2024-06-30").day
    for (day, last) in [("2024-05-31", CivilDate.test("2024-05-31").day), ("2026-12-31", cut)] {
      let choices = QuestionDefinition.Choices(referenceDay: CivilDate.test(day).day)
      #expect(try definition.timeToEvent(choices).lastDay == last)
    }
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var text: String
    var old: String
    var new: String
    /// The code and part of the English message or hint.
    var code = "D-COMBINATION"
    var says: String
    var testDescription: String { "\(new): \(says)" }
  }

  static let mistakes: [Mistake] = [
    Mistake(
      text: afterExit, old: "\"first-placement\"\nkinds", new: "\"exit\"\nkinds",
      says: "does not go with the index event “exit”"),
    Mistake(
      text: afterExit, old: "[\"death\"]", new: "[\"dropout\"]",
      says: "After the exit that starts the clock there is no other one to compete."),
    Mistake(
      text: afterExit, old: "[horizons]", new: "[censoring]\nat = \"exit\"\n[horizons]",
      says: "cannot end at the exit with which the clock starts"),
    Mistake(
      text: afterExit, old: "\"person\"", new: "\"spell\"",
      says: "The index event “exit” does not go with the unit “spell”."),
    Mistake(
      text: training, old: "[\"DUAL\"]", new: "[\"SVP\"]",
      says: "No training is among the kinds, so nothing starts the clock."),
    Mistake(
      text: training, old: "[\"exit\"]", new: "[\"placement\"]",
      says: "A placement does not compete"),
    Mistake(
      text: training.replacing("gap = \"0mo\"\nrule = \"B\"\nemployer = \"same\"\n", with: ""),
      old: "\"interruption\"", new: "\"first-placement\"",
      says: "would itself be the placement waited for"),
    Mistake(
      text: training, old: "[horizons]", new: "[work]\nkinds = [\"SVP\"]\n[horizons]",
      says: "“work” is part of questions of kind point, count"),
    Mistake(
      text: groups.replacing("\"time-to-event\"", with: "\"occupancy\""), old: "[[group]]",
      new: "[weights]\nof = \"birth-year\"\nkind = \"sampling\"\n[[group]]",
      says: "“weights” is part of questions of kind time-to-event, point, count, not of"),
    Mistake(
      text: groups.replacing("\"time-to-event\"", with: "\"count\""), old: "[[group]]",
      new: "[weights]\nof = \"birth-year\"\nkind = \"sampling\"\n"
        + "[[value]]\ncode = \"hours\"\n[[group]]",
      says: "Units with weights have no “value”"),
    Mistake(
      text: training.replacing("\"time-to-event\"", with: "\"table\"")
        .replacing("gap = \"0mo\"\nrule = \"B\"\nemployer = \"same\"\n", with: "")
        .replacing("\"interruption\"", with: "\"exit\"")
        .replacing("competing = [\"exit\"]\n", with: ""),
      old: "[horizons]", new: "[table]\ncohort = \"quarter\"\n[horizons]",
      says: "one minus the curve of one cause among several is nobody's share"),
    Mistake(
      text: untilExit, old: "at = \"exit\"", new: "at = \"exits\"", code: "D-UNKNOWN-CODE",
      says: "Allowed: last-confirmed-day, data-cut, exit."),
    Mistake(
      text: dataCut, old: "2024-06-30", new: "2024-06-31", code: "D-DATE",
      says: "Write it as 2026-03-01"),
    Mistake(
      text: groups, old: "code = \"part\"\n", new: "", code: "D-MISSING-KEY",
      says: "The key “code” is missing."),
    Mistake(
      text: groups, old: "weekly-hours(at index) < 30", new: "gender = female",
      code: "D-UNKNOWN-CODE", says: "Did you mean “f”?"),
    Mistake(
      text: groups, old: "weekly-hours(at index) < 30", new: "gender = q",
      code: "D-UNKNOWN-CODE", says: "f (female), m (male)"),
  ]

  @Test("says what does not go together, and where", arguments: QuestionLanguageTests.mistakes)
  func mistake(_ mistake: Mistake) throws {
    let text = mistake.text.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
    try #require(text != mistake.text)
    do throws(DefinitionError) {
      _ = try QuestionFile.read(Array(text.utf8), file: "made-up.toml")
      Issue.record("is read")
    } catch {
      #expect(error.diagnostics.contains { $0.code == mistake.code && $0.line > 1 })
      #expect(error.rendered(in: .english).contains(mistake.says), "\(error.message.en)")
      #expect(error.rendered(in: .german).contains(mistake.code))
    }
  }

  private func read(_ text: String) throws -> QuestionDefinition {
    try QuestionFile.read(Array(text.utf8), file: "made-up.toml")
  }
}
