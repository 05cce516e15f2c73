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
  /// The weighted share; nil where no weights can be made, because nobody was heard of.
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
    guard responded.contains(true) else {
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

  /// One column of 0 and 1 for each value of each attribute, without those that the others already say.
  private static func columns(_ profiles: [[String?]], _ cells: [Int]) -> [[Double]] {
    let present = Set(cells).sorted()
    guard let width = profiles.first?.count else { return [] }
    var columns: [[Double]] = []
    // What is said so far: the constant, then one direction for each column, at right angles.
    var directions = [
      [Double](repeating: 1 / Double(present.count).squareRoot(), count: present.count)
    ]
    for attribute in 0..<width {
      var values: [String?] = []
      for cell in present where !values.contains(profiles[cell][attribute]) {
        values.append(profiles[cell][attribute])
      }
      for value in values {
        var rest = present.map { profiles[$0][attribute] == value ? 1.0 : 0 }
        for direction in directions {
          let length = zip(rest, direction).reduce(0) { $0 + $1.0 * $1.1 }
          for place in rest.indices { rest[place] -= length * direction[place] }
        }
        let length = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 1e-6 else { continue }
        directions.append(rest.map { $0 / length })
        columns.append(cells.map { profiles[$0][attribute] == value ? 1 : 0 })
      }
    }
    return columns
  }
}
