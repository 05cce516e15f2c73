/// P-values of several tests of one question, adjusted so that none is taken for a finding by chance.
///
///     let tests = try MultipleTests([0.012, 0.4, nil, 0.03])
///     // tests.adjusted [0.036, 0.4, nil, 0.06], tests.expectedFalseAlarms(level: 0.95) 0.15
///
/// Holm's method: the i-th smallest of m p-values times m − i + 1, made to rise, at most 1. Calling
/// those below α findings makes a false one with probability α at most, whatever depends on what; it
/// never adjusts more than Bonferroni's m times p. A test that could not be made is nil and does not
/// count. Agrees with `p.adjust(p, "holm")` in R.
///
/// - SeeAlso: Holm (1979), Scandinavian Journal of Statistics 6:65–70.
public struct MultipleTests: Equatable, Sendable {
  /// The p-values as given.
  public let pValues: [Double?]
  /// The p-values adjusted, in the same order.
  public let adjusted: [Double?]

  /// Takes the p-values of all tests that were made, not of the small ones only.
  ///
  /// - Throws: ``StatisticsError/shareOutsideUnitInterval(_:)``.
  public init(_ pValues: [Double?]) throws(StatisticsError) {
    for case let p? in pValues where !(p >= 0 && p <= 1) { throw .shareOutsideUnitInterval(p) }
    let order = pValues.indices.filter { pValues[$0] != nil }
      .sorted { (pValues[$0] ?? 0, $0) < (pValues[$1] ?? 0, $1) }
    var adjusted = [Double?](repeating: nil, count: pValues.count)
    var largest = 0.0
    for (rank, test) in order.enumerated() {
      guard let p = pValues[test] else { continue }
      largest = min(1, max(largest, Double(order.count - rank) * p))
      adjusted[test] = largest
    }
    self.pValues = pValues
    self.adjusted = adjusted
  }

  /// The tests that were made.
  public var count: Int { pValues.count { $0 != nil } }

  /// How many unadjusted p-values are expected below 1 − level when nothing differs.
  public func expectedFalseAlarms(level: Double = 0.95) -> Double { Double(count) * (1 - level) }
}
