import Glibc

/// The score of Gray's test in one stratum, and the parts of its variance, gathered time by time.
///
/// The score of group i is, to first order, a sum over groups k and times of martingale increments:
/// with weight a + t (C − c) for the cause itself and t (C − c) for the others, where a is the direct
/// part, c the sum so far and C the sum at the end of what a change of the common incidence does, and
/// t = 1 − (1 − F)/Sₖ for the cause and −(1 − F)/Sₖ for the others. As C is known only at the end, the
/// variance is kept as α² + 2 α β C + β² C² with α = a − t c and β = t.
struct GrayScore {
  private(set) var scores: [CompensatedSum]
  private let groups: Int
  private let compared: Int
  private let rho: Double
  /// Share free of every cause, and incidence of the cause, by group, before the time.
  private var free: [Double]
  private var incidence: [Double]
  /// The incidence common to all groups before the time.
  private var common = 0.0
  private var atRisk: [Double]
  private var spread: Matrix
  private var squares: Matrix
  private var crosses: Matrix
  private var weights: [Double]

  init(groups: Int, rho: Double) {
    self.groups = groups
    self.rho = rho
    compared = max(groups - 1, 0)
    scores = [CompensatedSum](repeating: CompensatedSum(), count: compared)
    free = [Double](repeating: 1, count: groups)
    incidence = [Double](repeating: 0, count: groups)
    atRisk = incidence
    weights = incidence
    spread = Matrix(rows: compared, columns: groups)
    crosses = spread
    squares = Matrix(rows: compared, columns: compared)
  }

  /// The covariance of the scores of all groups but the last.
  var covariance: Matrix {
    var result = squares
    for row in 0..<compared {
      for column in 0..<compared {
        for group in 0..<groups {
          let (own, other) = (spread[row, group], spread[column, group])
          result[row, column] +=
            own * other * weights[group] + own * crosses[column, group]
            + other * crosses[row, group]
        }
      }
    }
    return result
  }

  /// Goes through the times of groups whose ends are counted.
  mutating func run(_ ends: GroupedEnds, cause: Int) {
    atRisk = ends.sizes.map { Double($0) }
    for place in ends.times.indices {
      let (others, leaving) = ends.others(than: cause, at: place)
      step(own: ends.ends(cause, at: place), others: others)
      for group in 0..<groups { atRisk[group] -= leaving[group] }
    }
  }

  private mutating func step(own: [Double], others: [Double]) {
    let events = own.reduce(0, +)
    guard events > 0 || others.contains(where: { $0 > 0 }) else { return }
    let present = (0..<groups).filter { atRisk[$0] > 0 }
    var after = free
    var later = incidence
    var total = 0.0  // Σ n/S, those at risk and those another cause took
    var subdistribution = 0.0  // Σ n (1 − F)/S
    for group in present {
      after[group] = free[group] * (atRisk[group] - own[group] - others[group]) / atRisk[group]
      later[group] = incidence[group] + free[group] * own[group] / atRisk[group]
      total += atRisk[group] / free[group]
      subdistribution += atRisk[group] * (1 - incidence[group]) / free[group]
    }
    let commonAfter = common + events / total
    let height = rho == 0 ? 1 : pow(1 - common, rho)
    let direct = direct(present, total: total, height: height)
    if events > 0 {
      for row in 0..<compared {
        for group in present {
          spread[row, group] += direct[row, group] * events / (total * (1 - common))
        }
      }
      for group in present where group < compared {
        let share = atRisk[group] * (1 - incidence[group]) / free[group] / subdistribution
        scores[group].add(height * (own[group] - events * share))
      }
      for group in present {
        let turn = after[group] > 0 ? 1 - (1 - commonAfter) / after[group] : 1
        let ties = events > 1 ? 1 - (events - 1) / (total * free[group] - 1) : 1
        let size = ties * free[group] * events / (total * atRisk[group])
        add(group, size: size, turn: turn) { direct[$0, group] }
      }
    }
    for group in present where others[group] > 0 && after[group] > 0 {
      let ties = others[group] > 1 ? 1 - (others[group] - 1) / (atRisk[group] - 1) : 1
      let share = free[group] / atRisk[group]
      let size = ties * share * share * others[group]
      add(group, size: size, turn: -(1 - commonAfter) / after[group]) { _ in 0 }
    }
    common = commonAfter
    free = after
    incidence = later
  }

  /// The weight of a group's events in each score, before their effect on later times.
  private func direct(_ present: [Int], total: Double, height: Double) -> Matrix {
    var direct = Matrix(rows: compared, columns: groups)
    for row in present where row < compared {
      let own = atRisk[row] / free[row]
      for group in present {
        let other = atRisk[group] / free[group]
        direct[row, group] = height * own * ((row == group ? 1 : 0) - other / total)
      }
    }
    return direct
  }

  private mutating func add(
    _ group: Int, size: Double, turn: Double, direct: (Int) -> Double
  ) {
    let weights = (0..<compared).map { direct($0) - turn * spread[$0, group] }
    for row in 0..<compared {
      for column in 0..<compared {
        squares[row, column] += weights[row] * weights[column] * size
      }
      crosses[row, group] += weights[row] * turn * size
    }
    self.weights[group] += turn * turn * size
  }
}
