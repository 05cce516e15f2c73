import Glibc

/// The share of people with an outcome, with what is not known about it.
///
///     let shares = try OutcomeShares(yes: 34, no: 17, unknown: 12, notDue: 20)
///     // shares.all 34/63, shares.known 34/51, shares.bounds 34/63 … 46/63, shares.coverage 51/63
///
/// With K people for whom the outcome is known to be true, M for whom it is known to be false and U
/// of whom it is not known, N = K + M + U are due:
///
/// | property | formula | reads |
/// |---|---|---|
/// | ``all`` | K / N | as official statistics count: unknown is no |
/// | ``known`` | K / (K + M) | of those heard of; true of all if the others are like them |
/// | ``bounds`` | K / N … (K + U) / N | whatever the unknown would say |
/// | ``coverage`` | (K + M) / N | how many were heard of |
///
/// Whoever has not yet reached the horizon is not due and stands in no denominator. A share among
/// nobody is nil, never 0.
///
/// - SeeAlso: Manski (1989), doi:10.2307/145818 (bounds).
public struct OutcomeShares: Hashable, Sendable {
  /// What is known of one person's outcome.
  public enum Outcome: Hashable, Sendable, CaseIterable {
    /// The outcome came about.
    case yes
    /// It did not.
    case no
    /// The person is due, and nobody knows.
    case unknown
    /// The horizon lies after the end of the data.
    case notDue
  }

  /// People with the outcome, K.
  public let yes: Int
  /// People known not to have it, M.
  public let no: Int
  /// People due of whom it is not known, U.
  public let unknown: Int
  /// People who have not reached the horizon.
  public let notDue: Int

  /// Takes the four counts.
  ///
  /// - Throws: ``StatisticsError/countNegative(_:)``.
  public init(yes: Int, no: Int, unknown: Int = 0, notDue: Int = 0) throws(StatisticsError) {
    for count in [yes, no, unknown, notDue] where count < 0 { throw .countNegative(count) }
    self.init(counts: yes, no, unknown, notDue)
  }

  /// Counts what is known of each person.
  public init(_ outcomes: some Sequence<Outcome>) {
    var counts = (yes: 0, no: 0, unknown: 0, notDue: 0)
    for outcome in outcomes {
      switch outcome {
      case .yes: counts.yes += 1
      case .no: counts.no += 1
      case .unknown: counts.unknown += 1
      case .notDue: counts.notDue += 1
      }
    }
    self.init(counts: counts.yes, counts.no, counts.unknown, counts.notDue)
  }

  private init(counts yes: Int, _ no: Int, _ unknown: Int, _ notDue: Int) {
    self.yes = yes
    self.no = no
    self.unknown = unknown
    self.notDue = notDue
  }

  /// The two groups together.
  public static func + (left: OutcomeShares, right: OutcomeShares) -> OutcomeShares {
    OutcomeShares(
      counts: left.yes + right.yes, left.no + right.no, left.unknown + right.unknown,
      left.notDue + right.notDue)
  }

  /// The people due, N.
  public var due: Int { yes + no + unknown }
  /// The people due of whom the outcome is known, K + M.
  public var answered: Int { yes + no }

  /// K / N; nil when nobody is due.
  public var all: Double? { Self.share(yes, of: due) }
  /// K / (K + M); nil when nothing is known of anybody.
  public var known: Double? { Self.share(yes, of: answered) }
  /// (K + M) / N; nil when nobody is due.
  public var coverage: Double? { Self.share(answered, of: due) }

  /// K / N and (K + U) / N: what the share can be, whatever the unknown are; nil when nobody is due.
  ///
  /// The two are equal exactly when nobody is unknown. They say nothing about sampling; for that
  /// ``limits(level:)``.
  public var bounds: ShareBounds? {
    guard let lower = all, let upper = Self.share(yes + unknown, of: due) else { return nil }
    return ShareBounds(lower: lower, upper: upper)
  }

  /// Wilson's interval of ``known``.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public func interval(level: Double = 0.95) throws(StatisticsError) -> WilsonInterval {
    try WilsonInterval(successes: yes, of: answered, level: level)
  }

  /// Limits that hold the share with the given confidence, whatever the unknown are.
  ///
  /// Wilson's lower limit of the lower bound and upper limit of the upper bound, with the quantile
  /// of Imbens and Manski: the two-sided one when nobody is unknown (the limits are then Wilson's),
  /// falling to the one-sided one as the bounds part, because the share can be near one of them only.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  /// - SeeAlso: Imbens, Manski (2004), doi:10.1111/j.1468-0262.2004.00555.x.
  public func limits(level: Double = 0.95) throws(StatisticsError) -> ConfidenceLimits? {
    let total = Double(due)
    guard let bounds else {
      _ = try StandardNormal.twoSidedQuantile(level: level)
      return nil
    }
    let errors = [bounds.lower, bounds.upper].map { ($0 * (1 - $0) / total).squareRoot() }
    let z = try bounds.quantile(standardErrors: (errors[0], errors[1]), level: level)
    return ConfidenceLimits(
      lower: WilsonInterval.limits(Double(yes), of: total, z: z)?.lower ?? .nan,
      upper: WilsonInterval.limits(Double(yes + unknown), of: total, z: z)?.upper ?? .nan)
  }

  private static func share(_ count: Int, of total: Int) -> Double? {
    total > 0 ? Double(count) / Double(total) : nil
  }
}

/// The least and the greatest value that a quantity can have, given what is not known.
public struct ShareBounds: Equatable, Sendable {
  /// The least value: the worst case.
  public let lower: Double
  /// The greatest value: the best case.
  public let upper: Double

  /// Takes two numbers in order.
  ///
  /// - Precondition: lower ≤ upper, within rounding.
  public init(lower: Double, upper: Double) {
    precondition(lower <= upper + 1e-9, "bounds in the wrong order")
    self.lower = lower
    self.upper = max(lower, upper)
  }

  /// How much is not known: upper − lower.
  public var width: Double { upper - lower }

  /// The z at which lower − zσ … upper + zσ holds the quantity with a given confidence.
  ///
  /// Φ(z + width / σ) − Φ(−z) = level, σ the larger standard error.
  func quantile(
    standardErrors: (lower: Double, upper: Double), level: Double
  ) throws(StatisticsError) -> Double {
    let twoSided = try StandardNormal.twoSidedQuantile(level: level)
    guard width > 0 else { return twoSided }
    let oneSided = StandardNormal.quantile(level)
    let error = max(standardErrors.lower, standardErrors.upper)
    guard error > 0 else { return oneSided }
    let gap = width / error
    // Below a level of one half the one-sided quantile is negative; the limits still hold the bounds.
    var (low, high) = (max(oneSided, 0), twoSided)
    guard low < high else { return high }
    for _ in 0..<80 {
      let middle = (low + high) / 2
      let reached = StandardNormal.below(middle + gap) - StandardNormal.below(-middle)
      if reached < level { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
