import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("The kernel of time-to-event questions")
struct TimeToEventKernelTests {
  private func verdict(
    _ question: TimeToEventQuestion, _ milestones: [Milestone]
  ) -> TimeToEventKernel.Verdict {
    var kernel = TimeToEventKernel(question)
    let bits = milestones.map(\.bits)
    return kernel.evaluate(bits.span)
  }

  @Test("finds what a search period by period finds", arguments: 1...4)
  func periodByPeriod(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var seen: [String: Int] = [:]
    var failures = 0
    for round in 0..<6000 {
      let milestones = RandomPerson.milestones(using: &random)
      let question = RandomPerson.question(using: &random)
      let slow = SlowTimeToEvent(question: question).verdict(milestones)
      let fast = verdict(question, milestones)
      if fast != slow {
        failures += 1
        if failures <= 3 {
          let steps = milestones.map { "\($0.day) \($0.rawKind) #\($0.spell) \($0.code)" }
          Issue.record("seed \(seed), round \(round): \(fast) for \(slow); \(question); \(steps)")
        }
      }
      switch slow {
      case .counted(let duration):
        seen[
          ["censored", "event", "cause 2", "cause 3", "cause 4"][Int(duration.cause)], default: 0] +=
          1
      default: seen["\(slow)", default: 0] += 1
      }
    }
    #expect(failures == 0)
    // The random people must reach every verdict, or the comparison says little.
    let verdicts = ["event", "censored", "withoutEntry", "withoutIndexEvent", "notObserved"]
    for verdict in verdicts + ["tooLate", "cause 2", "cause 3", "cause 4"] {
      #expect(seen[verdict, default: 0] > 3, "\(verdict): \(seen)")
    }
  }

  @Test("finds in the outline of a journey what it finds in the whole of it", arguments: 1...4)
  func outline(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var (all, kept, failures) = (0, 0, 0)
    for round in 0..<6000 {
      let milestones = RandomPerson.milestones(using: &random)
      let bits = milestones.map(\.bits)[...]
      let outline = JourneyOutline.rows(of: bits).map { milestones[$0] }
      (all, kept) = (all + milestones.count, kept + outline.count)
      var question = RandomPerson.question(using: &random)
      // Also on days between the steps.
      question.referenceDay = RandomPerson.firstDay + Int32.random(in: -10...800, using: &random)
      let (whole, fast) = (verdict(question, milestones), verdict(question, outline))
      if whole != fast {
        failures += 1
        if failures <= 3 {
          Issue.record("seed \(seed), round \(round): \(fast) for \(whole); \(question)")
        }
      }
    }
    #expect(failures == 0)
    #expect(kept < all)
  }

  @Test("looks months up as the calendar counts them", arguments: [ClockUnit.day, .month])
  func clockTable(unit: ClockUnit) {
    let table = ClockTable(unit)
    let wrong = (Day.earliest.number...Day.latest.number).map { Day(number: $0) }.filter {
      table.index($0) != unit.index($0)
    }
    #expect(wrong.isEmpty)
  }

  @Test("dates by rule C what rule B dates, the gap and one period later")
  func shifted() {
    var random = SeededGenerator(seed: 9)
    var compared = 0
    while compared < 3000 {
      let milestones = RandomPerson.milestones(using: &random)
      var question = RandomPerson.question(using: &random)
      guard case .interruption(let gap, _) = question.outcome else { continue }
      // What ends work at once is not dated later.
      question.competing = []
      question.outcome = .interruption(gap: gap, rule: .b)
      let b = verdict(question, milestones)
      question.outcome = .interruption(gap: gap, rule: .c)
      let c = verdict(question, milestones)
      if case .tooLate = b {
        // Too late for a loss that could be confirmed.
        guard case .counted(let duration) = c else {
          Issue.record("rule C leaves out whom rule B calls too late")
          return
        }
        #expect(duration.length <= gap + 1)
        if duration.isEvent { #expect(duration.length == gap + 1) }
      }
      guard case .counted(let early) = b, case .counted(let late) = c else { continue }
      #expect(late == Duration(length: early.length + gap + 1, isEvent: early.isEvent))
      compared += 1
    }
  }

  @Test("carries nothing over from one person to the next")
  func memory() {
    var random = SeededGenerator(seed: 12)
    let question = TimeToEventQuestion(
      clock: .day, origin: .firstPlacement, outcome: .interruption(gap: 2, rule: .b),
      kinds: [.svp, .miniJob], referenceDay: RandomPerson.firstDay + 900)
    var kernel = TimeToEventKernel(question)
    for _ in 0..<500 {
      let milestones = RandomPerson.milestones(using: &random)
      let bits = milestones.map(\.bits)
      let found = kernel.evaluate(bits.span)
      #expect(found == verdict(question, milestones))
    }
  }

  // MARK: By hand

  private func retention(
    _ events: [JourneyEvent], gap: Int32 = 0, rule: GapRule = .c, on day: String = "2024-12-31",
    kinds: Set<PlacementKind> = [.svp], clock: ClockUnit = .day
  ) -> TimeToEventKernel.Verdict {
    let question = TimeToEventQuestion(
      clock: clock, origin: .firstPlacement, outcome: .interruption(gap: gap, rule: rule),
      kinds: kinds, referenceDay: CivilDate.test(day).day)
    return verdict(question, events.compactMap(\.milestone).sorted())
  }

  private func counted(_ length: Int32, event: Bool) -> TimeToEventKernel.Verdict {
    .counted(Duration(length: length, isEvent: event))
  }

  @Test("sees no gap between a last day and a start on the next, and none under a parallel job")
  func unionOfJobs() {
    let seamless: [JourneyEvent] = [
      .enters("2024-01-01"), .job("2024-01-10"), .jobEnded("2024-03-31"), .job("2024-04-01"),
      .confirmed("2024-12-31"),
    ]
    #expect(retention(seamless) == counted(357, event: false))
    let parallel: [JourneyEvent] = [
      .enters("2024-01-01"), .job("2024-01-10", spell: 1), .job("2024-02-01", spell: 2),
      .jobEnded("2024-02-15", spell: 1), .jobEnded("2024-05-31", spell: 2),
      .confirmed("2024-12-31"),
    ]
    #expect(retention(parallel, rule: .a) == counted(143, event: true))
  }

  @Test("does not take a job for the first one that ran before entry; work it is all the same")
  func runningBefore() {
    let events: [JourneyEvent] = [
      .job("2023-06-01", spell: 1), .enters("2024-01-01"), .job("2024-02-01", spell: 2),
      .jobEnded("2024-02-10", spell: 2), .jobEnded("2024-03-31", spell: 1),
      .confirmed("2024-12-31"),
    ]
    #expect(retention(events, rule: .a) == counted(60, event: true))
    #expect(retention(Array(events[..<2]) + [events[5]]) == .withoutIndexEvent)
    let sameDay: [JourneyEvent] = [
      .job("2024-01-01"), .enters("2024-01-01"), .confirmed("2024-01-20"),
    ]
    #expect(retention(sameDay) == counted(20, event: false))
  }

  @Test("ends the job that an end without code belongs to: the one that started last")
  func unnamedEnd() {
    let events: [JourneyEvent] = [
      .enters("2024-01-01"), .job("2024-01-10"),
      JourneyEvent(.employmentStarted, on: .test("2024-02-01"))
        .with(Fields.placementKind, .miniJob),
      JourneyEvent(.employmentEnded, on: .test("2024-02-29")), .confirmed("2024-12-31"),
    ]
    // Whether the ended minijob counts must not decide which job it was.
    #expect(retention(events) == counted(357, event: false))
    #expect(retention(events, kinds: [.svp, .miniJob]) == counted(357, event: false))
    #expect(retention(events, rule: .a, kinds: [.miniJob]) == counted(29, event: true))
  }

  @Test("observes up to the reference day whoever was seen after it")
  func seenLater() {
    let events: [JourneyEvent] = [
      .enters("2024-01-01"), .job("2024-01-10"), .confirmed("2024-01-20"),
      .confirmed("2024-11-30"),
    ]
    #expect(retention(events, on: "2024-01-15") == counted(6, event: false))
    #expect(retention(events, on: "2024-03-09") == counted(60, event: false))
    #expect(retention(events, on: "2024-12-31") == counted(326, event: false))
    let notSeen = Array(events[..<3]) + [JourneyEvent(.contactLost, on: .test("2024-11-30"))]
    #expect(retention(notSeen, on: "2024-03-09") == counted(11, event: false))
  }

  @Test(
    "stops at death and at leaving the country",
    arguments: [
      EventType.participantDeceased, .participantLeftCountry,
    ])
  func gone(_ type: EventType) {
    let events: [JourneyEvent] = [
      .enters("2024-01-01"), .job("2024-01-10"), JourneyEvent(type, on: .test("2024-02-10")),
      .jobEnded("2024-02-09"), .confirmed("2024-12-31"),
    ]
    #expect(retention(events) == counted(31, event: false))
    #expect(retention(Array(events[..<3])) == counted(31, event: false))
    let before = [JourneyEvent(type, on: .test("2024-01-10"))] + events[..<2]
    #expect(retention(before) == .notObserved)
  }

  // MARK: Competing events

  private func placement(
    _ events: [JourneyEvent], competing: [CompetingEvent], on day: String = "2024-12-31"
  ) -> TimeToEventKernel.Verdict {
    var question = TimeToEventQuestion(
      clock: .day, origin: .entry, outcome: .firstPlacement, kinds: [.svp],
      referenceDay: CivilDate.test(day).day)
    question.competing = competing
    return verdict(question, events.compactMap(\.milestone).sorted())
  }

  private func exit(
    _ day: String, _ type: ExitType = .early, _ reason: ExitReason = .health
  ) -> JourneyEvent {
    JourneyEvent(.participationExited, on: .test(day)).with(Fields.exitType, type)
      .with(Fields.exitReason, reason)
  }

  @Test("takes a dropout for a competing event or for nothing, as the question says")
  func dropout() {
    let events: [JourneyEvent] = [
      .enters("2024-01-01"), exit("2024-02-29"), .job("2024-04-01"), .confirmed("2024-12-31"),
    ]
    // The last day inside is 29 February: out from 1 March, day 60, on.
    #expect(placement(events, competing: [.dropout]) == .counted(Duration(length: 60, cause: 2)))
    #expect(placement(events, competing: []) == counted(91, event: true))
    // A job found before the planned end is a success, and lost contact is not known to be one.
    for reason in [ExitReason.work, .contactLost] {
      let leaving = [events[0], exit("2024-02-29", .early, reason), events[2], events[3]]
      #expect(placement(leaving, competing: [.dropout]) == counted(91, event: true))
    }
  }

  @Test("lets a job on the last day inside come before the exit")
  func lastDayInside() {
    let events: [JourneyEvent] = [
      .enters("2024-01-01"), exit("2024-02-29"), .job("2024-02-29"), .confirmed("2024-12-31"),
    ]
    #expect(placement(events, competing: [.exit]) == counted(59, event: true))
  }

  @Test("knows no exit that a re-entry followed")
  func reentry() {
    let events: [JourneyEvent] = [
      .enters("2024-01-01"), exit("2024-02-29"),
      JourneyEvent(.participationReentered, on: .test("2024-03-15")), .job("2024-04-01"),
      .confirmed("2024-12-31"),
    ]
    #expect(placement(events, competing: [.exit]) == counted(91, event: true))
  }

  @Test("ends observation at death unless death is an event of its own")
  func deathAsEvent() {
    let events: [JourneyEvent] = [
      .enters("2024-01-01"), JourneyEvent(.participantDeceased, on: .test("2024-03-01")),
      exit("2024-03-05", .administrative, .death),
    ]
    #expect(placement(events, competing: [.death]) == .counted(Duration(length: 60, cause: 2)))
    #expect(placement(events, competing: [.exit]) == counted(60, event: false))
  }

  @Test("observes nobody who had died or left before the clock started")
  func goneBefore() {
    let events: [JourneyEvent] = [
      JourneyEvent(.participantDeceased, on: .test("2023-11-01")), .enters("2024-01-01"),
      .confirmed("2024-12-31"),
    ]
    #expect(placement(events, competing: [.death]) == .notObserved)
    #expect(placement(events, competing: []) == .notObserved)
  }

  @Test("follows only the job that starts the clock where the same job is asked for")
  func sameJob() {
    var question = TimeToEventQuestion(
      clock: .day, origin: .firstPlacement, outcome: .interruption(gap: 0, rule: .a),
      kinds: [.svp], referenceDay: CivilDate.test("2024-12-31").day)
    let events: [JourneyEvent] = [
      .enters("2024-01-01"), .job("2024-01-10", spell: 1), .jobEnded("2024-03-31", spell: 1),
      .job("2024-04-01", spell: 2), .confirmed("2024-12-31"),
    ]
    let milestones = events.compactMap(\.milestone).sorted()
    #expect(verdict(question, milestones) == counted(357, event: false))
    question.isSameJob = true
    #expect(verdict(question, milestones) == counted(82, event: true))
  }

  @Test("takes death for an event of its own where the question says so, at every rule")
  func deathInWork() {
    // Works from day 9 on, dies on day 100; nobody confirms anything afterwards.
    let events: [JourneyEvent] = [
      .enters("2024-01-01"), .job("2024-01-10"), .jobEnded("2024-04-09"),
      JourneyEvent(.participantDeceased, on: .test("2024-04-10")),
    ]
    func verdict(_ rule: GapRule, gap: Int32, on day: String) -> TimeToEventKernel.Verdict {
      var question = TimeToEventQuestion(
        clock: .day, origin: .firstPlacement, outcome: .interruption(gap: gap, rule: rule),
        kinds: [.svp], referenceDay: CivilDate.test(day).day)
      question.competing = [.death]
      return self.verdict(question, events.compactMap(\.milestone).sorted())
    }
    let death = TimeToEventKernel.Verdict.counted(Duration(length: 91, cause: 2))
    for rule in GapRule.allCases {
      #expect(verdict(rule, gap: 28, on: "2024-12-31") == death, "\(rule)")
    }
    // Rule B: who started like this one and lived is followed to 28 days and one before the cut.
    #expect(verdict(.b, gap: 28, on: "2024-05-08") == death)
    #expect(verdict(.b, gap: 28, on: "2024-05-07") == counted(90, event: false))
    #expect(verdict(.a, gap: 28, on: "2024-04-10") == death)
  }

  @Test("follows everybody to the data cut, or nobody beyond the exit, where the question says so")
  func censoring() {
    let events: [JourneyEvent] = [
      .enters("2024-01-01"), .job("2024-01-10"), exit("2024-02-29"), .confirmed("2024-03-10"),
    ]
    func verdict(_ censoring: Censoring) -> TimeToEventKernel.Verdict {
      var question = TimeToEventQuestion(
        clock: .day, origin: .firstPlacement, outcome: .interruption(gap: 0, rule: .c),
        kinds: [.svp], referenceDay: CivilDate.test("2024-12-31").day)
      question.censoring = censoring
      return self.verdict(question, events.compactMap(\.milestone).sorted())
    }
    #expect(verdict(.lastConfirmedDay) == counted(61, event: false))
    #expect(verdict(.dataCut) == counted(357, event: false))
    // The last day inside is 29 February: 1 March is the first that nobody looks at.
    #expect(verdict(.exit) == counted(51, event: false))
  }

  @Test("counts months by their index, whatever the day")
  func months() {
    let events: [JourneyEvent] = [
      .enters("2024-01"), .job("2024-03-31"), .jobEnded("2024-05-01"), .confirmed("2024-12"),
    ]
    #expect(retention(events, gap: 1, rule: .a, clock: .month) == counted(2, event: true))
    #expect(retention(events, gap: 1, rule: .b, clock: .month) == counted(2, event: true))
    #expect(retention(events, gap: 1, rule: .c, clock: .month) == counted(4, event: true))
    // A month that is not over is not observed.
    #expect(
      retention(Array(events[..<2]) + [.confirmed("2024-06-29")], clock: .month)
        == counted(3, event: false))
  }
}

extension JourneyEvent {
  static func enters(_ day: String) -> JourneyEvent {
    JourneyEvent(.participationEntered, on: .test(day))
  }

  static func job(_ day: String, spell: Int) -> JourneyEvent {
    job(day).with(Fields.spell, spell)
  }

  static func jobEnded(_ day: String, spell: Int? = nil) -> JourneyEvent {
    JourneyEvent(.employmentEnded, on: .test(day)).with(Fields.spell, spell)
      .with(Fields.placementKind, spell == nil ? .svp : nil)
  }

  static func confirmed(_ day: String) -> JourneyEvent {
    JourneyEvent(.statusConfirmed, on: .test(day))
  }
}
