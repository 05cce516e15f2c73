import EventLog
import Journey
import Keyring
import Projections
import TestSupport
import Testing

@Suite("The stretches of a journey")
struct JourneySpellsTests {
  private func spells(_ events: [JourneyEvent], on day: String = "2025-12-31") throws -> [String] {
    let store = try TemporaryStore()
    let stream = StreamID.participant(try store.admit("test:1", events))
    let day = CivilDate.test(day).day
    let timeline = Timeline(try store.log.events(of: stream, size: .max), on: day)
    return timeline.spells(until: day).map { spell in
      "\(spell.kind) \(spell.start)..\(spell.end.map(\.description) ?? "")"
    }
  }

  @Test("end where the journey says so, the day after the last one, and last where it says nothing")
  func ends() throws {
    let events: [JourneyEvent] = [
      .at("2024-01-10", .participationEntered),
      .at("2024-02-01", .measureStarted).with(Fields.measureKind, .language),
      .at("2024-03-31", .measureCompleted).with(Fields.measureKind, .language),
      .at("2024-05-01", .employmentStarted).with(Fields.placementKind, .svp).with(Fields.spell, 1),
      .at("2024-06-30", .employmentEnded).with(Fields.placementKind, .svp).with(Fields.spell, 1),
      .at("2024-06-01", .trainingStarted).with(Fields.placementKind, .dualTraining),
      .at("2024-08-31", .participationExited),
    ]
    let found = try spells(events)
    #expect(
      found == [
        "participation 2024-01-10..2024-09-01",
        "measure(Optional(Journey.MeasureKind.language)) 2024-02-01..2024-04-01",
        "placement(Optional(Journey.PlacementKind.svp)) 2024-05-01..2024-07-01",
        "placement(Optional(Journey.PlacementKind.dualTraining)) 2024-06-01..",
      ])
    // On a day in between nothing later is known.
    #expect(try spells(events, on: "2024-02-15").count == 2)
    #expect(try spells(events, on: "2024-02-15").allSatisfy { $0.hasSuffix("..") })
  }

  @Test("are interrupted by a pause, and a residence status lasts until another one")
  func pauses() throws {
    #expect(
      try spells([
        .at("2024-01-10", .participationEntered),
        .at("2024-01-10", .residenceStatusChanged).with(Fields.residence, .dul60c),
        .at("2024-03-01", .participationSuspended), .at("2024-04-01", .participationResumed),
        .at("2024-05-01", .residenceStatusChanged).with(Fields.residence, .dul60c),
        .at("2024-06-01", .residenceStatusChanged).with(Fields.residence, .ae25b),
        .at("2024-12-31", .participantDeceased),
      ]).map { $0.replacing("Journey.ResidenceStatus.", with: "") } == [
        "participation 2024-01-10..2024-03-01", "residence(dul60c) 2024-01-10..2024-06-01",
        "pause 2024-03-01..2024-04-01", "participation 2024-04-01..2025-01-01",
        "residence(ae25b) 2024-06-01..2025-01-01",
      ])
  }

  @Test("of a redacted journey are the same; its texts are numbers, the same for the same text")
  func redacted() throws {
    let store = try TemporaryStore()
    let stream = StreamID.participant(
      try store.admit(
        "test:1",
        [
          .at("2024-01-10", .participationEntered).with(Fields.advisor, "B-014")
            .with(Fields.author, "B-014"),
          .at("2024-05-01", .employmentStarted).with(Fields.placementKind, .svp)
            .with(Fields.employer, "AG-118"),
          .at("2024-01-11", .identityRecorded).with(Fields.personName, "Amina"),
        ]))
    let day = CivilDate.test("2024-12-31").day
    let timeline = Timeline(try store.log.events(of: stream, size: .max), on: day)
    let redacted = timeline.redacted()
    #expect(redacted.spells(until: day) == timeline.spells(until: day))
    #expect(redacted.entries.map(\.event.type) == timeline.entries.map(\.event.type))
    let entry = redacted.entries[0].event
    #expect(entry[Fields.advisor] == "[1]" && entry[Fields.author] == "[1]")
    #expect(redacted.entries[1].event.fields.entries.isEmpty, "identity is gone")
    #expect(redacted.entries[2].event[Fields.employer] == "[2]")
    #expect(redacted.entries[2].event[Fields.placementKind] == .svp)
  }
}
