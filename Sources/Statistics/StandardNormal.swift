import Glibc

/// The normal distribution with mean 0 and variance 1.
public enum StandardNormal {
  /// The value below which the distribution has a given probability.
  ///
  /// Wichura's rational approximation followed by one Halley step against the error function;
  /// correct to about 1e-15 relative. The probability 0.975 gives 1.95996398454005.
  ///
  /// - Parameter probability: Between 0 and 1; 0 and 1 give ∓infinity, anything outside NaN.
  /// - SeeAlso: Wichura (1988), Algorithm AS 241, doi:10.2307/2347330.
  public static func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability == 0 { return -.infinity }
    if probability == 1 { return .infinity }
    let centred = probability - 0.5
    if centred.magnitude <= 0.425 {
      let start = centralApproximation(centred)
      return refined(start, excess: 0.5 * erf(start * 0.5.squareRoot()) - centred)
    }
    let tail = centred < 0 ? probability : 1 - probability
    let magnitude = upperTailQuantile(tail)
    return centred < 0 ? -magnitude : magnitude
  }

  /// The probability of a value of at most `z`.
  static func below(_ z: Double) -> Double { 0.5 * erfc(-z * 0.5.squareRoot()) }

  /// The value `z` for which the distribution has the given probability between −z and z.
  static func twoSidedQuantile(level: Double) throws(StatisticsError) -> Double {
    guard level > 0, level < 1 else { throw .levelOutsideUnitInterval(level) }
    return -quantile((1 - level) / 2)
  }

  /// The value above which the distribution has a probability of at most 0.075.
  private static func upperTailQuantile(_ tail: Double) -> Double {
    let root = (-log(tail)).squareRoot()
    let start = root <= 5 ? nearTail(root - 1.6) : farTail(root - 5)
    // Below this the density underflows; the approximation alone must do.
    guard tail > 1e-290 else { return start }
    return refined(start, excess: tail - 0.5 * erfc(start * 0.5.squareRoot()))
  }

  /// One Halley step, with the excess of the distribution function over its target.
  private static func refined(_ value: Double, excess: Double) -> Double {
    let newton = excess * (2 * Double.pi).squareRoot() * exp(0.5 * value * value)
    return value - newton / (1 + 0.5 * value * newton)
  }
}

// The rational approximations of AS 241 (routine PPND16), one a range; coefficients rise in degree.

private func centralApproximation(_ centred: Double) -> Double {
  let argument = 0.180625 - centred * centred
  return centred
    * polynomial(
      argument, 3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
      1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
      3.3430575583588128105e4, 2.5090809287301226727e3)
    / polynomial(
      argument, 1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
      2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
      5.2264952788528545610e3)
}

private func nearTail(_ argument: Double) -> Double {
  polynomial(
    argument, 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
    3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4)
    / polynomial(
      argument, 1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
      1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
      1.05075007164441684324e-9)
}

private func farTail(_ argument: Double) -> Double {
  polynomial(
    argument, 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7)
    / polynomial(
      argument, 1, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
      1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
      1.42151175831644588870e-7, 2.04426310338993978564e-15)
}

private func polynomial(
  _ x: Double, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double, _ c5: Double,
  _ c6: Double, _ c7: Double
) -> Double {
  ((((((c7 * x + c6) * x + c5) * x + c4) * x + c3) * x + c2) * x + c1) * x + c0
}
