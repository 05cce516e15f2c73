import EventLog
import Journey
import Keyring
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("A comparison of two states of knowledge")
struct ComparisonTests {
  private typealias Figures = KnowledgeComparison.Figures

  /// The figures of an answer, read off the estimator's own curve.
  private func figures(
    _ question: TimeToEventQuestion, _ view: JourneysView, _ size: UInt64, _ horizons: [Double]
  ) throws -> [[String?]: Figures] {
    var found: [[String?]: Figures] = [:]
    for group in try question.ask(view, size: size).groups {
      let curve = KaplanMeier(group.counts)
      let incidence = try CauseIncidence.all(
        group, of: question, names: causes(question), horizons: horizons, restrictedTo: nil,
        intervals: .plain, level: 0.95)
      found[group.values] = Figures(
        counted: group.counts.subjects, events: group.counts.totalEvents,
        survival: try curve.at(horizons).map { $0.survival ?? 1 },
        incidence: incidence.flatMap { $0.readings.map { $0.probability ?? 0 } })
    }
    return found
  }

  private func causes(_ question: TimeToEventQuestion) -> [String] {
    question.competing.isEmpty ? [] : ["waited for"] + question.competing.map(\.rawValue)
  }

  private func isNear(_ left: Figures, _ right: Figures) -> Bool {
    left.counted == right.counted && left.events == right.events
      && zip(left.survival, right.survival).allSatisfy { abs($0 - $1) < 1e-12 }
      && left.incidence.count == right.incidence.count
      && zip(left.incidence, right.incidence).allSatisfy { abs($0 - $1) < 1e-12 }
  }

  @Test(
    "adds up to the difference, over random worlds, and each event moved the answer just so",
    arguments: 81...86)
  func reconciles(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var telling = Telling.random(
      people: seed % 2 == 0 ? 12 : 25, statements: 220, merges: 8, using: &random)
    if seed % 3 == 1 {
      for person in stride(from: 0, to: 12, by: 2) {
        let type: EventType = person % 4 == 0 ? .participationExited : .participantDeceased
        let day = CivilDate.test("2024-0\(Int.random(in: 1...9, using: &random))-15")
        telling.say(person, JourneyEvent(type, on: day))
      }
    }
    let order = telling.interleaved(using: &random)
    let horizons: [Double] = seed % 2 == 0 ? [30, 90, 200] : [1, 3, 6]
    var question = TimeToEventQuestion(
      clock: seed % 2 == 0 ? .day : .month, origin: seed % 3 == 0 ? .firstPlacement : .entry,
      outcome: seed % 3 == 0 ? .interruption(gap: 1, rule: .b) : .firstPlacement,
      kinds: [.svp, .miniJob], groupedBy: seed % 4 < 2 ? ["subproject"] : [],
      referenceDay: .earliest)
    if seed % 3 == 1 { question.competing = [.exit, .leftCountry, .death] }
    let days = (CivilDate.test("2024-09-01").day, CivilDate.test("2024-12-31").day)
    try withTemporaryStore { store in
      let log = try store.log
      var teller = Teller(telling)
      try teller.tell(order, cutAt: Telling.cuts(of: order.count, using: &random), to: log)
      let view = JourneysView(of: log)
      try view.refresh()
      let lower = UInt64(Int.random(in: 120...170, using: &random))
      let upper = UInt64(order.count)
      let comparison = try KnowledgeComparison(
        question, view, sizes: (lower, upper), days: days, horizons: horizons)
      var (earlier, later) = (question, question)
      (earlier.referenceDay, later.referenceDay) = days
      let none = causes(question).flatMap { _ in horizons.map { _ in 0.0 } }
      let zero = Figures(survival: horizons.map { _ in 0 }, incidence: none)
      let nobody = Figures(survival: horizons.map { _ in 1 }, incidence: none)
      let (a, b) = (
        try figures(earlier, view, lower, horizons), try figures(later, view, upper, horizons)
      )
      #expect(!comparison.movements.isEmpty, "seed \(seed)")
      for group in comparison.groups {
        let place: Comment = "seed \(seed), \(group.values)"
        #expect(isNear(group.before, a[group.values] ?? nobody), place)
        #expect(isNear(group.after, b[group.values] ?? nobody), place)
        #expect(isNear(group.rest, zero), place)
        let sum = comparison.total(of: nil, group: group.values).change
        #expect(isNear(group.after - group.before - group.passing, sum), place)
        let kinds = KnowledgeComparison.Kind.allCases.map {
          comparison.total(of: $0, group: group.values).count
        }
        #expect(kinds.reduce(0, +) == comparison.total(of: nil, group: group.values).count)
      }
      // The slow way: the answer asked anew after every single record.
      var before = try figures(later, view, lower, horizons)
      for size in lower + 1...upper {
        let after = try figures(later, view, size, horizons)
        for key in Set(before.keys).union(after.keys) {
          let moved = (after[key] ?? nobody) - (before[key] ?? nobody)
          let listed = comparison.movements.filter {
            $0.position.number == size - 1 && $0.group == key
          }
          let place: Comment = "seed \(seed), record \(size - 1), \(key)"
          if listed.isEmpty {
            #expect(isNear(moved, zero), place)
          } else {
            #expect(listed.count == 1 && isNear(moved, listed[0].change), place)
          }
        }
        before = after
      }
    }
  }

  @Test("says of each event why it moved the figure")
  func kinds() throws {
    var telling = Telling()
    for person in 0..<3 {
      telling.say(person, JourneyEvent(.participationEntered, on: .test("2024-01-01")))
      telling.say(person, JourneyEvent(.statusConfirmed, on: .test("2024-12-31")))
    }
    let first = telling.say(0, .job("2024-02-01"))
    let lower = telling.statements.count
    let late = telling.say(1, .job("2024-03-01"))
    telling.say(2, .job("2024-11-01"))
    telling.say(0, .job("2024-04-01"), about: first)
    telling.takeBack(late)
    telling.merge(1, into: 0)
    telling.unmerge(1, 0)
    try withView(of: telling) { view, _ in
      let question = TimeToEventQuestion(
        clock: .day, origin: .entry, outcome: .firstPlacement, kinds: [.svp],
        referenceDay: .earliest)
      let comparison = try KnowledgeComparison(
        question, view, sizes: (UInt64(lower), UInt64(telling.statements.count)),
        days: (CivilDate.test("2024-06-30").day, CivilDate.test("2024-12-31").day),
        horizons: [50])
      #expect(
        comparison.movements.map(\.kind) == [.late, .new, .corrected, .retracted, .merged, .parted])
      #expect(comparison.groups.count == 1 && comparison.groups[0].before.counted == 3)
      let counts = comparison.movements.map(\.change.counted)
      #expect(counts == [0, 0, 0, 0, -1, 1])
      #expect(comparison.erasures.isEmpty)
    }
  }
}

@Suite("A comparison of shares at two states of knowledge")
struct ShareComparisonTests {
  private typealias Figures = KnowledgeComparison.Figures

  private static let point = """
    [population]
    unit = "spell"
    index = "every-placement"

    [work]
    kinds = ["SVP", "MINIJOB"]

    [outcome]
    yes = 'working(at index + h)'
    horizons = [1, 3]
    """

  private static let count = """
    [population]
    unit = "person"
    index = "entry"
    where = 'gender is known or residence is not known'

    [[row]]
    code = "placed"
    label = { en = "placed", de = "vermittelt" }
    yes = 'placed(during entry through cut, as [SVP, MINIJOB])'

    [[row]]
    code = "female"
    label = { en = "female", de = "weiblich" }
    yes = 'gender = f'

    [[value]]
    code = "days"
    label = { en = "days", de = "Tage" }
    of = '(cut - entry) / 1d'
    summary = ["median", "mean"]

    [[group]]
    code = "worked"
    label = { en = "worked", de = "gearbeitet" }
    when = 'working(at cut, as [SVP, MINIJOB])'
    """

  private func definition(isPoint: Bool) throws -> QuestionDefinition {
    let text = """
      format = "wegmarke.question/1"
      name = "made-up"
      version = 1
      kind = "\(isPoint ? "point" : "count")"
      title = { en = "Made up", de = "Erfunden" }
      sentence = { en = "Made up?", de = "Erfunden?" }
      rule = { en = "None.", de = "Keine." }
      source = { text = "nowhere" }
      clock = { unit = "month" }

      \(isPoint ? ShareComparisonTests.point : ShareComparisonTests.count)

      [[example.person]]
      id = "a"
      entry = "2024-01-01"
      observed-until = "2024-12-31"

      [[example.expect.row]]
      row = "\(isPoint ? "yes" : "placed")"
      horizon = \(isPoint ? 1 : 0)
      \(isPoint ? "" : "group = \"worked\"")
      """
    return try QuestionFile.read(Array(text.utf8), file: "made-up.toml")
  }

  /// The figures of an answer, from the answer itself.
  private func figures(
    _ question: ShareQuestion, _ definition: QuestionDefinition, _ view: JourneysView,
    _ size: UInt64
  ) throws -> [[String?]: Figures] {
    let certificate = try AnswerCertificate(view.log, size: size, isSimulated: false, program: "")
    let answer = try ShareAnswer(
      try question.ask(view, size: size), to: question, of: definition, certificate: certificate)
    var found: [[String?]: Figures] = [:]
    for group in answer.groups {
      found[group.values] = Figures(
        counted: group.units,
        cells: group.cells.map {
          .init(
            yes: $0.shares.yes, no: $0.shares.no, unknown: $0.shares.unknown,
            known: $0.heard.known ?? 0)
        }, numbers: group.numbers.flatMap { $0.summaries.map { $0.number ?? 0 } })
    }
    return found
  }

  private func isNear(_ left: Figures, _ right: Figures) -> Bool {
    let difference = left - right
    return difference.counted == 0
      && difference.cells.allSatisfy {
        $0.yes == 0 && $0.no == 0 && $0.unknown == 0 && abs($0.known) < 1e-12
      } && difference.numbers.allSatisfy { abs($0) < 1e-9 }
  }

  @Test(
    "adds up to the difference, over random worlds, and each event moved the answer just so",
    arguments: 1...4)
  func reconciles(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let telling = Telling.random(people: 15, statements: 200, merges: 8, using: &random)
    let order = telling.interleaved(using: &random)
    let definition = try definition(isPoint: seed % 2 == 0)
    let days = (CivilDate.test("2024-09-01").day, CivilDate.test("2024-12-31").day)
    try withTemporaryStore { store in
      let log = try store.log
      var teller = Teller(telling)
      try teller.tell(order, cutAt: Telling.cuts(of: order.count, using: &random), to: log)
      let view = JourneysView(of: log)
      try view.refresh()
      let (lower, upper) = (UInt64(130), UInt64(order.count))
      var choices = QuestionDefinition.Choices(referenceDay: days.1)
      choices.groupedBy = seed > 2 ? ["subproject"] : []
      let comparison = try definition.compare(
        choices, view, sizes: (lower, upper), days: days
      ).comparison
      guard case .shares(let content) = definition.content else { return }
      let later = try definition.shares(content, choices)
      choices.referenceDay = days.0
      let earlier = try definition.shares(content, choices)
      let a = try figures(earlier, definition, view, lower)
      let b = try figures(later, definition, view, upper)
      let width = (later.definition.rows.count * later.horizons.count, seed % 2 == 0 ? 0 : 2)
      let nobody = Figures(
        cells: Array(repeating: .init(), count: width.0),
        numbers: Array(repeating: 0, count: width.1))
      #expect(!comparison.movements.isEmpty, "seed \(seed)")
      for group in comparison.groups {
        let place: Comment = "seed \(seed), \(group.values)"
        #expect(isNear(group.before, a[group.values] ?? nobody), place)
        #expect(isNear(group.after, b[group.values] ?? nobody), place)
        #expect(isNear(group.rest, nobody), place)
        let sum = comparison.total(of: nil, group: group.values).change
        #expect(isNear(group.after - group.before - group.passing, sum), place)
      }
      // The slow way: the answer asked anew after every single record.
      var before = try figures(later, definition, view, lower)
      for size in lower + 1...upper {
        let after = try figures(later, definition, view, size)
        for key in Set(before.keys).union(after.keys) {
          let moved = (after[key] ?? nobody) - (before[key] ?? nobody)
          let listed = comparison.movements.filter {
            $0.position.number == size - 1 && $0.group == key
          }
          let place: Comment = "seed \(seed), record \(size - 1), \(key)"
          #expect(listed.count <= 1, place)
          #expect(isNear(moved, listed.first?.change ?? nobody), place)
        }
        before = after
      }
    }
  }
}
