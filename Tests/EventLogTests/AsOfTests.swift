import EventLog
import Journey
import TestSupport
import Testing

@Suite("The size of a log at an instant")
struct SizeAtInstantTests {
  @Test("counts the records taken in until then, that instant included")
  func search() throws {
    try withTemporaryStore(isSimulated: true) { store in
      #expect(try store.log.size(recordedUntil: 0) == 0)
      var generator = SeededGenerator(seed: 5)
      var times: [Int64] = []
      var time: Int64 = -1000
      for _ in 0..<200 {
        time += Int64.random(in: 0...3, using: &generator)
        times.append(time)
      }
      try store.log.append(
        AppendRequest(
          [
            .init(
              .stream(StreamID(.network, 1)), expecting: .none,
              times.map { .networkRegistered("\($0)") })
          ], recordedAt: times))
      for instant in Int64(-1002)...(time + 2) {
        let expected = times.count { $0 <= instant }
        #expect(try store.log.size(recordedUntil: instant) == UInt64(expected), "\(instant)")
      }
      #expect(try store.log.size(recordedUntil: .max) == 200)
      #expect(try store.log.size(recordedUntil: .min) == 0)
    }
  }

  @Test("gives the events of a stream as they were then")
  func prefix() throws {
    try withTemporaryStore { store in
      let stream = StreamID.participant(try store.admit("test:1", [.entered(), .jobStarted()]))
      try store.append([.counselled()], to: stream)
      for size in UInt64(0)...4 {
        #expect(try store.log.events(of: stream, size: size).count == min(Int(size), 3))
      }
      #expect(try store.log.events(of: StreamID(.network, 9)) == [])
    }
  }
}

@Suite("The zone of a store")
struct StoreZoneTests {
  private func instant(_ text: String) throws -> Int64 { try #require(Timestamp.parse(text)) }
  private func day(_ text: String) throws -> Day { try CivilDate.parse(text).day }

  @Test(
    "ends a day at midnight in Berlin",
    arguments: [
      ("2026-01-15", "2026-01-15T23:00:00Z"), ("2026-07-15", "2026-07-15T22:00:00Z"),
      // The clocks go forward on 29 March and back on 25 October 2026.
      ("2026-03-28", "2026-03-28T23:00:00Z"), ("2026-03-29", "2026-03-29T22:00:00Z"),
      ("2026-10-24", "2026-10-24T22:00:00Z"), ("2026-10-25", "2026-10-25T23:00:00Z"),
      ("2024-03-31", "2024-03-31T22:00:00Z"), ("2024-10-27", "2024-10-27T23:00:00Z"),
      ("1969-12-31", "1969-12-31T23:00:00Z"), ("2024-02-29", "2024-02-29T23:00:00Z"),
    ])
  func endOfDay(day: String, end: String) throws {
    #expect(StoreZone.end(of: try self.day(day)) == (try instant(end)))
  }

  @Test("has the instant before the end of a day in it, and the end itself in the next")
  func dayOfInstant() throws {
    let first = try day("2023-12-01")
    for offset in Int32(0)..<800 {
      let day = first + offset
      let end = StoreZone.end(of: day)
      #expect(StoreZone.day(of: end - 1) == day)
      #expect(StoreZone.day(of: end) == day + 1)
      let hours = (end - StoreZone.end(of: day - 1)) / 3_600_000_000
      let isChange = ["2024-03-31", "2025-03-30", "2024-10-27", "2025-10-26"].contains(
        day.description)
      #expect(isChange ? hours == 23 || hours == 25 : hours == 24, "\(day)")
    }
  }

  @Test(
    "is one hour ahead in winter and two in summer, changing at 01:00 UTC",
    arguments: [
      ("2026-03-29T00:59:59.999999Z", 1), ("2026-03-29T01:00:00Z", 2),
      ("2026-10-25T00:59:59.999999Z", 2), ("2026-10-25T01:00:00Z", 1),
      ("2026-12-31T23:59:59Z", 1), ("2027-01-01T00:00:00Z", 1), ("1999-07-01T00:00:00Z", 2),
    ])
  func offset(text: String, hours: Int64) throws {
    #expect(StoreZone.offset(at: try instant(text)) == hours * 3_600_000_000)
  }

  @Test("shows the hour and minute on the wall")
  func time() throws {
    #expect(StoreZone.time(of: try instant("2026-01-15T08:05:00Z")) == (9, 5))
    #expect(StoreZone.time(of: try instant("2026-07-15T22:30:00Z")) == (0, 30))
    #expect(StoreZone.time(of: try instant("1960-01-01T00:00:00Z")) == (1, 0))
  }
}

@Suite("A timestamp")
struct TimestampTests {
  @Test("is read as it is written")
  func roundTrip() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let instant = Int64.random(
        in: -5_000_000_000_000_000...7_000_000_000_000_000, using: &generator)
      let text = Timestamp.text(instant)
      #expect(Timestamp.parse(text) == instant, "\(text)")
    }
    #expect(Timestamp.text(0) == "1970-01-01T00:00:00.000000Z")
    #expect(Timestamp.text(-1) == "1969-12-31T23:59:59.999999Z")
    #expect(Timestamp.parse("2026-11-22T14:40:03.5Z") == 1_795_358_403_500_000)
    #expect(Timestamp.parse("2026-11-22T14:40Z") == 1_795_358_400_000_000)
  }

  @Test(
    "is refused when it is none",
    arguments: [
      "", "2026-11-22", "2026-11-22T14:40:03", "2026-11-22T25:00:00Z", "2026-11-22T10:60:00Z",
      "2026-02-30T10:00:00Z", "2026-11T10:00:00Z", "2026-11-22T10:00:00.Z", "2026-11-22TZ",
      "2026-11-22T10:00:00.-5Z", "2026-11-22T+1:00:00Z", "2026-11-22T10:00:00.12x4567Z",
      "2026-11-22T10::00Z", "2026-11-22T10:00:00.1.2Z",
    ])
  func refused(text: String) {
    #expect(Timestamp.parse(text) == nil)
  }
}
