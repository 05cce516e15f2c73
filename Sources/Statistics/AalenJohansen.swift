/// The probability of being in each state at each time: the Aalen–Johansen estimate.
///
///     let risks = try StateFollowUp(stops: days, causes: causes, causeCount: 2)
///     let curve = AalenJohansen(risks)
///     let job = curve.probability[1]          // cumulative incidence of cause 1
///     let error = curve.standardError[1]
///
/// p(t) = p(0) ∏ H(s) over the times s ≤ t, with H(s) the matrix of the shares of those in each state
/// that move to each other one, dⱼₖ/nⱼ, and stay, 1 − dⱼ/nⱼ. Cumulative incidences of competing risks
/// are the special case with one state to leave; they and the share still there add up to 1. States
/// may be left and entered again. Columns are by state, then by time: `probability[state][index]`,
/// right-continuous steps at ``times``.
///
/// p(0) is the mix of states among those at risk at the first move (all in one state when everybody
/// begins there), or what the caller names. ``variance`` says what the standard errors are:
///
/// - ``CurveVariance/infinitesimalJackknife``: Σ over units of (Σ wᵢ Uᵢ)², Uᵢ = ∂p/∂wᵢ, with the
///   sampling of the initial mix in it. Sampling weights and clusters are allowed for.
/// - ``CurveVariance/greenwood``: the recursion V ← HᵀVH + Σ pⱼ² (diag Hⱼ − HⱼᵀHⱼ)/nⱼ (Andersen et al.
///   4.4.19), begun with the multinomial variance of the initial mix. Weights are frequencies.
///
/// The two are equal for competing risks with one row a person and no delayed entry. Agrees with
/// `survfit(Surv(start, stop, state) ~ 1, id =, istate =)` (first) and `etm` (second) in R.
///
/// - SeeAlso: Aalen, Johansen (1978), Scandinavian Journal of Statistics 5:141–150; Andersen, Borgan,
///   Gill, Keiding (1993), IV.4; Therneau, Crowson, Atkinson (2024), Multi-state models and competing
///   risks, vignette of R's survival package.
public struct AalenJohansen: Sendable {
  /// Where the curves begin.
  public enum Initial: Equatable, Sendable {
    /// The observed mix of states.
    case observed
    /// Everybody in one state: the curves are transition probabilities out of it.
    case state(Int)
    /// A mix that is given and not estimated, one share a state: it adds nothing to the variance.
    case mix([Double])
  }

  /// The weighted counts by time.
  public let counts: StateCounts
  /// What the standard errors are.
  public let variance: CurveVariance
  /// The time at which the curves begin.
  public let origin: Double
  /// The probability of each state at the origin.
  public let initial: [Double]
  /// The probability of each state at each time.
  public let probability: [[Double]]
  /// The standard error of each probability; 0 where nobody is, or can be, in another state.
  public let standardError: [[Double]]

  let rows: StateFollowUp
  /// Rows whose state makes the initial mix; empty when the caller named one.
  let initialRows: [Int]
  let steps: StateSteps

  /// Estimates the curves of one stratum.
  ///
  /// - Parameters:
  ///   - rows: Follow-up by state.
  ///   - initial: The observed mix, one state for everybody, or a mix that is given.
  ///   - start: Time from which on the curves run, of those under observation just after it; moves
  ///     at `start` itself belong to the past. Nil for all of the follow-up.
  ///   - variance: What the standard errors are made from.
  /// - Throws: ``StatisticsError`` for a start that is no time, with row 0, an unknown state, or a mix
  ///   that is none.
  /// - Complexity: O(n log n · states² + times · states³): no table of people by times is made.
  public init(
    _ rows: StateFollowUp, initial: Initial = .observed, from start: Double? = nil,
    variance: CurveVariance = .infinitesimalJackknife
  ) throws(StatisticsError) {
    if let start { try checkDuration(start, row: 0) }
    try Self.check(initial, states: rows.states)
    let rows =
      start.map { time in rows.rows(rows.stops.indices.filter { rows.stops[$0] > time }) }
      ?? rows
    let counts = StateCounts(rows)
    let initialRows = initial == .observed ? Self.initialRows(rows, counts, start) : []
    let mix = Self.initialMix(rows, initial, initialRows)
    let steps = StateSteps(counts, initial: mix)
    self.rows = rows
    self.counts = counts
    self.variance = variance
    self.initialRows = initialRows
    self.initial = mix
    self.steps = steps
    origin = start ?? rows.starts?.min() ?? 0
    probability = (0..<rows.states).map { state in
      (0..<counts.count).map { steps.after($0)[state] }
    }
    let variances =
      switch variance {
      // The two are the same number where every row is a person of its own from the origin on and
      // all leave one state; the recursion needs no look at people.
      case .infinitesimalJackknife where !Self.isPlain(rows):
        OccupancyJackknife.variances(
          rows, steps, initialRows: initialRows, initial: mix)
      case .greenwood, .infinitesimalJackknife:
        steps.greenwood(initial: Self.multinomial(mix, rows, initialRows))
      }
    standardError = variances.map { $0.map { max($0, 0).squareRoot() } }
  }

  /// The number of distinct times.
  public var count: Int { counts.count }
  /// The distinct times, rising.
  public var times: [Double] { counts.times }
  /// The number of states.
  public var states: Int { counts.states }

  private static func isPlain(_ rows: StateFollowUp) -> Bool {
    rows.starts == nil && rows.weights == nil && rows.subjects == nil && rows.clusters == nil
      && rows.from.allSatisfy { $0 == rows.from.first }
  }

  /// The rows at risk at the first move, or just after a given start.
  private static func initialRows(
    _ rows: StateFollowUp, _ counts: StateCounts, _ start: Double?
  ) -> [Int] {
    guard let starts = rows.starts else { return Array(0..<rows.count) }
    if let start { return (0..<rows.count).filter { starts[$0] <= start } }
    let first = counts.moves.firstIndex { !$0.isEmpty }.map { counts.times[$0] }
    guard let time = first ?? counts.times.first else { return [] }
    return (0..<rows.count).filter { starts[$0] < time && time <= rows.stops[$0] }
  }

  private static func check(_ initial: Initial, states: Int) throws(StatisticsError) {
    switch initial {
    case .observed: break
    case .state(let state):
      guard state >= 0, state < states else {
        throw .stateOutOfRange(row: 0, state: state, states: states)
      }
    case .mix(let shares):
      precondition(shares.count == states, "a mix has one share a state")
      for share in shares where !(share >= 0 && share <= 1) {
        throw .probabilityOutsideUnitInterval(share)
      }
      let sum = shares.reduce(into: CompensatedSum()) { $0.add($1) }.value
      guard abs(sum - 1) < 1e-9 else { throw .mixDoesNotAddUp(sum) }
    }
  }

  private static func initialMix(
    _ rows: StateFollowUp, _ initial: Initial, _ initialRows: [Int]
  ) -> [Double] {
    var mix = [Double](repeating: 0, count: rows.states)
    switch initial {
    case .state(let state):
      mix[state] = 1
      return mix
    case .mix(let shares):
      return shares
    case .observed:
      var total = CompensatedSum()
      var sums = [CompensatedSum](repeating: CompensatedSum(), count: rows.states)
      for row in initialRows {
        total.add(rows.weight(row))
        sums[rows.from[row]].add(rows.weight(row))
      }
      guard total.value > 0 else { return mix }
      return sums.map { $0.value == total.value ? 1 : $0.value / total.value }
    }
  }

  /// The variance of the shares of a mix, weights being frequencies.
  static func multinomial(
    _ mix: [Double], _ rows: StateFollowUp, _ initialRows: [Int]
  ) -> Matrix {
    var matrix = Matrix(rows: mix.count, columns: mix.count)
    let total = initialRows.reduce(into: CompensatedSum()) { $0.add(rows.weight($1)) }.value
    guard total > 0 else { return matrix }
    for row in mix.indices {
      for column in mix.indices {
        matrix[row, column] = ((row == column ? mix[row] : 0) - mix[row] * mix[column]) / total
      }
    }
    return matrix
  }
}
