import Statistics
import TestSupport
import Testing

@Suite("A duration counter")
struct DurationCounterTests {
  @Test("gives the table of each stratum and of all together")
  func tables() throws {
    var counter = DurationCounter(strata: 2, horizon: 10)
    try counter.add(stratum: 0, duration: 3, isEvent: true)
    try counter.add(stratum: 0, duration: 3, isEvent: false)
    try counter.add(stratum: 1, duration: 0, isEvent: true)
    try counter.add(stratum: 1, duration: 3, isEvent: true)
    #expect(
      try counter.counts(stratum: 0) == TimeCounts(times: [3], events: [1], censored: [1]))
    #expect(
      try counter.counts(stratum: 1)
        == TimeCounts(times: [0, 3], events: [1, 1], censored: [0, 0]))
    let pooled = counter.pooledCounts()
    #expect(try pooled == TimeCounts(times: [0, 3], events: [1, 2], censored: [0, 1]))
    #expect(pooled.subjects == 4)
    #expect(pooled.totalEvents == 3)
  }

  @Test("counts nobody for a stratum without people")
  func emptyStratum() throws {
    let counter = DurationCounter(strata: 3, horizon: 0)
    #expect(counter.counts(stratum: 2).isEmpty)
    #expect(counter.counts(stratum: 2).subjects == 0)
    #expect(counter.pooledCounts().isEmpty)
  }

  @Test("grows past the horizon it was made with, up to the ceiling")
  func growth() throws {
    var counter = DurationCounter(strata: 2, horizon: 1, ceiling: 5_000)
    for duration in [0, 1, 2, 7, 4_999, 5_000] {
      try counter.add(stratum: 1, duration: duration, isEvent: true)
    }
    #expect(counter.counts(stratum: 1).times == [0, 1, 2, 7, 4_999, 5_000])
    #expect(counter.counts(stratum: 0).isEmpty)
    #expect(throws: StatisticsError.durationAboveCeiling(row: 0, duration: 5_001, ceiling: 5_000)) {
      try counter.add(stratum: 0, duration: 5_001, isEvent: true)
    }
  }

  @Test("gives the same for columns, rows and any split over two counters")
  func splits() throws {
    for seed in UInt64(0)..<100 {
      var generator = SeededGenerator(seed: seed)
      let cohort = generator.cohort(people: 0...200, longest: 90)
      let strata = cohort.durations.map { _ in UInt8.random(in: 0...3, using: &generator) }
      var whole = DurationCounter(strata: 4, horizon: 30)
      try whole.add(
        strata: strata.span, durations: cohort.durations.span, events: cohort.events.span)
      var halves = [
        DurationCounter(strata: 4, horizon: 0), DurationCounter(strata: 4, horizon: 60),
      ]
      for row in strata.indices {
        try halves[Int.random(in: 0...1, using: &generator)].add(
          stratum: Int(strata[row]), duration: Int(cohort.durations[row]),
          isEvent: cohort.events[row] == 1)
      }
      for other in [0, 1] {
        var merged = halves[other]
        merged.merge(halves[1 - other])
        for stratum in 0..<4 {
          #expect(merged.counts(stratum: stratum) == whole.counts(stratum: stratum), "seed \(seed)")
        }
      }
      #expect(try whole.pooledCounts() == cohort.counts(), "seed \(seed)")
    }
  }

  @Test("names the first bad row of a batch and stays as it was")
  func badBatches() throws {
    var counter = DurationCounter(strata: 2, horizon: 10, ceiling: 100)
    let strata: [UInt8] = [0, 1, 1]
    let durations: [Int32] = [5, 6, 7]
    let events: [UInt8] = [1, 0, 1]
    func refuse(
      _ error: StatisticsError, strata: [UInt8]? = nil, durations: [Int32]? = nil,
      events: [UInt8]? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let (s, d, e) = (strata ?? [0, 1, 1], durations ?? [5, 6, 7], events ?? [1, 0, 1])
      #expect(throws: error, sourceLocation: sourceLocation) {
        try counter.add(strata: s.span, durations: d.span, events: e.span)
      }
    }
    refuse(.negativeDuration(row: 1, duration: -6), durations: [5, -6, -7])
    refuse(.negativeDuration(row: 2, duration: Double(Int32.min)), durations: [5, 6, .min])
    refuse(
      .durationAboveCeiling(row: 2, duration: 101, ceiling: 100), durations: [5, 100, 101])
    refuse(.unknownEventMark(row: 1, mark: 2), events: [1, 2, 1])
    refuse(.stratumOutOfRange(row: 2, stratum: 2, strata: 2), strata: [0, 1, 2])
    #expect(counter.pooledCounts().isEmpty)
    try counter.add(strata: strata.span, durations: durations.span, events: events.span)
    #expect(counter.pooledCounts().subjects == 3)
  }

  @Test("names the bad value of a single row")
  func badRows() throws {
    var counter = DurationCounter(strata: 2, horizon: 10)
    #expect(throws: StatisticsError.negativeDuration(row: 0, duration: -1)) {
      try counter.add(stratum: 0, duration: -1, isEvent: true)
    }
    #expect(throws: StatisticsError.stratumOutOfRange(row: 0, stratum: 2, strata: 2)) {
      try counter.add(stratum: 2, duration: 1, isEvent: true)
    }
  }
}
