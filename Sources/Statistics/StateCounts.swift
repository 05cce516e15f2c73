/// Who was in which state, who moved and who was censored, by time, as sums of weights.
///
/// One row per distinct time at which a row of follow-up ends; a cut inside one person's stay in a
/// state makes none. At risk is counted just before each time, and a person who moves at `t` is in
/// the new state from just after `t` on.
public struct StateCounts: Sendable {
  /// A way from one state to another that somebody took.
  public struct Transition: Hashable, Comparable, Sendable {
    /// The state left.
    public let from: Int
    /// The state entered.
    public let to: Int

    /// The transition between two states.
    public init(from: Int, to: Int) {
      self.from = from
      self.to = to
    }

    /// By the state left, then by the state entered.
    public static func < (left: Transition, right: Transition) -> Bool {
      (left.from, left.to) < (right.from, right.to)
    }
  }

  /// The moves of one kind at one time.
  public struct Move: Equatable, Sendable {
    /// From which state to which.
    public let transition: Transition
    /// The weight of those who moved.
    public let weight: Double
  }

  /// The number of states.
  public let states: Int
  /// The distinct times, rising strictly.
  public let times: [Double]
  /// The weight in each state just before each time: `atRisk[state][index]`.
  public let atRisk: [[Double]]
  /// The weight censored from each state at each time: `censored[state][index]`.
  public let censored: [[Double]]
  /// The moves at each time, in the order of the transitions.
  public let moves: [[Move]]
  /// Whether everybody in a state left it: `isEmptied[state][index]`.
  let isEmptied: [[Bool]]
  /// The rows at risk in each state.
  let riskSets: [RiskSet]
  /// The rows of each state, to which the numbers in a risk set refer.
  let rowsOfState: [[Int]]

  /// Counts rows in any order.
  ///
  /// - Complexity: O(n log n + times × states × log n).
  public init(_ rows: StateFollowUp) {
    let isCut = rows.innerCuts
    let order = sortedRows(rows.stops)
    var rowsOfState = [[Int]](repeating: [], count: rows.states)
    for row in 0..<rows.count { rowsOfState[rows.from[row]].append(row) }
    let riskSets = rowsOfState.map { chosen in
      RiskSet(
        starts: rows.starts.map { column in chosen.map { column[$0] } },
        stops: chosen.map { rows.stops[$0] },
        weights: rows.weights.map { column in chosen.map { column[$0] } })
    }
    var times: [Double] = []
    var moves: [[Move]] = []
    var atRisk = [[Double]](repeating: [], count: rows.states)
    var censored = atRisk
    var isEmptied = [[Bool]](repeating: [], count: rows.states)
    var next = 0
    while next < order.count {
      let time = rows.stops[order[next]]
      var moved: [Transition: (weight: CompensatedSum, rows: Int)] = [:]
      var left: [Int: CompensatedSum] = [:]
      var isListed = false
      while next < order.count, rows.stops[order[next]] == time {
        let row = order[next]
        next += 1
        let weight = rows.weight(row)
        if rows.to[row] != StateFollowUp.stays {
          isListed = true
          let transition = Transition(from: rows.from[row], to: rows.to[row])
          moved[transition, default: (CompensatedSum(), 0)].weight.add(weight)
          if weight > 0 { moved[transition, default: (CompensatedSum(), 0)].rows += 1 }
        } else if !isCut[row] {
          isListed = true
          left[rows.from[row], default: CompensatedSum()].add(weight)
        }
      }
      guard isListed else { continue }
      times.append(time)
      moves.append(
        moved.keys.sorted().compactMap { transition in
          guard let sum = moved[transition], sum.weight.value > 0 else { return nil }
          return Move(transition: transition, weight: sum.weight.value)
        })
      for state in 0..<rows.states {
        let people = riskSets[state].at(time)
        let leaving = moved.reduce(0) { $1.key.from == state ? $0 + $1.value.rows : $0 }
        atRisk[state].append(people.weight)
        isEmptied[state].append(leaving > 0 && leaving == people.rows)
        censored[state].append(left[state]?.value ?? 0)
      }
    }
    states = rows.states
    self.times = times
    self.atRisk = atRisk
    self.censored = censored
    self.moves = moves
    self.isEmptied = isEmptied
    self.riskSets = riskSets
    self.rowsOfState = rowsOfState
  }

  /// The number of distinct times.
  public var count: Int { times.count }

  /// The transitions that somebody with a weight above 0 took, sorted.
  public var transitions: [Transition] {
    Set(moves.joined().map(\.transition)).sorted()
  }

  /// The weight moving along a transition at each time.
  public func moves(along transition: Transition) -> [Double] {
    moves.map { $0.first { $0.transition == transition }?.weight ?? 0 }
  }

  /// The weight arriving in a state at each time.
  public func arrivals(in state: Int) -> [Double] {
    moves.map { $0.reduce(0) { $1.transition.to == state ? $0 + $1.weight : $0 } }
  }

  /// The weight in a state just before any time.
  ///
  /// - Complexity: O(log n).
  public func atRisk(in state: Int, at time: Double) -> Double { riskSets[state].at(time).weight }
}

extension StateFollowUp {
  /// Whether each row ends without a move where another row of the same person begins.
  var innerCuts: [Bool] {
    cuts(subjects: subjects, starts: starts, stops: stops, ends: to.map { $0 != Self.stays })
  }
}

/// How often each transition was taken, and how often follow-up ended in each state.
public struct TransitionTable: Equatable, Sendable {
  /// The rows that moved: `moves[from][to]`, counted without weights.
  public let moves: [[Int]]
  /// The rows that ended without a move, by state.
  public let censored: [Int]

  /// Counts rows; a cut inside one person's stay in a state is neither.
  ///
  /// - Complexity: O(n).
  public init(_ rows: StateFollowUp) {
    let isCut = rows.innerCuts
    var moves = [[Int]](
      repeating: [Int](repeating: 0, count: rows.states), count: rows.states)
    var censored = [Int](repeating: 0, count: rows.states)
    for row in 0..<rows.count {
      if rows.to[row] != StateFollowUp.stays {
        moves[rows.from[row]][rows.to[row]] += 1
      } else if !isCut[row] {
        censored[rows.from[row]] += 1
      }
    }
    self.moves = moves
    self.censored = censored
  }
}
