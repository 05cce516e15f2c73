/// The expected time in one state within a horizon.
public struct MeanTimeInState: Equatable, Sendable {
  /// The state.
  public let state: Int
  /// The horizon τ.
  public let horizon: Double
  /// The mean time, in the curves' unit; those of all states add up to τ less the origin.
  public let mean: Double
  /// The standard error of the mean, of the kind of the curves.
  public let standardError: Double
  /// Whether τ lies after the last time, with somebody in a state that could still be left.
  public let isExtrapolated: Bool
}

extension AalenJohansen {
  /// The expected time in each state from the origin to a horizon: the area under its probability.
  ///
  /// With E(t) the matrix of the time that somebody in a state just after `t` spends in each up to τ,
  /// E(s) = (t − s) I + H(t) E(t) backwards over the times, the influence of a row on the means is
  /// p(t−)/n (next − Hⱼ) E(t) summed over the times at which it is at risk in state j, `next` being
  /// the state it is in afterwards; so one pass over times and one over rows gives the variance.
  /// After the last time the last probabilities are carried on, and the result says so. Agrees
  /// with `summary(fit, rmean = tau)$table` in R (infinitesimal jackknife).
  ///
  /// - Throws: ``StatisticsError/horizonNotPositive(_:)`` unless τ is finite and after the origin.
  /// - Returns: One mean a state; none without rows.
  /// - Complexity: O(times · states³ + n · states).
  public func meanTimes(to horizon: Double) throws(StatisticsError) -> [MeanTimeInState] {
    guard horizon > origin, horizon.isFinite else { throw .horizonNotPositive(horizon) }
    guard let last = times.last, initial.contains(where: { $0 > 0 }) else { return [] }
    let within = times.prefix { $0 <= horizon }.count
    var ahead = [Matrix](repeating: Matrix(rows: 0, columns: 0), count: within)
    var right = horizon
    var expected = Matrix(rows: states, columns: states)
    for index in (0..<within).reversed() {
      for state in 0..<states { expected[state, state] += right - times[index] }
      right = times[index]
      ahead[index] = expected
      if !counts.moves[index].isEmpty { expected = steps.matrix(index) * expected }
    }
    for state in 0..<states { expected[state, state] += right - origin }
    let means = expected.transposed * initial
    let variances =
      switch variance {
      case .greenwood: greenwood(ahead, expected)
      case .infinitesimalJackknife: jackknife(ahead, expected)
      }
    let leavable = Set(rows.from)
    let end = steps.after(count - 1)
    let isOpen = horizon > last && leavable.contains { end[$0] > 0 }
    return (0..<states).map { state in
      MeanTimeInState(
        state: state, horizon: horizon, mean: means[state],
        standardError: max(variances[state], 0).squareRoot(), isExtrapolated: isOpen)
    }
  }

  private func greenwood(_ ahead: [Matrix], _ fromOrigin: Matrix) -> [Double] {
    let mix = Self.multinomial(initial, rows, initialRows)
    let start = (fromOrigin.transposed * mix * fromOrigin).diagonal
    var sums = start.map { start in
      var sum = CompensatedSum()
      sum.add(start)
      return sum
    }
    for index in ahead.indices {
      for state in steps.left(index) {
        let matrix = steps.matrix(index)
        let factor = steps.before(index, state) * steps.share(index, state)
        for column in 0..<states {
          var mean = 0.0
          for next in 0..<states { mean += matrix[state, next] * ahead[index][next, column] }
          var variance = 0.0
          for next in 0..<states {
            let distance = ahead[index][next, column] - mean
            variance += matrix[state, next] * distance * distance
          }
          sums[column].add(factor * variance)
        }
      }
    }
    return sums.map(\.value)
  }

  private func jackknife(_ ahead: [Matrix], _ fromOrigin: Matrix) -> [Double] {
    // Level k holds, by state, the influence of staying at risk through the first k times.
    var levels = [Matrix(rows: states, columns: states)]
    for index in ahead.indices {
      let level = levels[index]
      if counts.moves[index].isEmpty {
        levels.append(level)
      } else {
        let matrix = steps.matrix(index)
        levels.append(level + steps.stay(index, matrix) * ahead[index])
      }
    }
    let units = rows.units
    var influence = [[Double]](
      repeating: [Double](repeating: 0, count: states), count: units.count)
    let total = initialRows.reduce(into: CompensatedSum()) { $0.add(rows.weight($1)) }.value
    for row in initialRows {
      for column in 0..<states {
        var mean = 0.0
        for state in 0..<states { mean += initial[state] * fromOrigin[state, column] }
        influence[units(row)][column] +=
          rows.weight(row) / total * (fromOrigin[rows.from[row], column] - mean)
      }
    }
    for row in 0..<rows.count {
      let weight = rows.weight(row)
      let (from, to) = (rows.from[row], rows.to[row])
      let stop = min(times.lastIndex(notAbove: rows.stops[row]).map { $0 + 1 } ?? 0, ahead.count)
      let start = rows.starts.flatMap { times.lastIndex(notAbove: $0[row]) }.map { $0 + 1 } ?? 0
      guard weight > 0, start < stop else { continue }
      let isMove = to >= 0 && times[stop - 1] == rows.stops[row]
      let share = isMove ? steps.share(stop - 1, from) : 0
      for column in 0..<states {
        var value = levels[stop][from, column] - levels[start][from, column]
        if isMove {
          value += share * (ahead[stop - 1][to, column] - ahead[stop - 1][from, column])
        }
        influence[units(row)][column] += weight * value
      }
    }
    return (0..<states).map { state in
      var sum = CompensatedSum()
      for unit in influence { sum.add(unit[state] * unit[state]) }
      return sum.value
    }
  }
}
