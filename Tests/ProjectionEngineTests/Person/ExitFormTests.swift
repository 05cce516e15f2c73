import Journey
import Testing

@testable import ProjectionEngine

@Suite("Exit forms and reports about the weeks after an exit")
struct ExitFormTests {
  private let entry = JourneyEvent.enteredProgramme("2024-01-10")
  private let window = Range.test("2024-06-30", "2024-07-29")

  /// An exit on 30 June 2024, and a form about the weeks after it.
  private func form(
    _ day: String = "2024-07-10", employed: Answer? = nil, education: Answer? = nil,
    jobSearch: Answer? = nil, _ evidence: Evidence? = nil
  ) -> [JourneyEvent] {
    [
      .left("2024-06-30"),
      .told(.statusAtExitRecorded, day).with(Fields.employed, employed)
        .with(Fields.education, education).with(Fields.jobSearch, jobSearch)
        .with(Fields.evidence, evidence),
    ]
  }

  private func history(_ events: [JourneyEvent]) -> PersonHistory {
    PersonHistory([entry] + events)
  }

  @Test("of being registered say who looks for work, until work begins")
  func registered() {
    let history = history([
      .report("2024-01-10", .inactive), .report("2024-04-01", .unemployed),
      .work("2024-06-01", spell: 1), .workEnded("2024-08-31", spell: 1), .seen("2024-12-31"),
    ])
    let days = ["2024-01-10", "2024-02-01", "2024-05-01", "2024-07-01", "2024-10-01", "2025-02-01"]
    #expect(
      days.map { history.seekingWork(on: .test($0)) }
        == [.no, .unknown, .yes, .no, .unknown, .unknown],
      "who is inactive one day may look for work the next; who loses work may register again")
    #expect(history.seekingWork(during: .test("2024-02-01", "2024-04-01")) == .unknown)
    #expect(history.seekingWork(during: .test("2024-02-01", "2024-04-02")) == .yes)
    #expect(history.seekingWork(during: .test("2024-06-10", "2024-08-01")) == .no)
  }

  @Test("are what tells whether somebody inactive looks for work after the exit")
  func inactive() {
    let inactive = JourneyEvent.told(.entryProfileRecorded, "2024-01-10")
      .with(Fields.employmentStatus, .inactive)
    let seen = JourneyEvent.seen("2024-12-31")
    #expect(history([inactive, .left("2024-06-30"), seen]).seekingWork(during: window) == .unknown)
    for answer in [Answer.yes, .no] {
      let told = history([inactive] + form(jobSearch: answer) + [seen])
      #expect(told.seekingWork(during: window) == Truth(answer))
    }
    let reported = history([inactive, .left("2024-06-30"), .report("2024-07-05", .inactive), seen])
    #expect(reported.seekingWork(during: window) == .no)
    #expect(reported.seekingWork(during: .test("2024-06-30", "2024-12-01")) == .unknown)
  }

  @Test("that say no end a job on record, between the day last known and the exit")
  func endsJob() {
    let work: [JourneyEvent] = [
      .work("2024-03-01", spell: 1), .told(.employmentChanged, "2024-05-10").with(Fields.spell, 1),
    ]
    let told = history(work + form(employed: .no) + [.seen("2024-12-31")])
    let days = ["2024-05-10", "2024-05-11", "2024-06-30", "2024-07-01", "2024-11-30"]
    #expect(
      days.map { told.employed(on: .test($0)) } == [.yes, .unknown, .unknown, .no, .no])
    #expect(told.employed(during: window) == .no)
    let without = history(work + [.left("2024-06-30"), .seen("2024-12-31")])
    #expect(without.employed(on: .test("2024-11-30")) == .yes)
    // ESF Plus does not count a marginal job beside a registration as employment.
    let marginal = history(
      [.work("2024-03-01", .miniJob, spell: 1)] + form(employed: .no) + [.seen("2024-12-31")])
    #expect(marginal.working(.employed, on: .test("2024-11-30")) == .yes)
  }

  @Test("that say no are about each day up to the form, and none after it")
  func eachDay() {
    let told = history(form(employed: .no, education: .no))
    // The day of the exit is the last one in the programme: the form is about the time after it.
    let days = ["2024-07-01", "2024-07-10", "2024-07-11"]
    #expect(days.map { told.working(.integrationWIR, on: .test($0)) } == [.no, .no, .unknown])
    #expect(told.employed(during: window) == .no, "asked about the whole window")
    let late = history(
      [.work("2024-07-29", spell: 1)] + form("2024-09-01", employed: .no) + [.seen("2024-12-31")])
    #expect(late.conflicts.isEmpty)
    #expect(late.employed(on: .test("2024-07-28")) == .no)
    #expect(late.employed(on: .test("2024-07-29")) == .yes, "the window is over")
  }

  @Test(
    "that say yes to one of work and education do not deny an apprenticeship",
    arguments: [(Answer.yes, Answer.no, Truth.yes), (.no, .yes, .yes), (.no, .no, .no)])
  func apprentice(employed: Answer, education: Answer, expected: Truth) {
    let told = history(
      [.apprenticed("2024-03-01", spell: 1)] + form(employed: employed, education: education)
        + [.seen("2024-12-31")])
    #expect(told.working(PlacementKinds(.dualTraining), on: .test("2024-07-05")) == expected)
  }

  @Test("that say no limit how long work may have lasted of which only one day is told")
  func limitsUnknownDays() {
    let yes = JourneyEvent.asked("2025-01-10", about: "2024-12-30", employed: .yes)
    let seen = JourneyEvent.seen("2025-03-01")
    let told = history(form(employed: .no) + [yes, seen])
    #expect(told.working(PlacementKinds(.svp), on: .test("2024-07-10")) == .no)
    #expect(told.working(PlacementKinds(.svp), on: .test("2024-07-11")) == .unknown)
    let alone = history([.left("2024-06-30"), yes, seen])
    #expect(alone.working(PlacementKinds(.svp), on: .test("2024-07-05")) == .unknown)
  }

  @Test("that a job on record contradicts count if they weigh more, else the job does")
  func contradiction() {
    let job: [JourneyEvent] = [
      .work("2024-07-03", spell: 1), .workEnded("2024-08-31", spell: 1), .seen("2024-12-31"),
    ]
    let day = Day.test("2024-07-05")
    let older = history(form(employed: .no) + job)
    #expect(older.employed(on: day) == .yes && older.employed(during: window) == .yes)
    #expect(older.conflicts == [.test("2024-07-03")])
    let document = history(form(employed: .no, .document) + job)
    #expect(document.employed(on: day) == .no && document.employed(on: .test("2024-07-11")) == .yes)
    // Who starts work on the day of the form was without it when asked.
    let starts = history(form("2024-07-03", employed: .no) + job)
    #expect(starts.conflicts.isEmpty && starts.employed(on: .test("2024-07-03")) == .no)
    #expect(starts.employed(on: .test("2024-07-04")) == .yes)
  }

  @Test("and follow-ups that contradict them about a day: the weightier one counts")
  func contraryAnswers() {
    let followUp = JourneyEvent.asked("2024-09-01", about: "2024-07-05", employed: .yes)
    let day = Day.test("2024-07-05")
    let later = history(form(employed: .no) + [followUp])
    #expect(later.employed(on: day) == .yes && later.conflicts == [day])
    #expect(later.working(PlacementKinds(.svp), on: .test("2024-07-02")) == .unknown)
    let document = history(form(employed: .no, .document) + [followUp])
    #expect(document.working(PlacementKinds(.svp), on: day) == .no && document.conflicts == [day])
  }
}
