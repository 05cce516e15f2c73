import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("A worklist")
struct WorklistTests {
  private static let form = WorklistTask.test("form", .exit, after: "28d", shown: "28d") {
    $0.settledBy = [.statusAtExitRecorded]
  }
  private static let sixMonths = WorklistTask.test("6m-exit", .exit, after: "6mo") {
    ($0.followUp, $0.clock) = (.month6, .exit)
    $0.lapses = TimeLength(6, .month)
  }
  private static let sixMonthsJob = WorklistTask.test("6m-job", .jobStart, after: "6mo") {
    ($0.followUp, $0.clock) = (.month6, .jobStart)
  }
  private static let permit = WorklistTask.test("permit", .permitEnd, after: "0d", shown: "3mo") {
    $0.settledBy = [.residenceStatusChanged]
    ($0.whileTakingPart, $0.afterDeparture) = (true, false)
  }
  private static let contact = WorklistTask.test("contact", .lastContact, after: "3mo") {
    $0.settledBy = [.counsellingHeld]
    ($0.whileTakingPart, $0.afterDeparture) = (true, false)
  }
  private let entry = JourneyEvent.enteredProgramme("2024-01-10")

  /// What is open on a day, as `code due`.
  private func open(
    _ tasks: [WorklistTask], _ events: [JourneyEvent], on day: String, ahead: String? = nil
  ) -> [String] {
    var list = Worklist(tasks, on: .test(day), ahead: ahead.flatMap { TimeLength($0) })
    return list.items(of: events).map { item in
      "\(tasks[item.task].code) \(item.due)" + (item.attempts > 0 ? " ×\(item.attempts)" : "")
        + (item.isLapsed ? " lapsed" : "")
    }
  }

  @Test("shows a task from its lead on, and keeps it, overdue, until it is settled")
  func clock() {
    let events = [entry, .left("2024-03-31")]
    #expect(open([Self.form], events, on: "2024-03-30") == [], "the exit is not known yet")
    #expect(open([Self.form], events, on: "2024-03-31") == ["form 2024-04-28"])
    #expect(open([Self.form], events, on: "2031-01-01") == ["form 2024-04-28"])
    let settled = events + [.told(.statusAtExitRecorded, "2024-09-01")]
    #expect(open([Self.form], settled, on: "2024-08-31") == ["form 2024-04-28"])
    #expect(open([Self.form], settled, on: "2024-09-01") == [], "late entry settles it, too")
  }

  @Test("counts months to the end of a shorter month, and both clocks apart")
  func months() {
    let events = [entry, .work("2024-08-31"), .left("2024-08-31")]
    #expect(
      open([Self.sixMonths, Self.sixMonthsJob], events, on: "2025-03-01")
        == ["6m-exit 2025-02-28", "6m-job 2025-02-28"])
    let asked = JourneyEvent.asked("2025-02-28", employed: .yes)
      .with(Fields.followUpKind, .month6)
    #expect(
      open(
        [Self.sixMonths, Self.sixMonthsJob], events + [asked.with(Fields.followUpClock, .exit)],
        on: "2025-03-01") == ["6m-job 2025-02-28"])
    // One that names no clock answers both.
    #expect(open([Self.sixMonths, Self.sixMonthsJob], events + [asked], on: "2025-03-01") == [])
    // One of another horizon answers neither.
    let twelve = JourneyEvent.asked("2025-02-28").with(Fields.followUpKind, .month12)
    #expect(open([Self.sixMonths], events + [twelve], on: "2025-03-01").count == 1)
  }

  @Test("counts from the last day that an imprecise date can be")
  func imprecise() {
    let events = [entry, .left("2024-03")]
    #expect(open([Self.form], events, on: "2024-05-15") == ["form 2024-04-28"])
    let work = [entry, .work("2024-Q2")]
    #expect(open([Self.sixMonthsJob], work, on: "2025-01-31") == ["6m-job 2024-12-30"])
  }

  @Test("asks nothing about who died, and only follow-ups about who left the country")
  func gone() {
    let events = [
      entry, .work("2024-02-01"),
      .told(.residenceStatusChanged, "2024-01-10").with(Fields.residence, .ae24)
        .with(Fields.validUntil, .test("2024-09-30")),
    ]
    let tasks = [Self.sixMonthsJob, Self.permit, Self.contact]
    #expect(open(tasks, events, on: "2024-09-01").count == 3)
    let left = events + [.told(.participantLeftCountry, "2024-08-01")]
    #expect(open(tasks, left, on: "2024-09-01") == ["6m-job 2024-08-01"])
    #expect(
      open(tasks, events + [.told(.participantDeceased, "2024-08-01")], on: "2024-09-01") == [])
  }

  @Test("counts attempts in vain, and stops when somebody refused or was reached")
  func attempts() {
    let events = [entry, .left("2024-03-31")]
    func attempt(_ day: String, _ result: FollowUpResult) -> JourneyEvent {
      .told(.followUpAttempted, day).with(Fields.followUpKind, .month6)
        .with(Fields.followUpClock, .exit).with(Fields.followUpResult, result)
    }
    let tried = events + [attempt("2024-09-20", .notReached), attempt("2024-10-02", .notReached)]
    #expect(open([Self.sixMonths], tried, on: "2024-10-01") == ["6m-exit 2024-09-30 ×1"])
    #expect(open([Self.sixMonths], tried, on: "2024-10-02") == ["6m-exit 2024-09-30 ×2"])
    for result in [FollowUpResult.refused, .noConsent, .leftCountry, .reachedPerson, .register] {
      #expect(
        open([Self.sixMonths], tried + [attempt("2024-10-03", result)], on: "2024-10-04") == [])
    }
    // An attempt at another clock is none at this one.
    let other = attempt("2024-10-02", .refused).with(Fields.followUpClock, .jobStart)
    #expect(open([Self.sixMonths], events + [other], on: "2024-10-04") == ["6m-exit 2024-09-30"])
  }

  @Test("forgets what it was so late that nobody asks any more")
  func lapsing() {
    let events = [entry, .left("2024-03-31")]
    #expect(open([Self.sixMonths], events, on: "2025-03-30") == ["6m-exit 2024-09-30"])
    #expect(open([Self.sixMonths], events, on: "2025-03-31") == ["6m-exit 2024-09-30 lapsed"])
  }

  @Test("leaves out what was skipped for its due day, and asks anew when that moves")
  func skipping() {
    let events = [entry, .left("2024-03-31")]
    let skipped = JourneyEvent.told(.followUpSkipped, "2024-04-02").with(Fields.task, "form")
    #expect(
      open(
        [Self.form], events + [skipped.with(Fields.dueOn, .test("2024-04-28"))], on: "2024-05-01")
        == [])
    #expect(open([Self.form], events + [skipped], on: "2024-05-01") == [])
    // Before it was skipped it was open; of another task nothing is skipped.
    #expect(open([Self.form], events + [skipped], on: "2024-04-01").count == 1)
    #expect(
      open([Self.form], events + [skipped.with(Fields.task, "6m-exit")], on: "2024-05-01").count
        == 1)
    let moved = [entry, .left("2024-04-15"), skipped.with(Fields.dueOn, .test("2024-04-28"))]
    #expect(open([Self.form], moved, on: "2024-05-01") == ["form 2024-05-13"])
  }

  @Test("starts the time without contact anew with every contact, and with skipping")
  func contacts() {
    #expect(open([Self.contact], [entry], on: "2024-04-10") == ["contact 2024-04-10"])
    let spoken = [entry, .told(.counsellingHeld, "2024-03-01")]
    #expect(open([Self.contact], spoken, on: "2024-06-01") == ["contact 2024-06-01"])
    let skipped = spoken + [.told(.followUpSkipped, "2024-05-30").with(Fields.task, "contact")]
    #expect(open([Self.contact], skipped, on: "2024-06-01") == [])
    #expect(open([Self.contact], skipped, on: "2024-08-30") == ["contact 2024-08-30"])
    #expect(open([Self.contact], spoken + [.left("2024-05-31")], on: "2024-06-02") == [])
    let back = spoken + [.left("2024-05-31"), .told(.participationReentered, "2025-01-07")]
    #expect(open([Self.contact], back, on: "2025-04-07") == ["contact 2025-04-07"])
  }

  @Test("reminds of the latest permit alone, and of none that has no end")
  func permits() {
    func permit(_ day: String, until: String?) -> JourneyEvent {
      .told(.residenceStatusChanged, day).with(Fields.residence, .ae24)
        .with(Fields.validUntil, until.map { .test($0) })
    }
    let first = permit("2024-01-10", until: "2024-09-30")
    #expect(open([Self.permit], [entry, first], on: "2024-06-29") == [])
    #expect(open([Self.permit], [entry, first], on: "2024-06-30") == ["permit 2024-09-30"])
    #expect(open([Self.permit], [entry, first], on: "2024-10-01") == ["permit 2024-09-30"])
    let renewed = [entry, first, permit("2024-08-01", until: "2026-09-30")]
    #expect(open([Self.permit], renewed, on: "2024-09-01") == [])
    #expect(
      open([Self.permit], [entry, first, permit("2024-08-01", until: nil)], on: "2024-09-01") == [])
    #expect(open([Self.permit], renewed, on: "2026-07-01") == ["permit 2026-09-30"])
  }

  @Test("takes exits of every operation, and none that a re-entry made void")
  func operations() {
    let two = [
      entry, .enteredProgramme("2024-02-01", "V-2"), .left("2024-03-31", nil, nil, "V-1"),
      .left("2024-05-31", nil, nil, "V-2"),
    ]
    #expect(
      open([Self.form], two, on: "2024-07-01") == ["form 2024-04-28", "form 2024-06-28"])
    // A form belongs to the exit before it.
    let one = two + [.told(.statusAtExitRecorded, "2024-04-30")]
    #expect(open([Self.form], one, on: "2024-07-01") == ["form 2024-06-28"])
    let back = [entry, .left("2024-03-31"), .told(.participationReentered, "2024-04-15")]
    #expect(open([Self.form], back, on: "2024-07-01") == [])
  }

  @Test("goes by a plan where there is one, the last of several")
  func plans() {
    func plan(_ day: String, due: String, _ kind: FollowUpKind = .month6) -> JourneyEvent {
      .told(.followUpPlanned, day).with(Fields.followUpKind, kind)
        .with(Fields.followUpClock, .exit).with(Fields.dueOn, .test(due))
    }
    let events = [entry, .left("2024-03-31"), plan("2024-04-01", due: "2024-10-15")]
    #expect(open([Self.sixMonths], events, on: "2024-10-16") == ["6m-exit 2024-10-15"])
    let again = events + [plan("2024-10-14", due: "2024-11-02")]
    #expect(open([Self.sixMonths], again, on: "2024-11-02") == ["6m-exit 2024-11-02"])
    // A plan from before the exit was for another one.
    let early = [entry, plan("2024-02-01", due: "2024-08-01"), .left("2024-03-31")]
    #expect(open([Self.sixMonths], early, on: "2024-10-01") == ["6m-exit 2024-09-30"])
    let planned = WorklistTask.test("planned", .planned, after: "0d")
    let other = events + [plan("2024-04-01", due: "2024-05-01", .month1)]
    #expect(
      open([Self.sixMonths, planned], other, on: "2024-10-16")
        == ["planned 2024-05-01", "6m-exit 2024-10-15"])
  }

  @Test("looks as far ahead as it is asked to")
  func ahead() {
    let events = [entry, .left("2024-03-31")]
    let tasks = [Self.form, Self.sixMonths]
    #expect(open(tasks, events, on: "2024-04-01") == ["form 2024-04-28"])
    #expect(open(tasks, events, on: "2024-04-01", ahead: "26d") == [])
    #expect(open(tasks, events, on: "2024-04-01", ahead: "27d") == ["form 2024-04-28"])
    #expect(open(tasks, events, on: "2024-04-01", ahead: "6mo").count == 2)
  }

  @Test("says of nobody who never entered anything, and forgets one person over the next")
  func reuse() {
    #expect(
      open([Self.contact], [.told(.firstContactRecorded, "2024-01-10")], on: "2025-01-01") == [])
    var list = Worklist([Self.form, Self.contact, Self.permit], on: .test("2025-01-01"))
    let first = list.items(of: [entry, .left("2024-03-31")])
    #expect(first.count == 1)
    _ = list.items(of: [
      .told(.residenceStatusChanged, "2024-01-10").with(Fields.validUntil, .test("2024-06-30")),
      entry,
      .told(.counsellingHeld, "2024-02-01"),
    ])
    #expect(list.items(of: [entry, .left("2024-03-31")]) == first)
  }

  @Test("of random people is the same whether it looks ahead or waits", arguments: 0..<40)
  func waiting(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let days = (0..<3).map { _ in Int32.random(in: 0..<700, using: &random) }.sorted()
    let base = Day.test("2023-01-01")
    func date(_ number: Int) -> CivilDate { CivilDate(base + days[number]) }
    var events = [JourneyEvent(.participationEntered, on: date(0))]
    events.append(
      JourneyEvent(.employmentStarted, on: date(1)).with(Fields.placementKind, .svp))
    if Bool.random(using: &random) {
      events.append(JourneyEvent(.participationExited, on: date(2)))
    }
    let tasks = [Self.form, Self.sixMonths, Self.sixMonthsJob, Self.contact]
    let today = base + 700
    var far = Worklist(tasks, on: today, ahead: TimeLength(12, .month))
    let seen = far.items(of: events)
    for offset in stride(from: Int32(0), through: 365, by: 7) {
      var then = Worklist(tasks, on: today + offset)
      for item in then.items(of: events) {
        #expect(
          seen.contains { ($0.task, $0.due, $0.start) == (item.task, item.due, item.start) },
          "seed \(seed), day \(today + offset): \(item)")
      }
    }
  }
}

extension WorklistTask {
  /// A task with what most tests do not care about.
  static func test(
    _ code: String, _ start: Start, after: String, shown: String = "0d",
    _ change: (inout Draft) -> Void = { _ in }
  ) -> WorklistTask {
    var draft = Draft()
    change(&draft)
    return WorklistTask(
      code: code, title: .init(en: code, de: code), start: start, kinds: .employed,
      after: TimeLength(after) ?? TimeLength(0, .day),
      shown: TimeLength(shown) ?? TimeLength(0, .day), lapses: draft.lapses,
      followUp: draft.followUp, clock: draft.clock, settledBy: draft.settledBy,
      done: draft.settledBy[0], whileTakingPart: draft.whileTakingPart,
      afterDeparture: draft.afterDeparture)
  }

  /// What a test changes of a task.
  struct Draft {
    var lapses: TimeLength?
    var followUp: FollowUpKind?
    var clock: FollowUpClock?
    var settledBy: [EventType] = [.followUpCompleted]
    var whileTakingPart = false
    var afterDeparture = true
  }
}

extension Worklist {
  /// What is to be done about somebody of whom some events were told, in this order.
  mutating func items(of events: [JourneyEvent]) -> [WorklistItem] {
    let facts = events.enumerated().map { position, event in
      JourneyFact(
        position: UInt64(position), day: event.occurredOn.day.number, milestone: event.milestone,
        details: event.milestoneDetails)
    }
    let rows = FoldedJourney(firstRecorded: 0, facts: facts).rows(size: .max)
    return items(milestones: rows.map(\.milestone)[...], details: rows.map(\.details)[...])
  }
}
