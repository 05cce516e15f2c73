/// Products of the steps between any two times, in O(log times).
///
/// A step takes the influence T of a unit with weights W in the states to T H + W C. Two steps in a
/// row are again such a step, (H₁H₂, C₁H₂ + C₂); a tree holds the products over halves, quarters and
/// so on.
struct StepTree {
  private let states: Int
  private let size: Int
  /// H and C of each node, the root at 1.
  private var nodes: [(matrix: Matrix, stay: Matrix)?]

  init(_ steps: StateSteps) {
    states = steps.counts.states
    let count = steps.counts.count
    var size = 1
    while size < count { size *= 2 }
    self.size = size
    nodes = [(matrix: Matrix, stay: Matrix)?](repeating: nil, count: 2 * size)
    for index in 0..<count where !steps.counts.moves[index].isEmpty {
      let matrix = steps.matrix(index)
      nodes[size + index] = (matrix, steps.stay(index, matrix))
    }
    for node in stride(from: size - 1, to: 0, by: -1) {
      nodes[node] = Self.product(nodes[2 * node], nodes[2 * node + 1])
    }
  }

  private static func product(
    _ first: (matrix: Matrix, stay: Matrix)?, _ second: (matrix: Matrix, stay: Matrix)?
  ) -> (matrix: Matrix, stay: Matrix)? {
    guard let first else { return second }
    guard let second else { return first }
    return (first.matrix * second.matrix, first.stay * second.matrix + second.stay)
  }

  /// Takes an influence through the steps of a range of times.
  ///
  /// - Complexity: O(log times · states²).
  func advance(_ influence: inout [Double], weights: [Double], through range: Range<Int>) {
    guard !range.isEmpty else { return }
    descend(1, 0..<size, range, &influence, weights)
  }

  private func descend(
    _ node: Int, _ covered: Range<Int>, _ wanted: Range<Int>, _ influence: inout [Double],
    _ weights: [Double]
  ) {
    guard let step = nodes[node], covered.overlaps(wanted) else { return }
    if wanted.lowerBound <= covered.lowerBound, covered.upperBound <= wanted.upperBound {
      apply(step, &influence, weights)
      return
    }
    let middle = (covered.lowerBound + covered.upperBound) / 2
    descend(2 * node, covered.lowerBound..<middle, wanted, &influence, weights)
    descend(2 * node + 1, middle..<covered.upperBound, wanted, &influence, weights)
  }

  private func apply(
    _ step: (matrix: Matrix, stay: Matrix), _ influence: inout [Double], _ weights: [Double]
  ) {
    let before = influence
    for column in 0..<states { influence[column] = 0 }
    for state in 0..<states {
      if before[state] != 0 {
        for column in 0..<states {
          influence[column] += before[state] * step.matrix[state, column]
        }
      }
      if weights[state] != 0 {
        for column in 0..<states {
          influence[column] += weights[state] * step.stay[state, column]
        }
      }
    }
  }
}
