public import Statistics

/// The shares of a group, weighted by how likely people of each entry profile were heard of.
///
/// Everybody due with the same values of the attributes is one profile; whoever was heard of stands for
/// those of the same profile who were not. Where nobody of a profile was heard of, a logistic model of the
/// attributes, each by itself, takes the place of the cross table (with Firth's penalty, so that it always
/// has an answer). That response has nothing to do with the outcome among people of one profile is an
/// assumption that no data can show.
public struct ResponseWeighting: Sendable {
  /// Where the probabilities of being heard of come from.
  public enum Model: String, Sendable {
    /// The share heard of in each profile.
    case profiles
    /// A logistic model of the attributes.
    case logistic
  }

  /// Where the probabilities come from; nil where no weights can be made.
  public let model: Model?
  /// The weighted share; nil where no weights can be made: nobody, or everybody, was heard of.
  public let share: ResponseWeightedShare?
  /// Its limits.
  public let limits: ConfidenceLimits?
  /// The largest weight, 1 being the average.
  public let largest: Double?

  /// Weighs the outcomes of a group's profiles.
  ///
  /// - Parameter profiles: The values of each profile, and its people.
  /// - Throws: `StatisticsError` for the level.
  init(
    _ profiles: [(values: [String?], shares: OutcomeShares)], level: Double
  ) throws(StatisticsError) {
    var (responded, outcomes, cells): ([Bool], [Bool], [Int]) = ([], [], [])
    for (cell, profile) in profiles.enumerated() {
      let shares = profile.shares
      responded += [Bool](repeating: true, count: shares.answered)
      responded += [Bool](repeating: false, count: shares.unknown)
      outcomes += [Bool](repeating: true, count: shares.yes)
      outcomes += [Bool](repeating: false, count: shares.no + shares.unknown)
      cells += [Int](repeating: cell, count: shares.due)
    }
    guard responded.contains(true), responded.contains(false) else {
      (model, share, limits, largest) = (nil, nil, nil, nil)
      return
    }
    let isTold = profiles.allSatisfy { $0.shares.due == 0 || $0.shares.answered > 0 }
    let weights: ResponseWeights?
    if isTold {
      weights = try ResponseWeights(responded: responded, cells: cells)
    } else {
      let columns = ResponseWeighting.columns(profiles.map(\.values), cells)
      weights = try? ResponseWeights(responded: responded, covariates: columns, penalty: .firth)
    }
    guard let weights else {
      (model, share, limits, largest) = (nil, nil, nil, nil)
      return
    }
    let share = ResponseWeightedShare(outcomes: outcomes, weights: weights)
    model = isTold ? .profiles : .logistic
    self.share = share
    limits = try share.limits(level: level)
    largest = weights.largest
  }

  /// One column of 0 and 1 for each value of each attribute but the first.
  private static func columns(_ profiles: [[String?]], _ cells: [Int]) -> [[Double]] {
    guard let width = profiles.first?.count else { return [] }
    return (0..<width).flatMap { attribute -> [[Double]] in
      var values: [String?] = []
      for cell in Set(cells).sorted() where !values.contains(profiles[cell][attribute]) {
        values.append(profiles[cell][attribute])
      }
      return values.dropFirst().map { value in
        cells.map { profiles[$0][attribute] == value ? 1 : 0 }
      }
    }
  }
}
