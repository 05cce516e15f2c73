/// The outcome of a test whose statistic is compared with a chi-square distribution.
public struct ChiSquareTest: Equatable, Sendable {
  /// The test statistic.
  public let statistic: Double
  /// The degrees of freedom, at least 1.
  public let degreesOfFreedom: Int

  /// Makes the outcome of a test from its statistic.
  public init(statistic: Double, degreesOfFreedom: Int) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The p-value: the probability of a statistic at least as large when the hypothesis holds.
  public var probability: Double {
    ChiSquare.upperTail(statistic, degreesOfFreedom: degreesOfFreedom)
  }
}
