import Definitions
import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("A question of states")
struct StateQuestionTests {
  private static let changing = [
    "working(at t, as [SVP])", "participating(at t)", "employed(at t)", "in-education(at t)",
    "job-seeking(at t)", "labour-status(at t) = UNE", "residence-class(at t) = DUL",
    "residence(at t) in [AE_25B, DUL_60A]", "died(during index through t)",
    "left-country(during entry through t)", "placed(during index through t, as [SVP])",
    "working(during index through t, as [MINIJOB])", "weekly-hours(at t) >= 20",
    "permanent(at t)", "not working(at t) and not participating(at t)",
    "qualified(during index through t)", "gender = f",
  ]
  /// What changes on days on which nothing happens.
  private static let counting = [
    "t - index < 40d", "working(during t - 30d through t)", "age(at t) >= 25",
    "days-worked(during index through t) > 20d", "participating(at t - 10d)",
    "working(during index until t)", "employed(during index through t)",
  ]

  private func expression(_ text: String, _ clock: ClockUnit) throws -> QuestionExpression {
    var environment = ExpressionEnvironment(clock: clock)
    environment.names.insert(.day)
    return try QuestionExpression.read(
      LocatedText(text, file: "test"), expecting: .truth, in: environment)
  }

  /// A question of states that are worded so, at horizons of the clock.
  private func question(
    _ texts: [String], _ clock: ClockUnit, using random: inout SeededGenerator
  ) throws -> StateQuestion {
    let states = try texts.enumerated().map { place, text in
      StateDefinition.State(
        code: "s\(place)", label: .init(verbatim: text), when: try expression(text, clock))
    }
    return StateQuestion(
      definition: StateDefinition(
        index: random.pick([.entry, .firstPlacement]), kinds: .employed, states: states,
        horizons: [3], isFollowed: true),
      clock: clock, horizons: clock == .day ? [0, 1, 30, 90, 250] : [0, 1, 2, 3, 9], groupedBy: [],
      referenceDay: RandomPerson.firstDay + 420)
  }

  @Test("knows which statements change only where something is on record")
  func steps() throws {
    for text in Self.changing {
      #expect(try expression(text, .day).changesOnlyWithRecords, "\(text)")
    }
    for text in Self.counting {
      #expect(try !expression(text, .day).changesOnlyWithRecords, "\(text)")
    }
  }

  /// What the outline of a journey tells as well as the whole of it.
  private static let outlined = [
    "participating(at t)", "died(during index through t)", "left-country(during entry through t)",
    "placed(during index through t, as [SVP])", "gender = f and not participating(at t)",
    "placed(during entry through t) or died(during index through t)", "gender is known",
    "gender = f",
  ]

  @Test("knows which statements the outline of a journey is enough for")
  func outlinedStatements() throws {
    for text in Self.outlined {
      #expect(try expression(text, .day).restsOnOutline, "\(text)")
    }
    let others = Set(Self.changing + Self.counting).subtracting(Self.outlined)
    for text in others {
      #expect(try !expression(text, .day).restsOnOutline, "\(text)")
    }
  }

  @Test("gives the same for the outline of a journey as for the whole of it", arguments: 1...30)
  func outlineAndWhole(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let clock: ClockUnit = seed % 2 == 0 ? .day : .month
    var people: [QuestionExample.Person] = []
    for number in 0..<80 {
      let events = events(using: &random)
      let entries = events.filter { $0.type == .participationEntered }
      guard entries.count < 2, entries.allSatisfy({ $0.occurredOn.precision == .day }) else {
        continue
      }
      people.append(QuestionExample.Person(id: "\(number)", events: events))
    }
    let texts = (0..<3).map { _ in random.pick(Self.outlined) }
    var question = try question(texts, clock, using: &random)
    question.referenceDay = RandomPerson.firstDay + Int32.random(in: 0...500, using: &random)
    #expect(question.needs.columns.contains(.entries))
    func sums(_ columns: ViewColumns) throws -> GroupedSums<StateSums> {
      let (block, catalogue) = QuestionExample.block(of: people, columns)
      var fold = try StateFold(question, catalogue)
      try fold.add(block)
      return fold.result
    }
    let (whole, outline) = (try sums([.details]), try sums(.outline))
    #expect(whole.attrition == outline.attrition, "seed \(seed)")
    #expect(
      whole.ordered().map(\.sum) == outline.ordered().map(\.sum),
      "seed \(seed): \(texts)")
    #expect(whole.attrition.counted > 0, "seed \(seed)")
  }

  /// What is told of one person, reports and terms of work included.
  private func events(using random: inout SeededGenerator) -> [JourneyEvent] {
    var events = RandomPerson.events(using: &random)
    func date() -> CivilDate {
      let day = RandomPerson.firstDay + Int32.random(in: 0..<500, using: &random)
      return CivilDate(day, random.chance(15) ? .month : .day)
    }
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      events.append(
        JourneyEvent(.labourStatusReported, on: date())
          .with(Fields.employmentStatus, random.pick([.unemployed, .inactive, .employed])))
      events.append(
        JourneyEvent(.residenceStatusChanged, on: date())
          .with(Fields.residence, random.pick([.dul60a, .ae25b, .gestattung])))
    }
    events.append(
      JourneyEvent(.entryProfileRecorded, on: .test("2023-01-01"))
        .with(Fields.gender, random.pick([.female, .male]))
        .with(Fields.birthYear, 1996 + Int(random.next() % 5)))
    return events
  }

  @Test(
    "gives what a look at every person on every day, or the first of every month, gives",
    arguments: 1...30)
  func everyDay(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let clock: ClockUnit = seed % 2 == 0 ? .day : .month
    let people = (0..<60).map { number in
      QuestionExample.Person(id: "\(number)", events: events(using: &random))
    }
    let (block, catalogue) = QuestionExample(
      people: people, referenceDay: .latest, expected: .table([])
    ).block()
    var texts = (0..<3).map { _ in random.pick(Self.changing) }
    // Every third question looks at more than single days.
    if seed % 3 == 0 { texts[Int(random.next() % 3)] = random.pick(Self.counting) }
    let question = try question(texts, clock, using: &random)
    var fold = try StateFold(question, catalogue)
    try fold.add(block)
    var expectedSums = StateSums(states: texts.count, horizons: question.horizons.count)
    let sums = fold.result.ordered().first?.sum ?? expectedSums
    let found = sums.stretches

    var expected: [StateSums.Stretch: Int] = [:]
    var slow = try StatedPeople(question, catalogue)
    for person in 0..<block.count {
      guard let start = slow.open(block, person)?.day else { continue }
      let (end, gone) = slow.end
      let first = slow.lookUp(start)
      var before = first
      for (place, horizon) in question.horizons.enumerated() {
        let day = question.day(start, after: Int32(horizon))
        if day > question.referenceDay {
          expectedSums.notDue[place] += 1
        } else {
          let now = slow.lookUp(day)
          expectedSums.add(horizon: place, index: first, before: before, now: now)
          before = now
        }
      }
      let origin = clock.index(start)
      var looks = [start]
      var day = start + 1
      while day < end {
        if clock == .day || Day(firstOfMonth: day.monthIndex) == day { looks.append(day) }
        day = day + 1
      }
      var current: (state: Int, since: Int32)?
      func close(_ time: Int32, _ next: Int?) {
        guard let open = current else { return }
        current = nil
        guard time - origin > open.since else { return }
        let stretch = StateSums.Stretch(
          start: open.since, stop: time - origin, state: Int16(open.state),
          next: Int16(next ?? -1))
        expected[stretch, default: 0] += 1
      }
      for day in looks {
        let state = slow.lookUp(day)
        guard state != current?.state else { continue }
        close(clock.index(day), state)
        if let state { current = (state, clock.index(day) - origin) }
      }
      if gone == end, let state = slow.lookUp(end), state != current?.state {
        close(clock.index(end), state)
      }
      close(clock.index(end), nil)
    }
    #expect(found == expected, "seed \(seed): \(texts)")
    #expect(sums.fromIndex == expectedSums.fromIndex, "seed \(seed): \(texts)")
    #expect(sums.steps == expectedSums.steps, "seed \(seed): \(texts)")
    #expect(sums.notDue == expectedSums.notDue, "seed \(seed): \(texts)")
    #expect(!expected.isEmpty || texts.allSatisfy { $0 != "participating(at t)" }, "seed \(seed)")
  }
}
