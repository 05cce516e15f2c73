import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("What ends on the reference day")
struct ReferenceDayTests {
  @Test("rests on the kinds of steps that confirm a situation, and on no other number")
  func confirming() {
    for raw in UInt8.min...UInt8.max {
      let kind = MilestoneKind(rawValue: raw)
      #expect(MilestoneKind.confirms(raw) == (kind?.confirms ?? false), "\(raw)")
    }
  }

  private let entry = JourneyEvent.enteredProgramme("2024-01-10")
  private let day = "2024-06-30"

  private func history(_ events: [JourneyEvent]) -> PersonHistory {
    PersonHistory([entry] + events, on: day)
  }

  @Test("was still there on that day, and is known to have ended")
  func work() {
    let history = history([
      .work("2024-03-01", spell: 1),
      .workEnded("2024-06-30", spell: 1).with(Fields.jobEndReason, .mutual),
    ])
    #expect(history.employed(on: .test(day)) == .yes)
    #expect(history.employed(on: .test("2024-07-01")) == .unknown, "after the reference day")
    #expect(history.placements.first?.end == .test("2024-07-01"))
    #expect(history.placements.first?.endReason == .mutual)
    #expect(history.observedUntil == .test("2024-07-01"))
    #expect(history.daysWorked(.employed, during: .test("2024-06-01", "2024-07-01")) == 30...30)
  }

  @Test("is told apart from what ends a day later")
  func nextDay() {
    let history = history([
      .work("2024-03-01", spell: 1), .workEnded("2024-07-01", spell: 1), .seen("2024-07-01"),
    ])
    #expect(history.placements.first?.end == nil)
    #expect(history.observedUntil == .test("2024-07-01"))
  }

  @Test("is known beside what else was told of the day after", arguments: [true, false])
  func amongOthers(isSeenFirst: Bool) {
    let seen = JourneyEvent.seen("2024-07-01")
    let ended = JourneyEvent.workEnded("2024-06-30", spell: 1)
    let history = history(
      [.work("2024-03-01", spell: 1), .work("2024-07-01", spell: 2)]
        + (isSeenFirst ? [seen, ended] : [ended, seen]))
    #expect(history.placements.map(\.end) == [.test("2024-07-01")])
  }

  @Test("is a training dissolved in time")
  func training() {
    let history = history([
      .apprenticed("2024-03-01", spell: 1),
      .told(.trainingEnded, "2024-06-30").with(Fields.spell, 1)
        .with(Fields.trainingResult, .dissolved),
    ])
    let months = Range.test("2024-03-01", "2024-07-01")
    #expect(history.ended(.training, during: months, result: .dissolved) == .yes)
    #expect(history.ended(.training, during: months, result: .passed) == .no)
  }

  @Test("is over, so that a no on that day contradicts it instead of ending it earlier")
  func answer() {
    let history = history([
      .work("2024-03-01", spell: 1), .workEnded("2024-06-30", spell: 1),
      .asked("2024-06-30", about: "2024-06-30", employed: .no),
    ])
    #expect(history.employed(on: .test("2024-06-29")) == .yes)
    #expect(history.conflicts == [.test(day)])
  }

  @Test("is a record of that day")
  func record() {
    let history = history([
      .work("2024-03-01", spell: 1), .seen("2024-07-01"), .workEnded("2024-06-30", spell: 1),
    ])
    var days: [IndexDay] = []
    IndexEvents(.everyRecord).find(in: history, into: &days)
    #expect(days.map(\.day.description) == ["2024-01-10", "2024-03-01", "2024-06-30"])
    #expect(days.last?.row == history.rows.last)
  }

  @Test(
    "ends no curve: whether other work follows is seen on the day after",
    arguments: GapRule.allCases)
  func curve(rule: GapRule) {
    func verdict(_ ends: Bool, _ clock: ClockUnit) -> TimeToEventKernel.Verdict {
      var events: [JourneyEvent] = [entry, .work("2024-03-01", spell: 1), .seen("2024-06-30")]
      if ends { events.append(.workEnded("2024-06-30", spell: 1)) }
      var kernel = TimeToEventKernel(
        TimeToEventQuestion(
          clock: clock, origin: .firstPlacement, outcome: .interruption(gap: 0, rule: rule),
          kinds: [.svp], referenceDay: .test(day)))
      let steps = events.map(\.milestone).compactMap { $0?.bits }.sorted()
      return kernel.evaluate(steps.span)
    }
    for clock in [ClockUnit.day, .month] { #expect(verdict(true, clock) == verdict(false, clock)) }
  }
}
