import Statistics
import TestSupport
import Testing

@Suite("Bounds of a curve with lost people")
struct LossBoundsTests {
  private static let stops: [Double] = [2, 3, 3, 5, 6, 7, 8, 9, 9, 12]
  private static let outcomes = [1, -1, 1, 2, 0, -1, 1, 0, -1, 0]

  /// summary(survfit(Surv(t, factor(state)) ~ 1), times = c(3, 6, 9)) in R, state 1 being an event in
  /// the set and 2 any other; sets {1, 2}, {1, 2, lost}, {1}, {1, lost}.
  @Test("are the incidences of R's survfit with loss as an exit")
  func reference() throws {
    let bounds = try LossBounds(stops: Self.stops, outcomes: Self.outcomes)
    #expect(bounds.lostCount == 3)
    let free = try bounds.eventFree(at: [3, 6, 9])
    compare(
      free, lower: [0.7, 0.6, 0.24], upper: [0.8, 0.7, 0.58],
      lowerError: [0.14491376746189435, 0.154919333848296702, 0.14532721699667964],
      upperError: [0.12649110640673519, 0.144913767461894379, 0.16211107303327557])
    let one = try bounds.incidence(of: 1, at: [3, 6, 9])
    compare(
      one, lower: [0.2, 0.2, 0.32], upper: [0.3, 0.3, 0.66],
      lowerError: [0.12649110640673519, 0.12649110640673519, 0.15388307249337077],
      upperError: [0.14491376746189435, 0.14491376746189435, 0.15912259424732872])
    #expect(free[0].atRisk == 9 && !free[2].isExtrapolated)
    #expect(try bounds.eventFree(at: [13])[0].isExtrapolated)
  }

  private func compare(
    _ readings: [LossBounds.Reading], lower: [Double], upper: [Double], lowerError: [Double],
    upperError: [Double]
  ) {
    for (index, reading) in readings.enumerated() {
      #expect(abs((reading.bounds?.lower ?? -1) - lower[index]) < 1e-14)
      #expect(abs((reading.bounds?.upper ?? -1) - upper[index]) < 1e-14)
      #expect(relativeDifference(reading.lowerError ?? 0, lowerError[index]) < 1e-12)
      #expect(relativeDifference(reading.upperError ?? 0, upperError[index]) < 1e-12)
    }
  }

  @Test("are K/N and (K+U)/N when everybody is due, before and after")
  func plain() throws {
    // 10 people due at 30: 4 events, 3 lost, 3 seen to the end.
    let bounds = try LossBounds(
      stops: [3, 8, 9, 20, 2, 8, 25, 30, 30, 30], outcomes: [1, 1, 1, 1, -1, -1, -1, 0, 0, 0])
    let shares = try OutcomeShares(yes: 3, no: 4, unknown: 3)
    let reading = try #require(try bounds.eventFree(at: [29]).first)
    #expect(abs((reading.bounds?.lower ?? 0) - (shares.bounds?.lower ?? 1)) < 1e-15)
    #expect(abs((reading.bounds?.upper ?? 0) - (shares.bounds?.upper ?? 1)) < 1e-15)
  }

  @Test("hold Kaplan–Meier, and are it where nobody was lost", arguments: 1...40)
  func kaplanMeier(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let stops = (0..<40).map { _ in Double(Int.random(in: 1...20, using: &generator)) }
    let marks = stops.map { _ in Int.random(in: -1...1, using: &generator) }
    let times = [0.0, 4, 9, 15, 20]
    let curve = SurvivalEstimate(try FollowUp(stops: stops, events: marks.map { $0 == 1 }))
    let naive = try curve.at(times)
    let bounds = try LossBounds(stops: stops, outcomes: marks).eventFree(at: times)
    let complete = try LossBounds(stops: stops, outcomes: marks.map { max($0, 0) })
      .eventFree(at: times)
    for index in times.indices {
      let (survival, bound) = (naive[index].survival ?? -1, bounds[index].bounds)
      #expect((bound?.lower ?? 2) <= survival + 1e-12)
      #expect(survival <= (bound?.upper ?? -2) + 1e-12)
      #expect(abs((complete[index].bounds?.lower ?? 2) - survival) < 1e-12)
      #expect((complete[index].bounds?.width ?? 1) < 1e-12)
      if let limits = bounds[index].limits, let bound {
        #expect(limits.lower <= bound.lower + 1e-12 && bound.upper <= limits.upper + 1e-12)
      }
    }
  }

  @Test("refuse marks below that of a loss, and say nothing of nobody")
  func refusals() throws {
    #expect(throws: StatisticsError.stateOutOfRange(row: 1, state: -2, states: 2)) {
      try LossBounds(stops: [1, 2], outcomes: [1, -2])
    }
    let nobody = try LossBounds(stops: [], outcomes: []).eventFree(at: [5])
    #expect(nobody[0].bounds == nil && nobody[0].limits == nil)
  }
}
