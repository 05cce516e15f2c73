import EventLog

/// The physical limit that questions are held against: adding up numbers that lie in memory.
enum PlainScan {
  /// Bytes a second that two threads add up together, in the best of some runs.
  static func bytesPerSecond() throws -> Double {
    let numbers = [UInt64](repeating: 3, count: 1 << 26)
    let clock = ContinuousClock()
    var best = 0.0
    for _ in 0..<7 {
      let start = clock.now
      let sums = try concurrentMap(2) { half in
        let middle = numbers.count / 2
        var sum: UInt64 = 0
        for number in half == 0 ? numbers[..<middle] : numbers[middle...] { sum &+= number }
        return sum
      }
      let seconds = (clock.now - start) / .seconds(1)
      try WrongAnswer.check("sum", sums.reduce(0, &+), expected: 3 << 26)
      best = max(best, Double(numbers.count * 8) / seconds)
    }
    return best
  }
}
