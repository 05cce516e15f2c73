import Journey
import Recording
import Testing

@Suite("Recording decides the edge cases of the domain reference (6.8)")
struct RecordingEdgeCaseTests {
  private let notice = JourneyEvent.at("2024-01-01", .privacyNoticeGiven)

  private func codes(
    _ event: JourneyEvent, beside standing: [JourneyEvent] = []
  ) -> [String] {
    JourneyGuards(standing: standing, today: CivilDate.test("2026-03-01").day).check(event)
      .map(\.code)
  }

  @Test("no. 7: a job begun before the entry is flagged, and recorded all the same")
  func beforeEntry() {
    let found = JourneyGuards(
      standing: [.entered("2024-02-01", "V-1")], today: CivilDate.test("2026-03-01").day
    ).check(.job("2024-01-31"))
    #expect(found.map(\.code) == ["W-BEFORE-ENTRY"])
    #expect(found.allSatisfy { $0.severity == .warning })
  }

  @Test(
    "no. 23: under fifteen and an absolute ban on work at entry warn; a later ban changes nothing")
  func eligibility() {
    let entry = JourneyEvent.entered("2024-02-01", "V-1")
    func born(_ day: String) -> JourneyEvent {
      JourneyEvent.at("2024-01-01", .identityRecorded).with(Fields.birthDate, .test(day))
    }
    #expect(codes(entry, beside: [notice, born("2009-02-02")]) == ["W-AGE"])
    #expect(codes(entry, beside: [notice, born("2009-02-01")]).isEmpty, "fifteen that day")
    #expect(codes(entry, beside: [notice, born("1949-02-01")]).isEmpty, "nobody is too old")
    let ban = JourneyEvent.at("2024-06-01", .residenceStatusChanged)
      .with(Fields.workAccess, .absoluteBan)
    #expect(codes(ban, beside: [notice, entry]).isEmpty)
    #expect(codes(entry, beside: [notice, ban]).isEmpty)
    let measure = JourneyEvent.at("2024-07-01", .measureStarted).with(Fields.measureKind, .language)
    #expect(codes(measure, beside: [notice, entry, ban]).isEmpty)
  }

  @Test("no. 30: contacts that add up to eight hours ask for the entry form")
  func bagatelle() {
    func contact(_ day: String, _ hours: Int64) -> JourneyEvent {
      JourneyEvent.at(day, .firstContactRecorded).with(Fields.hours, Hundredths(hours))
    }
    func counselled(_ day: String, _ hours: Int64) -> JourneyEvent {
      JourneyEvent.at(day, .counsellingHeld).with(Fields.hours, Hundredths(hours))
    }
    let first = [contact("2024-01-05", 300), counselled("2024-01-12", 250)]
    #expect(codes(counselled("2024-01-20", 249), beside: first).isEmpty)
    #expect(codes(counselled("2024-01-20", 250), beside: first) == ["W-THRESHOLD"])
    #expect(codes(contact("2024-01-20", 250), beside: first) == ["W-THRESHOLD"])
    // Who takes part already is not asked again.
    let entry = JourneyEvent.entered("2024-01-15", "V-1")
    #expect(codes(counselled("2024-01-20", 900), beside: first + [notice, entry]).isEmpty)
  }
}
