/// The nonparametric maximum likelihood estimate from events known to lie in intervals.
///
///     let rows = try IntervalCensoredRows(lefts: [0, 6, 12], rights: [6, 12, .infinity])
///     let estimate = try IntervalCensoredSurvival(rows)
///     // estimate.masses: how much probability lies in which interval
///     // estimate.survival(at: 9): between two bounds, because within an interval nothing is known
///
/// The estimate is a set of masses on Turnbull's intervals; where within its interval a mass lies is
/// not determined, so survival is exact between the intervals and known within bounds inside. Exact
/// and right-censored times alone give the Kaplan–Meier estimate.
///
/// The maximum is proven, not assumed: the likelihood is concave, and ``optimalityGap`` bounds how
/// much any other distribution could gain in log likelihood (the Karush–Kuhn–Tucker conditions).
/// There is one maximum only: it fixes the probability of each row, that is a difference of two
/// values of the distribution at bounds of Turnbull intervals; as each of these begins where one row
/// does and ends where another does, the rows link all bounds from 0 to 1.
///
/// - SeeAlso: Peto (1973), doi:10.2307/2346307; Turnbull (1976),
///   doi:10.1111/j.2517-6161.1976.tb01597.x; Gentleman, Geyer (1994), doi:10.1093/biomet/81.3.618;
///   Wellner, Zhan (1997), doi:10.1080/01621459.1997.10474044.
public struct IntervalCensoredSurvival: Sendable {
  /// The probability that the event lies in an interval.
  public struct Mass: Equatable, Sendable {
    /// The interval's left end, not part of it unless both ends are equal.
    public let left: Double
    /// The interval's right end, part of it; infinity when the event is only known to come later.
    public let right: Double
    /// The probability.
    public let probability: Double

    /// Whether the interval is a single time.
    public var isExact: Bool { left == right }
  }

  /// The masses of all Turnbull intervals, 0 ones too, in the order of time.
  public let masses: [Mass]
  /// The largest logarithm of the likelihood.
  public let logLikelihood: Double
  /// A bound on what any distribution could gain in log likelihood over this one.
  public let optimalityGap: Double
  /// The number of iterations of all kinds.
  public let iterations: Int
  /// The number of rows of positive weight.
  public let rows: Int

  /// Estimates the masses.
  ///
  /// - Throws: ``StatisticsError/notConverged(iterations:)`` when the gap stays above 1e-8 of the
  ///   rows' weight. Nobody gives no masses.
  /// - Complexity: O(n log n) once and O(n + intervals) for each iteration, besides a few Newton
  ///   steps that cost the cube of the number of intervals with mass, up to 1500.
  public init(_ rows: IntervalCensoredRows) throws(StatisticsError) {
    let intervals = TurnbullIntervals(rows)
    self.rows = intervals.covered.count
    guard !intervals.bounds.isEmpty else {
      masses = []
      logLikelihood = 0
      optimalityGap = 0
      iterations = 0
      return
    }
    var maximum = MixtureMaximum(intervals)
    try maximum.find()
    masses = zip(intervals.bounds, maximum.masses).map {
      Mass(left: $0.left, right: $0.right, probability: $1)
    }
    logLikelihood = maximum.logarithm
    optimalityGap = maximum.gap
    iterations = maximum.iterations
  }

  /// The probability of no event up to and including a time, between its bounds.
  ///
  /// Mass in intervals that reach beyond the time counts for the upper bound, and not for the lower.
  ///
  /// - Complexity: O(intervals).
  public func survival(at time: Double) -> (lower: Double, upper: Double) {
    var lower = CompensatedSum()
    var upper = CompensatedSum()
    for mass in masses {
      // The whole interval lies after the time when its left end is not before it; a single time
      // must itself be later.
      if mass.isExact ? mass.left > time : mass.left >= time { lower.add(mass.probability) }
      if mass.right > time { upper.add(mass.probability) }
    }
    return (lower.value, upper.value)
  }

  /// The times between which the quantile of a probability lies; nil where it is not reached.
  ///
  /// - Throws: ``StatisticsError/probabilityOutsideUnitInterval(_:)``.
  public func quantile(
    _ probability: Double
  ) throws(StatisticsError) -> (left: Double, right: Double)? {
    guard probability > 0, probability < 1 else {
      throw .probabilityOutsideUnitInterval(probability)
    }
    var sum = CompensatedSum()
    for mass in masses {
      sum.add(mass.probability)
      // Rounding must not carry the quantile over an interval it just fills.
      if sum.value >= probability - 1e-12, mass.probability > 0 {
        return mass.right.isFinite ? (mass.left, mass.right) : nil
      }
    }
    return nil
  }
}
