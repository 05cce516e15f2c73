import Glibc

/// The difference of two shares read off curves of groups that share nobody, from the limits of each.
///
///     let left = CurveDifference.Part(share: 0.62, standardError: 0.04, known: 140)
///     let difference = try CurveDifference(left, right)
///     // difference?.estimate, difference?.limits, difference?.pValue
///
/// MOVER: with p the shares and l, u the limits of each on the scale chosen, the lower limit of
/// p₁ − p₂ is p₁ − p₂ − √((p₁ − l₁)² + (u₂ − p₂)²), the upper one p₁ − p₂ + √((u₁ − p₁)² + (p₂ − l₂)²).
/// So limits are as lopsided as those of the shares, and stay within −1 and 1.
///
/// A curve on which nothing has happened so far, or everything, has a standard error of 0, which
/// says that nothing was seen and not that all is known. There Wilson's limits of the people whose
/// outcome is known stand in: those with an event before, and those still at risk.
///
/// The p value is of the same interval: 1 less the level at which a limit touches 0.
///
/// - SeeAlso: Newcombe (1998), Statistics in Medicine 17:873–890; Zou, Donner (2008),
///   doi:10.1002/sim.3095; Klein, Logan, Harhoff, Andersen (2007), doi:10.1002/sim.2864, on comparing
///   curves at one time.
public struct CurveDifference: Equatable, Sendable {
  /// What is read off one of the curves.
  public struct Part: Equatable, Sendable {
    /// The share, between 0 and 1.
    public let share: Double
    /// Its standard error; nil or 0 where the curve has none.
    public let standardError: Double?
    /// The people whose outcome at the time is known: with an event before it, or still at risk.
    public let known: Int

    /// Takes down what was read.
    public init(share: Double, standardError: Double?, known: Int) {
      self.share = share
      self.standardError = standardError
      self.known = known
    }

    /// The limits at a number of standard errors; nil when nothing says how sure the share is.
    func limits(_ type: IntervalType, z: Double) -> ConfidenceLimits? {
      guard share >= 0, share <= 1, known > 0 else { return nil }
      guard share > 0, share < 1 else {
        return WilsonInterval.limits(share * Double(known), of: Double(known), z: z)
      }
      guard let standardError, standardError > 0 else { return nil }
      return type.limits(ofProbability: share, standardError: standardError, z: z)
    }
  }

  /// first − second.
  public let estimate: Double
  /// The limits of the difference.
  public let limits: ConfidenceLimits
  /// The two-sided probability of shares at least as far apart, if nothing differed.
  public let pValue: Double

  /// Compares two shares.
  ///
  /// Nil when nothing says how sure one of them is.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public init?(
    _ first: Part, _ second: Part, limitsOf type: IntervalType = .logLog, level: Double = 0.95
  ) throws(StatisticsError) {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    let estimate = first.share - second.share
    guard let low = CurveDifference.reach(first, second, type, z: z),
      let high = CurveDifference.reach(second, first, type, z: z),
      let limits = ConfidenceLimits(lower: estimate - low, upper: estimate + high)
    else { return nil }
    self.estimate = estimate
    self.limits = limits
    let (larger, smaller) = estimate >= 0 ? (first, second) : (second, first)
    let touching = CurveDifference.distance(larger, smaller, type)
    pValue = erfc(touching * 0.5.squareRoot())
  }

  /// How far the lower limit of larger − smaller lies below it.
  private static func reach(
    _ larger: Part, _ smaller: Part, _ type: IntervalType, z: Double
  ) -> Double? {
    guard let down = larger.limits(type, z: z), let up = smaller.limits(type, z: z) else {
      return nil
    }
    return hypot(larger.share - down.lower, up.upper - smaller.share)
  }

  /// The number of standard errors at which the limit of the difference is 0.
  ///
  /// Every scale's limits move apart as it grows, and in the end reach 0 and 1; then the difference
  /// is within reach, for √(p₁² + (1 − p₂)²) ≥ p₁ − p₂.
  private static func distance(_ larger: Part, _ smaller: Part, _ type: IntervalType) -> Double {
    let difference = larger.share - smaller.share
    guard difference > 0 else { return 0 }
    func isWithin(_ z: Double) -> Bool {
      (reach(larger, smaller, type, z: z) ?? .infinity) >= difference
    }
    // Beyond 40 standard errors no probability is left that a double could hold.
    var (near, far) = (0.0, 1.0)
    while !isWithin(far), far < 40 { (near, far) = (far, far * 2) }
    for _ in 0..<60 {
      let middle = near + (far - near) / 2
      if isWithin(middle) { far = middle } else { near = middle }
    }
    return far
  }
}
