/// How the survival and the cumulative hazard are made from events and people at risk.
public enum SurvivalEstimator: String, CaseIterable, Sendable {
  /// S = ∏ (1 − d/n), Λ = Σ d/n.
  case kaplanMeier = "kaplan-meier"
  /// Λ = Σ d/n, S = exp(−Λ); also called Breslow's or Altshuler's.
  case nelsonAalen = "nelson-aalen"
  /// Λ = Σ (1/n + 1/(n − 1) + … + 1/(n − d + 1)), S = exp(−Λ): ties are taken apart.
  case flemingHarrington = "fleming-harrington"
}

/// What a standard error is made from; every output names it.
public enum CurveVariance: String, CaseIterable, Sendable {
  /// Greenwood's for S and Aalen's for Λ: weights are frequencies, people are independent.
  case greenwood
  /// The infinitesimal jackknife, robust: weights are sampling weights, and people of one unit may
  /// depend on each other.
  case infinitesimalJackknife = "infinitesimal-jackknife"
}

/// What happens at each time of a curve to Λ and log S, and how one person's weight moves them.
///
/// For a person at risk at a time the derivative of the increment with respect to their weight is
/// −`stay`, and `extra` more when they have the event. That holds for each of the estimators: with
/// `m` the mean weight of the `d` events and q = Σ 1/(n − k m)² over k < d,
///
/// | estimator | increment of Λ | stay | extra |
/// |---|---|---|---|
/// | Kaplan–Meier, Nelson–Aalen | d m / n | d m / n² | 1 / n |
/// | Fleming–Harrington | Σ m / (n − k m) | m q | n q / d |
///
/// On the scale of log S Kaplan–Meier's are divided by 1 − h.
struct HazardSteps: Sendable {
  var increments: [Double] = []
  var stays: [Double] = []
  var extras: [Double] = []
  var variances: [Double] = []

  /// The steps of Λ.
  init(_ counts: WeightedCounts, _ estimator: SurvivalEstimator) {
    for index in counts.times.indices {
      let atRisk = counts.atRisk[index]
      let events = counts.events[index]
      let rows = counts.eventRows[index]
      guard rows > 0 else {
        append(increment: 0, stay: 0, extra: 0, variance: 0)
        continue
      }
      guard estimator == .flemingHarrington, rows > 1 else {
        append(
          increment: events / atRisk, stay: events / (atRisk * atRisk), extra: 1 / atRisk,
          variance: events / (atRisk * atRisk))
        continue
      }
      let mean = events / Double(rows)
      var increment = CompensatedSum()
      var squares = CompensatedSum()
      for earlier in 0..<rows {
        let left = atRisk - Double(earlier) * mean
        increment.add(mean / left)
        squares.add(1 / (left * left))
      }
      append(
        increment: increment.value, stay: mean * squares.value,
        extra: atRisk * squares.value / Double(rows), variance: mean * squares.value)
    }
  }

  /// The steps of −log S for the product-limit estimator, infinite where everybody has the event.
  init(productLimit counts: WeightedCounts) {
    for index in counts.times.indices {
      let atRisk = counts.atRisk[index]
      let events = counts.events[index]
      guard events > 0 else {
        append(increment: 0, stay: 0, extra: 0, variance: 0)
        continue
      }
      let left = atRisk - events
      let variance = left > 0 ? events / (atRisk * left) : .infinity
      append(
        increment: 0, stay: variance, extra: left > 0 ? 1 / left : .infinity, variance: variance)
    }
  }

  private mutating func append(increment: Double, stay: Double, extra: Double, variance: Double) {
    increments.append(increment)
    stays.append(stay)
    extras.append(extra)
    variances.append(variance)
  }
}
