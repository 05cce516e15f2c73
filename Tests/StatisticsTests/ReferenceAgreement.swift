import Statistics
import TestSupport
import Testing

/// The largest difference between values and their references met so far.
struct Agreement {
  var largest = 0.0
  var comparisons = 0

  /// Compares on the reference's own scale, or on a given smallest scale where it is near 0.
  mutating func note(_ value: Double, _ reference: Double, scale: Double = 0) {
    comparisons += 1
    let isComparable = value.isFinite && reference.isFinite
    let difference =
      isComparable && scale > 0
      ? (value - reference).magnitude / max(reference.magnitude, scale)
      : relativeDifference(value, reference)
    largest = max(largest, difference)
  }

  mutating func note(_ values: [Double], _ references: [Double], scale: Double = 0) {
    if values.count != references.count { largest = .infinity }
    for (value, reference) in zip(values, references) { note(value, reference, scale: scale) }
  }
}

/// Compares with a reference file, prints the largest difference and fails above the tolerance.
func expectAgreement(
  _ path: String, within tolerance: Double, sourceLocation: SourceLocation = #_sourceLocation,
  _ compare: (inout Agreement) throws -> Void
) throws {
  var agreement = Agreement()
  try compare(&agreement)
  print("R \(path): \(agreement.comparisons) values, largest difference \(agreement.largest)")
  #expect(agreement.comparisons > 0, "\(path) compared nothing", sourceLocation: sourceLocation)
  #expect(
    agreement.largest <= tolerance, "\(path): \(agreement.largest)",
    sourceLocation: sourceLocation)
}
