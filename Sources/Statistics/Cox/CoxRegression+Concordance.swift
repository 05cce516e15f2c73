/// How well a model ranks: of pairs whose order is known, the share it orders rightly.
public struct Concordance: Equatable, Sendable {
  /// Pairs in which the row with the higher predictor has the event first.
  public let concordant: Double
  /// Pairs in which it has not.
  public let discordant: Double
  /// Pairs with equal predictors.
  public let tied: Double

  /// (concordant + tied / 2) / all; nil without a pair.
  ///
  /// 0.5 is no better than chance.
  public var index: Double? {
    let pairs = concordant + discordant + tied
    return pairs > 0 ? (concordant + tied / 2) / pairs : nil
  }
}

extension CoxRegression {
  /// The concordance of the linear predictors with the order of events.
  ///
  /// A pair counts when one has the event while the other is at risk in the same stratum and has
  /// not the event at the same time; a pair of weighted rows counts with the product of the
  /// weights. Agrees with `concordance(fit)` in R.
  ///
  /// - Complexity: O(n log n).
  /// - SeeAlso: Harrell, Lee, Mark (1996),
  ///   doi:10.1002/(SICI)1097-0258(19960229)15:4<361::AID-SIM168>3.0.CO;2-4.
  public func concordance() -> Concordance {
    let predictors = design.predictors(standardised)
    let values = Set(predictors).sorted()
    let ranks = predictors.map { values.insertionIndex(of: $0) }
    var concordant = CompensatedSum()
    var discordant = CompensatedSum()
    var tied = CompensatedSum()
    let sets = design.sets
    for stratum in 0..<sets.strata.count - 1 {
      var atRisk = PrefixSums(count: values.count)
      for step in sets.strata[stratum]..<sets.strata[stratum + 1] {
        for row in sets.joining[step]..<sets.joining[step + 1] {
          atRisk.add(design.weights[row], at: ranks[row])
        }
        for row in sets.leavingRows[sets.leaving[step]..<sets.leaving[step + 1]] {
          atRisk.add(-design.weights[row], at: ranks[row])
        }
        // Those who die now are compared with the others only.
        for row in sets.deaths[step] { atRisk.add(-design.weights[row], at: ranks[row]) }
        for row in sets.deaths[step] {
          let below = atRisk.sum(below: ranks[row])
          let upTo = atRisk.sum(below: ranks[row] + 1)
          concordant.add(design.weights[row] * below)
          tied.add(design.weights[row] * (upTo - below))
          discordant.add(design.weights[row] * (atRisk.sum(below: values.count) - upTo))
        }
        for row in sets.deaths[step] { atRisk.add(design.weights[row], at: ranks[row]) }
      }
    }
    return Concordance(
      concordant: concordant.value, discordant: discordant.value, tied: tied.value)
  }
}

/// Sums of the first elements of a changing column, each in O(log n) (Fenwick 1994).
struct PrefixSums {
  private var tree: [Double]

  init(count: Int) { tree = [Double](repeating: 0, count: count + 1) }

  mutating func add(_ value: Double, at index: Int) {
    var position = index + 1
    while position < tree.count {
      tree[position] += value
      position += position & -position
    }
  }

  func sum(below index: Int) -> Double {
    var position = index
    var sum = 0.0
    while position > 0 {
      sum += tree[position]
      position -= position & -position
    }
    return sum
  }
}
