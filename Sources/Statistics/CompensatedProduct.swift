/// A running product of ratios of whole numbers, carried in about twice the precision.
///
/// A factor (n − 1)/n close to 1 rounds each time by up to 1e-16, always of the same size: over
/// 200 000 single events a plain product drifts by 1e-12 (measured), over millions by more. Here the
/// remainder of each division and the rounding of each product are kept beside the value.
///
/// - SeeAlso: Dekker (1971), doi:10.1007/BF01397083; the remainder terms by fused multiply-add.
struct CompensatedProduct {
  private var product = 1.0
  private var error = 0.0

  /// Multiplies by `numerator / denominator`, both exact whole numbers, the denominator not 0.
  mutating func multiply(by numerator: Double, over denominator: Double) {
    let quotient = numerator / denominator
    let remainder = numerator.addingProduct(-quotient, denominator) / denominator
    let raw = product * quotient
    let rounding = (-raw).addingProduct(product, quotient)
    let carried = error * quotient + product * remainder + rounding
    product = raw + carried
    error = carried - (product - raw)
  }

  var value: Double { product }
}
