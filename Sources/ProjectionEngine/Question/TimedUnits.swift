import Journey

/// One thing that a question follows, with what groups it, how long, and what ended it.
public struct TimedUnit: Sendable, Equatable {
  /// Which unit: as in ``CountedUnit``.
  public let id: UInt64
  /// What it is grouped by, nil where nothing is stated.
  public let values: [String?]
  /// For how long it was followed, in clock units.
  public let length: Int32
  /// What ended that: 0 where nothing happened, else the place of the event among ``TimedUnits/causes``,
  /// from 1.
  public let cause: Int
}

/// Everything that a question of kind `time-to-event` or `table` follows, unit by unit: what a published
/// curve is made of.
public struct TimedUnits: Sendable {
  /// The units, ascending by id.
  public let units: [TimedUnit]
  /// What the values are: `group` for the question's own groups, `cohort`, then the attributes.
  public let names: [String]
  /// The events that can end following, the one waited for first.
  public let causes: [String]
  /// The unit of the clock.
  public let clock: ClockUnit

  /// Follows everybody as a question asks.
  ///
  /// - Throws: `ChoiceProblem` when a choice does not fit, the question is of another kind, or its units
  ///   are weighted, or `QuestionError`.
  public init(
    of definition: QuestionDefinition, _ choices: QuestionDefinition.Choices,
    from view: JourneysView, size: UInt64
  ) throws {
    var question: TimeToEventQuestion
    var names: [String] = []
    switch definition.content {
    case .timeToEvent(let timed):
      question = try timed.question(choices, clock: choices.clock ?? definition.clock)
      names = question.groupedBy
    case .table(let table):
      var choices = choices
      if choices.groupedBy.isEmpty { choices.groupedBy = table.by }
      names = ["cohort"] + choices.groupedBy
      choices.groupedBy.insert(table.cohort.groupingName, at: 0)
      question = try table.timeToEvent.question(choices, clock: choices.clock ?? definition.clock)
    case .shares, .states, .sequences:
      throw QuestionDefinition.ChoiceProblem.onlyTimeToEvent(definition.kind)
    }
    guard question.weight == nil else { throw QuestionDefinition.ChoiceProblem.noCounts }
    question.keepsUnits = true
    let result = try question.ask(view, size: size)
    units = result.groups.flatMap { group in
      group.units.map { unit in
        TimedUnit(
          id: unit.id, values: group.values, length: unit.duration.length,
          cause: Int(unit.duration.cause))
      }
    }.sorted { $0.id < $1.id }
    self.names = (question.groups.isEmpty ? [] : ["group"]) + names
    causes = question.causeNames
    clock = question.clock
  }
}
