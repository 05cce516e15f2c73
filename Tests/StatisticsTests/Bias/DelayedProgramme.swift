import Glibc
import Statistics
import TestSupport

/// A made-up programme of 450 days in which starts and ends of jobs are recorded late.
///
/// People begin on any day up to the cut with equal chance. Jobs last T days, with P(T > t) =
/// exp(−(t + 1)/mean). Two of five ends are recorded after 14 days on average, the others after 90, none
/// after 180; starts take a third of that. Nothing depends on anything else.
struct DelayedProgramme {
  var people: Int
  var meanDuration = 300.0

  static let days = 450
  static let cut = days - 1
  static let longestDelay = 180

  /// The true share with a job after so many days.
  func retention(after days: Int) -> Double { exp(-Double(days + 1) / meanDuration) }

  /// P(delay ≤ d) of ends, the delay being the whole days of a mixture cut off at 151.
  static func shareRecorded(within day: Int) -> Double {
    func mixture(_ x: Double) -> Double { 1 - 0.4 * exp(-x / 14) - 0.6 * exp(-x / 90) }
    return mixture(Double(min(day, longestDelay) + 1)) / mixture(Double(longestDelay + 1))
  }

  /// What really happened, and when it was recorded.
  struct Sample {
    var starts: [Int] = []
    var startRecorded: [Int] = []
    var ends: [Int] = []
    var endRecorded: [Int] = []

    /// What is in the data at the cut: people whose start is recorded, and their recorded ends.
    func followUp(without left: Int? = nil) throws -> ReportedFollowUp {
      let cut = DelayedProgramme.cut
      var known = starts.indices.filter { startRecorded[$0] <= cut }
      if let left { known.remove(at: left) }
      let seen = known.map { endRecorded[$0] <= cut }
      return try ReportedFollowUp(
        starts: known.map { starts[$0] },
        ends: zip(known, seen).map { $1 ? ends[$0] : nil },
        recorded: zip(known, seen).map { $1 ? endRecorded[$0] : nil }, cut: cut)
    }
  }

  func sample(_ generator: inout SeededGenerator) -> Sample {
    var sample = Sample()
    for _ in 0..<people {
      let start = Int.random(in: 0..<Self.days, using: &generator)
      let end = start + Int(generator.exponential(mean: meanDuration))
      sample.starts.append(start)
      sample.startRecorded.append(start + Self.delay(&generator) / 3)
      sample.ends.append(end)
      sample.endRecorded.append(end + Self.delay(&generator))
    }
    return sample
  }

  private static func delay(_ generator: inout SeededGenerator) -> Int {
    while true {
      let isQuick = generator.chance(40)
      let delay = Int(generator.exponential(mean: isQuick ? 14 : 90))
      if delay <= longestDelay { return delay }
    }
  }
}

extension SeededGenerator {
  /// A waiting time with a constant rate.
  mutating func exponential(mean: Double) -> Double {
    -mean * log(1 - Double.random(in: 0..<1, using: &self))
  }

  /// True with a probability.
  mutating func happens(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < probability
  }
}
