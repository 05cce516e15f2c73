/// A lower and an upper confidence limit.
public struct ConfidenceLimits: Equatable, Sendable {
  /// The lower limit.
  public let lower: Double
  /// The upper limit.
  public let upper: Double

  /// Makes limits from defined numbers; nil when one of them is not.
  public init?(lower: Double, upper: Double) {
    guard lower.isFinite, upper.isFinite else { return nil }
    self.lower = lower
    self.upper = upper
  }

  /// The limits of one minus the quantity.
  public var complement: ConfidenceLimits? {
    ConfidenceLimits(lower: 1 - upper, upper: 1 - lower)
  }
}

/// Pointwise confidence limits of a whole curve.
///
/// The columns have one element for each time of the curve, NaN where S is 0. Pointwise means that
/// the level holds at each time by itself, not for the curve as a whole.
public struct ConfidenceBand: Sendable {
  /// The scale on which the limits are symmetric.
  public let type: IntervalType
  /// The confidence level, such as 0.95.
  public let level: Double
  /// The lower limits.
  public let lower: [Double]
  /// The upper limits.
  public let upper: [Double]

  /// The limits at an index of the curve's times; nil where they are not defined.
  public subscript(_ index: Int) -> ConfidenceLimits? {
    ConfidenceLimits(lower: lower[index], upper: upper[index])
  }
}

extension SurvivalSteps {
  /// Pointwise confidence limits of S at every time of the curve.
  ///
  /// - Parameters:
  ///   - type: Scale on which the limits are symmetric.
  ///   - level: Two-sided confidence level, strictly between 0 and 1.
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  /// - Complexity: O(distinct times).
  public func confidenceLimits(
    type: IntervalType = .logLog, level: Double = 0.95
  ) throws(StatisticsError) -> ConfidenceBand {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    var lower: [Double] = []
    var upper: [Double] = []
    lower.reserveCapacity(survival.count)
    upper.reserveCapacity(survival.count)
    for index in survival.indices {
      let limits = type.limits(
        survival: survival[index], standardErrorOfLog: standardErrorOfLog[index], z: z)
      lower.append(limits.lower)
      upper.append(limits.upper)
    }
    return ConfidenceBand(type: type, level: level, lower: lower, upper: upper)
  }
}
