/// The share of an outcome among units of unequal weight, with what is not known about it.
///
///     let shares = WeightedShares(yes: [2: 10, 5: 4], no: [2: 7], unknown: [5: 3], kind: .sampling)
///     // shares.all 40/69, shares.known 40/54, try shares.limits()
///
/// The same shares as those of ``OutcomeShares``, with sums of weights in place of numbers of people: K, M
/// and U are the weights of those with a yes, with a no, and of whom it is not known.
///
/// The standard error of ``known`` p = Σ w y / Σ w is, for sampling weights, that of a ratio of means
/// (Taylor linearisation, units drawn independently): √(n/(n − 1) · Σ w² (y − p)²) / Σ w, n the units heard
/// of; `svymean(~y, svydesign(ids = ~1, weights = ~w))` in R's `survey`. For frequencies it is
/// √(p (1 − p) / Σ w).
///
/// - SeeAlso: Särndal, Swensson, Wretman (1992), Model Assisted Survey Sampling, section 5.7; Korn, Graubard
///   (1998), Survey Methodology 24:193–201 (limits).
public struct WeightedShares: Equatable, Sendable {
  /// What a weight says.
  public enum Kind: Sendable {
    /// How many one in the sample stands for.
    case sampling
    /// How many one row is.
    case frequency
  }

  /// How many units have each weight.
  public typealias Weights = [Double: Int]

  /// What the weights say.
  public let kind: Kind
  /// The sum of the weights of those with the outcome.
  public let yes: Double
  /// The sum of the weights of those known not to have it.
  public let no: Double
  /// The sum of the weights of those due of whom it is not known.
  public let unknown: Double
  private let heardYes: Double
  private let heardNo: Double
  /// The sums of the squares of the weights of those heard of.
  private let squaresOfYes: Double
  private let squaresOfNo: Double
  private let heardUnits: Int

  /// Takes the weights of the units due.
  ///
  /// - Parameters:
  ///   - yes: Those with the outcome, known as late as the contrary would have been.
  ///   - no: Those without, likewise.
  ///   - unknown: Those of whom it is not known.
  ///   - earlyYes: Those whose yes was known earlier than a no would have been: they are not heard of, but
  ///     count in ``all`` and ``bounds``.
  ///   - earlyNo: Those whose no was known earlier than a yes would have been.
  ///   - kind: What the weights say.
  public init(
    yes: Weights, no: Weights, unknown: Weights, earlyYes: Weights = [:], earlyNo: Weights = [:],
    kind: Kind
  ) {
    self.kind = kind
    heardYes = Self.sum(yes)
    heardNo = Self.sum(no)
    self.yes = heardYes + Self.sum(earlyYes)
    self.no = heardNo + Self.sum(earlyNo)
    self.unknown = Self.sum(unknown)
    squaresOfYes = Self.sum(yes, power: 2)
    squaresOfNo = Self.sum(no, power: 2)
    heardUnits = Self.units(yes) + Self.units(no)
  }

  /// The weight of those due, K + M + U.
  public var due: Double { yes + no + unknown }
  private var heard: Double { heardYes + heardNo }

  /// K / (K + M + U); nil when the due weigh nothing.
  public var all: Double? { Self.share(yes, of: due) }
  /// The weighted share among those heard of; nil when they weigh nothing.
  public var known: Double? { Self.share(heardYes, of: heard) }
  /// The weight heard of among that due; nil when the due weigh nothing.
  public var coverage: Double? { Self.share(heard, of: due) }
  /// K and K + U of the weight due: what the share can be, whatever the unknown are.
  public var bounds: ShareBounds? {
    guard let lower = all, let upper = Self.share(yes + unknown, of: due) else { return nil }
    return ShareBounds(lower: lower, upper: min(max(lower, upper), 1))
  }

  /// Kish's effective size of those heard of: so many of equal weight say as much; their sum, of frequencies.
  public var effectiveSize: Double {
    guard kind == .sampling else { return heard }
    let square = squaresOfYes + squaresOfNo
    return square > 0 ? heard * heard / square : 0
  }

  /// The standard error of ``known``; nil without it, and of a single unit of a sample.
  public var standardError: Double? {
    guard let known else { return nil }
    guard kind == .sampling else { return (known * (1 - known) / heard).squareRoot() }
    guard heardUnits > 1 else { return nil }
    let unit = Double(heardUnits)
    let residuals = squaresOfYes * (1 - known) * (1 - known) + squaresOfNo * known * known
    return (unit / (unit - 1) * residuals).squareRoot() / heard
  }

  /// Wilson's limits of ``known`` for the number of units of weight 1 that would give the standard error.
  ///
  /// p (1 − p) / σ² units; the effective size at a share of 0 or 1, where σ is 0.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public func limits(level: Double = 0.95) throws(StatisticsError) -> ConfidenceLimits? {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    guard let known else { return nil }
    var size = effectiveSize
    if let standardError, standardError > 0 {
      size = known * (1 - known) / (standardError * standardError)
    }
    guard size > 0 else { return nil }
    return WilsonInterval.limits(known * size, of: size, z: z)
  }

  private static func share(_ part: Double, of whole: Double) -> Double? {
    whole > 0 ? min(part / whole, 1) : nil
  }

  private static func units(_ weights: Weights) -> Int { weights.values.reduce(0, +) }

  /// The sum of powers of weights, in the order of the weights, so that it is the same every time.
  private static func sum(_ weights: Weights, power: Int = 1) -> Double {
    weights.sorted { $0.key < $1.key }.reduce(into: CompensatedSum()) { sum, entry in
      sum.add((power == 2 ? entry.key * entry.key : entry.key) * Double(entry.value))
    }.value
  }
}
