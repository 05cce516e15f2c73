import Journey
import Testing

@testable import ProjectionEngine

@Suite("A person's history decides the edge cases of the domain reference (6.8)")
struct EdgeCaseTests {
  @Test("no. 1: a re-entry into the same operation continues the participation; the exit moves")
  func reentry() {
    let events: [JourneyEvent] = [
      .enteredProgramme("2024-01-10"), .left("2024-03-31", .noCooperation, .early),
      .told(.statusAtExitRecorded, "2024-04-10").with(Fields.employed, .no),
      .told(.participationReentered, "2024-06-01").with(Fields.operation, "V-1"),
    ]
    let inside = PersonHistory(events)
    #expect(inside.participations.count == 1)
    #expect(inside.participations[0].exit == nil && inside.participations[0].reentries == 1)
    #expect(inside.participations[0].dropout == .no)
    #expect(inside.answer(.employed, of: 0) == .unknown, "the earlier exit's form is superseded")

    let after = PersonHistory(
      events + [
        .left("2025-02-28", .work, .regular),
        .told(.statusAtExitRecorded, "2025-03-10").with(Fields.employed, .yes),
      ])
    #expect(after.participations[0].entry == .test("2024-01-10"))
    #expect(after.participations[0].exit == .test("2025-02-28"))
    #expect(after.answer(.employed, of: 0) == .yes)
    // Before the re-entry was told the first exit stood.
    #expect(PersonHistory(Array(events.prefix(3))).answer(.employed, of: 0) == .no)
  }

  @Test("no. 1: a second entry into the same operation is a re-entry by another name")
  func secondEntry() {
    let history = PersonHistory([
      .enteredProgramme("2024-01-10"), .left("2024-03-31"), .enteredProgramme("2024-06-01"),
      .left("2024-09-30"),
    ])
    #expect(history.participations.count == 1)
    #expect(history.participations[0].exit == .test("2024-09-30"))
  }

  @Test("no. 2: an entry into another operation is a second participation")
  func twoOperations() {
    let history = PersonHistory([
      .enteredProgramme("2024-01-10", "V-1"), .enteredProgramme("2024-06-01", "V-2"),
      .left("2024-07-31", .plannedEnd, .regular, "V-1"),
    ])
    #expect(history.participations.map(\.exit) == [.test("2024-07-31"), nil])
    #expect(history.participations[0].operation != history.participations[1].operation)
    #expect(history.entry == .test("2024-01-10"))
  }

  @Test("no. 3: parallel jobs are one; the same employer follows the spell of the index day")
  func parallelJobs() {
    let history = PersonHistory([
      .enteredProgramme("2024-01-10"), .work("2024-03-01", spell: 1, at: "A"),
      .work("2024-04-01", .miniJob, spell: 2, at: "B"), .workEnded("2024-06-30", spell: 1),
      .workEnded("2024-09-30", spell: 2), .seen("2024-12-31"),
    ])
    let year = Range.test("2024-03-01", "2024-12-01")
    #expect(history.daysWorked(.employed, during: year) == 214...214)
    #expect(history.longestGap(.employed, during: year) == 61...61)
    #expect(history.working(.employed, on: .test("2024-08-15")) == .yes)
    let august = Range.test("2024-08-15", "2024-08-16")
    #expect(history.sameEmployer(.employed, as: 0, during: august) == .no)
    #expect(history.sameEmployer(.employed, as: 1, during: august) == .yes)
  }

  @Test("no. 4: gaps are gaps of the union; another job without a gap is retained, not the same")
  func gaps() {
    let history = PersonHistory([
      .enteredProgramme("2024-01-10"), .work("2024-03-01", spell: 1, at: "A"),
      .workEnded("2024-05-31", spell: 1), .work("2024-06-01", spell: 2, at: "B"),
      .workEnded("2024-07-31", spell: 2), .work("2024-08-08", spell: 3, at: "A"),
      .seen("2024-12-31"),
    ])
    let half = Range.test("2024-03-01", "2024-09-01")
    #expect(history.longestGap(.employed, during: half) == 7...7)
    let tolerances = [0, 6, 7, 28].map {
      history.workingThroughout(.employed, during: half, gap: $0)
    }
    #expect(tolerances == [.no, .no, .yes, .yes])
    let july = Range.test("2024-07-01", "2024-07-02")
    #expect(history.working(.employed, during: july) == .yes)
    #expect(history.sameEmployer(.employed, as: 0, during: july) == .no)
    // Back at the first employer, in another spell.
    let august = Range.test("2024-08-20", "2024-08-21")
    #expect(history.sameEmployer(.employed, as: 0, during: august) == .yes)
    #expect(history.sameEmployer(.employed, during: july, and: august) == .no)
  }

  @Test("no. 5: a last day on 31 March and a start on 1 April leave no gap")
  func sameDay() {
    let history = PersonHistory([
      .enteredProgramme("2024-01-10"), .work("2024-02-01", spell: 1),
      .workEnded("2024-03-31", spell: 1), .work("2024-04-01", spell: 2), .seen("2024-06-30"),
    ])
    let spring = Range.test("2024-02-01", "2024-06-30")
    #expect(history.longestGap(.employed, during: spring) == 0...0)
    #expect(history.workingThroughout(.employed, during: spring) == .yes)
  }

  @Test("no. 6: work from before the entry is no placement")
  func employedAtEntry() {
    let history = PersonHistory([
      .work("2020-05-01", spell: 1), .enteredProgramme("2024-01-10"),
      .work("2024-03-01", spell: 2), .seen("2024-12-31"),
    ])
    var days: [IndexDay] = []
    IndexEvents(.everyPlacement).find(in: history, into: &days)
    #expect(days.map(\.day) == [.test("2024-03-01")])
    #expect(history.working(.employed, on: .test("2024-01-10")) == .yes)
    #expect(history.placed(.employed, during: .test("2020-01-01", "2024-02-01")) == .unknown)
    #expect(history.placed(.employed, during: .test("2024-01-10", "2024-03-01")) == .no)
    let before = history.placementsBeforeEntry(.all)
    #expect(before.earlier == 1 && before.sinceContact == 0)
  }

  @Test("no. 7: a job begun between first contact and entry is flagged and not counted")
  func beforeEntry() {
    let history = PersonHistory([
      .told(.firstContactRecorded, "2024-01-02"), .work("2024-01-05", spell: 1),
      .enteredProgramme("2024-01-10"), .seen("2024-12-31"),
    ])
    var days: [IndexDay] = []
    IndexEvents(.firstPlacement).find(in: history, into: &days)
    #expect(days.isEmpty)
    let before = history.placementsBeforeEntry(.all)
    #expect(before.sinceContact == 1 && before.earlier == 0)
    IndexEvents(.firstPlacement, fromFirstContact: true).find(in: history, into: &days)
    #expect(days.map(\.day) == [.test("2024-01-05")])
  }

  @Test(
    "no. 8: a job after the exit counts upon leaving only within 28 days",
    arguments: [
      ("2024-06-30", Truth.yes), ("2024-07-28", .yes), ("2024-07-29", .no),
    ])
  func afterExit(start: String, expected: Truth) {
    let history = PersonHistory([
      .enteredProgramme("2024-01-10"), .left("2024-06-30"), .work(start, spell: 1),
      .seen("2024-12-31"),
    ])
    let exit = Day.test("2024-06-30")
    let window = exit..<exit + PersonHistory.exitWindow + 1
    #expect(history.employed(during: window) == expected)
    #expect(history.placed(.employed, during: exit..<exit + 100) == .yes)
  }

  @Test("no. 9: a training counts from its start, however early it was announced")
  func announcedTraining() {
    let told: [JourneyEvent] = [
      .enteredProgramme("2024-01-10"), .left("2024-06-30", .training),
      .apprenticed("2024-09-01"),
    ]
    let window = Range.test("2024-06-30", "2024-07-29")
    #expect(PersonHistory(told + [.seen("2024-12-31")]).inEducation(during: window) == .no)
    // At a reference day before the start the training is none yet.
    let summer = PersonHistory(told + [.seen("2024-07-31")], on: "2024-07-31")
    #expect(summer.placements.isEmpty && summer.inEducation(during: window) == .no)
  }

  @Test("no. 10: an apprentice in a company is employed, in training, and integrated")
  func apprentice() {
    let history = PersonHistory([
      .enteredProgramme("2024-01-10"), .apprenticed("2024-09-01"), .seen("2024-12-31"),
    ])
    let day = Day.test("2024-10-01")
    #expect(history.employed(on: day) == .yes && history.inEducation(on: day) == .yes)
    for kinds in [PlacementKinds.training, .integrationSGB2, .integrationWIR] {
      #expect(history.working(kinds, on: day) == .yes)
    }
    #expect(history.working(PlacementKinds(.svp), on: day) == .no)
    var days: [IndexDay] = []
    IndexEvents(.firstTraining).find(in: history, into: &days)
    #expect(days.map(\.day) == [.test("2024-09-01")])
    // Who says “in education, not employed” does not end an apprenticeship by it.
    let asked = PersonHistory([
      .enteredProgramme("2024-01-10"), .apprenticed("2024-09-01"),
      .asked("2024-12-31", about: "2024-12-01", employed: .no, education: .yes),
    ])
    #expect(asked.employed(on: .test("2024-12-01")) == .yes)
  }

  @Test("no. 11: a marginal job beside a registration as unemployed is none for the ESF")
  func miniJob() {
    let told: [JourneyEvent] = [
      .enteredProgramme("2024-01-10"), .report("2024-01-10", .unemployed),
      .work("2024-03-01", .miniJob, spell: 1), .seen("2024-12-31"),
    ]
    let history = PersonHistory(told)
    let day = Day.test("2024-06-01")
    #expect(history.working(PlacementKinds(.miniJob), on: day) == .yes)
    #expect(history.working(PlacementKinds(.svp), on: day) == .no)
    #expect(history.employed(on: day) == .no && history.labourStatus(on: day) == .unemployed)
    let reported = PersonHistory(told + [.report("2024-05-01", .employed)])
    #expect(reported.employed(on: day) == .yes && reported.labourStatus(on: day) == .employed)
  }

  @Test("no. 12: an extension recorded late opens the spell again")
  func extended() {
    let day = Day.test("2024-10-01")
    var facts = [
      JourneyEvent.enteredProgramme("2024-01-10"), .work("2024-03-01"), .workEnded("2024-08-31"),
      .seen("2024-12-31"),
    ].enumerated().map { position, event in
      JourneyFact(
        position: UInt64(position), day: event.occurredOn.day.number, milestone: event.milestone,
        details: event.milestoneDetails)
    }
    facts.append(JourneyFact(position: 4, day: day.number, effect: .takesBack(2)))
    let journey = FoldedJourney(firstRecorded: 0, facts: facts)
    let answers = [UInt64(4), 5].map { size in
      let rows = journey.rows(size: size)
      var history = PersonHistory()
      history.load(
        milestones: rows.map(\.milestone)[...], details: rows.map(\.details)[...],
        referenceDay: .test("2025-01-31"))
      return history.working(.employed, on: day)
    }
    #expect(answers == [.no, .yes])
  }

  @Test("no. 15: after death nobody works, and nothing is unknown")
  func death() {
    let history = PersonHistory([
      .enteredProgramme("2024-01-10"), .work("2024-03-01"),
      .told(.participantDeceased, "2024-05-10"),
    ])
    #expect(history.working(.employed, on: .test("2024-05-09")) == .yes)
    #expect(history.working(.employed, on: .test("2024-05-10")) == .no)
    #expect(history.working(.employed, on: .test("2025-03-01")) == .no)
    #expect(history.died(during: .test("2024-04-01", "2024-06-01")) == .yes)
    #expect(history.gone == .test("2024-05-10") && history.observedUntil == .test("2024-05-10"))
  }

  @Test("no. 16: whether somebody works who left the country, nobody knows")
  func leftCountry() {
    let history = PersonHistory([
      .enteredProgramme("2024-01-10"), .work("2024-03-01"),
      .told(.participantLeftCountry, "2024-05-10"), .seen("2024-08-01"),
    ])
    #expect(history.working(.employed, on: .test("2024-05-09")) == .yes)
    #expect(history.working(.employed, on: .test("2024-07-01")) == .unknown)
    #expect(history.leftCountry(during: .test("2024-05-01", "2024-06-01")) == .yes)
  }

  @Test("no. 17: whoever moves inside the country is followed up as before")
  func moved() {
    let history = PersonHistory([
      .enteredProgramme("2024-01-10"), .left("2024-04-30", .moved, .early), .work("2024-06-01"),
      .asked("2024-11-02", about: "2024-10-30", employed: .yes),
    ])
    #expect(history.employed(on: .test("2024-10-30")) == .yes && history.gone == nil)
  }

  @Test("no. 18: a follow-up without an answer leaves work unknown, never no")
  func unknownAtFollowUp() {
    let told: [JourneyEvent] = [
      .enteredProgramme("2024-01-10"), .work("2024-03-01"), .seen("2024-05-15"),
      .told(.followUpAttempted, "2024-09-05").with(Fields.followUpResult, .notReached)
        .with(Fields.followUpKind, .month6),
    ]
    let history = PersonHistory(told)
    let day = Day.test("2024-09-01")
    #expect(history.observedUntil == .test("2024-05-16"))
    #expect(history.working(.employed, on: .test("2024-05-15")) == .yes)
    #expect(history.working(.employed, on: .test("2024-05-16")) == .unknown)
    let asked = PersonHistory(
      told + [.asked("2024-10-01", about: "2024-09-01", employed: .unknown)])
    #expect(asked.working(.employed, on: day) == .yes, "the person was seen, the job goes on")
    #expect(history.daysWorked(.employed, during: .test("2024-03-01", "2024-09-01")) == 76...184)
  }

  @Test("no. 24: the residence status at entry is not that at the start of the job")
  func residence() {
    let history = PersonHistory([
      .enteredProgramme("2024-01-10"),
      .told(.entryProfileRecorded, "2024-01-10").with(Fields.residence, .gestattung),
      .told(.residenceStatusChanged, "2024-03-15").with(Fields.residence, .ae25s1),
      .work("2024-04-01"), .seen("2024-12-31"),
    ])
    #expect(history.residence(on: .test("2024-01-10")) == .gestattung)
    #expect(history.residence(on: .test("2024-03-14")) == .gestattung)
    #expect(history.residence(on: .test("2024-04-01")) == .ae25s1)
    #expect(history.residence(on: .test("2024-01-09")) == nil)
    #expect(history.residence(on: .test("2025-03-01")) == nil, "nobody observed that day")
  }

  @Test("no. 28: whoever is born in a year can have two ages, but one at its end")
  func age() {
    #expect(PersonHistory.age(on: .test("2024-02-28"), bornIn: 2004) == 19...20)
    #expect(PersonHistory.age(on: .test("2024-12-31"), bornIn: 2004) == 20...20)
    #expect(Day.test("2023-02-28").age(bornOn: .test("2004-02-29")) == 18)
    #expect(Day.test("2023-03-01").age(bornOn: .test("2004-02-29")) == 19)
    #expect(Day.test("2024-08-31").adding(months: 6) == .test("2025-02-28"))
  }

  @Test("no. 29: days are days, also when the clocks change")
  func clocks() {
    let history = PersonHistory([
      .enteredProgramme("2024-01-10"), .work("2024-03-30", spell: 1),
      .workEnded("2024-04-01", spell: 1), .work("2024-10-26", spell: 2),
      .workEnded("2024-10-28", spell: 2), .seen("2024-12-31"),
    ])
    #expect(history.daysWorked(.employed, during: .test("2024-03-01", "2024-05-01")) == 3...3)
    #expect(history.daysWorked(.employed, during: .test("2024-10-01", "2024-12-01")) == 3...3)
  }

  @Test("no. 32: the end of the project is an exit of its own kind, and follow-ups go on")
  func projectEnd() {
    let history = PersonHistory([
      .enteredProgramme("2024-01-10"), .work("2024-03-01"),
      .left("2024-12-31", .projectEnd, .administrative),
      .asked("2025-07-05", about: "2025-06-30", employed: .yes),
    ])
    #expect(history.participations[0].dropout == .no)
    #expect(history.participations[0].exitType == .administrative)
    #expect(history.employed(on: .test("2025-06-30")) == .yes && history.gone == nil)
  }
}
