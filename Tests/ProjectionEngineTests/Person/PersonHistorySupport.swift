import Journey

@testable import ProjectionEngine

extension PersonHistory {
  /// The history of somebody of whom some events were told, in this order.
  init(
    _ events: [JourneyEvent], on reference: String = "2026-06-30", clock: ClockUnit = .day
  ) {
    self.init()
    load(events, on: reference, clock: clock)
  }

  /// Opens somebody else.
  mutating func load(
    _ events: [JourneyEvent], on reference: String = "2026-06-30", clock: ClockUnit = .day
  ) {
    let facts = events.enumerated().map { position, event in
      JourneyFact(
        position: UInt64(position), day: event.occurredOn.day.number, milestone: event.milestone,
        details: event.milestoneDetails)
    }
    let rows = FoldedJourney(firstRecorded: 0, facts: facts).rows(size: .max)
    load(
      milestones: rows.map(\.milestone)[...], details: rows.map(\.details)[...],
      referenceDay: .test(reference), clock: clock)
  }
}

extension Day {
  static func test(_ text: String) -> Day { CivilDate.test(text).day }
}

extension Range<Day> {
  /// From one day up to but not including another.
  static func test(_ first: String, _ end: String) -> Range<Day> { Day.test(first)..<Day.test(end) }
}

// Events as people tell them, one line each.
extension JourneyEvent {
  static func told(_ type: EventType, _ day: String) -> JourneyEvent {
    JourneyEvent(type, on: .test(day))
  }

  static func work(
    _ day: String, _ kind: PlacementKind = .svp, spell: Int? = nil, at employer: String? = nil
  ) -> JourneyEvent {
    told(.employmentStarted, day).with(Fields.placementKind, kind).with(Fields.spell, spell)
      .with(Fields.employer, employer)
  }

  /// The last day of work.
  static func workEnded(_ lastDay: String, spell: Int? = nil) -> JourneyEvent {
    told(.employmentEnded, lastDay).with(Fields.spell, spell)
  }

  static func apprenticed(_ day: String, spell: Int? = nil) -> JourneyEvent {
    told(.trainingStarted, day).with(Fields.placementKind, .dualTraining).with(Fields.spell, spell)
  }

  static func enteredProgramme(_ day: String, _ operation: String = "V-1") -> JourneyEvent {
    told(.participationEntered, day).with(Fields.operation, operation)
  }

  static func left(
    _ lastDay: String, _ reason: ExitReason? = nil, _ type: ExitType? = nil,
    _ operation: String? = nil
  ) -> JourneyEvent {
    told(.participationExited, lastDay).with(Fields.exitReason, reason).with(Fields.exitType, type)
      .with(Fields.operation, operation)
  }

  /// Whoever tells of a day shows that the person was observed until then.
  static func seen(_ day: String) -> JourneyEvent { told(.statusConfirmed, day) }

  static func asked(
    _ day: String, about reference: String? = nil, employed: Answer? = nil,
    education: Answer? = nil, _ evidence: Evidence? = nil
  ) -> JourneyEvent {
    told(.followUpCompleted, day).with(Fields.referenceDate, reference.map { CivilDate.test($0) })
      .with(Fields.employed, employed).with(Fields.education, education)
      .with(Fields.evidence, evidence)
  }

  static func report(_ day: String, _ status: EmploymentStatus) -> JourneyEvent {
    told(.labourStatusReported, day).with(Fields.employmentStatus, status)
  }
}
