import Journey
import ProjectionEngine
import Projections
import Testing

@Suite("The current state")
struct CurrentStateTests {
  private func state(_ events: [JourneyEvent], on day: String = "2024-12-31") -> CurrentState {
    CurrentState(events.compactMap(\.milestone).sorted(), on: CivilDate.test(day).day)
  }

  private func day(_ text: String) -> CivilDate { .test(text) }

  @Test("of somebody of whom nothing is known is unknown, not no")
  func nothing() {
    let state = state([])
    #expect(state.participation == .contact)
    #expect(state.labour == .unknown)
    #expect(state.residence == nil && state.lastConfirmed == nil)
  }

  @Test("follows the participation from contact to re-entry and death")
  func participation() {
    let events: [JourneyEvent] = [
      .at("2024-01-05", .firstContactRecorded), .at("2024-02-01", .participationEntered),
      .at("2024-04-01", .participationSuspended), .at("2024-05-01", .participationResumed),
      JourneyEvent.at("2024-07-31", .participationExited).with(Fields.exitReason, .work),
      .at("2024-10-01", .participationReentered), .at("2024-11-11", .participantDeceased),
    ]
    let steps: [(String, CurrentState.Participation)] = [
      ("2024-01-04", .contact), ("2024-01-31", .contact),
      ("2024-02-01", .active(since: day("2024-02-01"))),
      ("2024-04-01", .paused(since: day("2024-04-01"))),
      ("2024-06-30", .active(since: day("2024-05-01"))),
      ("2024-08-15", .exited(on: day("2024-07-31"), reason: ExitReason.work.rawValue)),
      ("2024-10-31", .active(since: day("2024-10-01"))),
      ("2024-12-31", .deceased(on: day("2024-11-11"))),
    ]
    for (day, expected) in steps {
      #expect(state(events, on: day).participation == expected, "\(day)")
    }
  }

  @Test("knows an exit on the day of entry as an exit")
  func exitOnTheDayOfEntry() {
    let events: [JourneyEvent] = [
      .at("2024-02-01", .participationExited), .at("2024-02-01", .participationEntered),
    ]
    #expect(
      state(events).participation == .exited(on: day("2024-02-01"), reason: 0))
  }

  @Test("counts parallel placements, names the latest, and returns to the one that is left")
  func parallelPlacements() {
    let events: [JourneyEvent] = [
      .job("2024-01-10", .svp, spell: 1), .job("2024-03-01", .miniJob, spell: 2),
      .jobEnded("2024-05-31", spell: 2), .jobEnded("2024-08-31", spell: 1),
    ]
    let steps: [(String, CurrentState.Labour)] = [
      ("2024-01-09", .unknown), ("2024-01-10", .placed(.svp, since: day("2024-01-10"), count: 1)),
      ("2024-05-31", .placed(.miniJob, since: day("2024-03-01"), count: 2)),
      ("2024-06-01", .placed(.svp, since: day("2024-01-10"), count: 1)),
      ("2024-08-31", .placed(.svp, since: day("2024-01-10"), count: 1)),
      ("2024-09-01", .ended(.svp, on: day("2024-08-31"))),
    ]
    for (day, expected) in steps {
      #expect(state(events, on: day).labour == expected, "\(day)")
    }
  }

  @Test("goes from one job to the next without a day between")
  func changeOfJob() {
    let events: [JourneyEvent] = [
      .job("2024-01-10", .svp), .jobEnded("2024-03-31"), .job("2024-04-01", .miniJob),
    ]
    #expect(
      state(events, on: "2024-03-31").labour
        == .placed(
          .svp, since: day("2024-01-10"), count: 1))
    #expect(
      state(events, on: "2024-04-01").labour
        == .placed(
          .miniJob, since: day("2024-04-01"), count: 1))
  }

  @Test("ends what an end without code can belong to, and nothing of another family")
  func unnamedEnds() {
    let school = JourneyEvent.at("2024-01-10", .schoolStarted).with(Fields.placementKind, .school)
    let events = [school, JourneyEvent.job("2024-02-01", .svp), .jobEnded("2024-04-30")]
    #expect(state(events).labour == .placed(.school, since: day("2024-01-10"), count: 1))
    #expect(
      state(events + [.at("2024-06-30", .schoolEnded)]).labour
        == .ended(.school, on: day("2024-06-30")))
    #expect(state([.jobEnded("2024-04-30")]).labour == .unknown)
    let selfEmployed = [
      JourneyEvent.at("2024-01-10", .selfEmploymentStarted),
      JourneyEvent.at("2024-03-31", .selfEmploymentEnded),
    ]
    #expect(state(selfEmployed).labour == .ended(.selfEmployment, on: day("2024-03-31")))
  }

  @Test("takes a reported status only where no placement says more")
  func reported() {
    let unemployed = JourneyEvent.at("2024-06-01", .labourStatusReported)
      .with(Fields.employmentStatus, .unemployed)
    #expect(state([unemployed]).labour == .reported(.unemployed, since: day("2024-06-01")))
    let working = [JourneyEvent.job("2024-01-10", .svp), unemployed]
    #expect(state(working).labour == .placed(.svp, since: day("2024-01-10"), count: 1))
    let after = [JourneyEvent.job("2024-01-10", .svp), .jobEnded("2024-04-30"), unemployed]
    #expect(state(after).labour == .reported(.unemployed, since: day("2024-06-01")))
    let again = after + [.job("2024-07-01", .miniJob)]
    #expect(state(again).labour == .placed(.miniJob, since: day("2024-07-01"), count: 1))
  }

  @Test("knows a month's precision: a job ends with its last month")
  func months() {
    let events: [JourneyEvent] = [.job("2024-01", .svp), .jobEnded("2024-03")]
    #expect(
      state(events, on: "2024-03-31").labour
        == .placed(
          .svp, since: day("2024-01"), count: 1))
    #expect(state(events, on: "2024-04-01").labour == .ended(.svp, on: day("2024-03")))
  }

  @Test("keeps the residence status until the next report")
  func residence() {
    let events = [
      JourneyEvent.at("2024-01-05", .entryProfileRecorded).with(Fields.residence, .gestattung),
      JourneyEvent.at("2024-05-01", .residenceStatusChanged).with(Fields.residence, .ae25s3),
      // Attributes without a status take none away.
      JourneyEvent.at("2024-07-01", .attributesRecorded).with(Fields.attribute, "x=1"),
      JourneyEvent.at("2024-07-02", .entryProfileRecorded),
    ]
    #expect(state(events, on: "2024-01-04").residence == nil)
    #expect(state(events, on: "2024-04-30").residence?.status == .gestattung)
    #expect(state(events, on: "2024-12-31").residence?.status == .ae25s3)
    #expect(state(events, on: "2024-12-31").residence?.since == day("2024-05-01"))
  }

  @Test("was confirmed when somebody last knew, not when somebody last tried")
  func confirmed() {
    let events: [JourneyEvent] = [
      .at("2024-02-01", .participationEntered), .at("2024-06", .statusConfirmed),
      JourneyEvent.at("2024-09-01", .followUpAttempted).with(Fields.followUpResult, .notReached),
      JourneyEvent.at("2024-10-01", .followUpPlanned).with(Fields.followUpKind, .month6),
      .at("2024-11-01", .contactLost),
    ]
    #expect(state(events).lastConfirmed == day("2024-06-30").day)
    #expect(state(events, on: "2024-05-01").lastConfirmed == day("2024-02-01").day)
  }

  @Test("differs where one region differs")
  func equality() {
    let one = state([.at("2024-02-01", .participationEntered)])
    #expect(one == state([.at("2024-02-01", .participationEntered)]))
    #expect(one != state([.at("2024-02-02", .participationEntered)]))
    #expect(one != state([.at("2024-02-01", .participationEntered), .job("2024-02-01", .svp)]))
    let residence = JourneyEvent.at("2024-02-01", .residenceStatusChanged)
    #expect(
      state([residence.with(Fields.residence, .ae22)])
        != state([residence.with(Fields.residence, .ae23)]))
  }
}

extension JourneyEvent {
  static func at(_ date: String, _ type: EventType) -> JourneyEvent {
    JourneyEvent(type, on: .test(date))
  }

  static func job(_ date: String, _ kind: PlacementKind, spell: Int? = nil) -> JourneyEvent {
    at(date, .employmentStarted).with(Fields.placementKind, kind).with(Fields.spell, spell)
  }

  static func jobEnded(_ date: String, spell: Int? = nil) -> JourneyEvent {
    at(date, .employmentEnded).with(Fields.spell, spell)
  }

  static func counselled(_ date: String, note: String? = nil) -> JourneyEvent {
    at(date, .counsellingHeld).with(Fields.note, note)
  }
}

extension CivilDate {
  /// A date of a test, as people write it.
  static func test(_ text: String) -> CivilDate {
    guard let date = try? CivilDate.parse(text) else { preconditionFailure("no date: \(text)") }
    return date
  }
}
