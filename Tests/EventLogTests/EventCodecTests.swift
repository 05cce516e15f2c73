import Journey
import TestSupport
import Testing

@testable import EventLog

@Suite("An event as bytes")
struct EventCodecTests {
  @Test("decodes to what was encoded, for every type with every field", arguments: 0..<8)
  func fullEvents(variant: Int) throws {
    for type in EventType.allCases {
      for event in [SampleEvents.event(type, variant), SampleEvents.full(type, variant)] {
        try event.check()
        let bytes = EventCodec.encode(event)
        #expect(bytes.count % 16 == 0)
        #expect(try EventCodec.decode(bytes, schema: type.schema.version) == event)
      }
    }
  }

  @Test("decodes to what was encoded, for random events", arguments: [UInt64(1), 2, 3, 4])
  func randomEvents(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      let event = SampleEvents.random(&generator)
      try event.check()
      let bytes = EventCodec.encode(event)
      #expect(
        try EventCodec.decode(bytes, schema: event.type.schema.version) == event, "seed \(seed)")
    }
  }

  @Test("stands as docs/log-format.md shows it")
  func workedExample() {
    let event = JourneyEvent(.employmentStarted, on: CivilDate(Day(number: 20_514)))
      .with(Fields.placementKind, .svp).with(Fields.spell, 3)
      .with(Fields.weeklyHours, Hundredths(3850)).with(Fields.note, "Café")
    #expect(
      ContentDigest.hex(EventCodec.encode(event))
        == "004090820a" + "3105436166c3a9" + "c00202" + "c40206" + "cc02943c" + "00"
        + String(repeating: "00", count: 9))
  }

  @Test("never traps on random bytes", arguments: [UInt64(1), 2, 3])
  func randomBytes(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var outcomes = (events: 0, problems: 0)
    for round in 0..<20_000 {
      var bytes = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
        UInt8.random(in: .min ... .max, using: &generator)
      }
      // Half of them begin like an event, to get further in.
      if round % 2 == 0, bytes.count > 8 {
        bytes.replaceSubrange(0..<5, with: [0, 64, 0x90, 0x81, 5])
      }
      do throws(PayloadProblem) {
        let event = try EventCodec.decode(bytes, schema: 1)
        // Whatever was read can be written and read again.
        let again = try EventCodec.decode(EventCodec.encode(event), schema: 1)
        #expect(again == event, "seed \(seed) round \(round)")
        outcomes.events += 1
      } catch { outcomes.problems += 1 }
    }
    #expect(outcomes.events > 0)
    #expect(outcomes.problems > 0)
  }

  @Test("never traps on a good event with one byte changed or the end cut off")
  func mutations() throws {
    for type in EventType.allCases {
      let bytes = EventCodec.encode(SampleEvents.full(type, 1))
      for index in bytes.indices {
        _ = try? EventCodec.decode(bytes.flipping(index, 0x80), schema: 1)
        _ = try? EventCodec.decode(bytes.flipping(index, 0xFF), schema: 1)
        _ = try? EventCodec.decode(Array(bytes.prefix(index)), schema: 1)
      }
    }
  }

  @Test("is refused by name when it is damaged or new")
  func refusals() {
    let cases: [([UInt8], UInt16, PayloadProblem)] = [
      ([], 1, .truncated), ([0, 64], 1, .truncated), ([0, 64, 0x80], 1, .truncated),
      ([0x12, 0x34, 0], 1, .unknownType(0x1234)),
      ([0, 64, 0], 2, .newerSchema(.employmentStarted, version: 2)),
      // Kind 3 does not exist; a tag above 255 neither; a varint has at most ten bytes.
      ([0, 64, 0, 0x33], 1, .malformed), ([0, 64, 0, 0x80, 0x10], 1, .malformed),
      ([0, 64, 0] + [UInt8](repeating: 0xFF, count: 11), 1, .malformed),
      // A text that says it is longer than the payload; a day beyond 2199.
      ([0, 64, 0, 0x31, 0x7F, 0x41], 1, .truncated),
      ([0, 64, 0xFF, 0xFF, 0xFF, 0x7F], 1, .malformed),
    ]
    for (bytes, schema, problem) in cases {
      #expect(throws: problem, "\(bytes)") { try EventCodec.decode(bytes, schema: schema) }
    }
  }
}
