import Journey
public import Statistics

/// An answer to a question of kind `sequences`, with what it rests on.
public struct SequenceAnswer: Sendable {
  /// The order in which people were in states, however long in each.
  public struct Shape: Sendable, Equatable {
    /// The states one after the other; the number of states stands for “not known”.
    public let states: [Int]
    /// How many people had it.
    public let people: Int
    /// The mean number of periods in each of them.
    public let periods: [Double]
  }

  /// One journey, and how many people had the same.
  public struct Path: Sendable, Equatable {
    /// The state in each period; the number of states stands for “not known”.
    public let states: [Int]
    /// How many people.
    public let people: Int
  }

  /// One group.
  public struct Group: Sendable {
    /// The values that the group stands for; nil where nothing is stated.
    public let values: [String?]
    /// How many people it has.
    public let people: Int
    /// How many of them have not come to the last period yet; nothing else counts them.
    public let notDue: Int
    /// The journeys of all others, the most frequent first.
    public let journeys: [Path]
    /// The most frequent shapes, the most frequent first.
    public let shapes: [Shape]
    /// How many different shapes there are.
    public let shapeCount: Int
    /// The shares of the states and their entropy in every period, “not known” the last state.
    public let distribution: [SequenceStatistics.Distribution]
    /// From each state to each in the next period; nil where nobody was in the state.
    public let transitionRates: [[Double]?]
    /// The mean number of periods in each state.
    public let meanTimes: [SequenceStatistics.MeanTime]
    /// How journeys are made up, on average over people; nil for nobody.
    public let means: Means?

    /// How many people have journeys.
    public var followed: Int { people - notDue }
  }

  /// Averages over people of what describes one journey; see `SequenceStatistics.Shape`.
  public struct Means: Sendable, Equatable {
    /// Changes of state.
    public let transitions: Double
    /// Entropy of the time in states, 0 to 1.
    public let entropy: Double
    /// Complexity, 0 to 1; nil for a single period.
    public let complexity: Double?
    /// Turbulence.
    public let turbulence: Double
  }

  /// The definition.
  public let definition: QuestionDefinition
  /// The question as asked.
  public let question: SequenceQuestion
  /// The groups in the order of their values.
  public let groups: [Group]
  /// How many people counted, and why others did not.
  public let attrition: Attrition
  /// What the answer rests on.
  public let certificate: AnswerCertificate
  /// How far that is complete; nil when nothing of it is immature.
  public let maturity: AnswerMaturity?
  let intervals: IntervalType
  let level: Double

  /// Works out an answer from people's journeys.
  ///
  /// - Throws: `StatisticsError`, which means a mistake of the program.
  public init(
    _ result: SequenceResult, to question: SequenceQuestion, of definition: QuestionDefinition,
    intervals: IntervalType = .logLog, level: Double = 0.95, certificate: AnswerCertificate,
    maturity: AnswerMaturity? = nil
  ) throws(StatisticsError) {
    self.definition = definition
    self.question = question
    self.intervals = intervals
    self.level = level
    attrition = result.attrition
    self.certificate = certificate
    self.maturity = maturity
    var groups: [Group] = []
    for (values, sums) in result.groups {
      groups.append(try SequenceAnswer.group(values, sums, question))
    }
    self.groups = groups
  }

  static func group(
    _ values: [String?], _ sums: SequenceSums, _ question: SequenceQuestion
  ) throws(StatisticsError) -> Group {
    let journeys = sums.journeys.map { Path(states: $0.key.map { Int($0) }, people: $0.value) }
      .sorted {
        $0.people != $1.people
          ? $0.people > $1.people : $0.states.lexicographicallyPrecedes($1.states)
      }
    let copies = journeys.map(\.people)
    let statistics = try SequenceStatistics(
      states: question.states.definition.states.count + 1, sequences: journeys.map(\.states),
      copies: copies)
    let shapes = SequenceAnswer.shapes(journeys)
    return Group(
      values: values, people: sums.people, notDue: sums.notDue, journeys: journeys,
      shapes: Array(shapes.prefix(question.shapes)), shapeCount: shapes.count,
      distribution: statistics.distribution, transitionRates: statistics.transitionRates(),
      meanTimes: statistics.meanTimes(),
      means: journeys.isEmpty ? nil : means(statistics.shapes, copies))
  }

  /// All shapes, the most frequent first; of equally frequent ones the shorter first.
  private static func shapes(_ journeys: [Path]) -> [Shape] {
    var found: [[Int]: (people: Int, periods: [Int])] = [:]
    for journey in journeys {
      var (states, lengths): ([Int], [Int]) = ([], [])
      for state in journey.states {
        if state == states.last {
          lengths[lengths.count - 1] += 1
        } else {
          states.append(state)
          lengths.append(1)
        }
      }
      var sum = found[states] ?? (0, lengths.map { _ in 0 })
      sum.people += journey.people
      for place in lengths.indices { sum.periods[place] += lengths[place] * journey.people }
      found[states] = sum
    }
    return found.map { states, sum in
      Shape(
        states: states, people: sum.people,
        periods: sum.periods.map { Double($0) / Double(sum.people) })
    }.sorted { one, other in
      if one.people != other.people { return one.people > other.people }
      if one.states.count != other.states.count { return one.states.count < other.states.count }
      return one.states.lexicographicallyPrecedes(other.states)
    }
  }

  private static func means(_ shapes: [SequenceStatistics.Shape], _ copies: [Int]) -> Means {
    let people = Double(copies.reduce(0, +))
    func mean(_ of: (SequenceStatistics.Shape) -> Double) -> Double {
      zip(shapes, copies).reduce(0) { $0 + of($1.0) * Double($1.1) } / people
    }
    return Means(
      transitions: mean { Double($0.transitions) }, entropy: mean(\.entropy),
      complexity: shapes[0].complexity == nil ? nil : mean { $0.complexity ?? 0 },
      turbulence: mean(\.turbulence))
  }
}
