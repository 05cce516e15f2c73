import Glibc

/// Student's distribution, for limits of a mean whose variance is estimated.
public enum StudentT {
  /// The t that |T| stays below with the given probability; `qt((1 + level) / 2, degrees)` in R.
  ///
  /// By bisection on the finite sums of Abramowitz and Stegun (1964), 26.7.3 and 26.7.4; the normal quantile
  /// from 10,000 degrees of freedom on, where they differ by less than 2 · 10⁻⁴ of it.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  /// - Precondition: degrees ≥ 1.
  public static func twoSidedQuantile(
    level: Double, degrees: Int
  ) throws(StatisticsError) -> Double {
    precondition(degrees >= 1, "no degrees of freedom")
    let normal = try StandardNormal.twoSidedQuantile(level: level)
    guard degrees < 10_000 else { return normal }
    var (low, high) = (normal, max(2 * normal, 1))
    while within(high, degrees) < level { high *= 2 }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { break }
      if within(middle, degrees) < level { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// P(|T| ≤ t).
  static func within(_ t: Double, _ degrees: Int) -> Double {
    let angle = atan(t / Double(degrees).squareRoot())
    let square = cos(angle) * cos(angle)
    let isOdd = degrees % 2 == 1
    var (term, sum) = (isOdd ? cos(angle) : 1, 0.0)
    for step in 0..<(isOdd ? (degrees - 1) / 2 : degrees / 2) {
      sum += term
      let k = Double(2 * step)
      term *= square * (isOdd ? (k + 2) / (k + 3) : (k + 1) / (k + 2))
    }
    return isOdd ? 2 / Double.pi * (angle + sin(angle) * sum) : sin(angle) * sum
  }
}
