import Glibc

/// The scale on which a confidence interval for S is symmetric.
///
/// With `z` the normal quantile and `σ` the standard error of log S, each type adds and subtracts
/// `z` standard errors on its scale and transforms back. The names are those of `conf.type` in R's
/// survival package, and so are the conventions: plain and log limits are clipped to [0, 1]; at
/// S = 1 without any event both limits are 1; at S = 0 there are no limits.
///
/// - SeeAlso: Borgan, Liestøl (1990), Scandinavian Journal of Statistics 17:35–41; Kalbfleisch,
///   Prentice (1980), The Statistical Analysis of Failure Time Data (log-log).
public enum IntervalType: String, CaseIterable, Sendable {
  /// S ± z S σ.
  case plain
  /// exp(log S ± z σ).
  case log
  /// exp(−exp(log(−log S) ± z σ / log S)); stays within (0, 1), the default.
  case logLog = "log-log"
  /// The logistic function of logit S ± z σ / (1 − S).
  case logit
  /// sin² of arcsin √S ± (z σ / 2) √(S / (1 − S)), the angle kept within [0, π/2].
  case arcsin

  /// Lower and upper limit, both NaN where S is 0.
  func limits(
    survival: Double, standardErrorOfLog sigma: Double, z: Double
  ) -> (lower: Double, upper: Double) {
    guard survival > 0 else { return (.nan, .nan) }
    // No event so far: every scale but the first two is infinite here.
    guard survival < 1 else { return (1, 1) }
    let step = z * sigma
    switch self {
    case .plain:
      return (max(survival - survival * step, 0), min(survival + survival * step, 1))
    case .log:
      return (survival * exp(-step), min(survival * exp(step), 1))
    case .logLog:
      let hazard = -Glibc.log(survival)
      let factor = exp(step / hazard)
      return (exp(-hazard * factor), exp(-hazard / factor))
    case .logit:
      let odds = survival / (1 - survival)
      let factor = exp(step / (1 - survival))
      return (odds / (factor + odds), 1 / (1 + 1 / (odds * factor)))
    case .arcsin:
      let angle = asin(survival.squareRoot())
      let halfWidth = 0.5 * step * (survival / (1 - survival)).squareRoot()
      let low = sin(max(0, angle - halfWidth))
      let high = sin(min(.pi / 2, angle + halfWidth))
      return (low * low, high * high)
    }
  }
}
