extension SurvivalEstimate {
  /// The restricted mean survival time: the area under S from the origin to a horizon.
  ///
  /// With A(t) the area under S from t to τ, the model-based variance is Σ A(t)² v(t), v being the
  /// terms of the variance of log S; the infinitesimal jackknife is Σ (Σ wᵢ Uᵢ)² over the units,
  /// with Uᵢ = −Σ A(t) dUᵢ(t) and dUᵢ the row's influence on −log S. A time at which everybody at
  /// risk has the event adds nothing. When τ lies after the last time the last S is carried on and
  /// the result is marked as extrapolated. Agrees with `summary(fit, rmean = tau)$table` in R.
  ///
  /// - Parameter horizon: τ, positive and finite, in the curve's unit.
  /// - Returns: The mean, or nil on an empty curve.
  /// - Throws: ``StatisticsError/horizonNotPositive(_:)``.
  /// - Complexity: O(n log n).
  /// - SeeAlso: Irwin (1949), doi:10.1017/S0022172400014443; Andersen, Borgan, Gill, Keiding
  ///   (1993), Statistical Models Based on Counting Processes, IV.3.
  public func restrictedMean(to horizon: Double) throws(StatisticsError) -> RestrictedMean? {
    guard horizon > 0, horizon.isFinite else { throw .horizonNotPositive(horizon) }
    guard let last = times.last, let end = survival.last else { return nil }
    var area = CompensatedSum()
    var right = horizon
    var after = [Double](repeating: 0, count: count)
    for step in times.indices.reversed() where times[step] <= horizon {
      area.add(survival[step] * (right - times[step]))
      right = times[step]
      after[step] = area.value
    }
    area.add(right)  // S is 1 from the origin to the first time
    let variance =
      switch self.variance {
      case .greenwood: modelVariance(after)
      case .infinitesimalJackknife: jackknifeVariance(after)
      }
    return RestrictedMean(
      horizon: horizon, mean: area.value, standardError: variance.squareRoot(),
      isExtrapolated: horizon > last && end > 0)
  }

  private func modelVariance(_ after: [Double]) -> Double {
    var variance = CompensatedSum()
    for (area, term) in zip(after, logSteps.variances) where area > 0 && term.isFinite {
      variance.add(area * area * term)
    }
    return variance.value
  }

  private func jackknifeVariance(_ after: [Double]) -> Double {
    var sum = CompensatedSum()
    var level: [Double] = []
    for (area, stay) in zip(after, logSteps.stays) {
      if area > 0, stay.isFinite { sum.add(area * stay) }
      level.append(sum.value)
    }
    let units = rows.units
    var influence = [Double](repeating: 0, count: units.count)
    for row in 0..<rows.count {
      let weight = rows.weight(row)
      let stop = times.lastIndex(notAbove: rows.stops[row])
      // A row begins after its start: what happens at the start is not its own.
      let start = rows.starts.flatMap { times.lastIndex(notAbove: $0[row]) }
      var score = (stop.map { level[$0] } ?? 0) - (start.map { level[$0] } ?? 0)
      if rows.events[row], let stop, after[stop] > 0, logSteps.extras[stop].isFinite {
        score -= after[stop] * logSteps.extras[stop]
      }
      influence[units(row)] += weight * score
    }
    var variance = CompensatedSum()
    for value in influence { variance.add(value * value) }
    return variance.value
  }
}
