extension AalenJohansen {
  /// The probability of one state at one time, with nil for what is not defined.
  public struct Reading: Equatable, Sendable {
    /// The time asked for.
    public let time: Double
    /// The state.
    public let state: Int
    /// The weight in the state just before the time; 0 after the last.
    public let atRisk: Double
    /// The probability of the state; the last one after the last time; nil without rows.
    public let probability: Double?
    /// The standard error of the probability.
    public let standardError: Double?
    /// The confidence limits.
    public let limits: ConfidenceLimits?
    /// Whether the probabilities are only carried on: nobody was followed as far, and not everybody had
    /// come to a state before that is never left.
    public let isExtrapolated: Bool
  }

  /// Reads the probability of a state at given times, in the order given.
  ///
  /// Agrees with `summary(fit, times =, extend = TRUE)` in R.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``,
  ///   ``StatisticsError/stateOutOfRange(row:state:states:)`` with row 0, or
  ///   ``StatisticsError/durationNotFinite(row:)`` with the index of the time.
  /// - Complexity: O(k log n) for k times.
  public func at(
    _ times: [Double], state: Int, limitsOf type: IntervalType = .logLog, level: Double = 0.95
  ) throws(StatisticsError) -> [Reading] {
    guard state >= 0, state < states else {
      throw .stateOutOfRange(row: 0, state: state, states: states)
    }
    let z = try StandardNormal.twoSidedQuantile(level: level)
    var readings: [Reading] = []
    for place in times.indices {
      let time = times[place]
      guard time.isFinite else { throw .durationNotFinite(row: place) }
      let index = self.times.lastIndex(notAbove: time)
      let isKnown = !self.times.isEmpty && time >= origin
      let share = isKnown ? index.map { probability[state][$0] } ?? initial[state] : nil
      let error = isKnown ? index.map { standardError[state][$0] } ?? initialError(state) : nil
      readings.append(
        Reading(
          time: time, state: state, atRisk: counts.atRisk(in: state, at: time),
          probability: share, standardError: error,
          limits: share.flatMap { share in
            error.flatMap { type.limits(ofProbability: share, standardError: $0, z: z) }
          },
          isExtrapolated: time > self.times.last ?? -.infinity && !isOver))
    }
    return readings
  }

  /// Whether everybody has come to a state in which nobody is followed any more.
  private var isOver: Bool {
    !times.isEmpty && Set(rows.from).allSatisfy { probability[$0].last == 0 }
  }

  /// The standard error of a state's share of the initial mix.
  private func initialError(_ state: Int) -> Double {
    switch variance {
    case .greenwood:
      return Self.multinomial(initial, rows, initialRows)[state, state].squareRoot()
    case .infinitesimalJackknife:
      let units = rows.units
      let total = initialRows.reduce(into: CompensatedSum()) { $0.add(rows.weight($1)) }.value
      var influence: [Int: Double] = [:]
      for row in initialRows {
        let distance = (rows.from[row] == state ? 1 : 0) - initial[state]
        influence[units(row), default: 0] += rows.weight(row) * distance / total
      }
      return influence.keys.sorted().reduce(into: CompensatedSum()) {
        $0.add((influence[$1] ?? 0) * (influence[$1] ?? 0))
      }.value.squareRoot()
    }
  }

  /// Pointwise confidence limits of the probability of a state at every time.
  ///
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``, or
  ///   ``StatisticsError/stateOutOfRange(row:state:states:)`` with row 0.
  /// - Complexity: O(times).
  public func confidenceLimits(
    state: Int, type: IntervalType = .logLog, level: Double = 0.95
  ) throws(StatisticsError) -> ConfidenceBand {
    guard state >= 0, state < states else {
      throw .stateOutOfRange(row: 0, state: state, states: states)
    }
    let z = try StandardNormal.twoSidedQuantile(level: level)
    var lower: [Double] = []
    var upper: [Double] = []
    for (share, error) in zip(probability[state], standardError[state]) {
      let limits = type.limits(ofProbability: share, standardError: error, z: z)
      lower.append(limits?.lower ?? .nan)
      upper.append(limits?.upper ?? .nan)
    }
    return ConfidenceBand(type: type, level: level, lower: lower, upper: upper)
  }
}

extension IntervalType {
  /// The limits of a probability that may be 0: nobody there has, as in R, the limits 0 and 0.
  func limits(
    ofProbability probability: Double, standardError: Double, z: Double
  ) -> ConfidenceLimits? {
    guard probability > 0 else { return ConfidenceLimits(lower: 0, upper: 0) }
    let limits = limits(
      survival: probability, standardErrorOfLog: standardError / probability, z: z)
    return ConfidenceLimits(lower: limits.lower, upper: limits.upper)
  }
}
