import Statistics
import TestSupport
import Testing

@Suite("A landmark")
struct LandmarkTests {
  @Test("takes those still there, by what had happened up to it, its clock beginning there")
  func worked() throws {
    let rows = try FollowUp(
      stops: [10, 30, 30, 45, 60, 90], events: [true, true, false, true, false, true],
      weights: [1, 1, 1, 2, 1, 1])
    let landmark = try Landmark(
      rows, at: 30, becameExposed: [5, nil, 12, 30, 31, nil])
    #expect(landmark.kept == [3, 4, 5] && landmark.isExposed == [true, false, false])
    #expect(landmark.groups == [1, 0, 0])
    #expect(landmark.rows.stops == [15, 30, 60] && landmark.rows.weights == [2, 1, 1])
    #expect(landmark.earlierEvents == 2 && landmark.notObserved == 1)
    #expect(landmark.rows(exposed: true).stops == [15])
  }

  @Test("leaves out whose observation begins after it")
  func lateEntry() throws {
    let rows = try FollowUp(starts: [0, 40], stops: [50, 70], events: [true, true])
    let landmark = try Landmark(rows, at: 30, becameExposed: [nil, nil])
    #expect(landmark.kept == [0] && landmark.notObserved == 1 && landmark.rows.starts == nil)
  }

  @Test("finds no effect of a contact that has none; comparing from the start finds one")
  func immortalTime() throws {
    var generator = SeededGenerator(seed: 8)
    let stops = (0..<4_000).map { _ in Double(Int.random(in: 1...100, using: &generator)) }
    let contacts = stops.map { stop -> Double? in
      let day = Double(Int.random(in: 1...60, using: &generator))
      return day < stop ? day : nil
    }
    let rows = try FollowUp(stops: stops, events: stops.map { _ in true })
    let landmark = try Landmark(rows, at: 30, becameExposed: contacts)
    let fair = try LogRank(landmark.rows, groups: landmark.groups, groupCount: 2)
    #expect((fair.outcome?.probability ?? 0) > 0.05)
    let naive = try LogRank(
      rows, groups: contacts.map { $0.map { $0 <= 30 } ?? false ? 1 : 0 }, groupCount: 2)
    #expect((naive.outcome?.probability ?? 1) < 1e-10)
  }
}

@Suite("Days in a state")
struct DaysInStateTests {
  /// mean(x), sd(x) / sqrt(length(x)) in R for the shares 1, 1/2, 0, 1/4, 3/4.
  @Test("have an average share with its standard error")
  func average() throws {
    let days = try DaysInState(inState: [100, 50, 0, 25, 75], window: 100)
    let all = try #require(days.all)
    #expect(all.mean == 0.5 && days.known == all && days.coverage == 1)
    #expect(relativeDifference(all.standardError ?? 0, 0.17677669529663689) < 1e-14)
    #expect(days.bounds == ShareBounds(lower: 0.5, upper: 0.5))
    let limits = try #require(try all.limits())
    #expect(
      relativeDifference(limits.upper, 0.5 + 1.9599639845400545 * 0.17677669529663689) < 1e-14)
  }

  @Test("have bounds for the days of which nothing is known, and know who stayed in any case")
  func unknown() throws {
    let days = try DaysInState(
      inState: [90, 60, 60, 0, 80], unknown: [10, 40, 10, 100, 0], window: 100)
    #expect(abs((days.all?.mean ?? 0) - 0.58) < 1e-15)
    #expect(abs((days.best?.mean ?? 0) - 0.90) < 1e-15)
    #expect(abs((days.known?.mean ?? 0) - (1 + 1 + 60.0 / 90 + 0.8) / 4) < 1e-15)
    #expect(days.known?.count == 4 && abs((days.coverage ?? 0) - 0.68) < 1e-15)
    #expect(
      try days.sustained(least: 0.8) == OutcomeShares(yes: 2, no: 1, unknown: 2))
  }

  @Test("refuse more days than the window has; nobody has no average")
  func refusals() throws {
    #expect(throws: StatisticsError.countOutsideTotal(count: 110, total: 100)) {
      try DaysInState(inState: [60], unknown: [50], window: 100)
    }
    #expect(throws: StatisticsError.countOutsideTotal(count: -1, total: 100)) {
      try DaysInState(inState: [-1], window: 100)
    }
    #expect(throws: StatisticsError.horizonNotPositive(0)) {
      try DaysInState(inState: [], window: 0)
    }
    let nobody = try DaysInState(inState: [], window: 10)
    #expect(nobody.all == nil && nobody.bounds == nil && nobody.coverage == nil)
    #expect(try DaysInState(inState: [4], window: 10).all?.standardError == nil)
  }
}
