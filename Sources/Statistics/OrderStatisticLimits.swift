import Glibc

/// Which of n ordered numbers hold a quantile of where they come from.
///
///     let ranks = try OrderStatisticLimits(of: 0.5, among: 95)      // ranks.lower 38, ranks.upper 58
///
/// The number below the p-quantile is binomial, B ~ Bin(n, p), whatever the distribution: the quantile lies
/// from the l-th smallest number, both counted, to the u-th with probability P(l ≤ B < u). l is the greatest
/// with P(B < l) ≤ α/2 and u the smallest with P(B ≥ u) ≤ α/2; where there is none, that side is open. In R:
/// `qbinom(c(α/2, 1 − α/2), n, p) + c(0, 1)`. Ties only widen it.
///
/// - SeeAlso: Hahn, Meeker (1991), Statistical Intervals, section 5.2.
public struct OrderStatisticLimits: Equatable, Sendable {
  /// The rank of the lower limit, from 1; nil where n is too small for one.
  public let lower: Int?
  /// The rank of the upper limit, from 1; nil where n is too small for one.
  public let upper: Int?

  /// The ranks for a quantile.
  ///
  /// - Throws: ``StatisticsError/probabilityOutsideUnitInterval(_:)`` unless 0 < p < 1, or
  ///   ``StatisticsError/levelOutsideUnitInterval(_:)``.
  /// - Complexity: O(√n).
  public init(of p: Double, among count: Int, level: Double = 0.95) throws(StatisticsError) {
    guard p > 0, p < 1 else { throw .probabilityOutsideUnitInterval(p) }
    _ = try StandardNormal.twoSidedQuantile(level: level)
    guard count > 0 else {
      (lower, upper) = (nil, nil)
      return
    }
    let tail = (1 - level) / 2
    let below = Self.quantile(tail, count, p)
    // By the numbers above, whose tail keeps its digits.
    let above = Self.quantile(tail, count, 1 - p)
    lower = below > 0 ? below : nil
    upper = above > 0 ? count - above + 1 : nil
  }

  /// The smallest k with P(B ≤ k) > tail.
  private static func quantile(_ tail: Double, _ count: Int, _ p: Double) -> Int {
    let (n, spread) = (Double(count), (Double(count) * p * (1 - p)).squareRoot())
    // What lies twelve standard deviations out adds nothing to a tail that anybody asks for.
    var k = max(0, Int(n * p - 12 * spread - 12))
    var mass = exp(
      lgamma(n + 1) - lgamma(Double(k) + 1) - lgamma(n - Double(k) + 1) + Double(k) * log(p)
        + (n - Double(k)) * log1p(-p))
    var sum = CompensatedSum()
    sum.add(mass)
    while sum.value <= tail, k < count {
      mass *= (n - Double(k)) / (Double(k) + 1) * p / (1 - p)
      k += 1
      sum.add(mass)
    }
    return k
  }
}
