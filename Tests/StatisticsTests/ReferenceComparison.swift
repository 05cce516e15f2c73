import Statistics
import TestSupport
import Testing

/// The largest relative difference between this module and one file of the reference folder.
///
/// `make accuracy` gathers the printed lines of all comparisons into `docs/accuracy.md`.
struct ReferenceComparison {
  private(set) var largest = 0.0
  private(set) var values = 0
  /// The columns and rows with a difference above the tolerance, for the test's output.
  private var worst: [String] = []
  private let tolerance: Double

  private init(tolerance: Double) { self.tolerance = tolerance }

  /// Runs a comparison with a file, prints its largest difference and fails above the tolerance.
  ///
  /// - Parameters:
  ///   - path: The file inside the reference folder.
  ///   - tolerance: The largest relative difference allowed.
  ///   - compare: Notes each value beside its reference; none at all is a failure.
  static func of(
    _ path: String, tolerance: Double = 1e-10,
    _ compare: (inout ReferenceComparison, ReferenceTable) throws -> Void
  ) throws {
    var comparison = ReferenceComparison(tolerance: tolerance)
    let table = try ReferenceFiles.table(path)
    try compare(&comparison, table)
    print("R \(path): \(comparison.values) values, largest difference \(comparison.largest)")
    #expect(comparison.values > 0, "\(path) compared nothing")
    if comparison.largest > tolerance {
      Issue.record("\(path): \(comparison.worst.prefix(8).joined(separator: "; "))")
    }
  }

  /// Notes one value; nil and NaN are undefined, and equal each other only.
  mutating func note(_ value: Double?, _ reference: Double, _ place: String = "") {
    values += 1
    let difference = relativeDifference(value ?? .nan, reference)
    largest = max(largest, difference)
    if difference > tolerance {
      worst.append("\(place) \(value.map { "\($0)" } ?? "nil") for \(reference)")
    }
  }

  /// Notes columns; another length is an infinite difference.
  mutating func note(_ values: [Double], _ references: [Double], _ place: String = "") {
    if values.count != references.count {
      largest = .infinity
      worst.append("\(place) \(values.count) rows for \(references.count)")
    }
    for (row, pair) in zip(values, references).enumerated() {
      note(pair.0, pair.1, "\(place)[\(row)]")
    }
  }

  /// Notes a value that the reference holds as a difference from 1 or another rounded constant:
  /// the difference counts absolutely.
  mutating func noteAbsolute(_ value: Double, _ reference: Double, _ place: String = "") {
    values += 1
    let difference = (value - reference).magnitude
    largest = max(largest, difference)
    if !(difference <= tolerance) { worst.append("\(place) \(value) for \(reference)") }
  }
}

extension IntervalType {
  /// The name in the headers of the reference files.
  var columnName: String { self == .logLog ? "log_log" : rawValue }
}
