import Glibc

/// The share of an outcome among all people due, from those who responded and their weights.
///
///     let share = ResponseWeightedShare(outcomes: employed, weights: weights)
///     // share.estimate, share.unweighted, share.standardError, try share.limits()
///
/// p = Σ w y / Σ w over those who responded. Two standard errors:
///
/// - ``standardErrorOfKnownWeights``: √(Σ w² (y − p)²) / Σ w, as if the weights had been given; that of
///   the `survey` package in R up to n/(n − 1).
/// - ``standardError``: with the estimation of the probabilities in it, from the estimating equations of
///   share and model together: the sum of squares of w (y − p) less what the person's response moves
///   through the coefficients. Usually the smaller of the two, because estimated weights also balance the
///   profile that chance did not.
///
/// - SeeAlso: Binder (1983), doi:10.2307/1402588; Lunceford, Davidian (2004), doi:10.1002/sim.1903;
///   Korn, Graubard (1998), Survey Methodology 24:193–201 (limits).
public struct ResponseWeightedShare: Equatable, Sendable {
  /// The weighted share; nil when nobody responded.
  public let estimate: Double?
  /// The plain share of those who responded; nil when nobody did.
  public let unweighted: Double?
  /// The standard error, with the estimation of the weights.
  public let standardError: Double?
  /// The standard error as if the weights had been given.
  public let standardErrorOfKnownWeights: Double?
  /// Kish's effective size of the weights.
  public let effectiveSize: Double

  /// Weighs the outcomes.
  ///
  /// - Parameters:
  ///   - outcomes: Whether each person due has the outcome; what stands at those who did not respond is
  ///     not read.
  ///   - weights: The weights of the same people.
  /// - Precondition: The columns have the same length.
  public init(outcomes: [Bool], weights: ResponseWeights) {
    precondition(outcomes.count == weights.responded.count, "columns of different length")
    effectiveSize = weights.effectiveSize
    let count = weights.count
    let total = weights.weights.reduce(into: CompensatedSum()) { $0.add($1) }.value
    guard count > 0, total > 0 else {
      estimate = nil
      unweighted = nil
      standardError = nil
      standardErrorOfKnownWeights = nil
      return
    }
    let yes = outcomes.indices.filter { outcomes[$0] && weights.responded[$0] }
    let share = yes.reduce(into: CompensatedSum()) { $0.add(weights.weights[$1]) }.value / total
    let contributions = outcomes.indices.map {
      weights.weights[$0] * ((outcomes[$0] ? 1 : 0) - share)
    }
    let movements = weights.influenceOfModel(on: contributions)
    estimate = min(share, 1)
    unweighted = Double(yes.count) / Double(count)
    standardErrorOfKnownWeights = Self.root(contributions) / total
    standardError = Self.root(zip(contributions, movements).map(+)) / total
  }

  private static func root(_ terms: [Double]) -> Double {
    terms.reduce(into: CompensatedSum()) { $0.add($1 * $1) }.value.squareRoot()
  }

  /// Wilson's limits for the number of people of weight 1 that would give the standard error.
  ///
  /// p (1 − p) / σ² people; Kish's effective size at a share of 0 or 1.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public func limits(level: Double = 0.95) throws(StatisticsError) -> ConfidenceLimits? {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    guard let estimate, let standardError else { return nil }
    let size =
      standardError > 0
      ? estimate * (1 - estimate) / (standardError * standardError) : effectiveSize
    guard size > 0 else { return nil }
    return WilsonInterval.limits(estimate * size, of: size, z: z)
  }
}
