import EventLog
import Journey
import Keyring
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("A comparison of states, ways, cohorts and weighted units at two states of knowledge")
struct OtherComparisonTests {
  private typealias Figures = KnowledgeComparison.Figures

  private static let head = """
    format = "wegmarke.question/1"
    name = "made-up"
    version = 1
    title = { en = "Made up", de = "Erfunden" }
    sentence = { en = "Made up?", de = "Erfunden?" }
    rule = { en = "None.", de = "Keine." }
    source = { text = "nowhere" }

    [[example.person]]
    id = "a"
    entry = "2024-01-01"
    observed-until = "2024-12-31"


    """

  private static let states = """
    [[state]]
    code = "gone"
    label = { en = "gone", de = "fort" }
    when = 'died(during index through t) or left-country(during index through t)'
    [[state]]
    code = "work"
    label = { en = "work", de = "Arbeit" }
    when = 'working(at t, as [SVP, MINIJOB])'
    [[state]]
    code = "in"
    label = { en = "in", de = "drin" }
    when = 'participating(at t)'
    [[state]]
    code = "out"
    label = { en = "out", de = "draußen" }
    when = 'not participating(at t)'

    """

  private static let files: [String: String] = [
    "occupancy": """
    kind = "occupancy"
    population = { unit = "person", index = "entry" }
    clock = { unit = "day" }
    horizons = { at = [30, 120, 250] }
    \(states)
    [[example.expect.state]]
    state = "work"
    shares = [0, 0, 0]
    """,
    "transitions": """
    kind = "transitions"
    population = { unit = "person", index = "entry" }
    clock = { unit = "month" }
    horizons = { at = [3, 6] }
    \(states)
    [[example.expect.move]]
    horizon = 3
    from = "in"
    to = "in"
    people = 1
    """,
    "sequences": """
    kind = "sequences"
    population = { unit = "person", index = "entry" }
    clock = { unit = "month" }
    horizons = { at = [6] }
    sequence = { shapes = 3 }
    \(states)
    [[example.expect.shape]]
    states = ["in"]
    people = 1
    periods = [6]
    """,
    "table": """
    kind = "table"
    population = { unit = "person", index = "entry" }
    clock = { unit = "month" }
    table = { cohort = "quarter" }
    event = { outcome = "first-placement", kinds = ["SVP", "MINIJOB"], competing = ["exit", "death"] }
    horizons = { at = [1, 3, 6] }
    [[example.expect.cell]]
    horizon = 1
    """,
    "retention": """
    kind = "table"
    population = { unit = "person", index = "first-placement" }
    clock = { unit = "month" }
    table = { cohort = "year" }
    event = { outcome = "interruption", kinds = ["SVP", "MINIJOB"], gap = "1mo", rule = "B" }
    horizons = { at = [1, 3, 6] }
    [[example.expect.cell]]
    horizon = 1
    """,
    "weighted-count": """
    kind = "count"
    population = { unit = "spell", index = "every-placement" }
    clock = { unit = "day" }
    work = { kinds = ["SVP", "MINIJOB"] }
    weights = { of = '(cut - index) / 100d + 1', kind = "sampling" }
    [[row]]
    code = "there"
    label = { en = "there", de = "da" }
    yes = 'working(at index + 30d, as [SVP, MINIJOB])'
    [[row]]
    code = "once"
    label = { en = "once", de = "einmal" }
    yes = 'working(during index through index + 90d)'
    [[example.expect.row]]
    row = "there"
    """,
    "weighted": """
    kind = "time-to-event"
    population = { unit = "spell", index = "every-placement" }
    clock = { unit = "day" }
    event = { outcome = "interruption", kinds = ["SVP", "MINIJOB"], gap = "0d", rule = "A", employer = "same" }
    weights = { of = '(cut - index) / 100d + 1', kind = "sampling" }
    horizons = { at = [20, 60, 150] }
    [example.expect]
    counted = 0
    too-late = 0
    times = []
    at-risk = []
    survival = []
    """,
  ]

  private func definition(_ name: String) throws -> QuestionDefinition {
    let body = try #require(Self.files[name])
    // Tables of tables come after plain keys.
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    let split = lines.firstIndex { $0.hasPrefix("[") } ?? lines.endIndex
    let keys = lines[..<split].joined(separator: "\n")
    let tables = lines[split...].joined(separator: "\n")
    let head = Self.head.split(separator: "\n\n").map(String.init)
    let text = [keys, head[0], tables.isEmpty ? "" : head[1], tables].joined(separator: "\n")
    return try QuestionFile.read(Array(text.utf8), file: "made-up.toml")
  }

  /// The figures of an answer, from the answer itself.
  private func figures(
    _ definition: QuestionDefinition, _ choices: QuestionDefinition.Choices, _ view: JourneysView,
    _ size: UInt64, _ numbers: [QuestionDefinition.Number], _ horizons: [Double]
  ) throws -> [[String?]: Figures] {
    let certificate = try AnswerCertificate(view.log, size: size, isSimulated: false, program: "")
    let answer = try definition.answer(choices, from: view, certificate: certificate)
    var found: [[String?]: Figures] = [:]
    switch answer {
    case let answer as StateAnswer:
      for group in answer.groups {
        var figures = Figures(counted: group.people)
        if answer.question.definition.isFollowed {
          figures.numbers = answer.question.definition.states.indices.flatMap { state in
            horizons.indices.map { place in
              guard !group.readings.isEmpty, !group.readings[state][place].isExtrapolated else {
                return 0
              }
              return group.readings[state][place].probability ?? 0
            }
          }
        } else {
          figures.numbers = group.fromIndex.flatMap { $0.counts.joined().map { Double($0) } }
        }
        found[group.values] = figures
      }
    case let answer as SequenceAnswer:
      let codes = answer.question.states.definition.states.map(\.code) + ["unknown"]
      for group in answer.groups {
        let shares = Dictionary(grouping: group.journeys) { path -> String in
          path.states.reduce(into: [Int]()) { if $0.last != $1 { $0.append($1) } }
            .map { codes[$0] }.joined(separator: ">")
        }.mapValues { Double($0.reduce(0) { $0 + $1.people }) / Double(group.followed) }
        found[group.values] = Figures(
          counted: group.people,
          numbers: group.meanTimes.map { $0.mean ?? 0 }
            + numbers.filter { $0.measure == .share }.map { shares[$0.code] ?? 0 })
      }
    case let answer as CohortTableAnswer:
      for group in answer.groups {
        for cohort in group.cohorts {
          found[[cohort.name] + group.values] = Figures(
            counted: cohort.units, numbers: cohort.cells.map { $0.share ?? 0 })
        }
      }
    case let answer as TimeToEventAnswer:
      for group in answer.groups {
        found[group.values] = Figures(
          counted: group.curve.counts.subjects,
          survival: group.readings.map { $0.survival ?? 1 })
      }
    case let answer as ShareAnswer:
      for group in answer.groups {
        found[group.values] = Figures(
          counted: group.units,
          cells: group.cells.map {
            .init(
              yes: $0.shares.yes, no: $0.shares.no, unknown: $0.shares.unknown, known: $0.known ?? 0
            )
          })
      }
    default: Issue.record("another kind")
    }
    return found
  }

  private func isNear(_ left: Figures, _ right: Figures) -> Bool {
    left.counted == right.counted
      && zip(left.numbers, right.numbers).allSatisfy { abs($0 - $1) < 1e-9 }
      && zip(left.survival, right.survival).allSatisfy { abs($0 - $1) < 1e-9 }
      && left.cells.count == right.cells.count
      && zip(left.cells, right.cells).allSatisfy { left, right in
        [left.yes, left.no, left.unknown] == [right.yes, right.no, right.unknown]
          && abs(left.known - right.known) < 1e-9
      }
  }

  @Test(
    "adds up to the difference, over random worlds, and each event moved the answer just so",
    arguments: [
      "occupancy", "transitions", "sequences", "table", "retention", "weighted", "weighted-count",
    ], 1...2)
  func reconciles(name: String, seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let telling = Telling.random(people: 15, statements: 200, merges: 6, using: &random)
    let order = telling.interleaved(using: &random)
    let definition = try definition(name)
    let days = (CivilDate.test("2024-09-01").day, CivilDate.test("2024-12-31").day)
    try withTemporaryStore { store in
      let log = try store.log
      var teller = Teller(telling)
      try teller.tell(order, cutAt: Telling.cuts(of: order.count, using: &random), to: log)
      let view = JourneysView(of: log)
      try view.refresh()
      let (lower, upper) = (UInt64(140), UInt64(order.count))
      var choices = QuestionDefinition.Choices(referenceDay: days.1)
      choices.groupedBy = seed == 2 ? ["subproject"] : []
      let result = try definition.compare(choices, view, sizes: (lower, upper), days: days)
      let comparison = result.comparison
      func at(_ size: UInt64, _ day: Day) throws -> [[String?]: Figures] {
        var asked = choices
        asked.referenceDay = day
        return try figures(definition, asked, view, size, result.numbers, result.horizons)
      }
      let width = result.isCurve ? (0, result.horizons.count) : (result.numbers.count, 0)
      let cells = [Figures.Cell](repeating: .init(), count: result.rows.count)
      let zero = Figures(
        survival: Array(repeating: 0, count: width.1), cells: cells,
        numbers: Array(repeating: 0, count: width.0))
      let nobody = Figures(
        survival: Array(repeating: 1, count: width.1), cells: cells,
        numbers: Array(repeating: 0, count: width.0))
      let (a, b) = (try at(lower, days.0), try at(upper, days.1))
      #expect(!comparison.movements.isEmpty, "seed \(seed)")
      for group in comparison.groups {
        let place: Comment = "\(name), seed \(seed), \(group.values)"
        #expect(isNear(group.before, a[group.values] ?? nobody), place)
        #expect(isNear(group.after, b[group.values] ?? nobody), place)
        #expect(isNear(group.rest, zero), place)
        let sum = comparison.total(of: nil, group: group.values).change
        #expect(isNear(group.after - group.before - group.passing, sum), place)
      }
      // The slow way: the answer asked anew after every single record.
      var before = try at(lower, days.1)
      for size in lower + 1...upper {
        let after = try at(size, days.1)
        for key in Set(before.keys).union(after.keys) {
          let moved = (after[key] ?? nobody) - (before[key] ?? nobody)
          let listed = comparison.movements.filter {
            $0.position.number == size - 1 && $0.group == key
          }
          let place: Comment = "\(name), seed \(seed), record \(size - 1), \(key)"
          #expect(listed.count <= 1, place)
          #expect(isNear(moved, listed.first?.change ?? zero), place)
        }
        before = after
      }
    }
  }
}
