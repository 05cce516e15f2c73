import Statistics

/// Numbers with how often each came.
struct CountedNumbers {
  private let sorted: [(number: Double, count: Int)]
  /// How many numbers there are.
  let count: Int

  init(_ counts: [Double: Int]) {
    sorted = counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    count = counts.values.reduce(0, +)
  }

  /// The numbers summed up; nil without any.
  func summary(_ summary: ValueSummary) -> Double? {
    guard count > 0 else { return nil }
    switch summary {
    case .median: return quantile(0.5)
    case .p90: return quantile(0.9)
    case .sum: return total
    case .mean: return total / Double(count)
    }
  }

  /// The confidence limits of a summary; nil where too few are there, and for the sum, which is of whoever
  /// counts and estimates nothing.
  ///
  /// - Throws: `StatisticsError` when the level is out of range.
  func limits(
    _ summary: ValueSummary, level: Double
  ) throws(StatisticsError) -> ConfidenceLimits? {
    switch summary {
    case .median: try limits(of: 0.5, level)
    case .p90: try limits(of: 0.9, level)
    case .mean: try limitsOfMean(level)
    case .sum: nil
    }
  }

  private func limits(of p: Double, _ level: Double) throws(StatisticsError) -> ConfidenceLimits? {
    let ranks = try OrderStatisticLimits(of: p, among: count, level: level)
    guard let lower = ranks.lower, let upper = ranks.upper else { return nil }
    return ConfidenceLimits(lower: number(at: lower - 1), upper: number(at: upper - 1))
  }

  /// x̄ ± t s/√n, t Student's for n − 1 degrees of freedom.
  private func limitsOfMean(_ level: Double) throws(StatisticsError) -> ConfidenceLimits? {
    guard count > 1 else { return nil }
    let n = Double(count)
    let mean = total / n
    let squares = sorted.reduce(0) { sum, entry in
      sum + (entry.number - mean) * (entry.number - mean) * Double(entry.count)
    }
    let reach =
      try StudentT.twoSidedQuantile(level: level, degrees: count - 1)
      * (squares / (n - 1) / n).squareRoot()
    return ConfidenceLimits(lower: mean - reach, upper: mean + reach)
  }

  private var total: Double { sorted.reduce(0) { $0 + $1.number * Double($1.count) } }

  /// The quantile after definition 7 of Hyndman and Fan (1996), R's own: linear between the two
  /// numbers around (n − 1) p.
  private func quantile(_ p: Double) -> Double {
    let place = Double(count - 1) * p
    let below = place.rounded(.down)
    let lower = number(at: Int(below))
    return lower + (place - below) * (number(at: min(Int(below) + 1, count - 1)) - lower)
  }

  private func number(at place: Int) -> Double {
    var passed = 0
    for (number, count) in sorted {
      passed += count
      if place < passed { return number }
    }
    return sorted.last?.number ?? .nan
  }
}
