import Glibc
import Statistics
import TestSupport
import Testing

/// A live programme by weeks, in which gaps of up to 8 weeks are bridged.
///
/// Jobs begin in any of the 52 weeks before the cut. They last 1 + ⌊exponential(20)⌋ weeks; three of
/// five are followed by another one after 1 + ⌊exponential(9)⌋ weeks.
@Suite("A gap still open at the cut")
struct GapRuleBiasTests {
  private static let cut = 52
  private static let gap = 8
  private static let horizon = 26

  /// The true share without a loss after so many weeks, by the renewal equation: a job of e weeks is
  /// the last with probability 1 − b, or followed by one that begins anew after a gap that is bridged.
  private static func truth(after weeks: Int) -> Double {
    func waiting(_ k: Int, _ mean: Double) -> Double {
      k < 1 ? 0 : exp(-Double(k - 1) / mean) - exp(-Double(k) / mean)
    }
    let bridged = 0.6 * (1 - exp(-Double(gap) / 9))
    var cycle = [Double](repeating: 0, count: weeks + 1)
    for job in 1...weeks {
      for pause in 1...gap where job + pause <= weeks {
        cycle[job + pause] += waiting(job, 20) * 0.6 * waiting(pause, 9)
      }
    }
    var loss = [Double](repeating: 0, count: weeks + 1)
    for week in 1...weeks {
      loss[week] = waiting(week, 20) * (1 - bridged)
      for start in 1..<max(week, 2) { loss[week] += cycle[start] * loss[week - start] }
    }
    return 1 - loss.reduce(0, +)
  }

  @Test("misleads rule A and both ways of guessing; rules B and C do not")
  func rules() throws {
    let truth = Self.truth(after: Self.horizon)
    #expect(abs(truth - 0.457) < 0.002)
    let study = try BiasStudy("Retention after 26 weeks, gaps up to 8 weeks bridged", seed: 404) {
      generator in
      var rules = ["A", "open = loss", "open = in work", "B", "C"].map {
        (name: $0, stops: [Double](), events: [Bool]())
      }
      for _ in 0..<1_000 {
        for (index, row) in Self.rows(&generator).enumerated() {
          guard let row else { continue }
          rules[index].stops.append(Double(row.stop))
          rules[index].events.append(row.isEvent)
        }
      }
      return try rules.map { rule in
        let time = rule.name == "C" ? Self.horizon + Self.gap + 1 : Self.horizon
        let rows = try FollowUp(stops: rule.stops, events: rule.events)
        return .init(rule.name, try SurvivalEstimate(rows).at([Double(time)])[0], truth: truth)
      }
    }
    #expect(study["A"].isOff(by: 0.07) && study["open = in work"].isOff(by: 0.07))
    #expect(study["open = loss"].isOff(by: -0.002), "\(study["open = loss"])")
    for rule in ["B", "C"] {
      #expect(study[rule].isFree() && study[rule].isCovering, "\(rule) \(study[rule])")
    }
  }

  private typealias Row = (stop: Int, isEvent: Bool)

  /// One person by rule A, with an open gap as loss, as in work, by rule B (nil: left out) and rule C.
  private static func rows(_ generator: inout SeededGenerator) -> [Row?] {
    let start = Int.random(in: 0..<cut, using: &generator)
    var time = start
    var loss: Int?
    var open: Int?
    while time < cut, loss == nil {
      let end = time + 1 + Int(generator.exponential(mean: 20))
      let pause =
        generator.happens(0.6) ? 1 + Int(generator.exponential(mean: 9)) : Int(Int32.max)
      if end < cut {
        if min(pause, cut - end) > gap { loss = end } else if end + pause >= cut { open = end }
      }
      time = end + pause
    }
    let window = cut - gap - 1
    let closed: Row = (cut - start, false)
    let event: Row? = loss.map { ($0 - start, true) }
    return [
      event ?? open.map { ($0 - start, false) } ?? closed,
      event ?? open.map { ($0 - start, true) } ?? closed,
      event ?? closed,
      start < window
        ? loss.flatMap { $0 <= window ? ($0 - start, true) : nil } ?? (window - start, false) : nil,
      loss.flatMap { $0 + gap + 1 <= cut ? ($0 + gap + 1 - start, true) : nil } ?? closed,
    ]
  }
}
