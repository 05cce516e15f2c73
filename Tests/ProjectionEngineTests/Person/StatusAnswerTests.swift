import Journey
import Testing

@testable import ProjectionEngine

@Suite("Answers about a day, beside what spells say")
struct StatusAnswerTests {
  private let entry = JourneyEvent.enteredProgramme("2024-01-10")

  @Test("no. 19: speak of their reference date, whenever they are given")
  func referenceDate() {
    // Asked in month 7 about month 6.
    let history = PersonHistory([
      entry, .left("2024-06-30"), .asked("2025-01-20", about: "2024-12-30", employed: .yes),
    ])
    #expect(history.employed(on: .test("2024-12-30")) == .yes)
    #expect(history.employed(on: .test("2024-12-31")) == .unknown, "nobody says since when")
    #expect(history.employed(on: .test("2024-08-01")) == .unknown, "nor from when on")
  }

  @Test(
    "no. 19: that name no day hold for thirty days on either side",
    arguments: [
      (Int32(-31), Truth.unknown), (-30, .yes), (0, .yes), (30, .yes), (31, .unknown),
    ])
  func tolerance(offset: Int32, expected: Truth) {
    let day = Day.test("2025-01-20")
    let history = PersonHistory([entry, .asked("2025-01-20", employed: .yes), .seen("2025-01-29")])
    // Also beyond the last day that anybody observed.
    #expect(history.observedUntil == .test("2025-01-30"))
    #expect(history.employed(on: day + offset) == expected)
  }

  @Test("no. 19: stop at the next thing on record")
  func borders() {
    let history = PersonHistory([
      entry, .work("2024-03-01", spell: 1), .workEnded("2024-12-31", spell: 1),
      .asked("2025-01-20", employed: .yes), .work("2025-02-01", spell: 2), .seen("2025-06-30"),
    ])
    #expect(history.employed(on: .test("2025-01-01")) == .yes)
    #expect(history.longestGap(.employed, during: .test("2024-03-01", "2025-06-01")) == 0...0)
    let dated = PersonHistory([
      entry, .work("2024-03-01", spell: 1), .workEnded("2024-12-31", spell: 1),
      .asked("2025-01-20", about: "2025-01-15", employed: .yes), .work("2025-02-01", spell: 2),
      .seen("2025-06-30"),
    ])
    #expect(dated.longestGap(.employed, during: .test("2024-03-01", "2025-06-01")) == 0...16)
    #expect(dated.employed(on: .test("2025-03-01")) == .yes)
  }

  @Test("no. 20: a document counts more than an employer, who counts more than the person")
  func precedence() {
    let answers: [(Evidence, Answer)] = [
      (.document, .yes), (.thirdParty, .no), (.selfDeclared, .no),
    ]
    let day = Day.test("2024-12-30")
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
      let told = order.map { index in
        JourneyEvent.asked(
          "2025-01-20", about: "2024-12-30", employed: answers[index].1, answers[index].0)
      }
      let history = PersonHistory([entry] + told)
      #expect(history.employed(on: day) == .yes)
      #expect(!history.conflicts.isEmpty && history.conflicts.allSatisfy { $0 == day })
    }
    let employer = JourneyEvent.asked("2025-01-20", about: "2024-12-30", employed: .yes)
      .with(Fields.followUpResult, .reachedEmployer)
    let person = JourneyEvent.asked("2025-01-25", about: "2024-12-30", employed: .no)
      .with(Fields.followUpResult, .reachedPerson)
    #expect(PersonHistory([entry, employer, person]).employed(on: day) == .yes)
  }

  @Test("no. 20: of the same weight the one recorded later counts")
  func recordedLater() {
    let yes = JourneyEvent.asked("2025-01-20", about: "2024-12-30", employed: .yes)
    let no = JourneyEvent.asked("2025-01-10", about: "2024-12-30", employed: .no)
    let day = Day.test("2024-12-30")
    // The day of telling does not decide, the order of recording does.
    #expect(PersonHistory([entry, yes, no]).employed(on: day) == .no)
    #expect(PersonHistory([entry, no, yes]).employed(on: day) == .yes)
    #expect(PersonHistory([entry, yes]).conflicts.isEmpty)
  }

  @Test("of no against a job that goes on end it, between the last day known and the answer")
  func endsJob() {
    let history = PersonHistory([
      entry, .work("2024-03-01", spell: 1),
      .told(.employmentChanged, "2024-05-10").with(Fields.spell, 1),
      .asked("2024-09-20", about: "2024-09-01", employed: .no), .seen("2024-12-31"),
    ])
    let states = ["2024-05-10", "2024-05-11", "2024-08-31", "2024-09-01", "2024-11-30"].map {
      history.employed(on: .test($0))
    }
    #expect(states == [.yes, .unknown, .unknown, .no, .no])
    let window = Range.test("2024-03-01", "2024-10-01")
    #expect(history.daysWorked(.employed, during: window) == 71...184)
  }

  @Test("of no about a day inside a spell that is over count if they weigh more, for that day")
  func insideSpell() {
    let spell: [JourneyEvent] = [
      entry, .work("2024-03-01", spell: 1), .workEnded("2024-12-31", spell: 1), .seen("2025-03-31"),
    ]
    let day = Day.test("2024-09-01")
    let document = PersonHistory(
      spell + [.asked("2024-09-20", about: "2024-09-01", employed: .no, .document)])
    #expect(document.employed(on: day) == .no && document.employed(on: day + 1) == .yes)
    #expect(document.conflicts == [day])
    // The end was recorded first, so the answer is the newer statement.
    let newer = PersonHistory(spell + [.asked("2024-09-20", about: "2024-09-01", employed: .no)])
    #expect(newer.employed(on: day) == .no)
    let older = PersonHistory(
      [.asked("2024-09-20", about: "2024-09-01", employed: .no)] + spell)
    #expect(older.employed(on: day) == .yes && older.conflicts == [day])
  }

  @Test("at entry leave what came before and after as unknown as it is")
  func employedAtEntry() {
    let profile = JourneyEvent.told(.entryProfileRecorded, "2024-01-10")
    let employed = PersonHistory([
      entry, profile.with(Fields.employmentStatus, .employed), .seen("2024-12-31"),
    ])
    #expect(employed.employed(on: .test("2024-01-10")) == .yes)
    #expect(employed.employed(on: .test("2024-06-01")) == .unknown, "that job is not on record")
    let inactive = PersonHistory([
      entry, profile.with(Fields.employmentStatus, .inactive), .seen("2024-12-31"),
    ])
    #expect(inactive.employed(on: .test("2024-06-01")) == .no)
    #expect(inactive.labourStatus(on: .test("2024-06-01")) == .inactive)
    // Who starts work on the day of entry was without it when the form was filled in.
    let started = PersonHistory([
      entry, profile.with(Fields.employmentStatus, .inactive), .work("2024-01-10", spell: 1),
      .seen("2024-12-31"),
    ])
    #expect(started.employed(on: .test("2024-01-11")) == .yes)
  }

  @Test("at entry about work and about education do not contradict each other")
  func workAndEducationAtEntry() {
    let profile = JourneyEvent.told(.entryProfileRecorded, "2024-01-10")
    let worker = PersonHistory([
      entry,
      profile.with(Fields.employmentStatus, .employed).with(Fields.inEducation, .no),
      .seen("2024-12-31"),
    ])
    let (start, later) = (Day.test("2024-01-10"), Day.test("2024-06-01"))
    #expect(worker.employed(on: start) == .yes && worker.inEducation(on: start) == .no)
    #expect(worker.working(.employed, on: later) == .unknown, "that job is not on record")
    #expect(worker.inEducation(on: later) == .no && worker.conflicts.isEmpty)
    let pupil = PersonHistory([
      entry,
      profile.with(Fields.employmentStatus, .inactive).with(Fields.inEducation, .yes),
      .seen("2024-12-31"),
    ])
    #expect(pupil.employed(on: start) == .no && pupil.inEducation(on: start) == .yes)
    // Apprentices are employed, so it is not that kind of education.
    #expect(pupil.employed(on: later) == .no && pupil.inEducation(on: later) == .unknown)
    #expect(pupil.conflicts.isEmpty)
  }

  @Test("are not given by an exit because contact was lost")
  func exitOfLostContact() {
    let told: [JourneyEvent] = [entry, .seen("2024-03-01")]
    let lost = PersonHistory(told + [.left("2024-09-30", .contactLost, .early)])
    #expect(lost.observedUntil == .test("2024-03-02"))
    #expect(lost.employed(on: .test("2024-06-01")) == .unknown)
    let left = PersonHistory(told + [.left("2024-09-30", .health, .early)])
    #expect(left.observedUntil == .test("2024-10-01"))
  }

  @Test("no. 22: a start in “March 2025” leaves its days open, and no more")
  func monthPrecision() {
    let events: [JourneyEvent] = [
      entry, .work("2025-03", spell: 1), .workEnded("2025-08", spell: 1), .seen("2025-12-31"),
    ]
    let history = PersonHistory(events)
    let days = ["2025-02-28", "2025-03-01", "2025-03-31", "2025-08-01", "2025-08-02", "2025-09-01"]
    #expect(
      days.map { history.employed(on: .test($0)) } == [.no, .unknown, .yes, .yes, .unknown, .no])
    #expect(history.employed(during: .test("2025-03-01", "2025-04-01")) == .yes)
    #expect(history.employed(during: .test("2025-03-01", "2025-03-15")) == .unknown)
    let placed = [
      ("2025-03-01", "2025-04-01"), ("2025-03-10", "2025-04-01"), ("2025-04-01", "2025-05-01"),
    ]
    .map { history.placed(.employed, during: .test($0.0, $0.1)) }
    #expect(placed == [.yes, .unknown, .no])
    // A clock of months takes months as exact.
    let monthly = PersonHistory(events, clock: .month)
    #expect(
      days.map { monthly.employed(on: .test($0)) } == [.no, .yes, .yes, .yes, .yes, .no])
  }

  @Test("on an exit form speak of some day in its window")
  func exitForm() {
    let told: [JourneyEvent] = [
      entry, .left("2024-06-30"),
      .told(.statusAtExitRecorded, "2024-07-10").with(Fields.employed, .yes)
        .with(Fields.education, .no).with(Fields.jobSearch, .unknown)
        .with(Fields.qualification, .yes),
    ]
    let history = PersonHistory(told)
    let window = Range.test("2024-06-30", "2024-07-29")
    #expect(history.employed(during: window) == .yes)
    #expect(history.inEducation(during: window) == .no)
    #expect(history.seekingWork(during: window) == .unknown)
    #expect(history.qualified(during: .test("2024-01-10", "2024-07-29"), certificate: true) == .yes)
    #expect(history.employed(during: .test("2024-07-20", "2024-07-29")) == .unknown)
    #expect(history.answer(.jobSearch, of: 0) == .unknown)
  }

  @Test("six months after exit speak of that very day")
  func sixMonths() {
    let history = PersonHistory([
      entry, .left("2024-08-31"),
      .told(.statusAtSixMonthsRecorded, "2025-03-20").with(Fields.employed, .yes)
        .with(Fields.improvement, .no).with(Fields.inSample, true),
    ])
    #expect(history.employed(on: .test("2025-02-28")) == .yes)
    #expect(history.answer(.employedAfterSixMonths, of: 0) == .yes)
    #expect(history.answer(.improved, of: 0) == .no && history.inSample(0) == .yes)
  }
}
