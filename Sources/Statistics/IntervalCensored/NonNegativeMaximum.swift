/// The maximum of c·x − ½ xᵀ H x over x ≥ 0, by block principal pivoting.
///
/// Each round solves for the free variables and exchanges all that are on the wrong side at once:
/// free ones that came out negative, and those at 0 whose slope is positive. When that does not
/// lessen their number for a while, one at a time is exchanged, which cannot cycle.
///
/// - SeeAlso: Júdice, Pires (1994), doi:10.1016/0305-0548(94)90106-6.
enum NonNegativeMaximum {
  /// - Parameters:
  ///   - free: The variables first taken as positive.
  /// - Returns: The maximum, or nil when it was not found.
  static func find(curvature: SymmetricMatrix, linear: [Double], free: [Bool]) -> [Double]? {
    var free = free
    var fewest = Int.max
    var patience = 3
    let slack = 1e-12 * linear.reduce(0) { max($0, $1.magnitude) }
    for _ in 0..<(20 + 2 * linear.count) {
      let kept = linear.indices.filter { free[$0] }
      guard let solution = solve(curvature.block(kept), kept.map { linear[$0] }) else { return nil }
      var x = [Double](repeating: 0, count: linear.count)
      for (index, variable) in kept.enumerated() { x[variable] = solution[index] }
      let pull = curvature.times(x)
      let wrong = linear.indices.filter {
        free[$0] ? x[$0] < 0 : linear[$0] - pull[$0] > slack
      }
      guard let last = wrong.last else { return x }
      if wrong.count < fewest {
        fewest = wrong.count
        patience = 3
      } else {
        patience -= 1
      }
      for variable in patience >= 0 ? wrong : [last] { free[variable].toggle() }
    }
    return nil
  }

  private static func solve(_ matrix: SymmetricMatrix, _ right: [Double]) -> [Double]? {
    if right.isEmpty { return [] }
    if let factors = try? Factorisation(matrix, smallestPivot: 1e-12) {
      return factors.solve(right)
    }
    // Variables that hardly differ: a little more curvature does no harm to a step.
    var firmer = matrix
    for index in right.indices { firmer[index, index] *= 1 + 1e-8 }
    return (try? Factorisation(firmer, smallestPivot: 1e-15))?.solve(right)
  }
}
