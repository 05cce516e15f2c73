import Glibc

/// How the people of whom nothing is known would have to answer for a conclusion to change.
public enum Tipping: Equatable, Sendable {
  /// However they answered: it holds if all of them said no.
  case always
  /// However they answered: it does not hold if all of them said yes.
  case never
  /// From this share of yes among the unknown on; `people` is the smallest whole number that does.
  case from(share: Double, people: Int)

  /// The smallest share of yes among unknown people at which a condition that rises with it holds.
  ///
  /// - Parameters:
  ///   - unknown: The people of whom nothing is known.
  ///   - solution: The share at which the condition turns, when known in closed form; else bisection.
  ///   - holds: Whether the condition holds for a count of yes among them, whole or not.
  static func smallest(
    unknown: Int, solution: Double? = nil, _ holds: (Double) -> Bool
  ) -> Tipping {
    if holds(0) { return .always }
    guard unknown > 0, holds(Double(unknown)) else { return .never }
    var (low, high) = (0, unknown)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if holds(Double(middle)) { high = middle } else { low = middle }
    }
    if let solution { return .from(share: min(max(solution, 0), 1), people: high) }
    var (from, to) = (Double(low), Double(high))
    for _ in 0..<60 {
      let middle = (from + to) / 2
      if holds(middle) { to = middle } else { from = middle }
    }
    return .from(share: to / Double(unknown), people: high)
  }
}

/// What the unknown would have to say for a share to reach a target.
///
///     let tipping = try TargetTipping(shares, target: 0.5)
///     // tipping.reached   .from(share: 0.42, people: 5): half of all, if 5 of the 12 were yes
///     // tipping.confident .never: not even if all 12 were, with confidence
///
/// The share of all people due is (K + δU) / N, δ the share of yes among the unknown. Both answers are
/// exact: the share reaches t at δ = (tN − K) / U, and Wilson's lower limit reaches it at
/// δ = (tN + z √(t (1 − t) N) − K) / U. The latter takes imputed answers for answers.
///
/// - SeeAlso: Yan, Lee, Li (2009), Journal of Biopharmaceutical Statistics 19:1085–1098 (tipping points for missing data).
public struct TargetTipping: Equatable, Sendable {
  /// When the share itself reaches the target.
  public let reached: Tipping
  /// When the lower confidence limit of the share reaches it.
  public let confident: Tipping

  /// Finds the tipping points of one group.
  ///
  /// - Returns: Nil when nobody is due.
  /// - Throws: ``StatisticsError/shareOutsideUnitInterval(_:)`` for the target, or
  ///   ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public init?(
    _ shares: OutcomeShares, target: Double, level: Double = 0.95
  ) throws(StatisticsError) {
    guard target >= 0, target <= 1 else { throw .shareOutsideUnitInterval(target) }
    let z = try StandardNormal.twoSidedQuantile(level: level)
    guard shares.due > 0 else { return nil }
    let (yes, total) = (Double(shares.yes), Double(shares.due))
    let unknown = Double(shares.unknown)
    let needed = target * total
    let margin = z * (target * (1 - target) * total).squareRoot()
    // A target such as 0.7 of 10 people is meant to be reached by 7, whatever 0.7 is in binary.
    let slack = 1e-12 * total
    reached = .smallest(unknown: shares.unknown, solution: (needed - yes) / unknown) {
      yes + $0 >= needed - slack
    }
    confident = .smallest(unknown: shares.unknown, solution: (needed + margin - yes) / unknown) {
      yes + $0 >= needed + margin - slack
    }
  }
}
