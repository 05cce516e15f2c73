/// What the unknown of two groups would have to say for their comparison to turn out otherwise.
///
///     let tipping = try ComparisonTipping(mentored, others)
///     let path = tipping.path(of: .first)
///     // path.notLower, path.equal, path.higher: the share of yes among the unknown of the first group
///     // from which it is no longer significantly lower, equal, and significantly higher
///
/// Each group's unknown people are given a share of yes, which makes complete groups of N₁ and N₂
/// people; these are compared with ``ShareComparison``. Imputed answers are taken for answers, so that a
/// "significant" here is a statement about what people would have said, not about the imputation.
///
/// - SeeAlso: Yan, Lee, Li (2009), Journal of Biopharmaceutical Statistics 19:1085–1098.
public struct ComparisonTipping: Sendable {
  /// One of the two groups.
  public enum Group: Hashable, Sendable, CaseIterable {
    /// The first group.
    case first
    /// The second group.
    case second
  }

  /// What a comparison says at its level.
  public enum Conclusion: Hashable, Sendable {
    /// The first group's share is significantly higher.
    case firstHigher
    /// The second group's share is significantly higher.
    case secondHigher
    /// The two do not differ significantly.
    case undecided
  }

  /// Where the conclusion changes as the share of yes among one group's unknown rises from 0 to 1.
  ///
  /// The other group's unknown answer like its known, or no where nothing is known of it.
  public struct Path: Equatable, Sendable {
    /// From where on this group is no longer significantly lower.
    public let notLower: Tipping
    /// From where on its share is at least the other's.
    public let equal: Tipping
    /// From where on it is significantly higher.
    public let higher: Tipping
  }

  /// One assumption about the unknown, and what follows.
  public struct Cell: Sendable {
    /// The share of yes among the unknown of the first group.
    public let firstShare: Double
    /// The share of yes among the unknown of the second group.
    public let secondShare: Double
    /// The comparison of the completed groups.
    public let comparison: ShareComparison
    /// What it says.
    public let conclusion: Conclusion
  }

  /// The first group.
  public let first: OutcomeShares
  /// The second group.
  public let second: OutcomeShares
  /// The confidence level.
  public let level: Double
  private let z: Double

  /// Takes two independent groups.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
  public init(
    _ first: OutcomeShares, _ second: OutcomeShares, level: Double = 0.95
  ) throws(StatisticsError) {
    z = try StandardNormal.twoSidedQuantile(level: level)
    self.first = first
    self.second = second
    self.level = level
  }

  /// The least and greatest difference, first − second, whatever the unknown are.
  ///
  /// Nil when nobody is due in one group.
  public var bounds: ShareBounds? {
    guard let a = first.bounds, let b = second.bounds else { return nil }
    return ShareBounds(lower: a.lower - b.upper, upper: a.upper - b.lower)
  }

  /// Whether every assumption about the unknown leads to the same conclusion.
  ///
  /// The z of the comparison rises with the first group's share and falls with the second's, so the
  /// two extreme corners decide.
  public var isDecided: Bool {
    conclusion(firstShare: 0, secondShare: 1) == conclusion(firstShare: 1, secondShare: 0)
  }

  /// The comparison when the unknown have given shares of yes.
  ///
  /// - Throws: ``StatisticsError/shareOutsideUnitInterval(_:)``.
  public func cell(firstShare: Double, secondShare: Double) throws(StatisticsError) -> Cell {
    for share in [firstShare, secondShare] where !(share >= 0 && share <= 1) {
      throw .shareOutsideUnitInterval(share)
    }
    let comparison = try ShareComparison(
      Self.completed(first, firstShare), Self.completed(second, secondShare), level: level)
    return Cell(
      firstShare: firstShare, secondShare: secondShare, comparison: comparison,
      conclusion: conclusion(firstShare: firstShare, secondShare: secondShare))
  }

  /// Every combination of shares 0, 1/steps, … 1 among the unknown; the second group's runs fastest.
  ///
  /// - Precondition: steps > 0.
  public func grid(steps: Int = 10) throws(StatisticsError) -> [Cell] {
    precondition(steps > 0, "a grid has at least one step")
    var cells: [Cell] = []
    for row in 0...steps {
      for column in 0...steps {
        cells.append(
          try cell(
            firstShare: Double(row) / Double(steps), secondShare: Double(column) / Double(steps)))
      }
    }
    return cells
  }

  /// Where the conclusion changes as one group's unknown say yes more and more often.
  public func path(of group: Group) -> Path {
    let (moved, other) = group == .first ? (first, second) : (second, first)
    let fixed = Self.completed(other, other.known ?? 0)
    func reaches(_ bar: Double) -> Tipping {
      Tipping.smallest(unknown: moved.unknown) { count in
        let part = ShareComparison.Part(
          count: Double(moved.yes) + count, total: Double(moved.due))
        return zScore(part, fixed) >= bar
      }
    }
    let slack = 1e-12
    return Path(notLower: reaches(-z + slack), equal: reaches(-slack), higher: reaches(z - slack))
  }

  /// The conclusion of given shares; undecided when one group is empty.
  private func conclusion(firstShare: Double, secondShare: Double) -> Conclusion {
    let score = zScore(Self.completed(first, firstShare), Self.completed(second, secondShare))
    return if score >= z { .firstHigher } else if score <= -z { .secondHigher } else { .undecided }
  }

  private func zScore(_ first: ShareComparison.Part, _ second: ShareComparison.Part) -> Double {
    (try? ShareComparison(first, second, level: level))?.zScore ?? 0
  }

  private static func completed(_ shares: OutcomeShares, _ share: Double) -> ShareComparison.Part {
    ShareComparison.Part(
      count: Double(shares.yes) + share * Double(shares.unknown), total: Double(shares.due))
  }
}
