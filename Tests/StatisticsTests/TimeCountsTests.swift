import Statistics
import TestSupport
import Testing

@Suite("A table of times and counts")
struct TimeCountsTests {
  @Test("takes one-subject strata and ties at the origin")
  func small() throws {
    let days: [Double] = [0, -0.0]
    let ends: [Bool] = [true, false]
    let counts = try TimeCounts(durations: days.span, events: ends.span)
    #expect(counts.times == [0])
    #expect(counts.atRisk == [2])
    #expect(counts.events == [1])
    #expect(counts.censored == [1])
  }

  @Test("keeps times apart that differ in the last bit")
  func exactTies() throws {
    let days: [Double] = [1, 1.0.nextUp, 1]
    let ends: [UInt8] = [1, 1, 1]
    let counts = try TimeCounts(durations: days.span, events: ends.span)
    #expect(counts.times == [1, 1.0.nextUp])
    #expect(counts.events == [2, 1])
  }

  @Test("is empty for empty columns")
  func empty() throws {
    let days: [Double] = []
    let marks: [Bool] = []
    #expect(try TimeCounts(durations: days.span, events: marks.span).isEmpty)
    #expect(try TimeCounts(entries: days.span, exits: days.span, events: marks.span).subjects == 0)
  }

  @Test("knows who is at risk at any time")
  func atRisk() throws {
    let counts = try TimeCounts(times: [0, 2, 5], events: [1, 1, 1], censored: [0, 1, 0])
    #expect([-1, 0, 1, 2, 3, 5, 5.5].map { counts.atRisk(at: $0) } == [4, 4, 3, 3, 1, 1, 0])
  }

  @Test("with delayed entry agrees with asking every person, at every time")
  func atRiskWithEntry() throws {
    for seed in UInt64(0)..<100 {
      var generator = SeededGenerator(seed: seed)
      let people = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
        let entry = Int.random(in: 0...12, using: &generator)
        return Person(
          entry: entry, exit: entry + Int.random(in: 1...8, using: &generator),
          isEvent: Bool.random(using: &generator))
      }
      let entries = people.map { Double($0.entry) }
      let exits = people.map { Double($0.exit) }
      let events = people.map(\.isEvent)
      let counts = try TimeCounts(entries: entries.span, exits: exits.span, events: events.span)
      let exact = ExactSurvival(people: people)
      for time in 0...22 {
        #expect(counts.atRisk(at: Double(time)) == exact.atRisk(time), "seed \(seed)")
      }
      for (index, time) in counts.times.enumerated() {
        #expect(counts.atRisk[index] == exact.atRisk(Int(time)), "seed \(seed)")
        #expect(counts.events[index] == exact.events(Int(time)), "seed \(seed)")
        #expect(counts.censored[index] == exact.censored(Int(time)), "seed \(seed)")
      }
    }
  }

  @Test("names the row of a bad duration", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(_ duration: Double) {
    let days = [1, 2, duration]
    let ends = [true, true, true]
    #expect(throws: StatisticsError.durationNotFinite(row: 2)) {
      try TimeCounts(durations: days.span, events: ends.span)
    }
  }

  @Test("names the row of a negative duration, an unknown mark and an empty interval")
  func badRows() {
    let days: [Double] = [1, -0.5, 3]
    let ends: [Bool] = [true, true, true]
    #expect(throws: StatisticsError.negativeDuration(row: 1, duration: -0.5)) {
      try TimeCounts(durations: days.span, events: ends.span)
    }
    let good: [Double] = [1, 2, 3]
    let marks: [UInt8] = [0, 1, 2]
    #expect(throws: StatisticsError.unknownEventMark(row: 2, mark: 2)) {
      try TimeCounts(durations: good.span, events: marks.span)
    }
    let entries: [Double] = [0, 2, 4]
    #expect(throws: StatisticsError.entryNotBeforeExit(row: 1, entry: 2, exit: 2)) {
      try TimeCounts(entries: entries.span, exits: good.span, events: ends.span)
    }
    let early: [Double] = [0, -0.5, 1]
    #expect(throws: StatisticsError.negativeDuration(row: 1, duration: -0.5)) {
      try TimeCounts(entries: early.span, exits: good.span, events: ends.span)
    }
  }

  @Test("already counted must rise in time and count somebody in every row")
  func aggregated() {
    #expect(throws: StatisticsError.timesNotIncreasing(row: 1)) {
      try TimeCounts(times: [2, 2], events: [1, 1], censored: [0, 0])
    }
    #expect(throws: StatisticsError.countNotPositive(row: 0)) {
      try TimeCounts(times: [2, 3], events: [0, 1], censored: [0, 0])
    }
    #expect(throws: StatisticsError.countNotPositive(row: 1)) {
      try TimeCounts(times: [2, 3], events: [1, 1], censored: [0, -1])
    }
    #expect(throws: StatisticsError.durationNotFinite(row: 0)) {
      try TimeCounts(times: [.nan], events: [1], censored: [0])
    }
  }

  @Test("says what is wrong in words")
  func words() {
    #expect(
      StatisticsError.entryNotBeforeExit(row: 1, entry: 2, exit: 2).description
        == "row 1 (from 0): entry 2.0 is not before exit 2.0")
    #expect(
      StatisticsError.levelOutsideUnitInterval(95).description
        == "the confidence level 95.0 is not between 0 and 1; 95 % is 0.95")
  }
}
