import Definitions
import Journey
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("A question of journeys as sequences")
struct SequenceQuestionTests {
  private func expression(_ text: String) throws -> QuestionExpression {
    var environment = ExpressionEnvironment(clock: .month)
    environment.names.insert(.day)
    return try QuestionExpression.read(
      LocatedText(text, file: "--where"), expecting: .truth, in: environment)
  }

  private func question(_ periods: Double, on day: String) throws -> SequenceQuestion {
    let states = [
      ("work", "working(at t, as [SVP, MINIJOB])"), ("in", "participating(at t)"),
      ("out", "not participating(at t)"),
    ]
    let definition = StateDefinition(
      index: .entry, kinds: .employed,
      states: try states.map { code, when in
        .init(code: code, label: .init(verbatim: code), when: try expression(when))
      }, horizons: [periods], isFollowed: false)
    return SequenceQuestion(
      states: StateQuestion(
        definition: definition, clock: .month, horizons: [periods], groupedBy: [],
        referenceDay: CivilDate.test(day).day), shapes: 100)
  }

  @Test("agrees with a look at every person on every day", arguments: 1...6)
  func everyPerson(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let people = (0..<250).map { number in
      QuestionExample.Person(id: "\(number)", events: RandomPerson.events(using: &random))
    }
    let (block, catalogue) = QuestionExample(
      people: people, referenceDay: .latest, expected: .table([])
    ).block()
    let question = try question(9, on: "2023-12-31")
    var fold = try SequenceFold(question, catalogue)
    try fold.add(block)
    let sums = try #require(fold.result.ordered().first?.sum)
    let group = try SequenceAnswer.group([], sums, question)

    // The slow way: each person opened, each state asked on each day.
    var journeys: [[Int]] = []
    var notDue = 0
    var context = ExpressionContext()
    let states = try question.states.definition.states.map { try $0.when.bound(to: catalogue) }
    for person in 0..<block.count {
      context.load(
        block, person: person, referenceDay: question.states.referenceDay, clock: .month)
      guard let entry = context.history.participations.first,
        entry.entry < context.history.observedUntil
      else { continue }
      context.index = IndexDay(
        day: entry.entry, precision: entry.entryPrecision, participation: 0, placement: nil,
        row: nil)
      let days = (0..<9).map { entry.entry.adding(months: $0) }
      guard days[8] <= question.states.referenceDay else {
        notDue += 1
        continue
      }
      journeys.append(
        days.map { day in
          context.day = day
          let truths = states.map { $0.truth(in: context) }
          let place = truths.firstIndex { $0 != .no } ?? 3
          return place < 3 && truths[place] == .yes ? place : 3
        })
    }
    #expect(sums.people == journeys.count + notDue && sums.notDue == notDue, "seed \(seed)")
    #expect(notDue > 0 && journeys.count > 50, "seed \(seed)")
    #expect(group.followed == journeys.count)
    let all = group.journeys.flatMap { Array(repeating: $0.states, count: $0.people) }
    #expect(
      all.sorted { $0.lexicographicallyPrecedes($1) }
        == journeys.sorted { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
    let plain = try SequenceStatistics(states: 4, sequences: journeys)
    for (found, expected) in zip(group.meanTimes, plain.meanTimes()) {
      #expect(abs((found.mean ?? 9) - (expected.mean ?? 0)) < 1e-12, "seed \(seed)")
      #expect(abs((found.standardError ?? 9) - (expected.standardError ?? 0)) < 1e-12)
    }
    // Shapes: what is left of a journey without repetitions.
    let shapes = Dictionary(grouping: journeys) { journey in
      journey.reduce(into: [Int]()) { if $0.last != $1 { $0.append($1) } }
    }
    #expect(group.shapeCount == shapes.count && group.shapes.count == min(100, shapes.count))
    for shape in group.shapes {
      #expect(shapes[shape.states]?.count == shape.people, "seed \(seed)")
      #expect(abs(shape.periods.reduce(0, +) - 9) < 1e-9, "seed \(seed)")
    }
    #expect(group.shapes.map(\.people) == group.shapes.map(\.people).sorted(by: >))
    let means = try #require(group.means)
    let transitions = plain.shapes.map { Double($0.transitions) }.reduce(0, +)
    #expect(abs(means.transitions - transitions / Double(journeys.count)) < 1e-12)
  }

  @Test("has nothing to say where nobody has come to the last period")
  func nobodyDue() throws {
    let person = QuestionExample.Person(
      id: "a", events: [.enters("2024-01-01"), .confirmed("2024-02-28")])
    let (block, catalogue) = QuestionExample(
      people: [person], referenceDay: .latest, expected: .table([])
    ).block()
    let question = try question(12, on: "2024-02-28")
    var fold = try SequenceFold(question, catalogue)
    try fold.add(block)
    let sums = try #require(fold.result.ordered().first?.sum)
    let group = try SequenceAnswer.group([], sums, question)
    #expect(group.people == 1 && group.notDue == 1 && group.followed == 0)
    #expect(group.shapes.isEmpty && group.means == nil && group.distribution.isEmpty)
  }
}
