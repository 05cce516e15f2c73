import Journey

/// A question of kind `occupancy` or `transitions` to compare.
struct ComparedStates: ComparedQuestion {
  var question: StateQuestion

  var nobody: StateTally { StateTally(question) }
  var order: AttributeOrder {
    AttributeOrder(question.groupedBy)
  }
  var referenceDay: Day {
    get { question.referenceDay }
    set { question.referenceDay = newValue }
  }

  func groups(
    _ view: JourneysView, size: UInt64
  ) throws(QuestionError) -> [[String?]: StateTally] {
    tallies(try question.ask(view, size: size).groups)
  }

  func reader(_ catalogue: AttributeCatalogue) throws(QuestionError) -> OutcomeReader<StateSums> {
    OutcomeReader(try StateFold(question, catalogue))
  }
}

/// Stretches in states and moves between them, by time: the probability of each state is worked out
/// anew from these after every event, without looking at all stretches again.
struct StateTally: Tally {
  private let horizons: [Double]
  private let isFollowed: Bool
  private let states: Int
  private var people = 0
  private var fromIndex: [Int]
  /// How many stretches in each state began and ended at each time, and how many of these moved:
  /// `[time * states + state]`, `[(time * states + from) * states + to]`.
  private var (begun, ended, moved): ([Int], [Int], [Int]) = ([], [], [])

  init(_ question: StateQuestion) {
    horizons = question.horizons
    isFollowed = question.definition.isFollowed
    states = question.definition.states.count
    fromIndex = StateSums(states: states, horizons: horizons.count).fromIndex
  }

  var isEmpty: Bool { people == 0 }

  mutating func add(_ unit: StateSums) { count(unit, 1) }
  mutating func takeOut(_ unit: StateSums) { count(unit, -1) }

  private mutating func count(_ sums: StateSums, _ sign: Int) {
    people += sign * sums.people
    for place in fromIndex.indices { fromIndex[place] += sign * sums.fromIndex[place] }
    for (stretch, number) in sums.stretches {
      let (start, stop, state) = (Int(stretch.start), Int(stretch.stop), Int(stretch.state))
      let missing = (stop + 1) * states - begun.count
      if missing > 0 {
        begun += [Int](repeating: 0, count: missing)
        ended += [Int](repeating: 0, count: missing)
        moved += [Int](repeating: 0, count: missing * states)
      }
      begun[start * states + state] += sign * number
      ended[stop * states + state] += sign * number
      if stretch.next >= 0 {
        moved[(stop * states + state) * states + Int(stretch.next)] += sign * number
      }
    }
  }

  /// Of an `occupancy` the probability of each state at each horizon, state by state.
  ///
  /// Of `transitions` how many went from which state to which, horizon by horizon.
  var figures: KnowledgeComparison.Figures {
    var figures = KnowledgeComparison.Figures(counted: people)
    guard isFollowed else {
      figures.numbers = fromIndex.map { Double($0) }
      figures.bases = fromIndex.map { _ in people }
      return figures
    }
    let read = probabilities
    for state in 0..<states {
      for place in horizons.indices {
        figures.numbers.append(read[place]?[state] ?? 0)
        figures.bases.append(read[place] == nil ? 0 : people)
      }
    }
    return figures
  }

  /// The probabilities of the states at each horizon, after Aalen and Johansen; nil where nobody was
  /// followed as far.
  private var probabilities: [[Double]?] {
    let count = begun.count / max(states, 1)
    var found = [[Double]?](repeating: nil, count: horizons.count)
    guard let last = (0..<count).last(where: { has(ended, at: $0) }) else { return found }
    var atRisk = [Int](repeating: 0, count: states)
    var shares: [Double]?
    for time in 0...last {
      if has(moved, at: time, width: states * states) {
        let mix = shares ?? Self.mix(atRisk)
        shares = step(mix, atRisk, at: time)
      }
      for (place, horizon) in horizons.enumerated() where Int(horizon) == time {
        found[place] = shares
      }
      for state in 0..<states {
        atRisk[state] += begun[time * states + state] - ended[time * states + state]
      }
    }
    // Who has come to a state in which nobody is followed any more is in it for good.
    if let shares, (0..<states).allSatisfy({ shares[$0] == 0 || !isFollowed(in: $0) }) {
      for (place, horizon) in horizons.enumerated() where Int(horizon) > last {
        found[place] = shares
      }
    }
    // Before the first move everybody is where they began; without any move that stays so.
    let initial = firstMix(upTo: last)
    let origin = (0...last).first { has(begun, at: $0) } ?? 0
    for (place, horizon) in horizons.enumerated()
    where found[place] == nil && (origin...last).contains(Int(horizon)) {
      found[place] = initial
    }
    return found
  }

  /// Whether anybody was ever followed in a state.
  private func isFollowed(in state: Int) -> Bool {
    stride(from: state, to: begun.count, by: states).contains { begun[$0] > 0 }
  }

  private func has(_ counts: [Int], at time: Int, width: Int? = nil) -> Bool {
    let width = width ?? states
    return counts[time * width..<(time + 1) * width].contains { $0 > 0 }
  }

  private func step(_ mix: [Double], _ atRisk: [Int], at time: Int) -> [Double] {
    var next = mix
    for from in 0..<states where atRisk[from] > 0 {
      for to in 0..<states where to != from {
        let number = moved[(time * states + from) * states + to]
        guard number > 0 else { continue }
        let flow = mix[from] * Double(number) / Double(atRisk[from])
        next[from] -= flow
        next[to] += flow
      }
    }
    return next
  }

  /// The mix of states of those under observation at the first move, or without any at the first end.
  private func firstMix(upTo last: Int) -> [Double] {
    let hasMoves = (0...last).contains { has(moved, at: $0, width: states * states) }
    var atRisk = [Int](repeating: 0, count: states)
    for time in 0...last {
      let isLookedAt =
        hasMoves ? has(moved, at: time, width: states * states) : has(ended, at: time)
      if isLookedAt { return Self.mix(atRisk) }
      for state in 0..<states {
        atRisk[state] += begun[time * states + state] - ended[time * states + state]
      }
    }
    return Self.mix(atRisk)
  }

  private static func mix(_ counts: [Int]) -> [Double] {
    let all = counts.reduce(0, +)
    return counts.map { all > 0 ? Double($0) / Double(all) : 0 }
  }
}
