import Glibc

/// The chi-square distribution.
public enum ChiSquare {
  /// The probability of a value above `x`: the p-value of a test statistic.
  ///
  /// Closed forms, exact to about 1e-15 relative far into the tail: for even degrees of freedom
  /// exp(−x/2) Σ (x/2)ʲ / j!, for odd ones erfc(√(x/2)) and the corresponding sum; every term is
  /// positive.
  ///
  /// - Parameters:
  ///   - x: At least 0; below it the probability is 1, for NaN it is NaN.
  ///   - degreesOfFreedom: At least 1.
  /// - Complexity: O(degrees of freedom).
  /// - SeeAlso: Abramowitz, Stegun (1964), Handbook of Mathematical Functions, 26.4.4 and 26.4.5.
  public static func upperTail(_ x: Double, degreesOfFreedom: Int) -> Double {
    precondition(degreesOfFreedom > 0, "a chi-square has at least one degree of freedom")
    guard !x.isNaN else { return .nan }
    guard x > 0 else { return 1 }
    guard x.isFinite else { return 0 }
    let half = x / 2
    let isOdd = degreesOfFreedom % 2 == 1
    // Terms half^j / Γ(j + 1) e^-half, for j = 1/2, 3/2, … or 0, 1, …, in log space at the start.
    var term = isOdd ? exp(-half + 0.5 * log(half) - lgammaOfThreeHalves) : exp(-half)
    var sum = CompensatedSum()
    if isOdd { sum.add(erfc(half.squareRoot())) }
    for step in 0..<degreesOfFreedom / 2 {
      sum.add(term)
      term *= half / (Double(step) + (isOdd ? 1.5 : 1))
    }
    return min(sum.value, 1)
  }
}

/// log Γ(3/2) = log(√π / 2).
private let lgammaOfThreeHalves = -0.12078223763524522235
