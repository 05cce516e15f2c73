/// The confidence interval of a share of independent people, after Wilson.
///
///     let share = try WilsonInterval(successes: 34, of: 51)
///     // share.estimate 0.667, share.limits
///
/// The limits are those p for which the observed share is just not rejected:
/// (p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n). They stay within [0, 1], are exactly 0 at
/// 0 of n and 1 at n of n on that side, and keep their level for small n, where p̂ ± z σ does not.
/// Agrees with `prop.test(x, n, correct = FALSE)$conf.int` in R.
///
/// - SeeAlso: Wilson (1927), doi:10.1080/01621459.1927.10502953; Brown, Cai, DasGupta (2001),
///   doi:10.1214/ss/1009213286.
public struct WilsonInterval: Equatable, Sendable {
  /// The people counted.
  public let successes: Int
  /// All people.
  public let total: Int
  /// The confidence level.
  public let level: Double
  /// The share; nil among nobody.
  public let estimate: Double?
  /// The limits; nil among nobody.
  public let limits: ConfidenceLimits?

  /// The interval for a count among a total.
  ///
  /// - Throws: ``StatisticsError/countOutsideTotal(count:total:)`` unless 0 ≤ successes ≤ total, or
  ///   ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public init(successes: Int, of total: Int, level: Double = 0.95) throws(StatisticsError) {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    guard successes >= 0, successes <= total else {
      throw .countOutsideTotal(count: successes, total: total)
    }
    self.successes = successes
    self.total = total
    self.level = level
    guard total > 0 else {
      estimate = nil
      limits = nil
      return
    }
    estimate = Double(successes) / Double(total)
    limits = Self.limits(Double(successes), of: Double(total), z: z)
  }

  /// The limits of a count that need not be whole, such as one with imputed answers.
  ///
  /// - Precondition: 0 ≤ count ≤ total, total > 0.
  static func limits(_ count: Double, of total: Double, z: Double) -> ConfidenceLimits? {
    // Each limit is its share of n + z²; the upper one is 1 minus the lower one of the others, so
    // that neither loses digits near its end.
    ConfidenceLimits(
      lower: lower(count, total, z), upper: 1 - lower(total - count, total, z))
  }

  private static func lower(_ count: Double, _ n: Double, _ z: Double) -> Double {
    guard count > 0 else { return 0 }
    // (count + z²/2 − root) / (n + z²), with the difference turned into a quotient of sums.
    let root = z * (count * (n - count) / n + z * z / 4).squareRoot()
    return count * count / n / (count + z * z / 2 + root)
  }
}
