import Journey
import ProjectionEngine
import Projections
import Recording
import Testing

@Suite("The guards of a journey")
struct GuardTests {
  private func codes(
    _ event: JourneyEvent, beside standing: [JourneyEvent], today: String = "2026-03-01"
  ) -> [String] {
    JourneyGuards(standing: standing, today: CivilDate.test(today).day).check(event).map(\.code)
  }

  private let notice = JourneyEvent.at("2024-01-01", .privacyNoticeGiven)

  @Test("go by the programme's open parameters")
  func parameters() throws {
    let file = BuiltInFiles.parameters
    let parameters = try ParameterFile.read(file.bytes, file: file.name)
    #expect(parameters["min-age"]?.value == .number(Double(EventSlip.youngest)))
    #expect(parameters["bagatelle-hours"]?.value == .number(Double(JourneyGuards.threshold)))
  }

  @Test("let pass what goes together, in any order of telling")
  func fine() {
    let journey: [JourneyEvent] = [
      notice, .entered("2024-02-01", "V-1"), .job("2024-04-01", 1),
      JourneyEvent.at("2024-09-30", .employmentEnded).with(Fields.spell, 1),
      .at("2024-10-01", .participationSuspended), .at("2024-11-01", .participationResumed),
      .at("2024-12-01", .participationExited), .at("2024-12-20", .statusAtExitRecorded),
    ]
    for (place, event) in journey.enumerated() {
      var others = journey
      others.remove(at: place)
      // An exit is judged by what stood before it; so is everything else.
      #expect(codes(event, beside: others).isEmpty, "\(event.type)")
    }
  }

  @Test(
    "ask about numbers behind which a slip is likely, and keep out those that cannot be",
    arguments: [
      ("-0.01", "hours", ["E-NEGATIVE"]), ("24", "hours", []), ("24.01", "hours", ["W-HOURS"]),
      ("-5", "gross-monthly", ["E-NEGATIVE"]), ("20000", "gross-monthly", []),
      ("20000.5", "gross-monthly", ["W-GROSS"]), ("-1", "hours-per-week", ["E-NEGATIVE"]),
      ("60", "hours-per-week", []), ("61", "hours-per-week", ["W-WEEKLY-HOURS"]),
      ("168", "hours-per-week", ["W-WEEKLY-HOURS"]), ("900", "hours-per-week", ["E-WEEK"]),
    ])
  func numbers(value: String, field: String, expected: [String]) throws {
    var event =
      field == "hours" ? JourneyEvent.at("2024-04-01", .counsellingHeld) : .job("2024-04-01", 1)
    try StatedFields.set(["\(field)=\(value)"], in: &event)
    let entry = JourneyEvent.entered("2024-02-01", "V-1")
    #expect(codes(event, beside: [notice, entry]) == expected)
  }

  @Test("keep out what cannot be")
  func errors() {
    let birth = JourneyEvent.at("2024-01-01", .identityRecorded)
      .with(Fields.birthDate, .test("1999-05-05"))
    #expect(codes(.job("1999-05-04"), beside: [birth]) == ["E-BIRTH"])
    #expect(!codes(.job("1999-05-05"), beside: [birth]).contains("E-BIRTH"))
    let profile = JourneyEvent.at("2024-01-01", .entryProfileRecorded).with(Fields.birthYear, 2001)
    #expect(codes(.job("2000-12-31"), beside: [profile]) == ["E-BIRTH"])
    let entry = JourneyEvent.entered("2024-02-01", "V-1")
    #expect(codes(.entered("2024-05-01", "V-1"), beside: [notice, entry]) == ["E-ENTERED"])
    #expect(codes(.entered("2024-05-01", "V-2"), beside: [notice, entry]).isEmpty)
    #expect(codes(.at("2024-01-31", .participationExited), beside: [entry]) == ["E-END"])
    let job = JourneyEvent.job("2024-04-01", 1)
    let end = JourneyEvent.at("2024-03-31", .employmentEnded).with(Fields.spell, 1)
    #expect(codes(end, beside: [job]) == ["E-END"])
    #expect(codes(job, beside: [end]) == ["E-END"])
    let course = JourneyEvent.at("2024-04-01", .measureStarted).with(Fields.measureKind, .language)
    #expect(
      codes(
        .at("2024-03-01", .measureAborted).with(Fields.measureKind, .language), beside: [course])
        == ["E-END"])
  }

  @Test("warn of what is unusual")
  func warnings() {
    let entry = JourneyEvent.entered("2024-02-01", "V-1")
    #expect(codes(entry, beside: []) == ["W-NO-NOTICE"])
    let banned = JourneyEvent.at("2024-01-05", .residenceStatusChanged)
      .with(Fields.workAccess, .absoluteBan)
    #expect(codes(entry, beside: [notice, banned]) == ["W-WORK-BAN"])
    let lifted = JourneyEvent.at("2024-01-20", .residenceStatusChanged)
      .with(Fields.workAccess, .free)
    #expect(codes(entry, beside: [notice, banned, lifted]).isEmpty)
    let young = JourneyEvent.at("2024-01-01", .identityRecorded)
      .with(Fields.birthDate, .test("2009-02-02"))
    #expect(codes(entry, beside: [notice, young]) == ["W-AGE"])
    let contact = JourneyEvent.at("2024-01-05", .firstContactRecorded)
    #expect(codes(contact.with(Fields.hours, Hundredths(799)), beside: []).isEmpty)
    #expect(codes(contact.with(Fields.hours, Hundredths(800)), beside: []) == ["W-THRESHOLD"])
    #expect(codes(.at("2024-05-01", .participationResumed), beside: [entry]) == ["W-ORDER"])
    #expect(codes(.at("2024-05-01", .participationExited), beside: []) == ["W-ORDER"])
    #expect(codes(.at("2024-05-01", .statusAtExitRecorded), beside: [entry]) == ["W-NO-EXIT"])
    let exit = JourneyEvent.at("2024-05-01", .participationExited)
    #expect(codes(.at("2024-05-30", .statusAtExitRecorded), beside: [exit]) == ["W-LATE"])
    #expect(codes(.at("2024-05-29", .statusAtExitRecorded), beside: [exit]).isEmpty)
    #expect(codes(.job("2024-01-31"), beside: [entry]) == ["W-BEFORE-ENTRY"])
    #expect(codes(.at("2024-05-01", .employmentEnded), beside: []) == ["W-NO-START"])
    #expect(codes(.job("2026-03-02"), beside: []) == ["W-FUTURE"])
    #expect(
      codes(.job("2024-05-02"), beside: [.at("2024-05-01", .participantDeceased)]) == ["W-DEATH"])
    #expect(codes(.job("2024-05-02", 1), beside: [.job("2024-05-02", 1)]) == ["W-TWICE"])
    #expect(
      codes(.job("2024-05-02").with(Fields.fixedTermUntil, .test("2024-05-01")), beside: [])
        == ["W-PERIOD"])
  }
}
