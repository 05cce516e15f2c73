public import Journey

/// A question as its file states it, before anything is chosen on the command line.
public struct QuestionDefinition: Sendable {
  /// The name in kebab-case, which is also the file's.
  public var name: String
  /// The version of the definition, from 1.
  public var version: Int
  /// What the question is called.
  public var title: LocalizedText
  /// The question as a sentence.
  public var sentence: LocalizedText
  /// The exact rule in words.
  public var rule: LocalizedText
  /// Law, office or paper that the definition comes from.
  public var source: LocalizedText
  /// The kind of the question.
  public var kind: Kind
  /// The unit of the clock.
  public var clock: ClockUnit
  /// What is asked, by kind.
  public var content: Content
  /// SHA-256 of the file's bytes, in hex.
  public var digest: String
  /// The whole file.
  public var text: String
  /// The worked example of the file; nil where it has none.
  public var example: QuestionExample?

  /// What a question asks, by the kind that its file names.
  public enum Content: Sendable {
    /// How long until something happens: kind `time-to-event`.
    case timeToEvent(TimeToEventDefinition)
    /// Of how many something holds: kinds `point` and `count`.
    case shares(ShareDefinition)
    /// In which states people are: kinds `occupancy` and `transitions`.
    case states(StateDefinition)
    /// How long until something happens, cohort by cohort: kind `table`.
    case table(CohortTableDefinition)
    /// Which ways people went through states: kind `sequences`.
    case sequences(SequenceDefinition)
  }

  /// The kinds of questions, as files name them.
  public enum Kind: String, Sendable, CaseIterable {
    /// How long until something happens.
    case timeToEvent = "time-to-event"
    /// Of how many one thing holds at several horizons.
    case point
    /// Of how many several things hold.
    case count
    /// In which states people are over time.
    case occupancy
    /// From which state to which people went.
    case transitions
    /// How many something has happened to by several horizons, cohort by cohort.
    case table
    /// Which ways people went through states.
    case sequences
  }

  /// The times at which the file reads its answer off, in units of the file's clock.
  public var horizons: [Double] {
    switch content {
    case .timeToEvent(let definition): definition.horizons
    case .shares(let definition): definition.horizons
    case .states(let definition): definition.horizons
    case .table(let definition): definition.timeToEvent.horizons
    case .sequences(let definition): definition.states.horizons
    }
  }

  /// The expressions of the file.
  var expressions: [QuestionExpression] {
    switch content {
    case .timeToEvent(let definition): definition.expressions
    case .shares(let definition): definition.expressions
    case .states(let definition): definition.expressions
    case .table(let definition): definition.timeToEvent.expressions
    case .sequences(let definition): definition.states.expressions
    }
  }

  /// The parameters that the question rests on, by name, each once.
  public var parameters: [Parameter] {
    ParameterSet(expressions.flatMap(\.parameters)).parameters.sorted { $0.name < $1.name }
  }

  /// Their values as files write them, by name.
  var parameterTexts: [String: String] {
    Dictionary(parameters.map { ($0.name, $0.written) }) { one, _ in one }
  }
}

extension QuestionDefinition {
  /// What the person who asks may choose.
  public struct Choices: Sendable {
    /// Another allowed gap.
    public var gap: TimeLength?
    /// Another gap rule.
    public var rule: GapRule?
    /// Another clock.
    public var clock: ClockUnit?
    /// Attributes to group by.
    public var groupedBy: [String] = []
    /// The first and last day of the index event.
    public var window: ClosedRange<Day>?
    /// The times at which the answer is read off, in clock units; nil for those of the file.
    public var horizons: [Double]?
    /// The reference day.
    public var referenceDay: Day
    /// How to take what is recorded late.
    public var lateRecords = LateRecords.asRecorded
    /// Whether curves come with what the lost could have made of them.
    public var bounds = false
    /// The attributes at entry that weights of response are made by; none for no weights.
    public var responseBy: [String] = []

    /// Chooses nothing but the reference day.
    public init(referenceDay: Day) { self.referenceDay = referenceDay }
  }

  /// Why choices do not fit the question.
  public enum ChoiceProblem: Error, Equatable, Sendable {
    /// The question waits for no interruption, so it has no gap and no rule.
    case noGap
    /// The gap's unit is not the clock's.
    case gapUnit(TimeLength, clock: ClockUnit)
    /// Only questions of kind `time-to-event` can be asked so.
    case onlyTimeToEvent(Kind)
    /// A horizon is no whole number of clock units.
    case horizon(Double)
    /// The log does not tell how late what the question asks about is recorded; carries what that is.
    case delaysUnknown([RecordedSubject])
    /// Figures of this question cannot be corrected for delay.
    case noNowcast(CurveNowcast.Refusal)
    /// Only shares can be weighted for response.
    case onlyShares(Kind)
    /// States have no bounds.
    case noBounds(Kind)
    /// Only questions that count people, all the same, can be asked so.
    case onlyPeople
    /// Units with weights are no counts that a table could publish.
    case noCounts
    /// A question of kind `sequences` has one horizon, from 1 to so many periods.
    case periods(most: Int)
  }

  /// The question with choices applied, ready to be asked.
  ///
  /// - Throws: `ChoiceProblem` when a choice does not fit, or the question is of another kind.
  public func timeToEvent(_ choices: Choices) throws(ChoiceProblem) -> TimeToEventQuestion {
    guard case .timeToEvent(let definition) = content else { throw .onlyTimeToEvent(kind) }
    return try definition.question(choices, clock: choices.clock ?? clock)
  }

  /// A question of kind `point` or `count` with choices applied.
  func shares(
    _ definition: ShareDefinition, _ choices: Choices
  ) throws(ChoiceProblem) -> ShareQuestion {
    if choices.gap != nil || choices.rule != nil { throw .noGap }
    // The horizon `h` of the expressions counts in the clock of the file.
    guard choices.clock == nil || choices.clock == clock else { throw .onlyTimeToEvent(kind) }
    return ShareQuestion(
      definition: definition, clock: clock,
      horizons: try wholeHorizons(kind == .point ? choices : nil),
      window: choices.window ?? definition.window,
      groupedBy: choices.groupedBy, referenceDay: choices.referenceDay)
  }

  /// A question of kind `occupancy` or `transitions` with choices applied.
  func states(
    _ definition: StateDefinition, _ choices: Choices
  ) throws(ChoiceProblem) -> StateQuestion {
    if choices.gap != nil || choices.rule != nil { throw .noGap }
    let clock = choices.clock ?? clock
    var choices = choices
    choices.horizons = choices.horizons ?? horizons(on: clock)
    return StateQuestion(
      definition: definition, clock: clock, horizons: try wholeHorizons(choices),
      window: choices.window ?? definition.window, groupedBy: choices.groupedBy,
      referenceDay: choices.referenceDay)
  }

  /// A question of kind `table` with choices applied.
  func table(
    _ definition: CohortTableDefinition, _ choices: Choices
  ) throws(ChoiceProblem) -> CohortTableQuestion {
    let clock = choices.clock ?? clock
    var choices = choices
    if choices.groupedBy.isEmpty { choices.groupedBy = definition.by }
    choices.horizons = choices.horizons ?? horizons(on: clock)
    return CohortTableQuestion(
      timeToEvent: try definition.timeToEvent.question(choices, clock: clock),
      cohort: definition.cohort, horizons: try wholeHorizons(choices))
  }

  /// A question of kind `sequences` with choices applied.
  func sequences(
    _ definition: SequenceDefinition, _ choices: Choices
  ) throws(ChoiceProblem) -> SequenceQuestion {
    let states = try states(definition.states, choices)
    guard states.horizons.count == 1, (1...SequenceDefinition.longest).contains(states.horizons[0])
    else { throw .periods(most: Int(SequenceDefinition.longest)) }
    return SequenceQuestion(states: states, shapes: definition.shapes)
  }

  private func wholeHorizons(_ choices: Choices?) throws(ChoiceProblem) -> [Double] {
    let horizons = choices?.horizons ?? horizons
    for horizon in horizons where !ClockUnit.counts(to: horizon) { throw .horizon(horizon) }
    return horizons
  }

  /// A time of the file in another clock's unit: a month has 30.4375 days on average.
  private func converted(_ time: Double, to clock: ClockUnit) -> Double {
    switch (self.clock, clock) {
    case (.month, .day): Double(Int(time * 30.4375 + 0.5))
    case (.day, .month): Double(Int(time / 30.4375 + 0.5))
    default: time
    }
  }

  /// The times at which the answer is read off, in units of a clock.
  public func horizons(on clock: ClockUnit) -> [Double] {
    horizons.map { converted($0, to: clock) }
  }

  /// The time up to which the restricted mean is taken, in units of a clock.
  public func restrictedMeanTo(on clock: ClockUnit) -> Double? {
    switch content {
    case .timeToEvent(let definition):
      definition.restrictedMeanTo.map { converted($0, to: clock) }
    case .states(let definition):
      definition.restrictedMeanTo.map { converted($0, to: clock) }
    case .shares, .table, .sequences: nil
    }
  }
}
