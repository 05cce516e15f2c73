import Glibc

/// Finds the masses p ≥ 0 that maximise Σ w log Σ p over the intervals each row covers.
///
/// Steps of expectation–maximisation come near from everywhere; Newton steps under p ≥ 0 then settle
/// the rest, where plain EM would crawl. The sum of p need not be held at 1: with
/// W the sum of the weights, Σ w log (A p) − W Σ p has its maximum where Σ p = 1.
struct MixtureMaximum {
  private(set) var masses: [Double]
  private(set) var logarithm = -Double.infinity
  /// What any other masses could gain at most: by concavity max g − W, with g the gradient.
  private(set) var gap = Double.infinity
  private(set) var iterations = 0

  private let covered: [Range<Int>]
  private let weights: [Double]
  private let total: Double

  /// The largest number of intervals for which equations are solved.
  private static let largestSystem = 1500

  init(_ intervals: TurnbullIntervals) {
    covered = intervals.covered
    weights = intervals.weights
    total = weights.reduce(0, +)
    let count = intervals.bounds.count
    masses = [Double](repeating: 1 / Double(count), count: count)
  }

  mutating func find() throws(StatisticsError) {
    // A proof to the last digits: beyond this the gradient itself is rounding.
    let goal = 1e-12 * total
    for round in 0..<100 {
      for _ in 0..<(round == 0 ? 30 : 3) { expectationStep() }
      settle()
      while gap > goal, newtonStep() { settle() }
      if gap <= goal { break }
      if supportCount > Self.largestSystem { for _ in 0..<300 { expectationStep() } }
    }
    settle()
    guard gap <= 1e-8 * total else { throw .notConverged(iterations: iterations) }
  }

  private var supportCount: Int { masses.count { $0 > 0 } }

  /// The probability of each row.
  private func probabilities(_ masses: [Double]) -> [Double] {
    var cumulative = [0.0]
    var sum = CompensatedSum()
    for mass in masses {
      sum.add(mass)
      cumulative.append(sum.value)
    }
    return covered.map { cumulative[$0.upperBound] - cumulative[$0.lowerBound] }
  }

  /// Σ w / P over the rows that cover each interval, by differences at the ends of the rows.
  private func gradient(_ probabilities: [Double]) -> [Double] {
    var changes = [CompensatedSum](repeating: CompensatedSum(), count: masses.count + 1)
    for row in covered.indices {
      let share = weights[row] / probabilities[row]
      changes[covered[row].lowerBound].add(share)
      changes[covered[row].upperBound].add(-share)
    }
    var sum = CompensatedSum()
    return masses.indices.map {
      sum.add(changes[$0].value)
      return sum.value
    }
  }

  private func objective(_ masses: [Double]) -> Double {
    var sum = CompensatedSum()
    for (row, probability) in probabilities(masses).enumerated() {
      sum.add(weights[row] * log(probability))
    }
    for mass in masses { sum.add(-total * mass) }
    return sum.value.isNaN ? -.infinity : sum.value
  }

  private mutating func expectationStep() {
    iterations += 1
    let gradient = gradient(probabilities(masses))
    for index in masses.indices {
      masses[index] *= gradient[index] / total
      // Subnormal masses only slow the machine down.
      if masses[index] < 1e-300 { masses[index] = 0 }
    }
  }

  /// Makes the masses sum to 1 and works out likelihood and gap.
  private mutating func settle() {
    let sum = masses.reduce(0, +)
    for index in masses.indices { masses[index] /= sum }
    let probabilities = probabilities(masses)
    logarithm = zip(weights, probabilities).reduce(0) { $0 + $1.0 * log($1.1) }
    gap = gap(of: masses)
  }

  /// For masses that sum to 1.
  private func gap(of masses: [Double]) -> Double {
    max((gradient(probabilities(masses)).max() ?? 0) - total, 0)
  }

  /// One step of Newton's method under p ≥ 0, as far as the likelihood rises.
  ///
  /// Besides the intervals with mass those take part whose gradient promises a gain, if it is the
  /// highest among their neighbours.
  ///
  /// - Returns: Whether the likelihood rose.
  private mutating func newtonStep() -> Bool {
    iterations += 1
    let probabilities = probabilities(masses)
    let gradient = gradient(probabilities)
    let kept = masses.indices.filter { index in
      if masses[index] > 1e-12 { return true }
      let before = index > 0 ? gradient[index - 1] : 0
      let after = index + 1 < gradient.count ? gradient[index + 1] : 0
      return gradient[index] > total && gradient[index] >= before && gradient[index] >= after
    }
    guard kept.count <= Self.largestSystem else { return false }
    let curvature = products(
      kept, factors: covered.indices.map { weights[$0] / (probabilities[$0] * probabilities[$0]) })
    let now = kept.map { masses[$0] }
    let linear = zip(kept, curvature.times(now)).map { gradient[$0] - total + $1 }
    guard
      let target = NonNegativeMaximum.find(
        curvature: curvature, linear: linear, free: now.map { $0 > 0 })
    else { return false }
    let value = objective(masses)
    var length = 1.0
    while length > 1e-9 {
      var moved = masses
      for index in masses.indices where moved[index] <= 1e-12 { moved[index] *= 1 - length }
      for (index, interval) in kept.enumerated() {
        moved[interval] = now[index] + length * (target[index] - now[index])
      }
      let next = objective(moved)
      // Near the top the gain is below the rounding of the likelihood, but the gap still tells.
      if next > value || next > value - 1e-13 * value.magnitude && gap(of: moved) < 0.9 * gap {
        masses = moved
        return true
      }
      length /= 2
    }
    return false
  }

  /// Aᵀ diag(factors) A for some intervals, by differences at the corners of each row's block.
  private func products(_ kept: [Int], factors: [Double]) -> SymmetricMatrix {
    // The number of kept intervals before each interval.
    var position = [0]
    var next = 0
    for interval in masses.indices {
      if next < kept.count, kept[next] == interval { next += 1 }
      position.append(next)
    }
    // Row i, column j ≤ i: rows that cover both begin at or before j and end after i.
    let order = kept.count
    var corners = [[Double]](
      repeating: [Double](repeating: 0, count: order + 1), count: order + 1)
    for row in covered.indices {
      let first = position[covered[row].lowerBound]
      let end = position[covered[row].upperBound]
      if first < end { corners[end - 1][first] += factors[row] }
    }
    var matrix = SymmetricMatrix(order: order)
    // Sums over begins up to j of those that end at i, then over ends from i on.
    var columns = [Double](repeating: 0, count: order)
    for i in (0..<order).reversed() {
      var sum = 0.0
      for j in 0...i {
        sum += corners[i][j]
        columns[j] += sum
        matrix[i, j] = columns[j]
      }
    }
    return matrix
  }
}
