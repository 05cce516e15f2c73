import Glibc

/// Gray's test of whether the cumulative incidence of one cause differs between groups.
///
///     let test = try GrayTest(risks, cause: 1, groups: arm.numbers, groupCount: 2)
///
/// Unlike the log-rank test of one cause, which compares hazards among those still free of every
/// cause, it compares what evaluators read: how many get there. At each time the events of the cause
/// in a group, dⱼ, are compared with those expected if all groups had one subdistribution hazard:
/// with Sⱼ the group's share free of every cause and Fⱼ its incidence just before the time, a group
/// counts as Rⱼ = nⱼ (1 − Fⱼ)/Sⱼ people at risk, and the score is Σ (1 − F)^ρ (dⱼ − d Rⱼ/R), F being
/// the incidence common to all groups. Its variance is that of the martingales of all causes, from
/// which the influence on each later Fⱼ and Sⱼ is taken; tied events are drawn without replacement.
/// The statistic is that vector over its covariance. Agrees with `cmprsk::cuminc` in R.
///
/// - SeeAlso: Gray (1988), A class of K-sample tests for comparing the cumulative incidence of a
///   competing risk, doi:10.1214/aos/1176350951.
public struct GrayTest: Sendable {
  /// The exponent of the weights.
  public let rho: Double
  /// The cause compared.
  public let cause: Int
  /// The score of each group but the last: weighted events less those expected.
  public let scores: [Double]
  /// The covariance of the scores.
  public let covariance: Matrix
  /// The test, with the groups less one as degrees of freedom (fewer where some cannot differ); nil
  /// when the cause was never seen or there is one group only.
  public let outcome: ChiSquareTest?

  /// Tests groups numbered from 0.
  ///
  /// - Parameters:
  ///   - risks: Competing risks, one row a person, from state 0; without weights or delayed entry.
  ///   - cause: The state of the cause compared, from 1.
  ///   - groups: The group of each row.
  ///   - groupCount: The number of groups.
  ///   - strata: The stratum of each row, from 0; nil for one. Groups are compared within strata.
  ///   - rho: The exponent of the weights, finite and at least 0.
  /// - Throws: ``StatisticsError`` for a cause or group that is none, weights or delayed entry.
  /// - Precondition: The columns have the same length.
  /// - Complexity: O(n log n + times · groups³).
  public init(
    _ risks: StateFollowUp, cause: Int, groups: [Int], groupCount: Int, strata: [Int]? = nil,
    rho: Double = 0
  ) throws(StatisticsError) {
    precondition(groups.count == risks.count, "columns of different length")
    guard risks.weights == nil else { throw .weightsNotSupported }
    guard risks.starts?.allSatisfy({ $0 == 0 }) ?? true else { throw .delayedEntryNotSupported }
    guard rho.isFinite, rho >= 0 else { throw .exponentNotUsable(rho) }
    guard cause > 0, cause < risks.states else {
      throw .stateOutOfRange(row: 0, state: cause, states: risks.states)
    }
    for row in 0..<risks.count {
      guard risks.from[row] == 0 else {
        throw .stateOutOfRange(row: row, state: risks.from[row], states: 1)
      }
      guard groups[row] >= 0, groups[row] < groupCount else {
        throw .stratumOutOfRange(row: row, stratum: groups[row], strata: groupCount)
      }
    }
    try checkNumbers(strata, count: risks.count)
    let compared = max(groupCount - 1, 0)
    var scores = [CompensatedSum](repeating: CompensatedSum(), count: compared)
    var covariance = Matrix(rows: compared, columns: compared)
    let members = strata.map { Units($0, rows: risks.count) }
    var rowsOfStratum = [[Int]](repeating: [], count: members?.count ?? 1)
    for row in 0..<risks.count { rowsOfStratum[members?(row) ?? 0].append(row) }
    for stratum in rowsOfStratum {
      var score = GrayScore(groups: groupCount, rho: rho)
      score.run(
        GroupedEnds(risks, rows: stratum, groups: groups, groupCount: groupCount), cause: cause)
      for group in 0..<compared { scores[group].add(score.scores[group].value) }
      covariance = covariance + score.covariance
    }
    self.init(scores, covariance, cause: cause, rho: rho)
  }

  /// Tests groups whose ends are counted.
  ///
  /// The same as for their rows, without any.
  ///
  /// - Throws: ``StatisticsError`` for a cause that is none, or an exponent that is not usable.
  /// - Complexity: O(times · groups³).
  public init(_ ends: GroupedEnds, cause: Int, rho: Double = 0) throws(StatisticsError) {
    guard rho.isFinite, rho >= 0 else { throw .exponentNotUsable(rho) }
    guard cause > 0, cause <= ends.causeCount else {
      throw .stateOutOfRange(row: 0, state: cause, states: ends.causeCount + 1)
    }
    var score = GrayScore(groups: ends.groupCount, rho: rho)
    score.run(ends, cause: cause)
    self.init(score.scores, score.covariance, cause: cause, rho: rho)
  }

  private init(
    _ scores: [CompensatedSum], _ covariance: Matrix, cause: Int, rho: Double
  ) {
    self.rho = rho
    self.cause = cause
    self.scores = scores.map(\.value)
    self.covariance = covariance
    let factor = scores.isEmpty ? nil : Cholesky(covariance)
    outcome = factor.flatMap { factor in
      factor.rank == 0
        ? nil
        : ChiSquareTest(
          statistic: factor.quadraticForm(scores.map(\.value)), degreesOfFreedom: factor.rank)
    }
  }
}
