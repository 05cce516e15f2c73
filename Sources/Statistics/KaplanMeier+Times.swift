extension KaplanMeier {
  /// A curve read at one time, with nil for what is not defined.
  public struct Reading: Equatable, Sendable {
    /// The time asked for.
    public let time: Double
    /// The subjects at risk just before the time; 0 after the last.
    public let atRisk: Int
    /// S at the time, the last S when the time is after the last; nil on an empty curve.
    public let survival: Double?
    /// Greenwood's standard error of S; nil once S is 0.
    public let standardError: Double?
    /// The confidence limits of S; nil once S is 0.
    public let limits: ConfidenceLimits?
    /// The Nelson–Aalen cumulative hazard; nil on an empty curve.
    public let cumulativeHazard: Double?
    /// Whether S is only carried on: nobody was followed as far, and S had not reached 0.
    public let isExtrapolated: Bool
  }

  /// Reads the curve at given times, in the order given.
  ///
  /// Before the first time of the curve S is 1. After the last, the last S is carried on; unless
  /// that is 0, the reading is marked as extrapolated, because no data speak about it. Agrees with
  /// `summary(fit, times =, extend = TRUE)` in R; under delayed entry the number at risk counts
  /// exactly those with entry < time ≤ exit.
  ///
  /// - Parameters:
  ///   - times: Times in the curve's unit.
  ///   - type: Scale of the confidence limits.
  ///   - level: Two-sided confidence level, strictly between 0 and 1.
  /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``, or
  ///   ``StatisticsError/durationNotFinite(row:)`` with the index of a time that is not finite.
  /// - Complexity: O(k log n) for k times.
  public func at(
    _ times: [Double], limitsOf type: IntervalType = .logLog, level: Double = 0.95
  ) throws(StatisticsError) -> [Reading] {
    let z = try StandardNormal.twoSidedQuantile(level: level)
    var readings: [Reading] = []
    readings.reserveCapacity(times.count)
    for index in times.indices {
      guard times[index].isFinite else { throw .durationNotFinite(row: index) }
      readings.append(reading(at: times[index], type: type, z: z))
    }
    return readings
  }

  private func reading(at time: Double, type: IntervalType, z: Double) -> Reading {
    guard let last = times.last else {
      return Reading(
        time: time, atRisk: 0, survival: nil, standardError: nil, limits: nil,
        cumulativeHazard: nil, isExtrapolated: true)
    }
    let index = times.lastIndex(notAbove: time)
    let survival = index.map { self.survival[$0] } ?? 1
    let error = index.map { standardErrorOfLog[$0] } ?? 0
    let limits = type.limits(survival: survival, standardErrorOfLog: error, z: z)
    return Reading(
      time: time, atRisk: counts.atRisk(at: time), survival: survival,
      standardError: (survival * error).definedOrNil,
      limits: ConfidenceLimits(lower: limits.lower, upper: limits.upper),
      cumulativeHazard: index.map { cumulativeHazard[$0] } ?? 0,
      isExtrapolated: time > last && survival > 0)
  }
}
