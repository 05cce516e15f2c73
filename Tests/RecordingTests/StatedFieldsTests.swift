import Journey
import Recording
import Testing

@Suite("What a person writes down")
struct StatedFieldsTests {
  private func message(_ body: () throws(RecordingError) -> Void) -> String {
    do throws(RecordingError) {
      try body()
      return ""
    } catch { return error.message.en + "|" + (error.advice?.en ?? "") }
  }

  @Test("is a type by its name, in any spelling, or by its wording")
  func types() throws {
    for text in ["EmploymentStarted", "employment-started", "job started", "Arbeit aufgenommen"] {
      #expect(try StatedFields.type(text) == .employmentStarted)
    }
    let near = message { () throws(RecordingError) in _ = try StatedFields.type("EmploymentStartet")
    }
    #expect(near.contains("Did you mean “EmploymentStarted”?"))
    let worded = message { () throws(RecordingError) in _ = try StatedFields.type("Councelling") }
    #expect(worded.contains("Did you mean “CounsellingHeld”?"))
    // Control events are not for people to state.
    for type in [EventType.participantsMerged, .eventRetracted, .warningsNoted, .networkRegistered]
    {
      #expect(throws: RecordingError.self) { try StatedFields.type(type.name) }
    }
  }

  @Test("is a date as people write it")
  func dates() throws {
    let today = CivilDate.test("2026-03-01").day
    #expect(try StatedFields.date("heute", today: today) == .test("2026-03-01"))
    #expect(try StatedFields.date("yesterday", today: today) == .test("2026-02-28"))
    #expect(try StatedFields.date("3.2024", today: today) == .test("2024-03"))
    let swapped = message { () throws(RecordingError) in
      _ = try StatedFields.date("03/04/2026", today: today)
    }
    #expect(swapped.contains("ambiguous"))
  }

  @Test("is fields with values, and what was probably meant otherwise")
  func fields() throws {
    var event = JourneyEvent.at("2024-05-01", .employmentStarted)
    try StatedFields.set(
      [
        "kind=svp", "hours-per-week=38,5", "mediated=ja", "fixed-term-until=31.12.2024", "note=a=b",
      ],
      in: &event)
    #expect(event[Fields.placementKind] == .svp && event[Fields.weeklyHours] == Hundredths(3850))
    #expect(event[Fields.mediated] == true && event[Fields.note] == "a=b")
    #expect(event[Fields.fixedTermUntil] == .test("2024-12-31"))
    try StatedFields.unset(["note", "mediated"], in: &event)
    #expect(event[Fields.note] == nil && event[Fields.mediated] == nil)
    func set(_ text: String...) -> String {
      message { () throws(RecordingError) in try StatedFields.set(text, in: &event) }
    }
    #expect(set("knd=SVP").contains("Did you mean “kind”?"))
    #expect(set("kind=SPV").contains("Did you mean “SVP”?"))
    #expect(set("kind").contains("no field with a value"))
    #expect(set("kind=").contains("--unset kind"))
    #expect(set("kind=SVP", "kind=SELF").contains("twice"))
    for name in ["author", "role", "batch", "target", "reason"] {
      #expect(set("\(name)=1").contains("not set this way"), "\(name)")
    }
  }
}
