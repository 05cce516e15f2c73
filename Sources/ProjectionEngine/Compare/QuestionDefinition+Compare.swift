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
    /// What the figures of shares are of, row by row; empty for curves.
    public let rows: [ShareDefinition.Row]
    /// What numbers are taken; empty for curves.
    public let values: [ShareDefinition.Value]
  }

  /// Compares the answers at two states of knowledge; for kinds `time-to-event`, `point` and `count`.
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
    switch content {
    case .timeToEvent:
      let question = try timeToEvent(choices)
      guard question.weight == nil else { throw ChoiceProblem.notCompared(kind) }
      let horizons = choices.horizons ?? horizons(on: question.clock)
      let comparison = try KnowledgeComparison(
        question, view, sizes: sizes, days: days, horizons: horizons)
      return Comparison(
        comparison: comparison, horizons: horizons, clock: question.clock, rows: [], values: [])
    case .shares(let definition):
      let question = try shares(definition, choices)
      return Comparison(
        comparison: try KnowledgeComparison(question, view, sizes: sizes, days: days),
        horizons: question.horizons, clock: clock, rows: definition.rows,
        values: definition.values)
    case .states, .table, .sequences: throw ChoiceProblem.notCompared(kind)
    }
  }
}
