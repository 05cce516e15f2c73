import Glibc

/// A test whether hazards are proportional: whether a coefficient changes with time.
public struct ProportionalityTest: Sendable {
  /// The scale of time on which a change is looked for.
  public enum Transform: String, CaseIterable, Sendable {
    /// 1 − S(t−) by Kaplan–Meier; the default, little moved by a few late events.
    case kaplanMeier = "km"
    /// The time itself.
    case identity
    /// The rank of the time among the ends of all rows, equal times sharing their mean rank.
    case rank
    /// The logarithm of the time; only without events at time 0.
    case log
  }

  /// The scale of time.
  public let transform: Transform
  /// The test of each term, in the order of the terms asked for.
  public let terms: [ChiSquareTest]
  /// The test of all covariates together.
  public let global: ChiSquareTest
}

extension CoxRegression {
  /// Tests each term, and all together, for a coefficient β + θ g(t) with θ = 0.
  ///
  /// The score test of Grambsch and Therneau with its full information matrix, not the older
  /// approximation that takes the variance of the covariates as constant over time. A term of
  /// several covariates, such as the levels of one attribute, is tested with as many degrees of
  /// freedom. Agrees with `cox.zph(fit, transform)` of survival 3.
  ///
  /// - Parameters:
  ///   - transform: The scale g of time.
  ///   - terms: The covariates of each term; by default each covariate is one.
  /// - Throws: ``StatisticsError/notForExactTies``, or
  ///   ``StatisticsError/covariateNotIdentified(covariate:)`` when there are too few event times.
  /// - Complexity: O(n (log n + p²)).
  /// - SeeAlso: Grambsch, Therneau (1994), doi:10.1093/biomet/81.3.515.
  public func proportionality(
    transform: ProportionalityTest.Transform = .kaplanMeier, terms: [[Int]]? = nil
  ) throws(StatisticsError) -> ProportionalityTest {
    guard ties != .exact else { throw .notForExactTies }
    let width = design.width
    let times = try transformed(transform)
    let predictors = design.predictors(standardised)
    let offset = predictors.max() ?? 0
    // Information on the coefficients, on their change, and between the two.
    var base = SymmetricMatrix(order: width)
    var cross = base
    var change = base
    var score = [Double](repeating: 0, count: width)
    design.walk(risks: predictors.map { exp($0 - offset) }) { step, all, deaths in
      var variance = SymmetricMatrix(order: width)
      var residual = [Double](repeating: 0, count: width)
      for row in design.sets.deaths[step] {
        for column in 0..<width {
          residual[column] += design.weights[row] * design.covariates[row * width + column]
        }
      }
      let shares = TieShare.shares(
        ties, count: design.sets.deaths[step].count, weight: design.deathWeights[step])
      for share in shares {
        let average = RiskAverage(all, less: deaths, fraction: share.fraction)
        for column in 0..<width { residual[column] -= share.weight * average.mean[column] }
        average.addCovariance(
          of: all, less: deaths, fraction: share.fraction, times: share.weight, to: &variance)
      }
      let time = times[step]
      for index in variance.triangle.indices {
        base.triangle[index] += variance.triangle[index]
        cross.triangle[index] += time * variance.triangle[index]
        change.triangle[index] += time * time * variance.triangle[index]
      }
      for column in 0..<width { score[column] += time * residual[column] }
    }
    // What the information on the change leaves when the coefficients are estimated too.
    let inverse: SymmetricMatrix
    do {
      inverse = try Factorisation(base).inverse()
    } catch {
      throw .covariateNotIdentified(covariate: error.row)
    }
    let explained = inverse.between(cross)
    for index in change.triangle.indices { change.triangle[index] -= explained.triangle[index] }
    func test(_ kept: [Int]) throws(StatisticsError) -> ChiSquareTest {
      do {
        let score = kept.map { score[$0] }
        let solution = try Factorisation(change.block(kept)).solve(score)
        return ChiSquareTest(statistic: score.dot(solution), degreesOfFreedom: kept.count)
      } catch {
        throw .covariateNotIdentified(covariate: kept[error.row])
      }
    }
    var tests: [ChiSquareTest] = []
    for term in terms ?? (0..<width).map({ [$0] }) { tests.append(try test(term)) }
    return ProportionalityTest(
      transform: transform, terms: tests, global: try test(Array(0..<width)))
  }

  /// g(t) of each step, centred and scaled, which changes no test.
  private func transformed(
    _ transform: ProportionalityTest.Transform
  ) throws(StatisticsError) -> [Double] {
    let sets = design.sets
    var values: [Double]
    switch transform {
    case .identity: values = sets.times
    case .log:
      if let row = sets.times.firstIndex(of: 0) {
        throw .negativeDuration(row: sets.rows[sets.deaths[row].lowerBound], duration: -.infinity)
      }
      values = sets.times.map { Glibc.log($0) }
    case .rank:
      let ends = data.followUp.stops.sorted()
      values = sets.times.map { time in
        let below = ends.insertionIndex(of: time)
        let upTo = (ends.lastIndex(notAbove: time) ?? -1) + 1
        return Double(below + upTo + 1) / 2
      }
    case .kaplanMeier:
      let counts =
        if let entries = data.followUp.starts {
          try TimeCounts(
            entries: entries.span, exits: data.followUp.stops.span,
            events: data.followUp.events.span)
        } else {
          try TimeCounts(durations: data.followUp.stops.span, events: data.followUp.events.span)
        }
      let curve = KaplanMeier(counts)
      values = sets.times.map { time in
        let before = curve.times.insertionIndex(of: time) - 1
        return before < 0 ? 0 : 1 - curve.survival[before]
      }
    }
    var total = 0.0
    var sum = 0.0
    for step in values.indices {
      total += design.deathWeights[step]
      sum += design.deathWeights[step] * values[step]
    }
    values = values.map { $0 - sum / total }
    let largest = values.reduce(0) { max($0, $1.magnitude) }
    return largest > 0 ? values.map { $0 / largest } : values
  }
}
