import Glibc

/// The shares of two independent groups compared: difference, ratio, limits and test.
///
///     let comparison = try ShareComparison(first: (34, 51), second: (20, 49))
///     // comparison.difference 0.258, comparison.differenceLimits, comparison.pValue
///
/// | property | method |
/// |---|---|
/// | ``differenceLimits`` | p₁ − p₂ with limits from Wilson's limits of each share (Newcombe's method 10) |
/// | ``ratioLimits`` | p₁ / p₂ with limits from the same (Donner and Zou); they exist at 0 of n as well |
/// | ``pValue`` | score test with the pooled share; z² is the chi-square test without correction |
/// | ``exactPValue`` | Fisher's exact test, for small counts (``isSmall``) |
///
/// Agrees with `prop.test(x, n, correct = FALSE)$p.value` and `fisher.test(…)$p.value` in R.
///
/// - SeeAlso: Newcombe (1998), Statistics in Medicine 17:873–890;
///   Donner, Zou (2012), doi:10.1177/0962280210383082; Fisher (1935), The Design of Experiments.
public struct ShareComparison: Equatable, Sendable {
  /// A count among a total; not whole where answers were imputed.
  struct Part: Equatable, Sendable {
    var count: Double
    var total: Double

    var share: Double? { total > 0 ? count / total : nil }
  }

  let first: Part
  let second: Part
  /// The confidence level of the limits.
  public let level: Double
  private let z: Double

  /// Compares a count among a total with another.
  ///
  /// - Throws: ``StatisticsError/countOutsideTotal(count:total:)`` unless 0 ≤ count ≤ total, or
  ///   ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public init(
    first: (count: Int, total: Int), second: (count: Int, total: Int), level: Double = 0.95
  ) throws(StatisticsError) {
    for (count, total) in [first, second] where count < 0 || count > total {
      throw .countOutsideTotal(count: count, total: total)
    }
    try self.init(
      Part(count: Double(first.count), total: Double(first.total)),
      Part(count: Double(second.count), total: Double(second.total)), level: level)
  }

  /// Compares the known shares of two groups.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public init(
    _ first: OutcomeShares, _ second: OutcomeShares, level: Double = 0.95
  ) throws(StatisticsError) {
    try self.init(
      first: (first.yes, first.answered), second: (second.yes, second.answered), level: level)
  }

  init(_ first: Part, _ second: Part, level: Double) throws(StatisticsError) {
    z = try StandardNormal.twoSidedQuantile(level: level)
    self.first = first
    self.second = second
    self.level = level
  }

  /// Whether an expected count is so small that Fisher's exact test is the one to quote.
  public var usesFisher: Bool { isSmall && exactPValue != nil }
  /// The p value to quote: of Fisher's exact test for small counts, else of the score test.
  public var testedPValue: Double? { usesFisher ? exactPValue : pValue }

  /// The share of the first group; nil among nobody.
  public var firstShare: Double? { first.share }
  /// The share of the second group; nil among nobody.
  public var secondShare: Double? { second.share }

  /// p₁ − p₂; nil when one group is empty.
  public var difference: Double? {
    guard let p1 = first.share, let p2 = second.share else { return nil }
    return p1 - p2
  }

  /// Newcombe's limits of the difference; nil when one group is empty.
  public var differenceLimits: ConfidenceLimits? {
    guard let sides else { return nil }
    let (p1, p2, a, b) = sides
    return ConfidenceLimits(
      lower: max(p1 - p2 - hypot(p1 - a.lower, b.upper - p2), -1),
      upper: min(p1 - p2 + hypot(a.upper - p1, p2 - b.lower), 1))
  }

  /// p₁ / p₂; nil when one group is empty or nobody in the second has the outcome.
  public var ratio: Double? {
    guard let p1 = first.share, let p2 = second.share, p2 > 0 else { return nil }
    return p1 / p2
  }

  /// Limits of the ratio; nil where there is no ratio.
  public var ratioLimits: ConfidenceLimits? {
    guard let sides, ratio != nil else { return nil }
    let (p1, p2, a, b) = sides
    // With l, u Wilson's limits: (p₁p₂ ∓ √(p₁²p₂² − bc)) / c, b = l₁(2p₁ − l₁), c = u₂(2p₂ − u₂) for the
    // lower one and the other way round for the upper; the lower one as b over a sum, which has no
    // cancellation and no pole where c is 0.
    let product = p1 * p2
    func root(_ b: Double, _ c: Double) -> Double { max(product * product - b * c, 0).squareRoot() }
    let low = (b: a.lower * (2 * p1 - a.lower), c: b.upper * (2 * p2 - b.upper))
    let high = (b: a.upper * (2 * p1 - a.upper), c: b.lower * (2 * p2 - b.lower))
    let lowerRoot = product + root(low.b, low.c)
    return ConfidenceLimits(
      lower: lowerRoot > 0 ? low.b / lowerRoot : 0,
      upper: (product + root(high.b, high.c)) / high.c)
  }

  private var sides: (Double, Double, ConfidenceLimits, ConfidenceLimits)? {
    guard let p1 = first.share, let p2 = second.share,
      let a = WilsonInterval.limits(first.count, of: first.total, z: z),
      let b = WilsonInterval.limits(second.count, of: second.total, z: z)
    else { return nil }
    return (p1, p2, a, b)
  }

  /// The difference in standard errors under one common share; nil when one group is empty.
  ///
  /// 0 when everybody, or nobody, in both groups has the outcome.
  public var zScore: Double? {
    guard let difference else { return nil }
    let pooled = (first.count + second.count) / (first.total + second.total)
    let variance = pooled * (1 - pooled) * (1 / first.total + 1 / second.total)
    return variance > 0 ? difference / variance.squareRoot() : 0
  }

  /// The two-sided p-value of the score test; nil when one group is empty.
  public var pValue: Double? { zScore.map { erfc(abs($0) * 0.5.squareRoot()) } }

  /// Whether an expected count is below 5: the score test is then rough, ``exactPValue`` is not.
  public var isSmall: Bool {
    let total = first.total + second.total
    let yes = first.count + second.count
    guard total > 0 else { return true }
    return min(first.total, second.total) * min(yes, total - yes) / total < 5
  }

  /// The two-sided p-value of Fisher's exact test; nil when a group is empty or counts are not whole.
  ///
  /// The probability, given all margins, of tables that are not more probable than this one.
  ///
  /// - Complexity: O(smaller margin).
  public var exactPValue: Double? {
    guard first.total > 0, second.total > 0,
      [first.count, second.count, first.total, second.total].allSatisfy({ $0 == $0.rounded() })
    else { return nil }
    let (rows, others, yes) = (first.total, second.total, first.count + second.count)
    let (least, most) = (max(0, yes - others), min(rows, yes))
    // Probabilities relative to that of the most probable table, from which both tails fall.
    let top = min(max(((rows + 1) * (yes + 1) / (rows + others + 2)).rounded(.down), least), most)
    var observed = first.count == top ? 1.0 : 0
    var weights = [1.0]
    for (step, last) in [(1.0, most), (-1.0, least)] {
      var (count, weight) = (top, 1.0)
      while weight > 0, count != last {
        let k = min(count, count + step)
        let factor = (rows - k) * (yes - k) / ((k + 1) * (others - yes + k + 1))
        weight = step > 0 ? weight * factor : weight / factor
        count += step
        if count == first.count { observed = weight }
        weights.append(weight)
      }
    }
    // Ties of probability are equal in exact arithmetic only.
    let bar = observed * (1 + 1e-7)
    let total = weights.reduce(into: CompensatedSum()) { $0.add($1) }
    let tail = weights.reduce(into: CompensatedSum()) { if $1 <= bar { $0.add($1) } }
    return min(tail.value / total.value, 1)
  }
}
