import LinearPrograms

/// Why no pattern, no interval or no rounding was found.
public enum DisclosureError: Error, Equatable, Sendable {
  /// Whatever else is hidden, these cells stay known too exactly: too much must be printed.
  case impossible(cells: [Int])
  /// No population of whole numbers fits what is printed.
  case contradictory
  /// A solver gave up; the text is its own word.
  case solver(String)

  init(_ error: LinearProgramError) {
    self = error == .infeasible ? .contradictory : .solver(error.description)
  }
}
