import EventLog

/// The physical limit that questions are held against: adding up numbers that lie in memory.
enum PlainScan {
  /// Numbers of eight bytes: a gigabyte, far more than the caches hold.
  private static let count = 1 << 27

  /// Bytes a second that some threads add up together, in the best of nine runs.
  ///
  /// Every number is another one and was written before, so that each has memory of its own; the sum is
  /// checked, so that nothing is left out.
  static func bytesPerSecond(threads: Int) throws -> Double {
    let numbers = (0..<count).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    // The sum of 0 ..< count, times the factor.
    let expected = (UInt64(count) / 2 * UInt64(count - 1)) &* 0x9E37_79B9_7F4A_7C15
    let clock = ContinuousClock()
    var best = 0.0
    for _ in 0..<9 {
      let start = clock.now
      let sums = concurrentMap(threads) { part in
        var sum: UInt64 = 0
        for number in numbers[count / threads * part..<count / threads * (part + 1)] {
          sum &+= number
        }
        return sum
      }
      let seconds = (clock.now - start) / .seconds(1)
      try WrongAnswer.check("sum", sums.reduce(0, &+), expected: expected)
      best = max(best, Double(count * 8) / seconds)
    }
    return best
  }
}
