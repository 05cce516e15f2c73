import Glibc

/// Which places in a ranking each group may have, given how uncertain the figures are.
///
///     let ranks = try RankIntervals(shares: networks, level: 0.95)
///     // ranks[3] → place 1 of 8, but anything from 1 to 6
///
/// Place 1 is the highest. A group's best place is 1 + the number of groups that are above it with
/// confidence, its worst the number of groups that are not below it with confidence. Who is above whom
/// comes from the one-sided tests of all ordered pairs, by Holm's method at 1 − level: all the
/// intervals together hold all true places with at least this probability (equal groups share places;
/// each holds any of those).
///
/// - SeeAlso: Mogstad, Romano, Shaikh, Wilhelm (2024), doi:10.1093/restud/rdad006.
public struct RankIntervals: Equatable, Sendable {
  /// The places of one group.
  public struct Places: Equatable, Sendable {
    /// The place by the estimates alone; equal groups share the best of theirs.
    public let observed: Int
    /// The best place that the data do not exclude.
    public let best: Int
    /// The worst place that the data do not exclude.
    public let worst: Int
  }

  /// The places of each group, in the order given; nil for a group without an estimate.
  public let places: [Places?]
  /// The probability with which all intervals hold.
  public let level: Double

  /// Ranks independent estimates with normal errors.
  ///
  /// - Parameters:
  ///   - estimates: An estimate and its standard error a group; nil where there is none.
  ///   - level: The probability with which all intervals hold.
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  /// - Precondition: Numbers are finite, errors not negative.
  /// - Complexity: O(groups² log groups).
  public init(
    estimates: [(estimate: Double, standardError: Double)?], level: Double = 0.95
  ) throws(StatisticsError) {
    try self.init(values: estimates.map { $0?.estimate }, level: level) { first, second in
      guard let a = estimates[first], let b = estimates[second] else { return 0 }
      let difference = a.estimate - b.estimate
      // Two figures without any error differ for certain, or not at all.
      return difference == 0 ? 0 : difference / hypot(a.standardError, b.standardError)
    }
  }

  /// Ranks groups by their known share, with the score test of ``ShareComparison``.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public init(shares: [OutcomeShares], level: Double = 0.95) throws(StatisticsError) {
    _ = try StandardNormal.twoSidedQuantile(level: level)
    try self.init(values: shares.map(\.known), level: level) { first, second in
      (try? ShareComparison(shares[first], shares[second], level: level))?.zScore ?? 0
    }
  }

  private init(
    values: [Double?], level: Double, zScore: (Int, Int) -> Double
  ) throws(StatisticsError) {
    _ = try StandardNormal.twoSidedQuantile(level: level)
    let groups = values.indices.filter { values[$0] != nil }
    var tests: [(higher: Int, lower: Int, p: Double)] = []
    for first in groups {
      for second in groups where second != first {
        // Only a group whose estimate is higher can be found to be above.
        let p = 0.5 * erfc(zScore(first, second) * 0.5.squareRoot())
        tests.append((first, second, p))
      }
    }
    tests.sort { ($0.p, $0.higher, $0.lower) < ($1.p, $1.higher, $1.lower) }
    var above = [Int](repeating: 0, count: values.count)
    var below = [Int](repeating: 0, count: values.count)
    for (index, test) in tests.enumerated() {
      guard test.p * Double(tests.count - index) <= 1 - level else { break }
      above[test.lower] += 1
      below[test.higher] += 1
    }
    self.level = level
    places = values.indices.map { group in
      guard let value = values[group] else { return nil }
      return Places(
        observed: 1 + groups.count { (values[$0] ?? value) > value },
        best: 1 + above[group], worst: groups.count - below[group])
    }
  }

  /// The places of a group; nil when it has no estimate.
  public subscript(_ group: Int) -> Places? { places[group] }
}
