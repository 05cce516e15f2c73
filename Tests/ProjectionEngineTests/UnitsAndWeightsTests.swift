import Definitions
import Journey
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("Units and weights of time-to-event questions")
struct UnitsAndWeightsTests {
  private func block(_ people: [[JourneyEvent]]) -> (EffectiveBlock, AttributeCatalogue) {
    let people = people.enumerated().map {
      QuestionExample.Person(id: "\($0.offset)", events: $0.element)
    }
    return QuestionExample(people: people, referenceDay: .latest, expected: .table([])).block()
  }

  private func sums(
    _ question: TimeToEventQuestion, _ people: [[JourneyEvent]]
  ) throws -> (all: CauseCounts?, attrition: Attrition) {
    let (block, catalogue) = block(people)
    var fold = try TimeToEventFold(question, catalogue)
    try fold.add(block)
    return (fold.result.ordered().first?.sum, fold.result.attrition)
  }

  private func curve(
    _ question: TimeToEventQuestion, _ people: [[JourneyEvent]]
  ) throws -> KaplanMeier {
    let sum = try #require(try sums(question, people).all)
    return try TimeToEventAnswer.curve(TimeToEventResult.Group(values: [], sum), question).0
  }

  private func number(_ text: String) throws -> QuestionExpression {
    try QuestionExpression.read(
      LocatedText(text, file: "--where"), expecting: .number,
      in: ExpressionEnvironment(clock: .day))
  }

  @Test("count a person with one participation as that person", arguments: 1...4)
  func oneParticipation(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let people = (0..<300).map { _ in
      // One entry each, all into one operation.
      RandomPerson.events(using: &random).filter { $0.type != .participationEntered }
        + [
          JourneyEvent(.participationEntered, on: CivilDate(RandomPerson.firstDay + 5, .day))
            .with(Fields.operation, "V-1")
        ]
    }
    for outcome in [TimeToEventQuestion.Outcome.firstPlacement, .exit, .dropout] {
      var question = TimeToEventQuestion(
        clock: seed % 2 == 0 ? .day : .month, origin: .entry, outcome: outcome,
        kinds: [.svp, .miniJob], referenceDay: RandomPerson.firstDay + 500)
      question.competing = outcome == .firstPlacement ? [.dropout, .death] : [.death]
      let persons = try sums(question, people)
      question.unit = .participation
      let units = try sums(question, people)
      #expect(units.all?.counter.pooledCounts() == persons.all?.counter.pooledCounts())
      #expect(units.attrition == persons.attrition, "seed \(seed), \(outcome)")
      #expect(units.all?.rows.count == persons.attrition.counted)
      #expect(persons.all?.rows.isEmpty == true && persons.attrition.counted > 100)
    }
  }

  @Test("have the ids that they have in questions that count, by the day on record")
  func ids() throws {
    let entered = JourneyEvent(.participationEntered, on: .test("2024-01-01"))
      .with(Fields.operation, "V-1")
    // Known to the month: the clock starts on its last day, the record names its first.
    let exit = JourneyEvent(
      .participationExited, on: CivilDate(CivilDate.test("2024-02-01").day, .month)
    ).with(Fields.operation, "V-1").with(Fields.exitType, .early).with(Fields.exitReason, .health)
    var question = TimeToEventQuestion(
      clock: .day, origin: .everyExit, outcome: .firstPlacement, kinds: [.svp],
      referenceDay: CivilDate.test("2024-12-31").day)
    question.unit = .participation
    question.keepsUnits = true
    let events = [entered, exit, .job("2024-05-31"), .confirmed("2024-12-31")]
    let kept = try #require(try sums(question, [events, events]).all).units
    let day = CivilDate.test("2024-02-01").day
    #expect(
      kept.map(\.id)
        == (0..<2).map { CountedUnit.id(of: $0, .participation, day: day, place: 0) })
    #expect(kept.map(\.duration.length) == [92, 92])
  }

  @Test("give each participation its own entry, first placement and exit")
  func participations() throws {
    func entry(_ day: String, _ operation: String) -> JourneyEvent {
      JourneyEvent(.participationEntered, on: .test(day)).with(Fields.operation, operation)
    }
    let exit = JourneyEvent(.participationExited, on: .test("2024-02-29"))
      .with(Fields.operation, "V-1").with(Fields.exitType, .early).with(Fields.exitReason, .health)
    let events: [JourneyEvent] = [
      entry("2024-01-01", "V-1"), .job("2024-01-11"), exit, entry("2024-05-01", "V-2"),
      .job("2024-05-31"), .confirmed("2024-12-31"),
    ]
    var question = TimeToEventQuestion(
      clock: .day, origin: .entry, outcome: .firstPlacement, kinds: [.svp],
      referenceDay: CivilDate.test("2024-12-31").day)
    question.unit = .participation
    let placed = try #require(try sums(question, [events]).all)
    #expect(placed.rows.map(\.duration.length).sorted() == [10, 30])
    #expect(placed.rows.allSatisfy { $0.duration.isEvent && $0.person == 0 })
    question.outcome = .dropout
    let out = try #require(try sums(question, [events]).all)
    #expect(out.rows.filter(\.duration.isEvent).map(\.duration.length) == [60])
    #expect(out.rows.count == 2)
    // Both are one person: the variance is that of one cluster.
    let curve = try TimeToEventAnswer.curve(TimeToEventResult.Group(values: [], out), question).0
    #expect(curve.survival == [0.5, 0.5] && abs(curve.standardError[0]) < 1e-12)
  }

  @Test("follow every job by itself, whatever its person does else", arguments: 1...6)
  func spells(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let first = RandomPerson.firstDay
    let gap = Int32(seed % 3) * 10
    var (people, expected): ([[JourneyEvent]], [(length: Int32, isEvent: Bool)]) = ([], [])
    var tooLate = 0
    for _ in 0..<120 {
      var events = [JourneyEvent(.participationEntered, on: CivilDate(first + 30, .day))]
      let until = first + Int32.random(in: 200..<500, using: &random)
      events.append(JourneyEvent(.statusConfirmed, on: CivilDate(until, .day)))
      for spell in 1...Int.random(in: 1...4, using: &random) {
        let start = first + Int32.random(in: 0..<190, using: &random)
        let end = random.chance(70) ? start + Int32.random(in: 1..<400, using: &random) : nil
        func job(_ type: EventType, _ day: Day) -> JourneyEvent {
          JourneyEvent(type, on: CivilDate(day, .day)).with(Fields.placementKind, .svp)
            .with(Fields.spell, spell)
        }
        events.append(job(.employmentStarted, start))
        let last = end.flatMap { $0 <= until ? $0 : nil }
        if let last { events.append(job(.employmentEnded, last)) }
        guard start >= first + 30 else { continue }
        // Rule B by hand: the window closes a gap and a day before the end of observation.
        let window = until + 1 + -gap + -1
        if let last, last + 1 <= window {
          expected.append((last + 1 - start, true))
        } else if start < window {
          expected.append((window - start, false))
        } else {
          tooLate += 1
        }
      }
      people.append(events)
    }
    var question = TimeToEventQuestion(
      clock: .day, origin: .everyPlacement, outcome: .interruption(gap: gap, rule: .b),
      kinds: [.svp], referenceDay: first + 900)
    question.unit = .spell
    question.isSameJob = true
    let (sum, attrition) = try sums(question, people)
    let found = try #require(sum).rows.map { ($0.duration.length, $0.duration.isEvent) }
    func sorted(_ rows: [(Int32, Bool)]) -> [String] { rows.map { "\($0.0) \($0.1)" }.sorted() }
    #expect(sorted(found) == sorted(expected.map { ($0.length, $0.isEvent) }), "seed \(seed)")
    #expect(attrition.tooLate == tooLate && attrition.counted == expected.count)
  }

  @Test("start after exits and with trainings as a search period by period does", arguments: 1...6)
  func laidOut(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var seen: [String: Int] = [:]
    for round in 0..<800 {
      // One entry each, into one operation; later ones are re-entries.
      let people = (0..<4).map { _ in
        RandomPerson.events(using: &random).map { event in
          event.type == .participationEntered || event.type == .participationExited
            ? event.with(Fields.operation, "V-1") : event
        }
      }
      let question = RandomPerson.laidOutQuestion(using: &random)
      let slow = people.flatMap {
        SlowTimeToEvent(question: question).verdicts($0.compactMap(\.milestone).sorted())
      }
      let (block, catalogue) = block(people)
      var units = try FollowedUnits(question, catalogue)
      units.begin()
      var fast: [String] = []
      while let unit = units.next(in: block) {
        if let duration = unit.duration { fast.append("\(duration)") }
      }
      let expected = slow.compactMap { verdict in
        if case .counted(let duration) = verdict { "\(duration)" } else { nil }
      }
      let counts = units.attrition
      func count(_ verdict: TimeToEventKernel.Verdict) -> Int { slow.count { $0 == verdict } }
      #expect(fast.sorted() == expected.sorted(), "seed \(seed), round \(round): \(question)")
      #expect(
        [counts.withoutEntry, counts.withoutIndexEvent, counts.notObserved, counts.tooLate]
          == [
            count(.withoutEntry), count(.withoutIndexEvent), count(.notObserved), count(.tooLate),
          ], "seed \(seed), round \(round): \(question)")
      for verdict in slow {
        let name =
          if case .counted(let duration) = verdict { "\(duration.cause)" } else { "\(verdict)" }
        seen["\(question.origin) \(name)", default: 0] += 1
      }
    }
    for origin in [IndexEvent.exit, .everyExit, .firstTraining, .everyTraining] {
      for verdict in ["0", "1", "withoutIndexEvent"] {
        #expect(seen["\(origin) \(verdict)", default: 0] > 0, "\(origin) \(verdict): \(seen)")
      }
    }
    #expect(seen.contains { $0.key.hasPrefix("exit 2") || $0.key.hasPrefix("everyExit 2") })
    #expect(seen.contains { $0.key.hasPrefix("firstTraining 2") || $0.key.hasSuffix("Training 3") })
  }

  @Test("weigh a frequency as so many people, and a sampling weight of one as nothing")
  func weights() throws {
    var random = SeededGenerator(seed: 4)
    var (single, copied): ([[JourneyEvent]], [[JourneyEvent]]) = ([], [])
    for _ in 0..<200 {
      let times = Int.random(in: 1...4, using: &random)
      let profile = JourneyEvent(.entryProfileRecorded, on: .test("2023-01-01"))
        .with(Fields.birthYear, 1990 + times)
      let events = RandomPerson.events(using: &random) + [profile]
      single.append(events)
      copied += Array(repeating: events, count: times)
    }
    var question = TimeToEventQuestion(
      clock: .day, origin: .entry, outcome: .firstPlacement, kinds: [.svp, .miniJob],
      referenceDay: RandomPerson.firstDay + 400)
    let plain = try curve(question, copied)
    question.weight = QuestionWeight(of: try number("birth-year - 1990"), kind: .frequency)
    let weighted = try curve(question, single)
    #expect(plain.times == weighted.times && plain.counts.subjects > weighted.counts.subjects)
    for index in plain.times.indices {
      #expect(abs(plain.survival[index] - weighted.survival[index]) < 1e-12)
      let (one, other) = (plain.standardErrorOfLog[index], weighted.standardErrorOfLog[index])
      #expect(one == other || abs(one - other) < 1e-12)
    }
    question.weight = nil
    let unweighted = try curve(question, single)
    question.weight = QuestionWeight(
      of: try number("(birth-year - 1980) / (birth-year - 1980)"), kind: .sampling)
    let ones = try curve(question, single)
    #expect(unweighted.times == ones.times)
    for index in ones.times.indices {
      #expect(abs(unweighted.survival[index] - ones.survival[index]) < 1e-12)
      let (one, other) = (unweighted.standardErrorOfLog[index], ones.standardErrorOfLog[index])
      #expect(one == other || abs(one - other) < 1e-9)
    }
    // Who states no number does not count.
    let (_, attrition) = try sums(question, [[.enters("2023-02-01"), .confirmed("2023-03-01")]])
    #expect(attrition.withoutWeight == 1 && attrition.counted == 0)
  }
}
