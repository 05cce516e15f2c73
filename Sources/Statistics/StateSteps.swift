/// What happens at each time: the probabilities before it and the matrix of shares that move.
///
/// Only states that somebody leaves at a time have a row that differs from the identity.
struct StateSteps: Sendable {
  let counts: StateCounts
  let initial: [Double]
  /// The probabilities after each time, one time after the other.
  private var probabilities: [Double] = []

  init(_ counts: StateCounts, initial: [Double]) {
    self.counts = counts
    self.initial = initial
    probabilities.reserveCapacity(counts.count * counts.states)
    var current = initial.map { CompensatedProduct($0) }
    for index in counts.times.indices {
      let before = current.map(\.value)
      var leaving: [Int: CompensatedSum] = [:]
      for move in counts.moves[index] {
        leaving[move.transition.from, default: CompensatedSum()].add(move.weight)
      }
      for (state, weight) in leaving {
        let atRisk = counts.atRisk[state][index]
        let left = counts.isEmptied[state][index] ? 0 : atRisk - weight.value
        current[state].multiply(by: left, over: atRisk)
      }
      for move in counts.moves[index] {
        let (from, to) = (move.transition.from, move.transition.to)
        current[to].add(before[from] * (move.weight / counts.atRisk[from][index]))
      }
      probabilities.append(contentsOf: current.map(\.value))
    }
  }

  /// The probabilities after a time, by its index.
  func after(_ index: Int) -> [Double] {
    let states = counts.states
    return Array(probabilities[index * states..<(index + 1) * states])
  }

  /// The probability of a state just before a time.
  func before(_ index: Int, _ state: Int) -> Double {
    index == 0 ? initial[state] : probabilities[(index - 1) * counts.states + state]
  }

  /// The matrix H of a time.
  func matrix(_ index: Int) -> Matrix {
    var matrix = Matrix.identity(counts.states)
    var leaving: [Int: CompensatedSum] = [:]
    for move in counts.moves[index] {
      let (from, to) = (move.transition.from, move.transition.to)
      matrix[from, to] = move.weight / counts.atRisk[from][index]
      leaving[from, default: CompensatedSum()].add(move.weight)
    }
    for (state, weight) in leaving {
      let atRisk = counts.atRisk[state][index]
      matrix[state, state] =
        counts.isEmptied[state][index] ? 0 : (atRisk - weight.value) / atRisk
    }
    return matrix
  }

  /// The states that somebody leaves at a time.
  func left(_ index: Int) -> [Int] {
    var states: [Int] = []
    for move in counts.moves[index] where states.last != move.transition.from {
      states.append(move.transition.from)
    }
    return states
  }

  /// p(t−)/n of a state at a time: how much one person there counts.
  func share(_ index: Int, _ state: Int) -> Double {
    before(index, state) / counts.atRisk[state][index]
  }

  /// The matrix C of a time: how much a person who stays moves p, by the state they are in.
  func stay(_ index: Int, _ matrix: Matrix) -> Matrix {
    var result = Matrix(rows: counts.states, columns: counts.states)
    for state in left(index) {
      let share = share(index, state)
      for column in 0..<counts.states {
        result[state, column] = share * ((state == column ? 1 : 0) - matrix[state, column])
      }
    }
    return result
  }

  /// Variances by state and time, by Greenwood's recursion from the variance of the initial mix.
  func greenwood(initial variance: Matrix) -> [[Double]] {
    let states = counts.states
    var variance = variance
    var result = [[Double]](repeating: [], count: states)
    for index in counts.times.indices {
      let leaving = left(index)
      if !leaving.isEmpty {
        let matrix = matrix(index)
        variance = matrix.transposed * variance * matrix
        for state in leaving {
          let factor = before(index, state) * share(index, state)
          for row in 0..<states {
            for column in 0..<states {
              let diagonal = row == column ? matrix[state, row] : 0
              variance[row, column] +=
                factor * (diagonal - matrix[state, row] * matrix[state, column])
            }
          }
        }
      }
      for state in 0..<states {
        result[state].append(settled(variance[state, state], index, state))
      }
    }
    return result
  }

  /// A variance, made exactly 0 where nobody is in a state, or everybody.
  func settled(_ variance: Double, _ index: Int, _ state: Int) -> Double {
    let probabilities = after(index)
    if probabilities[state] == 0 { return 0 }
    let isOnly = probabilities.indices.allSatisfy { $0 == state || probabilities[$0] == 0 }
    return isOnly ? 0 : variance
  }
}
