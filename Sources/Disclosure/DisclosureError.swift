import LinearPrograms

/// Why no pattern, no interval or no rounding was found.
public enum DisclosureError: Error, Equatable, Sendable {
  /// Whatever else is hidden, these cells stay known too exactly: too much must be printed.
  case impossible(cells: [Int])
  /// No population of whole numbers fits what is printed.
  case contradictory
  /// A solver gave up; the text is its own word.
  case solver(String)

  /// Says where the solvers are missing, before anything rests on them.
  static func checkSolvers() throws(DisclosureError) {
    guard LinearProgram.canBeSolved else {
      throw .solver("COIN-OR CLP and CBC are not installed: coinor-libclp1, coinor-libcbc3")
    }
  }

  init(_ error: LinearProgramError) {
    self = error == .infeasible ? .contradictory : .solver(error.description)
  }
}
