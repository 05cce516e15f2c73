import Glibc

/// A difference or a ratio of two independent estimates, with limits and a test.
///
///     let gain = Contrast.difference(means[1], means[0])   // RestrictedMean, RestrictedMean
///     // gain.estimate 14.2 days, gain.limits(level: 0.95), gain.pValue
///
/// The two groups must share nobody: people, and sampling units, of one group are not in the other.
///
/// - SeeAlso: Royston, Parmar (2013), doi:10.1186/1471-2288-13-152; Uno et al. (2014),
///   doi:10.1200/JCO.2014.55.2208.
public struct Contrast: Equatable, Sendable {
  /// How the two are compared.
  public enum Scale: String, Sendable {
    /// first − second; the limits are symmetric.
    case difference
    /// first / second; the limits are symmetric on the log scale, and no change is 1.
    case ratio
  }

  /// How the two are compared.
  public let scale: Scale
  /// The difference or the ratio.
  public let estimate: Double
  /// The standard error, of the log for a ratio; nil where one of the two estimates has a variance of 0.
  ///
  /// A mean is without variance while nobody had the event, or all had it at once: too little was seen
  /// to say how sure it is, which is not the same as being sure.
  public let standardError: Double?

  /// first − second, with variance σ₁² + σ₂².
  ///
  /// Nil when a number is not finite.
  public static func difference(
    _ first: (estimate: Double, standardError: Double),
    _ second: (estimate: Double, standardError: Double)
  ) -> Contrast? {
    Contrast(
      scale: .difference, estimate: first.estimate - second.estimate,
      errors: (first.standardError, second.standardError))
  }

  /// first / second, with variance (σ₁/first)² + (σ₂/second)² of its log.
  ///
  /// Nil when a number is not finite, or one of the two is not above 0.
  public static func ratio(
    _ first: (estimate: Double, standardError: Double),
    _ second: (estimate: Double, standardError: Double)
  ) -> Contrast? {
    guard first.estimate > 0, second.estimate > 0 else { return nil }
    return Contrast(
      scale: .ratio, estimate: first.estimate / second.estimate,
      errors: (
        first.standardError / first.estimate, second.standardError / second.estimate
      ))
  }

  /// The difference of two restricted means to the same horizon.
  ///
  /// - Precondition: The horizons are equal.
  public static func difference(_ first: RestrictedMean, _ second: RestrictedMean) -> Contrast? {
    precondition(first.horizon == second.horizon, "restricted means to different horizons")
    return difference((first.mean, first.standardError), (second.mean, second.standardError))
  }

  /// The ratio of two restricted means to the same horizon.
  ///
  /// - Precondition: The horizons are equal.
  public static func ratio(_ first: RestrictedMean, _ second: RestrictedMean) -> Contrast? {
    precondition(first.horizon == second.horizon, "restricted means to different horizons")
    return ratio((first.mean, first.standardError), (second.mean, second.standardError))
  }

  private init?(scale: Scale, estimate: Double, errors: (Double, Double)) {
    let error = hypot(errors.0, errors.1)
    guard estimate.isFinite, error.isFinite else { return nil }
    self.scale = scale
    self.estimate = estimate
    standardError = errors.0 > 0 && errors.1 > 0 ? error : nil
  }

  /// The confidence limits of the difference or ratio; nil without a standard error.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public func limits(level: Double = 0.95) throws(StatisticsError) -> ConfidenceLimits? {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    guard let step = standardError.map({ z * $0 }) else { return nil }
    return switch scale {
    case .difference: ConfidenceLimits(lower: estimate - step, upper: estimate + step)
    case .ratio: ConfidenceLimits(lower: estimate * exp(-step), upper: estimate * exp(step))
    }
  }

  /// The estimate, or the log of a ratio, in standard errors; nil without one.
  public var z: Double? {
    let distance = scale == .difference ? estimate : log(estimate)
    return standardError.map { distance / $0 }
  }

  /// The two-sided probability of a `z` at least as far from 0, if nothing differed.
  public var pValue: Double? { z.map { erfc(abs($0) * 0.5.squareRoot()) } }
}
