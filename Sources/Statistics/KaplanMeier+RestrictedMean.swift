/// The mean time to the event within a horizon.
public struct RestrictedMean: Equatable, Sendable {
  /// The horizon τ.
  public let horizon: Double
  /// The mean of min(T, τ), in the curve's unit; between 0 and τ.
  public let mean: Double
  /// The standard error of the mean.
  public let standardError: Double
  /// Whether τ lies after the last time and an S above 0 was carried on up to it.
  public let isExtrapolated: Bool
}

extension KaplanMeier {
  /// The restricted mean survival time: the area under S from the origin to a horizon.
  ///
  /// The variance is Σ A(t)² d / (n (n − d)) over the event times t ≤ τ, where A(t) is the area
  /// under S from t to τ; a time at which everybody at risk has the event adds nothing, the area
  /// after it being 0. When τ lies after the last time the last S is carried on up to τ and the
  /// result is marked as extrapolated. Agrees with `summary(fit, rmean = tau)$table` in R, and is
  /// τ itself when nothing happens up to τ.
  ///
  /// - Parameter horizon: τ, positive and finite, in the curve's unit.
  /// - Returns: The mean, or nil on an empty curve.
  /// - Throws: ``StatisticsError/horizonNotPositive(_:)``.
  /// - Complexity: O(distinct times up to τ).
  /// - SeeAlso: Irwin (1949), doi:10.1017/S0022172400014443; Andersen, Borgan, Gill, Keiding
  ///   (1993), Statistical Models Based on Counting Processes, IV.3.
  public func restrictedMean(to horizon: Double) throws(StatisticsError) -> RestrictedMean? {
    guard horizon > 0, horizon.isFinite else { throw .horizonNotPositive(horizon) }
    guard let last = times.last, let end = survival.last else { return nil }
    var area = CompensatedSum()
    var variance = CompensatedSum()
    var right = horizon
    var index = times.lastIndex(notAbove: horizon)
    while let step = index {
      area.add(survival[step] * (right - times[step]))
      right = times[step]
      let atRisk = Double(atRisk[step])
      let left = atRisk - Double(events[step])
      if left > 0 {
        let areaAfter = area.value
        variance.add(areaAfter * areaAfter * Double(events[step]) / (atRisk * left))
      }
      index = step > 0 ? step - 1 : nil
    }
    area.add(right)  // S is 1 from the origin to the first time
    return RestrictedMean(
      horizon: horizon, mean: area.value, standardError: variance.value.squareRoot(),
      isExtrapolated: horizon > last && end > 0)
  }
}
