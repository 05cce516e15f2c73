import LinearPrograms

/// Why no pattern, no interval or no rounding was found.
public enum DisclosureError: Error, Equatable, Sendable {
  /// Whatever else is hidden, these cells stay known too exactly: too much must be printed.
  case impossible(cells: [Int])
  /// No population of whole numbers fits what is printed.
  case contradictory
  /// The solvers of linear programs are not installed.
  case solversMissing
  /// No whole numbers were found where there have to be some.
  case noWholeNumbers
  /// A solver gave up; the text is its own code, such as “CLP, status 3”.
  case solver(String)

  /// Says where the solvers are missing, before anything rests on them.
  static func checkSolvers() throws(DisclosureError) {
    guard LinearProgram.canBeSolved else {
      throw .solversMissing
    }
  }

  init(_ error: LinearProgramError) {
    self =
      switch error {
      case .infeasible: .contradictory
      case .unsolved(let code): .solver(code)
      }
  }
}
