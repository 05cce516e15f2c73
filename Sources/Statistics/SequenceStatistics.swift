import Glibc

/// Statistics of journeys as sequences: the state of each person in each period.
///
///     let journeys = try SequenceStatistics(states: 6, sequences: months, weights: weights)
///     // journeys.distribution[12].shares, journeys.transitionRates(), journeys.meanTimes()
///
/// All sequences have the same length, and each period has a state, numbered from 0. What is not
/// observed needs a state of its own. Weights are sampling weights. The values agree with
/// `seqstatd`, `seqtrate`, `seqmeant`, `seqient`, `seqtransn`, `seqici` and `seqST` of TraMineR 2.2.
///
/// - SeeAlso: Gabadinho, Ritschard, Müller, Studer (2011), doi:10.18637/jss.v040.i04.
public struct SequenceStatistics: Sendable {
  /// The number of states.
  public let states: Int
  /// The number of periods.
  public let length: Int
  /// The number of people.
  public let count: Int
  /// The number of sequences; some may be of several people.
  private let rows: Int
  /// The state of each sequence in each period, sequence after sequence.
  private let cells: [Int]
  private let weights: [Double]
  private let copies: [Int]
  /// The weight of all people of a sequence together.
  private let totals: [Double]

  /// Takes one sequence a person, or one for several people who have the same.
  ///
  /// - Parameters:
  ///   - weights: The sampling weight of each person of a sequence; 1 without.
  ///   - copies: How many people have each sequence; 1 without.
  /// - Precondition: All sequences have the same length; there is a weight and a number of people
  ///   above 0 for each, if any.
  /// - Throws: ``StatisticsError/sequenceStateOutOfRange(row:position:state:states:)`` or
  ///   ``StatisticsError/weightNotUsable(row:weight:)`` for the first bad person.
  public init(
    states: Int, sequences: [[Int]], weights: [Double]? = nil, copies: [Int]? = nil
  ) throws(StatisticsError) {
    let length = sequences.first?.count ?? 0
    precondition(sequences.allSatisfy { $0.count == length }, "sequences of other length")
    precondition(weights.map { $0.count == sequences.count } ?? true, "columns of other length")
    precondition(copies.map { $0.count == sequences.count } ?? true, "columns of other length")
    precondition(copies?.allSatisfy { $0 > 0 } ?? true, "a sequence of nobody")
    for row in sequences.indices {
      for (position, state) in sequences[row].enumerated() where state < 0 || state >= states {
        throw .sequenceStateOutOfRange(row: row, position: position, state: state, states: states)
      }
      if let weight = weights?[row], !(weight.isFinite && weight >= 0) {
        throw .weightNotUsable(row: row, weight: weight)
      }
    }
    self.states = states
    self.length = length
    rows = sequences.count
    cells = sequences.flatMap { $0 }
    self.weights = weights ?? [Double](repeating: 1, count: sequences.count)
    self.copies = copies ?? [Int](repeating: 1, count: sequences.count)
    count = self.copies.reduce(0, +)
    totals = zip(self.weights, self.copies).map { $0 * Double($1) }
  }

  /// The sum of the weights.
  public var totalWeight: Double { compensatedSum(totals) }

  private func state(_ person: Int, _ period: Int) -> Int { cells[person * length + period] }
}

extension SequenceStatistics {
  /// Where people are in one period.
  public struct Distribution: Equatable, Sendable {
    /// The share of each state, by weight; nil where nobody has a weight.
    public let shares: [Double]?
    /// Shannon's entropy of the shares over the logarithm of the number of states: 0 when all are
    /// in one state, 1 when all states are equally frequent; nil without shares.
    public let entropy: Double?
  }

  /// The distribution over the states in each period.
  ///
  /// - Complexity: O(people × periods).
  public var distribution: [Distribution] {
    let total = totalWeight
    return (0..<length).map { period in
      var sums = [CompensatedSum](repeating: CompensatedSum(), count: states)
      for person in 0..<rows { sums[state(person, period)].add(totals[person]) }
      guard total > 0 else { return Distribution(shares: nil, entropy: nil) }
      let shares = sums.map { $0.value / total }
      return Distribution(shares: shares, entropy: normalisedEntropy(shares))
    }
  }

  /// The rates at which people move from one state to another between neighbouring periods.
  ///
  /// Row `from`, column `to`: of the (weighted) periods spent in `from`, the share followed by a
  /// period in `to`; staying is on the diagonal. A row is nil when nobody is in the state.
  ///
  /// - Parameter period: The period of `from`, from 0; nil takes all but the last together.
  /// - Precondition: The period is not the last.
  /// - Complexity: O(people × periods).
  public func transitionRates(from period: Int? = nil) -> [[Double]?] {
    precondition(period.map { $0 >= 0 && $0 < length - 1 } ?? true, "no period after that")
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: states * states)
    let periods = period.map { $0..<$0 + 1 } ?? 0..<max(length - 1, 0)
    for person in 0..<rows {
      for period in periods {
        sums[state(person, period) * states + state(person, period + 1)].add(totals[person])
      }
    }
    return (0..<states).map { from in
      let row = sums[from * states..<(from + 1) * states].map(\.value)
      let total = compensatedSum(row)
      return total > 0 ? row.map { $0 / total } : nil
    }
  }

  /// The time that people spend in a state.
  public struct MeanTime: Equatable, Sendable {
    /// The mean number of periods; nil where nobody has a weight.
    public let mean: Double?
    /// The variance between people: unbiased for sampling weights, with the divisor
    /// W − Σw²/W; nil with fewer than two people of positive weight.
    public let variance: Double?
    /// The square root of the variance over the sum of weights; nil without a variance.
    public let standardError: Double?
  }

  /// The mean number of periods in each state.
  ///
  /// - Complexity: O(people × periods).
  public func meanTimes() -> [MeanTime] {
    let times = (0..<rows).map { timesInStates($0) }
    let total = totalWeight
    let squares = compensatedSum(zip(totals, weights).map { $0 * $1 })
    let degrees = total - squares / total
    let people = zip(weights, copies).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
    return (0..<states).map { state in
      guard total > 0 else { return MeanTime(mean: nil, variance: nil, standardError: nil) }
      let mean = compensatedSum((0..<rows).map { totals[$0] * Double(times[$0][state]) }) / total
      guard people > 1 else { return MeanTime(mean: mean, variance: nil, standardError: nil) }
      let deviations = compensatedSum(
        (0..<rows).map {
          let deviation = Double(times[$0][state]) - mean
          return totals[$0] * deviation * deviation
        })
      let variance = deviations / degrees
      return MeanTime(
        mean: mean, variance: variance, standardError: (variance / total).squareRoot())
    }
  }

  /// The number of periods in each state of one sequence, by its place.
  public func timesInStates(_ person: Int) -> [Int] {
    var times = [Int](repeating: 0, count: states)
    for period in 0..<length { times[state(person, period)] += 1 }
    return times
  }
}

extension SequenceStatistics {
  /// The shape of one journey.
  public struct Shape: Equatable, Sendable {
    /// The number of changes of state.
    public let transitions: Int
    /// The entropy of the shares of time in the states, normalised; 0 for a single state.
    public let entropy: Double
    /// The geometric mean of the entropy and the share of periods followed by a change; nil for a
    /// single period.
    public let complexity: Double?
    /// log₂ of the number of distinct subsequences of the spells, times a factor for how even
    /// their lengths are (Elzinga 2007).
    public let turbulence: Double
  }

  /// The shape of each sequence, in the order given.
  ///
  /// - Precondition: There is at least one period.
  /// - Complexity: O(people × (periods + spells)).
  /// - SeeAlso: Elzinga, Liefbroer (2007), doi:10.1007/s10680-007-9133-7.
  public var shapes: [Shape] {
    precondition(length > 0, "a shape needs a period")
    return (0..<rows).map { shape(of: $0) }
  }

  private func shape(of person: Int) -> Shape {
    var spells: [(state: Int, length: Int)] = []
    for period in 0..<length {
      if spells.last?.state == state(person, period) {
        spells[spells.count - 1].length += 1
      } else {
        spells.append((state(person, period), 1))
      }
    }
    let entropy = normalisedEntropy(
      timesInStates(person).map { Double($0) / Double(length) })
    let transitions = spells.count - 1
    return Shape(
      transitions: transitions, entropy: entropy,
      complexity: length > 1
        ? (Double(transitions) / Double(length - 1) * entropy).squareRoot() : nil,
      turbulence: turbulence(spells))
  }

  private func turbulence(_ spells: [(state: Int, length: Int)]) -> Double {
    let count = Double(spells.count)
    let mean = Double(length) / count
    let variance =
      spells.reduce(0) { $0 + (Double($1.length) - mean) * (Double($1.length) - mean) } / count
    let largest = (count - 1) * (1 - mean) * (1 - mean)
    return logOfSubsequences(spells.map(\.state)) + log2((largest + 1) / (variance + 1))
  }

  /// log₂ of the number of distinct subsequences, the empty one included.
  ///
  /// Each new element doubles them, less those that ended with the same state before. The numbers
  /// are kept as fractions of the last, so that long journeys do not overflow.
  private func logOfSubsequences(_ sequence: [Int]) -> Double {
    var logarithm = 0.0
    // For each state: the number before its last occurrence, relative to the number now.
    var beforeLast = [Double](repeating: 0, count: states)
    for state in sequence {
      let growth = 2 - beforeLast[state]
      beforeLast[state] = 1
      for other in beforeLast.indices { beforeLast[other] /= growth }
      logarithm += log2(growth)
    }
    return logarithm
  }

  /// −Σ p log p over log of the number of states; 0 with one state.
  private func normalisedEntropy(_ shares: [Double]) -> Double {
    guard states > 1 else { return 0 }
    return -compensatedSum(shares.map { $0 > 0 ? $0 * log($0) : 0 }) / log(Double(states))
  }
}

private func compensatedSum(_ terms: [Double]) -> Double {
  var sum = CompensatedSum()
  for term in terms { sum.add(term) }
  return sum.value
}
