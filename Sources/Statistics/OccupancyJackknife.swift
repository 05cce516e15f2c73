/// The infinitesimal jackknife of state probabilities, without a table of people by times.
///
/// A unit has weights W in the states and an influence T on p, both rows of as many numbers as states.
/// At each time T becomes T H + W C for all; so Σ TᵀT, Σ WᵀT and Σ WᵀW over the units follow by a few
/// small products, and Σ TᵀT has the variances on its diagonal. One unit's T is brought up to date,
/// through a ``StepTree``, only when one of its rows begins or ends.
struct OccupancyJackknife {
  private let tree: StepTree
  private let states: Int
  /// T and W of all units, `states` numbers each, one unit after the other.
  private var influence: [Double]
  private var weight: [Double]
  /// T and W of the unit that changes.
  private var own: [Double]
  private var ownWeight: [Double]
  /// The number of steps a unit's influence has gone through.
  private var seen: [Int]
  private var squares: Matrix
  private var products: Matrix
  private var weights: Matrix

  private init(_ steps: StateSteps, units: Int) {
    states = steps.counts.states
    tree = StepTree(steps)
    influence = [Double](repeating: 0, count: states * units)
    weight = influence
    own = [Double](repeating: 0, count: states)
    ownWeight = own
    seen = [Int](repeating: 0, count: units)
    squares = Matrix(rows: states, columns: states)
    products = squares
    weights = squares
  }

  /// Variances by state and time.
  static func variances(
    _ rows: StateFollowUp, _ steps: StateSteps, initialRows: [Int], initial: [Double]
  ) -> [[Double]] {
    let units = rows.units
    let counts = steps.counts
    var jackknife = OccupancyJackknife(steps, units: units.count)
    let total = initialRows.reduce(into: CompensatedSum()) { $0.add(rows.weight($1)) }.value
    if total > 0, initial.contains(where: { $0 > 0 && $0 < 1 }) {
      for row in initialRows {
        var extra = initial.map { -$0 }
        extra[rows.from[row]] += 1
        for state in extra.indices { extra[state] *= rows.weight(row) / total }
        jackknife.change(units(row), at: 0) { influence, _ in
          for state in extra.indices { influence[state] += extra[state] }
        }
      }
    }
    let byStop = sortedRows(rows.stops)
    let byStart = rows.starts.map { sortedRows($0) } ?? []
    var entering = 0
    var leaving = 0
    func enter(before time: Double, at index: Int) {
      guard let starts = rows.starts else { return }
      while entering < byStart.count, starts[byStart[entering]] < time {
        let row = byStart[entering]
        jackknife.change(units(row), at: index) { $1[rows.from[row]] += rows.weight(row) }
        entering += 1
      }
    }
    if rows.starts == nil {
      for row in 0..<rows.count {
        jackknife.change(units(row), at: 0) { $1[rows.from[row]] += rows.weight(row) }
      }
    }
    var result = [[Double]](repeating: [], count: counts.states)
    for index in counts.times.indices {
      let time = counts.times[index]
      while leaving < byStop.count, rows.stops[byStop[leaving]] < time {
        // A cut inside a stay, between two times of the curve.
        let row = byStop[leaving]
        enter(before: rows.stops[row], at: index)
        jackknife.change(units(row), at: index) { $1[rows.from[row]] -= rows.weight(row) }
        leaving += 1
      }
      enter(before: time, at: index)
      jackknife.advance(steps, index)
      while leaving < byStop.count, rows.stops[byStop[leaving]] == time {
        let row = byStop[leaving]
        let (from, to) = (rows.from[row], rows.to[row])
        let moved = rows.weight(row)
        let extra = moved > 0 && to >= 0 ? moved * steps.share(index, from) : 0
        jackknife.change(units(row), at: index + 1) { influence, weight in
          weight[from] -= moved
          if extra != 0 {
            influence[from] -= extra
            influence[to] += extra
          }
        }
        leaving += 1
      }
      for state in 0..<counts.states {
        result[state].append(steps.settled(jackknife.squares[state, state], index, state))
      }
    }
    return result
  }

  /// Takes the sums over all units through one step.
  private mutating func advance(_ steps: StateSteps, _ index: Int) {
    guard !steps.counts.moves[index].isEmpty else { return }
    let matrix = steps.matrix(index)
    let stay = steps.stay(index, matrix)
    let cross = matrix.transposed * products.transposed * stay
    squares =
      matrix.transposed * squares * matrix + cross + cross.transposed
      + stay.transposed * weights * stay
    products = products * matrix + weights * stay
  }

  /// Changes the influence and the weights of one unit that has gone through `index` steps.
  private mutating func change(
    _ unit: Int, at index: Int, _ body: (inout [Double], inout [Double]) -> Void
  ) {
    let base = unit * states
    for state in 0..<states {
      own[state] = influence[base + state]
      ownWeight[state] = weight[base + state]
    }
    tree.advance(&own, weights: ownWeight, through: seen[unit]..<index)
    seen[unit] = index
    add(-1)
    body(&own, &ownWeight)
    add(1)
    for state in 0..<states {
      influence[base + state] = own[state]
      weight[base + state] = ownWeight[state]
    }
  }

  /// Adds what the unit that changes contributes to the sums, or takes it away.
  private mutating func add(_ sign: Double) {
    for row in 0..<states {
      let (moved, there) = (sign * own[row], sign * ownWeight[row])
      if moved != 0 {
        for column in 0..<states { squares[row, column] += moved * own[column] }
      }
      if there != 0 {
        for column in 0..<states {
          products[row, column] += there * own[column]
          weights[row, column] += there * ownWeight[column]
        }
      }
    }
  }
}
