/// A quantile of the time to the event, with nil for what the curve does not reach.
public struct SurvivalQuantile: Equatable, Sendable {
  /// The share of subjects with the event by the quantile: 0.5 is the median.
  public let probability: Double
  /// The time at which S falls to 1 − probability; nil when it does not.
  public let time: Double?
  /// The time at which the lower limit of S falls there; nil when it does not.
  public let lower: Double?
  /// The time at which the upper limit of S falls there; nil when it does not.
  public let upper: Double?
}

extension KaplanMeier {
  /// A quantile of the time to the event, with nil for what the curve does not reach.
  public typealias Quantile = SurvivalQuantile
}

extension SurvivalSteps {
  /// The quantile of the time to the event for one probability.
  ///
  /// See ``quantiles(_:limitsOf:level:)``.
  public func quantile(
    _ probability: Double, limitsOf type: IntervalType = .logLog, level: Double = 0.95
  ) throws(StatisticsError) -> SurvivalQuantile {
    let band = try confidenceLimits(type: type, level: level)
    return try quantile(probability, band: band)
  }

  /// Quantiles of the time to the event, with limits read off the curve's limits.
  ///
  /// The quantile for `p` is where the horizontal line at 1 − p meets the curve. Where the curve
  /// is flat at exactly that height, it is the mid-point of the flat stretch (at the end of the
  /// curve the stretch reaches to the last time); exactly means within 1.5e-8, because S and 1 − p
  /// are rounded. The limits are where the same line meets the lower and the upper confidence
  /// limit of S. A limit of S that does not fall throughout is met at the time of the value nearest
  /// below the line. Agrees with `quantile(fit, probs)` in R.
  ///
  /// - Parameters:
  ///   - probabilities: Shares strictly between 0 and 1; 0.25 is where S falls to 0.75.
  ///   - type: Scale of the confidence limits of S.
  ///   - level: Two-sided confidence level, strictly between 0 and 1.
  /// - Throws: ``StatisticsError/probabilityOutsideUnitInterval(_:)`` or
  ///   ``StatisticsError/levelOutsideUnitInterval(_:)``.
  /// - Complexity: O(k × distinct times) for k probabilities.
  /// - SeeAlso: Brookmeyer, Crowley (1982), doi:10.2307/2530286.
  public func quantiles(
    _ probabilities: [Double], limitsOf type: IntervalType = .logLog, level: Double = 0.95
  ) throws(StatisticsError) -> [SurvivalQuantile] {
    let band = try confidenceLimits(type: type, level: level)
    var quantiles: [SurvivalQuantile] = []
    for probability in probabilities {
      quantiles.append(try quantile(probability, band: band))
    }
    return quantiles
  }

  private func quantile(
    _ probability: Double, band: ConfidenceBand
  ) throws(StatisticsError) -> SurvivalQuantile {
    guard probability > 0, probability < 1 else {
      throw .probabilityOutsideUnitInterval(probability)
    }
    return SurvivalQuantile(
      probability: probability,
      time: crossing(of: survival, at: probability),
      lower: crossing(of: band.lower, at: probability),
      upper: crossing(of: band.upper, at: probability))
  }

  /// The time at which a step curve over the curve's times falls to 1 − p.
  private func crossing(of curve: [Double], at probability: Double) -> Double? {
    guard let last = times.last, let end = curve.last else { return nil }
    // The distribution function starts at 0 at the origin; NaN compares false and drops out.
    var reached: (height: Double, time: Double)?
    var passed: (height: Double, time: Double)?
    for index in curve.indices {
      let height = 1 - curve[index]
      if height + flatTolerance >= probability, height < reached?.height ?? .infinity {
        reached = (height, times[index])
      }
      if height - flatTolerance >= probability, height < passed?.height ?? .infinity {
        passed = (height, times[index])
      }
    }
    guard let reached else { return nil }
    if abs(probability - (1 - end)) < flatTolerance { return (reached.time + last) / 2 }
    guard let passed else { return nil }
    return (reached.time + passed.time) / 2
  }
}

/// How near a flat stretch must be to the line to count as lying on it: √2⁻⁵², as in R.
private let flatTolerance = 0x1p-26
