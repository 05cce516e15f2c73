import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("A person's history")
struct PersonHistoryTests {
  private let entry = JourneyEvent.enteredProgramme("2024-01-10")

  @Test("ends with observation, and counts nothing after the reference day")
  func referenceDay() {
    let told: [JourneyEvent] = [
      entry, .work("2024-03-01"), .workEnded("2024-08-31"), .work("2024-10-01"),
      .seen("2025-02-01"),
    ]
    let history = PersonHistory(told, on: "2024-06-30")
    #expect(history.observedUntil == .test("2024-07-01") && history.placements.count == 1)
    #expect(history.working(.employed, on: .test("2024-06-30")) == .yes)
    #expect(history.working(.employed, on: .test("2024-07-01")) == .unknown)
    #expect(history.placements[0].end == nil, "the end lies after the reference day")
    #expect(PersonHistory(told).observedUntil == .test("2025-02-02"))
  }

  @Test("forgets one person when it opens the next")
  func reload() {
    let plain: [JourneyEvent] = [entry, .seen("2024-12-31")]
    let rich: [JourneyEvent] = [
      entry, .left("2024-06-30", .work, .early), .work("2024-03-01", at: "A"),
      .told(.employmentChanged, "2024-04-01").with(Fields.promotion, true),
      .report("2024-02-01", .unemployed), .asked("2025-01-20", about: "2024-12-30", employed: .no),
      .told(.statusAtExitRecorded, "2024-07-10").with(Fields.employed, .yes),
      .told(.participantDeceased, "2025-06-01"),
    ]
    var reused = PersonHistory(rich)
    reused.load(plain)
    let fresh = PersonHistory(plain)
    for day in stride(
      from: Day.test("2024-01-01").number, to: Day.test("2025-12-01").number, by: 13)
    {
      let day = Day(number: day)
      #expect(reused.working(.all, on: day) == fresh.working(.all, on: day))
      #expect(reused.labourStatus(on: day) == fresh.labourStatus(on: day))
    }
    #expect(reused.participations == fresh.participations && reused.placements.isEmpty)
    #expect(reused.followUps.isEmpty && reused.conflicts.isEmpty && reused.diedOn == nil)
  }

  @Test(
    "says who dropped out, and of whom nobody knows",
    arguments: [
      (ExitReason?.none, ExitType?.none, Truth.unknown), (.health, .early, .yes),
      (.work, .early, .no), (.training, nil, .no), (.school, .early, .no),
      (.contactLost, .early, .unknown), (.contactLost, nil, .unknown), (.plannedEnd, .regular, .no),
      (.projectEnd, .administrative, .no), (nil, .early, .yes),
    ])
  func dropout(reason: ExitReason?, type: ExitType?, expected: Truth) {
    let history = PersonHistory([entry, .left("2024-06-30", reason, type)])
    #expect(history.participations[0].dropout == expected)
    #expect(PersonHistory([entry]).participations[0].dropout == .no)
  }

  @Test("puts the terms of a job and its changes together")
  func terms() {
    let history = PersonHistory([
      entry,
      .work("2024-03-01", spell: 1).with(Fields.weeklyHours, Hundredths(2_000))
        .with(Fields.grossMonthly, Hundredths(160_000))
        .with(Fields.fixedTermUntil, .test("2025-02-28")).with(Fields.occupation, "63301"),
      .told(.employmentChanged, "2024-09-01").with(Fields.spell, 1)
        .with(Fields.weeklyHours, Hundredths(3_900)).with(Fields.permanent, true)
        .with(Fields.occupation, "63302"),
      .told(.employmentChanged, "2024-11-16").with(Fields.promotion, true)
        .with(Fields.grossMonthly, Hundredths(240_000)),
      .seen("2025-06-30"),
    ])
    let (before, after) = (Day.test("2024-08-31"), Day.test("2024-12-01"))
    #expect(history.weeklyHours(.employed, on: before) == Hundredths(2_000))
    #expect(history.weeklyHours(.employed, on: after) == Hundredths(3_900))
    #expect(history.grossMonthly(.employed, on: after) == Hundredths(240_000))
    #expect(history.permanent(.employed, on: before) == .no)
    #expect(history.permanent(.employed, on: after) == .yes)
    #expect(history.skill(.employed, on: before) == 1 && history.skill(.employed, on: after) == 2)
    #expect(history.promoted(during: .test("2024-03-01", "2024-11-16")) == .no)
    #expect(history.promoted(during: .test("2024-03-01", "2024-11-17")) == .yes)
    #expect(history.terms(.employed, on: after)?.isPermanent == true)
    #expect(history.terms(.employed, on: .test("2024-02-29")) == nil)
    #expect(
      history.improved(from: before, to: after, fullTime: Hundredths(3_500)) == .yes)
    #expect(
      history.improved(from: after, to: after + 30, fullTime: Hundredths(3_500)) == .no)
  }

  @Test("adds up pay by the days of each month")
  func earnings() {
    let history = PersonHistory([
      entry,
      .work("2024-03-16", spell: 1).with(Fields.grossMonthly, Hundredths(310_000)),
      .work("2024-04-01", .miniJob, spell: 2).with(Fields.grossMonthly, Hundredths(30_000)),
      .workEnded("2024-04-30", spell: 2),
      .told(.employmentChanged, "2024-05-01").with(Fields.spell, 1)
        .with(Fields.grossMonthly, Hundredths(341_000)),
      .workEnded("2024-05-10", spell: 1), .seen("2024-12-31"),
    ])
    // 16 of 31 days of 3,100; 3,100 and 300; 10 of 31 days of 3,410.
    let cents: Int64 = 160_000 + 310_000 + 30_000 + 110_000
    #expect(
      history.earnings(.employed, during: .test("2024-01-10", "2024-09-01")) == Hundredths(cents))
    #expect(
      history.earnings(PlacementKinds(.svp), during: .test("2024-04-01", "2024-05-01"))
        == Hundredths(310_000))
    #expect(history.earnings(.employed, during: .test("2024-06-01", "2024-09-01")) == Hundredths(0))
    #expect(history.earnings(.employed, during: .test("2024-06-01", "2025-09-01")) == nil)
    let unstated = PersonHistory([entry, .work("2024-03-01"), .seen("2024-12-31")])
    #expect(unstated.earnings(.employed, during: .test("2024-04-01", "2024-05-01")) == nil)
  }

  @Test(
    "allows one break that extends the period",
    arguments: [
      // Days without work after the first 40 of 91, and after the next 30.
      (Int32(0), Int32(0), Truth.yes), (28, 0, .yes), (29, 0, .no), (10, 5, .no),
    ])
  func permissibleBreak(first: Int32, second: Int32, expected: Truth) {
    let start = Day.test("2024-03-01")
    var told: [JourneyEvent] = [entry]
    var day = start
    for (spell, (length, pause)) in [(40, first), (30, second), (200, 0)].enumerated() {
      let last = day + Int32(length) - 1
      told += [
        .work(day.description, spell: spell + 1), .workEnded(last.description, spell: spell + 1),
      ]
      day = last + 1 + pause
    }
    let history = PersonHistory(told + [.seen("2025-12-31")])
    #expect(
      history.worked(.employed, for: TimeLength(91, .day), from: start, gap: 28) == expected)
    #expect(
      history.worked(.employed, for: TimeLength(40, .day), from: start, gap: 0) == .yes)
  }

  @Test("extends a period by its break to the day")
  func extendedPeriod() {
    // 50 days of work, 10 without, 41 more: 91 days of work end on the 101st day.
    let start = Day.test("2024-03-01")
    for (length, expected) in [(Int32(41), Truth.yes), (40, .no)] {
      let second = start + 60
      let history = PersonHistory([
        entry, .work(start.description, spell: 1), .workEnded((start + 49).description, spell: 1),
        .work(second.description, spell: 2),
        .workEnded((second + length - 1).description, spell: 2), .seen("2025-12-31"),
      ])
      #expect(
        history.worked(.employed, for: TimeLength(91, .day), from: start, gap: 28) == expected)
    }
  }

  @Test("tells how a training ended")
  func trainingEnded() {
    let history = PersonHistory([
      entry, .apprenticed("2024-09-01", spell: 1),
      .told(.trainingEnded, "2024-12-15").with(Fields.spell, 1)
        .with(Fields.trainingResult, .dissolved),
      .seen("2025-06-30"),
    ])
    let start = Day.test("2024-09-01")
    let range = start..<start.adding(months: 4)
    #expect(history.ended(.training, during: range, result: .dissolved) == .yes)
    #expect(history.ended(.training, during: range, result: .passed) == .no)
    #expect(history.ended(.training, during: start..<start + 30, result: .dissolved) == .no)
  }

  @Test("knows plans, attempts and successes of follow-ups")
  func followUps() {
    let history = PersonHistory([
      entry, .told(.followUpPlanned, "2024-06-30").with(Fields.followUpKind, .month6),
      .told(.followUpAttempted, "2024-12-30").with(Fields.followUpKind, .month6)
        .with(Fields.followUpResult, .refused),
      .told(.followUpAttempted, "2025-06-30").with(Fields.followUpKind, .month12)
        .with(Fields.followUpResult, .notReached),
    ])
    #expect(history.followUpPlanned(.month6) && !history.followUpPlanned(.month12))
    #expect(history.followUpAttempted(.month6) && history.followUpAttempted(.month12))
    #expect(history.followUpRefused(.month6) && !history.followUpRefused(.month12))
    #expect(!history.followUpReached(.month6))
    #expect(!history.followUpAttempted(.month3))
  }

  @Test("answers every range as the days in it do, one by one", arguments: 1...40)
  func dayByDay(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var history = PersonHistory()
    for _ in 0..<25 {
      let steps = RandomPerson.milestones(using: &random)
      let reference = RandomPerson.firstDay + Int32.random(in: -20..<900, using: &random)
      history.load(milestones: steps.map(\.bits)[...], details: [], referenceDay: reference)
      let kinds: PlacementKinds = random.pick([.employed, PlacementKinds(.svp), .all])
      let first = RandomPerson.firstDay + Int32.random(in: -40..<700, using: &random)
      let range = first..<first + Int32.random(in: 1..<120, using: &random)
      let days = (range.lowerBound.number..<range.upperBound.number).map {
        history.working(kinds, on: Day(number: $0))
      }
      let place: Comment = "seed \(seed), \(range)"
      #expect(history.working(kinds, during: range) == days.reduce(.no) { $0 || $1 }, place)
      let yes = days.count { $0 == .yes }
      let most = days.count { $0 != .no }
      #expect(history.daysWorked(kinds, during: range) == yes...most, place)
      func longest(_ isGap: (Truth) -> Bool) -> Int {
        days.reduce((0, 0)) { isGap($1) ? (max($0.0, $0.1 + 1), $0.1 + 1) : ($0.0, 0) }.0
      }
      let gap = longest { $0 == .no }...longest { $0 != .yes }
      #expect(history.longestGap(kinds, during: range) == gap, place)
      let allowed = Int.random(in: 0...30, using: &random)
      let throughout = history.workingThroughout(kinds, during: range, gap: Int32(allowed))
      let expected: Truth =
        gap.upperBound <= allowed ? .yes : gap.lowerBound > allowed ? .no : .unknown
      #expect(throughout == expected, place)
    }
  }

  @Test("begins and ends where questions of time to an event begin and end", arguments: 41...60)
  func sharedRules(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var history = PersonHistory()
    for _ in 0..<60 {
      let steps = RandomPerson.milestones(using: &random)
      let reference = RandomPerson.firstDay + Int32.random(in: -20..<900, using: &random)
      history.load(milestones: steps.map(\.bits)[...], details: [], referenceDay: reference)
      let kinds: Set<PlacementKind> = [.svp, .miniJob]
      var kernel = TimeToEventKernel(
        TimeToEventQuestion(
          clock: .day, origin: .entry, outcome: .firstPlacement, kinds: kinds,
          referenceDay: reference))
      var days: [IndexDay] = []
      IndexEvents(.firstPlacement, kinds: PlacementKinds(kinds)).find(in: history, into: &days)
      let place: Comment = "seed \(seed), \(steps.map(\.date))"
      let bits = steps.map(\.bits)
      switch kernel.evaluate(bits.span) {
      case .withoutEntry: #expect(history.entry == nil && days.isEmpty, place)
      case .counted(let duration):
        guard let entry = history.entry else {
          Issue.record(place)
          continue
        }
        let end = duration.isEvent ? days.first?.day : history.observedUntil
        #expect(end == entry + duration.length, place)
      case .notObserved:
        #expect(history.entry.map { $0 > history.observedUntil } ?? false, place)
      default: Issue.record(place)
      }
    }
  }
}
