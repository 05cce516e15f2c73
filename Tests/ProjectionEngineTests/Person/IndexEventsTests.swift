import EventLog
import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("Index events")
struct IndexEventsTests {
  private func days(_ events: IndexEvents, _ history: PersonHistory) -> [IndexDay] {
    var days: [IndexDay] = []
    events.find(in: history, into: &days)
    return days
  }

  private let history = PersonHistory([
    .enteredProgramme("2024-01-10", "V-1"), .work("2024-01-10", .miniJob, spell: 1),
    .work("2024-03-01", spell: 2), .work("2024-03-20", spell: 3),
    .workEnded("2024-03-31", spell: 2),
    .left("2024-04-30", .work, .regular, "V-1"), .enteredProgramme("2024-06-01", "V-2"),
    .apprenticed("2024-09", spell: 4), .left("2025-01-31", .plannedEnd, .regular, "V-2"),
    .seen("2025-03-31"),
  ])

  @Test("of placements are the starts on the entry day or later, in the order of time")
  func placements() {
    let every = days(IndexEvents(.everyPlacement), history)
    #expect(
      every.map(\.day.description) == ["2024-01-10", "2024-03-01", "2024-03-20", "2024-09-01"])
    #expect(every.map(\.placement) == [0, 1, 2, 3])
    #expect(every.map(\.participation) == [0, 0, 0, 1])
    #expect(every.map(\.precision) == [.day, .day, .day, .month])
    #expect(every[3].latestDay == .test("2024-09-30"))
    #expect(days(IndexEvents(.firstPlacement), history) == Array(every.prefix(1)))
    let svp = days(IndexEvents(.firstPlacement, kinds: PlacementKinds(.svp)), history)
    #expect(svp.map(\.day.description) == ["2024-03-01"])
  }

  @Test("count once a month where a rule says so")
  func oncePerMonth() {
    let found = days(
      IndexEvents(.everyPlacement, kinds: .integrationSGB2, oncePerMonth: true), history)
    #expect(found.map(\.day.description) == ["2024-03-01", "2024-09-01"])
  }

  @Test("of trainings are those that lead to a qualification")
  func trainings() {
    for event in [IndexEvent.firstTraining, .everyTraining] {
      #expect(days(IndexEvents(event), history).map(\.placement) == [3])
    }
    let school = PersonHistory([
      .enteredProgramme("2024-01-10"),
      .told(.schoolStarted, "2024-02-01").with(Fields.placementKind, .school),
    ])
    #expect(days(IndexEvents(.firstTraining), school).isEmpty)
    #expect(days(IndexEvents(.firstPlacement), school).count == 1)
  }

  @Test("of exits are the last days, of entries the first ones")
  func entriesAndExits() {
    #expect(days(IndexEvents(.exit), history).map(\.day.description) == ["2024-04-30"])
    let exits = days(IndexEvents(.everyExit), history)
    #expect(exits.map(\.day.description) == ["2024-04-30", "2025-01-31"])
    #expect(exits.map(\.participation) == [0, 1])
    #expect(days(IndexEvents(.entry), history).map(\.day.description) == ["2024-01-10"])
    let entries = days(IndexEvents(.entry, everyEntry: true), history)
    #expect(entries.map(\.day.description) == ["2024-01-10", "2024-06-01"])
  }

  @Test("lie in the window with both its ends; the first is not another one because of it")
  func window() {
    let march = Day.test("2024-03-01")...Day.test("2024-03-20")
    let every = days(IndexEvents(.everyPlacement, window: march), history)
    #expect(every.map(\.day.description) == ["2024-03-01", "2024-03-20"])
    #expect(days(IndexEvents(.firstPlacement, window: march), history).isEmpty)
    let after = Day.test("2024-03-02")...Day.test("2024-03-19")
    #expect(days(IndexEvents(.everyPlacement, window: after), history).isEmpty)
  }

  @Test("end with the reference day")
  func referenceDay() {
    let told: [JourneyEvent] = [
      .enteredProgramme("2024-01-10"), .work("2024-03-01"), .left("2024-04-30"),
      .seen("2024-12-31"),
    ]
    let early = PersonHistory(told, on: "2024-02-29")
    #expect(days(IndexEvents(.firstPlacement), early).isEmpty)
    #expect(days(IndexEvents(.exit), early).isEmpty)
    let onTheDay = PersonHistory(told, on: "2024-03-01")
    #expect(days(IndexEvents(.firstPlacement), onTheDay).count == 1)
  }

  @Test("of records are all steps, by their rows")
  func records() {
    let found = days(IndexEvents(.everyRecord), history)
    #expect(found.map(\.row) == Array(0..<10))
    #expect(found.map(\.day) == found.map(\.day).sorted())
    #expect(IndexEvent.everyRecord.unit == .record && IndexEvent.everyExit.unit == .participation)
  }
}

@Suite("The days of recording")
struct RecordedDaysTests {
  @Test("are those of the records' own times, for every record and none beyond")
  func days() throws {
    try withTemporaryStore { store in
      let log = try store.log
      #expect(try RecordedDays(log, size: 0).day(of: 0) == nil)
      var random = SeededGenerator(seed: 4)
      let telling = Telling.random(people: 5, statements: 40, using: &random)
      var teller = Teller(telling)
      // Several commits a day, days without any, and both sides of a change of the clocks.
      let start: Int64 = 1_774_652_000_000_000
      for index in telling.statements.indices {
        store.clock.set(start + Int64(index * index) * 1_200_000_000)
        try teller.tell([index], to: log)
      }
      let days = try RecordedDays(log, size: 30)
      for position in UInt64(0)..<30 {
        let header = try log.record(at: Position(position)).header
        #expect(days.day(of: position) == StoreZone.day(of: header.recordedAt))
      }
      #expect(days.day(of: 30) == nil)
      #expect(Set((UInt64(0)..<30).compactMap { days.day(of: $0) }).count > 5)
    }
  }

  @Test("are found whether a day has one record or thousands", arguments: [UInt64(1), 2])
  func unevenDays(seed: UInt64) throws {
    try withTemporaryStore { store in
      var random = SeededGenerator(seed: seed)
      let event = JourneyEvent(.statusConfirmed, on: .test("2026-01-10"))
      let person = StreamID(.participant, try store.admit("t:1", [event]).number)
      let size = try store.log.size()
      // The admission has a day before all others.
      var days = try (0..<size).map { position in
        StoreZone.day(of: try store.log.record(at: Position(position)).header.recordedAt)
      }
      var now: Int64 = 1_772_400_000_000_000
      for count in [1, 1, 2_500, 63, 64, 65, 3, 1_500, 1].shuffled(using: &random) {
        now += Int64.random(in: 1...3, using: &random) * 86_400_000_000
        store.clock.set(now)
        try store.append(Array(repeating: event, count: count), to: person)
        days += repeatElement(StoreZone.day(of: now), count: count)
      }
      let found = try RecordedDays(store.log, size: UInt64(days.count))
      #expect(days.indices.map { found.day(of: UInt64($0)) } == days, "seed \(seed)")
      // Read on from anywhere, kept, and cut: the same.
      for _ in 0..<40 {
        let size = UInt64.random(in: 0...UInt64(days.count), using: &random)
        var part = try RecordedDays(store.log, size: size)
        #expect(part == found.prefix(size) && part.last == days.prefix(Int(size)).last)
        #expect(RecordedDays(encoded: part.encoded) == part)
        try part.extend(to: UInt64(days.count), of: store.log)
        #expect(part == found, "seed \(seed), from \(size)")
      }
      var changed = found.encoded
      changed[15] ^= 1
      #expect(RecordedDays(encoded: changed) == nil)
      #expect(RecordedDays(encoded: Array(found.encoded.dropLast())) == nil)
    }
  }
}
