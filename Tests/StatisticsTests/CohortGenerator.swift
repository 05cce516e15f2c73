import Statistics
import TestSupport

/// A made-up cohort: columns of one row a person.
struct Cohort: Sendable {
  var durations: [Int32] = []
  var events: [UInt8] = []

  func counts() throws -> TimeCounts {
    let durations = durations.map { Double($0) }
    return try TimeCounts(durations: durations.span, events: events.span)
  }

  func shuffled(with generator: inout SeededGenerator) -> Cohort {
    let order = durations.indices.shuffled(using: &generator)
    return Cohort(durations: order.map { durations[$0] }, events: order.map { events[$0] })
  }
}

extension SeededGenerator {
  /// A cohort with ties, early ends and, when asked for, censoring.
  mutating func cohort(
    people: ClosedRange<Int> = 1...60, longest: Int32 = 20, censored: Bool = true
  ) -> Cohort {
    var cohort = Cohort()
    for _ in 0..<Int.random(in: people, using: &self) {
      cohort.durations.append(Int32.random(in: 0...longest, using: &self))
      cohort.events.append(censored ? UInt8.random(in: 0...1, using: &self) : 1)
    }
    return cohort
  }
}
