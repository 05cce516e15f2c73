public import Journey

extension QuestionDefinition {
  /// Two answers compared, and what their figures are.
  public struct Comparison: Sendable {
    /// What moved the figures.
    public let comparison: KnowledgeComparison
    /// The times of the figures, in clock units.
    public let horizons: [Double]
    /// The unit of the clock.
    public let clock: ClockUnit
    /// The events whose incidence the figures hold, as the file names them; none where only one ends the time.
    public let causes: [String]
    /// What the figures of shares are of, row by row; empty for other kinds.
    public let rows: [ShareDefinition.Row]
    /// What the numbers are of; empty for curves.
    public let numbers: [Number]

    /// Whether the figures are those of a curve.
    public var isCurve: Bool { rows.isEmpty && numbers.isEmpty }
  }

  /// One number of a comparison.
  public struct Number: Sendable {
    /// What kind of number it is.
    public enum Measure: String, Sendable {
      /// A share, 0 to 1.
      case share
      /// People.
      case count
      /// Units of the clock.
      case time
      /// What the question says it is.
      case value
    }

    /// The code in files: of the number and its summary, of a state, of a way.
    public let code: String
    /// The time it is read off at, in clock units; nil for none.
    public let horizon: Double?
    /// What it is called.
    public let label: LocalizedText
    /// What kind of number it is.
    public let measure: Measure
  }

  /// Compares the answers at two states of knowledge.
  ///
  /// - Parameters:
  ///   - choices: What the person who asks chose.
  ///   - view: The journeys, refreshed.
  ///   - sizes: The numbers of records known.
  ///   - days: The reference days of the two answers.
  /// - Throws: `ChoiceProblem` when a choice does not fit, or `QuestionError`.
  public func compare(
    _ choices: Choices, _ view: JourneysView, sizes: (lower: UInt64, upper: UInt64),
    days: (lower: Day, upper: Day)
  ) throws -> Comparison {
    func comparison(
      _ question: some ComparedQuestion, horizons: [Double], on clock: ClockUnit,
      causes: [String] = [], rows: [ShareDefinition.Row] = [], _ numbers: [Number] = []
    ) throws -> Comparison {
      Comparison(
        comparison: try KnowledgeComparison(question, view, sizes: sizes, days: days),
        horizons: horizons, clock: clock, causes: causes, rows: rows, numbers: numbers)
    }
    switch content {
    case .timeToEvent(let definition):
      let question = try timeToEvent(choices)
      let horizons = choices.horizons ?? horizons(on: question.clock)
      return try comparison(
        ComparedCurve(question: question, horizons: horizons), horizons: horizons,
        on: question.clock,
        causes: definition.competing.isEmpty ? [] : definition.causeNames)
    case .shares(let definition):
      let question = try shares(definition, choices)
      return try comparison(
        try ComparedShares(question, view, size: sizes.upper), horizons: question.horizons,
        on: clock, rows: definition.rows, definition.values.flatMap(Number.of))
    case .states(let definition):
      let question = try states(definition, choices)
      return try comparison(
        ComparedStates(question: question), horizons: question.horizons, on: question.clock,
        definition.isFollowed
          ? Number.occupancy(definition, question.horizons)
          : Number.moves(definition, question.horizons))
    case .table(let definition):
      let question = try table(definition, choices)
      return try comparison(
        ComparedCohorts(question: question), horizons: question.horizons,
        on: question.timeToEvent.clock, Number.cohort(question))
    case .sequences(let definition):
      var compared = ComparedSequences(question: try sequences(definition, choices))
      for (size, day) in [(sizes.lower, days.lower), (sizes.upper, days.upper)] {
        compared.referenceDay = day
        try compared.take(view, size: size)
      }
      let question = compared.question
      return try comparison(
        compared, horizons: question.states.horizons, on: question.states.clock,
        Number.sequences(definition.states, compared.shapes))
    }
  }
}

extension QuestionDefinition.Number {
  private static let unknown = LocalizedText(en: "not known", de: "unbekannt")

  /// The summaries of a number that a question takes.
  static func of(_ value: ShareDefinition.Value) -> [Self] {
    value.summaries.map {
      Self(
        code: "\(value.code):\($0.rawValue)", horizon: nil,
        label: value.label + LocalizedText(verbatim: ", \($0.rawValue)"), measure: .value)
    }
  }

  /// The states at every horizon, state by state.
  static func occupancy(_ definition: StateDefinition, _ horizons: [Double]) -> [Self] {
    definition.states.flatMap { state in
      horizons.map { Self(code: state.code, horizon: $0, label: state.label, measure: .share) }
    }
  }

  /// From each state to each, horizon by horizon.
  static func moves(_ definition: StateDefinition, _ horizons: [Double]) -> [Self] {
    let states = definition.states.map { ($0.code, $0.label) } + [("unknown", unknown)]
    return horizons.flatMap { horizon in
      states.flatMap { from in
        states.map { to in
          Self(
            code: "\(from.0)>\(to.0)", horizon: horizon,
            label: from.1 + LocalizedText(verbatim: " → ") + to.1, measure: .count)
        }
      }
    }
  }

  /// The share of a cohort at every horizon.
  static func cohort(_ question: CohortTableQuestion) -> [Self] {
    let label =
      question.showsRemaining
      ? LocalizedText(en: "still there", de: "noch dabei")
      : LocalizedText(en: "had the event", de: "Ereignis eingetreten")
    return question.horizons.map {
      Self(code: "share", horizon: $0, label: label, measure: .share)
    }
  }

  /// The mean time in every state, then the share of every way.
  static func sequences(_ definition: StateDefinition, _ shapes: [[UInt8]]) -> [Self] {
    let states = definition.states.map { ($0.code, $0.label) } + [("unknown", unknown)]
    let times = states.map { Self(code: $0.0, horizon: nil, label: $0.1, measure: .time) }
    return times
      + shapes.map { shape in
        let way = shape.map { states[Int($0)] }
        func joined(_ words: (LocalizedText) -> String) -> String {
          way.map { words($0.1) }.joined(separator: " → ")
        }
        return Self(
          code: way.map(\.0).joined(separator: ">"), horizon: nil,
          label: LocalizedText(en: joined { $0.en }, de: joined { $0.de }), measure: .share)
      }
  }
}
