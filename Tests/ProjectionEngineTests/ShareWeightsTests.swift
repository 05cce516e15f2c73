import Definitions
import Journey
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("Weights and index events of questions that count")
struct ShareWeightsTests {
  private static func file(population: String, more: String, people: String, expect: String)
    -> String
  {
    """
    format = "wegmarke.question/1"
    name = "made-up"
    version = 1
    kind = "count"
    title = { en = "Made up", de = "Erfunden" }
    sentence = { en = "Made up?", de = "Erfunden?" }
    rule = { en = "None.", de = "Keine." }
    source = { text = "nowhere" }
    clock = { unit = "day" }
    [population]
    \(population)
    [work]
    kinds = ["SVP"]
    \(more)
    [[row]]
    code = "there"
    label = { en = "there after 30 days", de = "nach 30 Tagen da" }
    yes = 'working(at index + 30d, as [SVP])'
    [example]
    on = "2024-12-31"
    \(people)
    \(expect)

    """
  }

  // Jobs of 10, 20 and 30 hours: there, gone, and never heard of again; the last person states no hours.
  private static let weighted = file(
    population: """
      unit = "person"
      index = "first-placement"
      """,
    more: """
      [weights]
      of = "weekly-hours(at index)"
      kind = "sampling"
      """,
    people: """
      [[example.person]]
      id = "a"
      entry = "2024-01-01"
      events = ["2024-02-01 EmploymentStarted kind=SVP hours-per-week=10"]
      observed-until = "2024-06-30"
      [[example.person]]
      id = "b"
      entry = "2024-01-01"
      events = ["2024-02-01 EmploymentStarted kind=SVP hours-per-week=20", "2024-02-10 EmploymentEnded"]
      observed-until = "2024-06-30"
      [[example.person]]
      id = "c"
      entry = "2024-01-01"
      events = ["2024-02-01 EmploymentStarted kind=SVP hours-per-week=30"]
      observed-until = "2024-02-05"
      [[example.person]]
      id = "d"
      entry = "2024-01-01"
      jobs = ["2024-02-01/"]
      observed-until = "2024-06-30"
      """,
    expect: """
      [[example.expect.row]]
      yes = 1
      no = 1
      unknown = 1
      all = 0.16666666666666666
      known = 0.3333333333333333
      """)

  // A job between the first contact and the entry counts, one before the contact does not (edge case 7).
  private static let firstContact = file(
    population: """
      unit = "person"
      index = "first-placement"
      since = "first-contact"
      """,
    more: "",
    people: """
      [[example.person]]
      id = "a"
      entry = "2024-03-01"
      events = ["2024-01-10 FirstContactRecorded"]
      jobs = ["2024-02-01/"]
      observed-until = "2024-06-30"
      [[example.person]]
      id = "b"
      entry = "2024-03-01"
      events = ["2024-01-10 FirstContactRecorded"]
      jobs = ["2024-01-05/"]
      observed-until = "2024-06-30"
      """,
    expect: """
      [[example.expect.row]]
      yes = 1
      """)

  private func read(_ text: String) throws(DefinitionError) -> QuestionDefinition {
    try QuestionFile.read(Array(text.utf8), file: "made-up.toml")
  }

  @Test(
    "give what their examples work out by hand",
    arguments: [ShareWeightsTests.weighted, ShareWeightsTests.firstContact])
  func examples(_ text: String) throws {
    let definition = try read(text)
    #expect(definition.example != nil)
    #expect(try definition.checkExample().map(\.message.en) == [])
  }

  @Test("are told from the plain shares by the example")
  func wrongExample() throws {
    let text = Self.weighted.replacing("known = 0.3333333333333333", with: "known = 0.5")
    #expect(try read(text).checkExample().count == 1)
    let entry = Self.firstContact.replacing("since = \"first-contact\"\n", with: "")
    #expect(try read(entry).checkExample().count == 1)
  }

  @Test("leave out whoever has no weight, and say so")
  func withoutWeight() throws {
    let definition = try read(Self.weighted)
    guard case .shares(let shares) = definition.content else {
      Issue.record("another kind")
      return
    }
    let example = try #require(definition.example)
    let (block, catalogue) = example.block()
    let question = try definition.shares(shares, .init(referenceDay: example.referenceDay))
    var fold = try ShareFold(question, catalogue, recordedDays: nil)
    try fold.add(block)
    #expect(fold.result.attrition.withoutWeight == 1 && fold.result.attrition.counted == 3)
  }

  @Test("count as often as they say: frequencies give what so many units would", arguments: 1...8)
  func frequencies(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let people = (0..<200).map { number in
      let profile = JourneyEvent(.entryProfileRecorded, on: .test("2023-01-01"))
        .with(Fields.birthYear, 1970 + Int(random.next() % 9))
      return QuestionExample.Person(
        id: "\(number)", events: RandomPerson.events(using: &random) + [profile])
    }
    let (block, catalogue) = QuestionExample(
      people: people, referenceDay: .latest, expected: .table([])
    ).block()
    let environment = ExpressionEnvironment(clock: .day)
    func ask(_ weight: QuestionWeight?, by: [String]) throws -> GroupedSums<ShareSums> {
      let row = ShareDefinition.Row(
        code: "there", label: LocalizedText(verbatim: "there"),
        yes: try .read(
          LocatedText("working(during index through index + 60d)", file: "test"),
          expecting: .truth, in: environment), among: nil, exclude: nil, due: nil)
      let question = ShareQuestion(
        definition: ShareDefinition(
          unit: .person, index: .entry, condition: nil, weight: weight, kinds: .employed,
          rows: [row], values: [], groups: [], horizons: [0]),
        clock: .day, horizons: [0], window: nil, groupedBy: by,
        referenceDay: RandomPerson.firstDay + 400)
      var fold = try ShareFold(question, catalogue, recordedDays: nil)
      try fold.add(block)
      return fold.result
    }
    let weight = QuestionWeight(
      of: try .read(
        LocatedText("birth-year - 1969", file: "test"), expecting: .number, in: environment),
      kind: .frequency)
    let sums = try #require(try ask(weight, by: []).ordered().first?.sum)
    let weighted = try #require(sums.weighted(cell: 0, weight))
    var (yes, no, unknown, heard) = (0, 0, 0, 0)
    for (values, sum) in try ask(nil, by: ["birth-year"]).ordered() {
      let times = try #require(values[0].flatMap { Int($0) }) - 1969
      yes += times * sum.count(.yes, cell: 0)
      no += times * sum.count(.no, cell: 0)
      unknown += times * sum.count(.unknown, cell: 0)
      let early = sum.earlyCount(.yes, cell: 0) + sum.earlyCount(.no, cell: 0)
      heard += times * (sum.count(.yes, cell: 0) + sum.count(.no, cell: 0) - early)
    }
    #expect(weighted.yes == Double(yes) && weighted.no == Double(no), "seed \(seed)")
    #expect(weighted.unknown == Double(unknown) && yes > 0 && unknown > 0, "seed \(seed)")
    #expect(weighted.effectiveSize == Double(heard), "seed \(seed)")
  }
}
