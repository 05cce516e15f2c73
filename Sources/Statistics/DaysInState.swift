/// How much of a window people spend in a state: cumulative retention, with what is not known of it.
///
///     let days = try DaysInState(inState: [182, 90, 0], unknown: [0, 30, 0], window: 182)
///     // days.known 0.464, days.bounds 0.498 … 0.553 of the days, try days.sustained(least: 0.8)
///
/// Each person due has a window of the same length; of every day it is known that it was spent in the
/// state, or not, or it is not known. The average share of days is
///
/// - ``all``: days in the state over all days, the unknown counted as not;
/// - ``known``: the average, over people, of their days in the state over their days known;
/// - ``bounds``: the unknown days counted as not, and as spent in the state.
///
/// The standard error is that of an average of independent people, √(Σ (x − mean)² / (n (n − 1))).
public struct DaysInState: Equatable, Sendable {
  /// The days of the window, the same for everybody.
  public let window: Int
  /// The days that each person spent in the state.
  public let inState: [Int]
  /// The days of each person of which nothing is known.
  public let unknown: [Int]

  /// An average share of days.
  public struct Average: Equatable, Sendable {
    /// The people averaged over.
    public let count: Int
    /// The average share.
    public let mean: Double
    /// Its standard error; nil for fewer than two people.
    public let standardError: Double?

    /// mean ± z standard errors, clipped to [0, 1]; nil for fewer than two people.
    ///
    /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
    public func limits(level: Double = 0.95) throws(StatisticsError) -> ConfidenceLimits? {
      let z = try StandardNormal.twoSidedQuantile(level: level)
      guard let standardError else { return nil }
      return ConfidenceLimits(
        lower: max(0, mean - z * standardError), upper: min(1, mean + z * standardError))
    }
  }

  /// Takes the days of people whose window has passed.
  ///
  /// - Throws: ``StatisticsError/countOutsideTotal(count:total:)`` for days below 0 or above the window, or
  ///   ``StatisticsError/horizonNotPositive(_:)`` for a window that is none.
  /// - Precondition: The columns have the same length.
  public init(
    inState: [Int], unknown: [Int]? = nil, window: Int
  ) throws(StatisticsError) {
    let unknown = unknown ?? [Int](repeating: 0, count: inState.count)
    precondition(unknown.count == inState.count, "columns of different length")
    guard window > 0 else { throw .horizonNotPositive(Double(window)) }
    for row in inState.indices {
      for days in [inState[row], unknown[row]] where days < 0 || days > window {
        throw .countOutsideTotal(count: days, total: window)
      }
      guard inState[row] <= window - unknown[row] else {
        throw .countOutsideTotal(count: inState[row] + unknown[row], total: window)
      }
    }
    self.window = window
    self.inState = inState
    self.unknown = unknown
  }

  /// The people due.
  public var count: Int { inState.count }

  /// The average share of all days, unknown ones counted as not spent in the state; nil for nobody.
  public var all: Average? { Self.average(inState.map { Double($0) / Double(window) }) }

  /// The average share of days when the unknown ones were all spent in the state; nil for nobody.
  public var best: Average? {
    Self.average(zip(inState, unknown).map { Double($0 + $1) / Double(window) })
  }

  /// The average of each person's share of known days; nil when nothing is known of anybody.
  ///
  /// People of whom no day is known are left out.
  public var known: Average? {
    Self.average(
      inState.indices.filter { unknown[$0] < window }
        .map { Double(inState[$0]) / Double(window - unknown[$0]) })
  }

  /// What the average share can be, whatever the unknown days were; nil for nobody.
  public var bounds: ShareBounds? {
    guard let all, let best else { return nil }
    return ShareBounds(lower: all.mean, upper: best.mean)
  }

  /// The share of all days of which it is known how they were spent; nil for nobody.
  public var coverage: Double? {
    count > 0 ? 1 - unknown.reduce(0) { $0 + Double($1) } / (Double(window) * Double(count)) : nil
  }

  /// Who spent at least a share of the days in the state.
  ///
  /// Yes when the known days suffice, no when the unknown ones could not make up for the rest, else
  /// unknown.
  ///
  /// - Throws: ``StatisticsError/shareOutsideUnitInterval(_:)``.
  public func sustained(least share: Double = 0.8) throws(StatisticsError) -> OutcomeShares {
    guard share >= 0, share <= 1 else { throw .shareOutsideUnitInterval(share) }
    // 0.8 of 180 days is 144 days, whatever 0.8 is in binary.
    let needed = share * Double(window) - 1e-9
    return OutcomeShares(
      inState.indices.map { row in
        if Double(inState[row]) >= needed { return .yes }
        return Double(inState[row] + unknown[row]) >= needed ? .unknown : .no
      })
  }

  private static func average(_ shares: [Double]) -> Average? {
    guard !shares.isEmpty else { return nil }
    let n = Double(shares.count)
    let mean = shares.reduce(into: CompensatedSum()) { $0.add($1) }.value / n
    let squares = shares.reduce(into: CompensatedSum()) { $0.add(($1 - mean) * ($1 - mean)) }.value
    return Average(
      count: shares.count, mean: mean,
      standardError: n > 1 ? (squares / (n * (n - 1))).squareRoot() : nil)
  }
}
