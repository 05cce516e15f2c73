/// One thing that is measured: a question, the answer it must give, and figures.
protocol Subject {
  /// The name by which `--only` chooses it.
  static var name: String { get }
  /// What is asked, in one sentence.
  static var question: String { get }
  /// Measures.
  ///
  /// - Throws: `WrongAnswer` when what was measured gave anything but the expected answer: a fast
  ///   wrong answer is no result.
  static func figures(_ bench: Workbench) throws -> [Figure]
}

/// An answer that differs from the expected one.
struct WrongAnswer: Error, CustomStringConvertible {
  let description: String

  /// Throws unless both are equal.
  static func check<Value: Equatable>(
    _ what: String, _ found: Value, expected: Value
  ) throws {
    if found != expected {
      throw WrongAnswer(description: "\(what): found \(found), expected \(expected).")
    }
  }
}
