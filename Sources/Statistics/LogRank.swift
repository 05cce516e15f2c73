import Glibc

/// A test of whether the time to an event differs between groups: log-rank and the G-rho family.
///
///     let test = try LogRank(rows, groups: arm.numbers, groupCount: 2)
///     // test.outcome?.statistic, test.outcome?.degreesOfFreedom, test.outcome?.probability
///
/// At each event time, with `d` events among `n` at risk, dⱼ and nⱼ of them in group j, a group's
/// observed count is compared with the expected d nⱼ/n; the differences are weighted with S(t−)^ρ, S
/// the Kaplan–Meier curve of all groups in the stratum, and added up over times and strata. Their
/// covariance is Σ S^2ρ d (n − d)/(n − 1) (nⱼ/n)(1ⱼₖ − nₖ/n). The statistic is that vector over its
/// covariance. ρ = 0 is the log-rank test, ρ = 1 the Peto–Peto form of Wilcoxon's.
///
/// With delayed entry `n` counts those with start < t ≤ stop, and the test is the score test of a
/// Cox model without any effect: exactly that of the model with exact ties, and that with Breslow's
/// when ``TieVariance/breslow`` is chosen. Groups with nothing expected take no part. Agrees with
/// `survdiff(Surv(time, event) ~ g + strata(s), rho =)` in R, which refuses delayed entry.
///
/// - SeeAlso: Mantel (1966), Cancer Chemotherapy Reports 50:163–170; Peto, Peto (1972),
///   doi:10.2307/2344317; Harrington, Fleming (1982), doi:10.1093/biomet/69.3.553.
public struct LogRank: Sendable {
  /// How ties enter the covariance.
  public enum TieVariance: String, Sendable {
    /// The hypergeometric variance, with the factor (n − d)/(n − 1).
    case hypergeometric
    /// Without that factor: the score test of a Cox model with Breslow's handling of ties.
    case breslow
  }

  /// The exponent of the weights.
  public let rho: Double
  /// The rows of each group.
  public let sizes: [Int]
  /// The weighted events of each group.
  public let observed: [Double]
  /// The weighted events expected of each group if nothing differed.
  public let expected: [Double]
  /// The covariance of the observed counts.
  public let covariance: Matrix
  /// The test, with the groups of which anything is expected, less one, as degrees of freedom; nil
  /// when there are fewer than two such groups.
  public let outcome: ChiSquareTest?

  /// Tests groups numbered from 0.
  ///
  /// - Parameters:
  ///   - rows: Follow-up; weights are not part of these tests.
  ///   - groups: The group of each row.
  ///   - groupCount: The number of groups.
  ///   - strata: The stratum of each row, from 0; nil for one. Groups are compared within strata.
  ///   - rho: The exponent of the weights, finite and at least 0.
  ///   - ties: How ties enter the covariance.
  /// - Throws: ``StatisticsError/stratumOutOfRange(row:stratum:strata:)`` for a group that is none,
  ///   ``StatisticsError/unknownNumber(row:number:)`` for a negative stratum,
  ///   ``StatisticsError/weightsNotSupported``, or ``StatisticsError/exponentNotUsable(_:)``.
  /// - Precondition: The columns have the same length.
  /// - Complexity: O(n log n + event times · groups²).
  public init(
    _ rows: FollowUp, groups: [Int], groupCount: Int, strata: [Int]? = nil, rho: Double = 0,
    ties: TieVariance = .hypergeometric
  ) throws(StatisticsError) {
    precondition(groups.count == rows.count, "columns of different length")
    guard rows.weights == nil else { throw .weightsNotSupported }
    guard rho.isFinite, rho >= 0 else { throw .exponentNotUsable(rho) }
    for row in groups.indices where groups[row] < 0 || groups[row] >= groupCount {
      throw .stratumOutOfRange(row: row, stratum: groups[row], strata: groupCount)
    }
    try checkNumbers(strata, count: rows.count)
    var sums = GroupSums(groupCount)
    let members = strata.map { Units($0, rows: rows.count) }
    var rowsOfStratum = [[Int]](repeating: [], count: members?.count ?? 1)
    for row in 0..<rows.count { rowsOfStratum[members?(row) ?? 0].append(row) }
    for stratum in rowsOfStratum {
      sums.add(rows.rows(stratum), groups: stratum.map { groups[$0] }, rho: rho, ties: ties)
    }
    var sizes = [Int](repeating: 0, count: groupCount)
    for group in groups { sizes[group] += 1 }
    self.init(sums, sizes: sizes, rho: rho)
  }

  /// Tests groups whose ends are counted, by the first cause; all others censor.
  ///
  /// The same as for their rows, without any.
  ///
  /// - Throws: ``StatisticsError/exponentNotUsable(_:)``.
  /// - Complexity: O(times · groups · (causes + groups)).
  public init(
    _ ends: GroupedEnds, rho: Double = 0, ties: TieVariance = .hypergeometric
  ) throws(StatisticsError) {
    guard rho.isFinite, rho >= 0 else { throw .exponentNotUsable(rho) }
    var sums = GroupSums(ends.groupCount)
    let sizes = ends.sizes
    var stratum = GroupSums.Stratum(atRisk: sizes.map { Double($0) }, rho: rho, ties: ties)
    for place in ends.times.indices {
      let leaving = ends.others(than: 1, at: place).leaving
      sums.add(ends.ends(1, at: place), leaving: leaving, to: &stratum)
    }
    self.init(sums, sizes: sizes, rho: rho)
  }

  private init(_ sums: GroupSums, sizes: [Int], rho: Double) {
    self.rho = rho
    self.sizes = sizes
    let expected = sums.expected.map(\.value)
    observed = sums.observed.map(\.value)
    self.expected = expected
    covariance = sums.matrix
    let taking = expected.indices.filter { expected[$0] > 0 }
    // The differences add up to 0: one group is left out, whichever.
    let others = Array(taking.dropFirst())
    let differences = others.map { sums.differences[$0].value }
    let factor = others.isEmpty ? nil : Cholesky(sums.matrix.submatrix(others))
    outcome = factor.flatMap { factor in
      // Without any spread, as when every event leaves one group alone at risk, nothing can be said.
      factor.rank == 0
        ? nil
        : ChiSquareTest(
          statistic: factor.quadraticForm(differences), degreesOfFreedom: others.count)
    }
  }
}

/// Observed and expected counts, their differences and covariance, as compensated sums.
private struct GroupSums {
  var observed: [CompensatedSum]
  var expected: [CompensatedSum]
  var differences: [CompensatedSum]
  private var covariance: [CompensatedSum]
  private let groups: Int

  init(_ groups: Int) {
    self.groups = groups
    observed = [CompensatedSum](repeating: CompensatedSum(), count: groups)
    expected = observed
    differences = observed
    covariance = [CompensatedSum](repeating: CompensatedSum(), count: groups * groups)
  }

  var matrix: Matrix { Matrix(rows: groups, columns: groups, elements: covariance.map(\.value)) }

  /// What is known of a stratum while its times pass.
  struct Stratum {
    /// Those at risk, by group.
    var atRisk: [Double]
    let rho: Double
    let ties: LogRank.TieVariance
    var product = CompensatedProduct()
  }

  /// Adds one stratum.
  mutating func add(_ rows: FollowUp, groups numbers: [Int], rho: Double, ties: LogRank.TieVariance)
  {
    let byStop = sortedRows(rows.stops)
    let byStart = rows.starts.map { sortedRows($0) } ?? []
    var atRisk = [Double](repeating: 0, count: groups)
    if rows.starts == nil { for group in numbers { atRisk[group] += 1 } }
    var stratum = Stratum(atRisk: atRisk, rho: rho, ties: ties)
    var entering = 0
    var next = 0
    while next < byStop.count {
      let time = rows.stops[byStop[next]]
      while let starts = rows.starts, entering < byStart.count, starts[byStart[entering]] < time {
        stratum.atRisk[numbers[byStart[entering]]] += 1
        entering += 1
      }
      var events = [Double](repeating: 0, count: groups)
      var leaving = events
      while next < byStop.count, rows.stops[byStop[next]] == time {
        let row = byStop[next]
        leaving[numbers[row]] += 1
        if rows.events[row] { events[numbers[row]] += 1 }
        next += 1
      }
      add(events, leaving: leaving, to: &stratum)
    }
  }

  /// Adds one time of a stratum: who had the event then, and who is not at risk after it.
  mutating func add(_ events: [Double], leaving: [Double], to stratum: inout Stratum) {
    let all = stratum.atRisk.reduce(0, +)
    let died = events.reduce(0, +)
    if died > 0 {
      let height = stratum.rho == 0 ? 1 : pow(stratum.product.value, stratum.rho)
      add(events, stratum.atRisk, all: all, died: died, height: height, ties: stratum.ties)
      stratum.product.multiply(by: all - died, over: all)
    }
    for group in 0..<groups { stratum.atRisk[group] -= leaving[group] }
  }

  private mutating func add(
    _ events: [Double], _ atRisk: [Double], all: Double, died: Double, height: Double,
    ties: LogRank.TieVariance
  ) {
    let correction =
      switch ties {
      case .hypergeometric: all > 1 ? (all - died) / (all - 1) : 0
      case .breslow: 1.0
      }
    let factor = height * height * died * correction
    for group in 0..<groups {
      let share = atRisk[group] / all
      observed[group].add(height * events[group])
      expected[group].add(height * died * share)
      // As one fraction: observed and expected may be large beside their difference.
      differences[group].add(height * (events[group] * all - died * atRisk[group]) / all)
      for other in 0..<groups {
        let overlap = group == other ? (all - atRisk[group]) / all : -atRisk[other] / all
        covariance[group * groups + other].add(factor * share * overlap)
      }
    }
  }
}
