/// A running sum that carries the rounding error of each addition along.
///
/// Greenwood's terms can be 1e-14 beside a sum near 1; adding millions of them plainly would lose
/// what they contribute. The result is that of adding in about twice the precision.
///
/// - SeeAlso: Neumaier (1974), doi:10.1002/zamm.19740540106.
struct CompensatedSum {
  private var sum = 0.0
  private var error = 0.0

  mutating func add(_ term: Double) {
    let total = sum + term
    error += sum.magnitude >= term.magnitude ? (sum - total) + term : (term - total) + sum
    sum = total
  }

  var value: Double { sum + error }

  /// What ``value`` leaves out: differences of large sums keep their digits with it.
  var remainder: Double { (sum - value) + error }
}
