import Glibc
import Statistics
import TestSupport
import Testing

@Suite("A nowcast of retention")
struct SurvivalNowcastTests {
  @Test(
    "is Kaplan–Meier's curve, and its robust error, where nothing is missing", arguments: 1...20)
  func complete(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let starts = (0..<60).map { _ in Int.random(in: 0...80, using: &generator) }
    let ends = starts.map { start -> Int? in
      let end = start + Int.random(in: 0...90, using: &generator)
      return end <= 100 ? end : nil
    }
    let leaves = starts.map { start -> Int? in
      generator.chance(20) ? start + Int.random(in: 0...60, using: &generator) : nil
    }
    let rows = try ReportedFollowUp(
      starts: starts, ends: ends, recorded: ends, leaves: leaves, cut: 100)
    let nowcast = try SurvivalNowcast(rows, delays: try rows.delays())
    let curve = SurvivalEstimate(
      try rows.followUp(until: 100), variance: .infinitesimalJackknife)
    #expect(nowcast.closing == 100 && nowcast.count == 60)
    let days = [0, 5, 20, 40, 70]
    for (reading, expected) in zip(try nowcast.at(days), try curve.at(days.map { Double($0) })) {
      #expect(abs((reading.survival ?? -1) - (expected.survival ?? -2)) < 1e-13)
      #expect(abs((reading.standardError ?? -1) - (expected.standardError ?? -2)) < 1e-13)
      #expect(abs(reading.atRisk - expected.atRisk) < 1e-12)
    }
    // Of those whose days have passed, without anybody leaving, the share is the plain one.
    let plain = try ReportedFollowUp(starts: starts, ends: ends, recorded: ends, cut: 100)
    let share = try SurvivalNowcast(plain, delays: try plain.delays()).share(after: 30)
    let due = starts.indices.filter { starts[$0] + 30 <= 100 }
    let stayed = due.count { (ends[$0] ?? .max) - starts[$0] > 30 }
    #expect(share.due == due.count)
    let expected = Double(stayed) / Double(due.count)
    #expect(abs((share.estimate ?? -1) - expected) < 1e-13)
    let error = (expected * (1 - expected) / Double(due.count)).squareRoot()
    #expect(abs((share.standardError ?? -1) - error) < 1e-13)
  }

  @Test("is worked out by hand: half of the recent ends are not yet recorded")
  func worked() throws {
    // F is ½ below 10 days and 1 from then on; the cut is day 100.
    let delays = try ReportingDelays(
      occurred: [Int](repeating: 0, count: 10), recorded: [0, 0, 0, 0, 0, 10, 10, 10, 10, 10],
      cut: 100)
    // Six began on day 90. One is known to have left on day 92, so one more probably has.
    let rows = try ReportedFollowUp(
      starts: [90, 90, 90, 90, 90, 90], ends: [92, nil, nil, nil, nil, nil],
      recorded: [92, nil, nil, nil, nil, nil], cut: 100)
    let nowcast = try SurvivalNowcast(rows, delays: delays, isOwn: false)
    #expect(nowcast.closing == 100)
    let reading = try nowcast.at([5])[0]
    #expect(relativeDifference(reading.survival ?? 0, 4.0 / 6) < 1e-15 && reading.atRisk == 4)
    // Influences on log S: 1/12 − 2/4 for the one who left, h/(Y − N) = 1/12 for all six; the delays
    // add κ² w² Var log F = (1/4)² 2² 5/(10 · 5), with κ = 1/4 and nothing after it.
    let own = (1.0 / 12 - 0.5) * (1.0 / 12 - 0.5) + 5.0 / 144
    let error = 4.0 / 6 * (own + 0.25 * 0.1).squareRoot()
    #expect(relativeDifference(reading.standardError ?? 0, error) < 1e-13)
    let share = try nowcast.share(after: 5)
    #expect(share.due == 6 && share.recorded == 1)
    #expect(relativeDifference(share.estimate ?? 0, 4.0 / 6) < 1e-15)
  }

  /// Leaving out one person after the other, delays estimated anew each time.
  @Test("has the standard error that the jackknife finds")
  func jackknife() throws {
    var generator = SeededGenerator(seed: 3)
    let programme = DelayedProgramme(people: 250).sample(&generator)
    func values(without left: Int?) throws -> (curve: Double, share: Double) {
      let rows = try programme.followUp(without: left)
      let nowcast = try SurvivalNowcast(rows, delays: try rows.delays(maximum: 180), least: 0.3)
      return (
        log(try nowcast.at([100])[0].survival ?? .nan),
        try nowcast.share(after: 100).estimate ?? .nan
      )
    }
    let rows = try programme.followUp()
    let nowcast = try SurvivalNowcast(rows, delays: try rows.delays(maximum: 180), least: 0.3)
    let reading = try nowcast.at([100])[0]
    let share = try nowcast.share(after: 100)
    let left = try (0..<rows.count).map { try values(without: $0) }
    func error(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares * Double(values.count - 1) / Double(values.count)).squareRoot()
    }
    let curveError = (reading.survival ?? 0) * error(left.map(\.curve))
    #expect(abs((reading.standardError ?? 0) / curveError - 1) < 0.05, "\(reading) \(curveError)")
    let shareError = error(left.map(\.share))
    #expect(abs((share.standardError ?? 0) / shareError - 1) < 0.05, "\(share) \(shareError)")
  }

  @Test("refuses ends before the start, and recorded after the cut; says nothing of nobody")
  func refusals() throws {
    #expect(throws: StatisticsError.negativeDuration(row: 0, duration: -1)) {
      try ReportedFollowUp(starts: [5], ends: [4], recorded: [6], cut: 9)
    }
    #expect(throws: StatisticsError.recordedAfterCut(row: 0)) {
      try ReportedFollowUp(starts: [5], ends: [6], recorded: [10], cut: 9)
    }
    let delays = try ReportingDelays(
      occurred: [Int](repeating: 0, count: 10), recorded: [Int](repeating: 0, count: 10), cut: 9)
    let rows = try ReportedFollowUp(starts: [], ends: [], recorded: [], cut: 9)
    let nowcast = try SurvivalNowcast(rows, delays: delays, isOwn: false)
    #expect(try nowcast.at([3])[0].survival == nil && nowcast.share(after: 3).estimate == nil)
  }
}
