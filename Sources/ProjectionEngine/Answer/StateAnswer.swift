import Journey
public import Statistics

/// An answer to a question of kind `occupancy` or `transitions`, with what it rests on.
public struct StateAnswer: Sendable {
  /// Where people were at two times: how many went from each state to each.
  public struct Moves: Sendable, Equatable {
    /// The later time, in clock units.
    public let horizon: Double
    /// People by the earlier state, then by the later one; the last of each is “not known”.
    public let counts: [[Int]]
    /// People who have not reached the later time.
    public let notDue: Int
  }

  /// One group.
  public struct Group: Sendable {
    /// The values that the group stands for; nil where nothing is stated.
    public let values: [String?]
    /// How many people it has.
    public let people: Int
    /// The probability of each state over time, of an `occupancy`; nil when nobody was followed.
    public let occupancy: AalenJohansen?
    /// The probability of each state at the horizons: by state, then by horizon.
    public let readings: [[AalenJohansen.Reading]]
    /// The mean time in each state up to the question's horizon.
    public let meanTimes: [MeanTimeInState]
    /// From the index day to each horizon.
    public let fromIndex: [Moves]
    /// From each horizon to the next, the first from the index day.
    public let steps: [Moves]
  }

  /// The definition.
  public let definition: QuestionDefinition
  /// The question as asked.
  public let question: StateQuestion
  /// How confidence limits are made.
  public let intervals: IntervalType
  /// The confidence level.
  public let level: Double
  /// The groups in the order of their values.
  public let groups: [Group]
  /// How many people counted, and why others did not.
  public let attrition: Attrition
  /// What the answer rests on.
  public let certificate: AnswerCertificate
  /// How far that is complete; nil when nothing of it is immature.
  public let maturity: AnswerMaturity?

  /// Works out an answer from what people gave.
  ///
  /// - Throws: `StatisticsError` when the level or a horizon is out of range.
  public init(
    _ result: StateResult, to question: StateQuestion, of definition: QuestionDefinition,
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
      let curve = try StateAnswer.occupancy(sums, states: question.definition.states.count)
      var readings: [[AalenJohansen.Reading]] = []
      var means: [MeanTimeInState] = []
      if let curve {
        for state in 0..<curve.states {
          readings.append(
            try curve.at(question.horizons, state: state, limitsOf: intervals, level: level))
        }
        if let horizon = definition.restrictedMeanTo(on: question.clock) {
          means = try curve.meanTimes(to: horizon)
        }
      }
      groups.append(
        Group(
          values: values, people: sums.people, occupancy: curve, readings: readings,
          meanTimes: means, fromIndex: StateAnswer.moves(sums, sums.fromIndex, question),
          steps: StateAnswer.moves(sums, sums.steps, question)))
    }
    self.groups = groups
  }

  /// The curves of the stretches: Aalen–Johansen with standard errors of Greenwood's kind.
  static func occupancy(
    _ sums: StateSums, states: Int
  ) throws(StatisticsError) -> AalenJohansen? {
    let stretches = sums.stretches.sorted {
      ($0.key.stop, $0.key.start, $0.key.state, $0.key.next)
        < ($1.key.stop, $1.key.start, $1.key.state, $1.key.next)
    }
    guard !stretches.isEmpty else { return nil }
    let rows = try StateFollowUp(
      starts: stretches.map { Double($0.key.start) }, stops: stretches.map { Double($0.key.stop) },
      from: stretches.map { Int($0.key.state) }, to: stretches.map { Int($0.key.next) },
      states: states, weights: stretches.map { Double($0.value) })
    return try AalenJohansen(rows, variance: .greenwood)
  }

  static func moves(
    _ sums: StateSums, _ counts: [Int], _ question: StateQuestion
  ) -> [Moves] {
    let width = question.definition.states.count + 1
    return question.horizons.enumerated().map { place, horizon in
      let base = place * width * width
      return Moves(
        horizon: horizon,
        counts: (0..<width).map { from in
          Array(counts[base + from * width..<base + (from + 1) * width])
        }, notDue: sums.notDue[place])
    }
  }
}
