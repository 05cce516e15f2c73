public import Journey

/// What a question of kind `time-to-event` asks, as its file states it.
public struct TimeToEventDefinition: Sendable {
  /// What is counted.
  public var unit = AnalysisUnit.person
  /// When the clock starts.
  public var origin: IndexEvent
  /// What the question waits for, as its file names it.
  public enum Event: String, Sendable, CaseIterable {
    /// The first placement.
    case firstPlacement = "first-placement"
    /// An interruption of work.
    case interruption
    /// The exit from the programme.
    case exit
    /// An exit before the planned end without a goal reached.
    case dropout
  }

  /// The first and last day of the index event, where who asks chooses none; nil for no bound.
  public var window: ClosedRange<Day>?
  /// What has to hold on the index day; nil for no condition.
  public var condition: QuestionExpression?
  /// How much each unit counts; nil for all the same.
  public var weight: QuestionWeight?
  /// What the question waits for.
  public var event: Event
  /// What can happen instead.
  public var competing: [CompetingEvent] = []
  /// What ends observation where nothing happened.
  public var censoring = Censoring.lastConfirmedDay
  /// The last day of the data, where the file says that they end before the reference day.
  public var dataCut: Day?
  /// The groups of the file; none when only attributes group.
  public var groups: [ShareDefinition.Group] = []
  /// Whether only the job that starts the clock counts as work.
  public var isSameJob = false
  /// The placements that count.
  public var kinds: Set<PlacementKind>
  /// The allowed gap, where the question waits for an interruption.
  public var gap: TimeLength?
  /// The gap rule, where the question waits for an interruption.
  public var rule: GapRule?
  /// The times, in clock units, at which the answer is read off.
  public var horizons: [Double]
  /// The time up to which the restricted mean is taken.
  public var restrictedMeanTo: Double?

  /// All expressions of the question.
  var expressions: [QuestionExpression] {
    [condition, weight?.of].compactMap(\.self) + groups.map(\.when)
  }

  /// The events that can end a person's clock, the one waited for first, as files name them.
  public var causeNames: [String] { [event.rawValue] + competing.map(\.rawValue) }

  /// The question with choices applied, ready to be asked.
  ///
  /// - Throws: `ChoiceProblem` when a gap or rule is chosen where there is none, or in a unit that
  ///   the clock does not count.
  func question(
    _ choices: QuestionDefinition.Choices, clock: ClockUnit
  ) throws(QuestionDefinition.ChoiceProblem) -> TimeToEventQuestion {
    var question = TimeToEventQuestion(
      clock: clock, origin: origin, outcome: .firstPlacement, kinds: kinds,
      window: choices.window ?? window, groupedBy: choices.groupedBy,
      referenceDay: choices.referenceDay)
    question.unit = unit
    question.condition = condition
    question.weight = weight
    question.competing = competing
    question.censoring = censoring
    question.dataCut = dataCut
    question.groups = groups
    question.isSameJob = isSameJob
    switch event {
    case .firstPlacement: break
    case .exit: question.outcome = .exit
    case .dropout: question.outcome = .dropout
    case .interruption:
      let gap = try gap(choices, clock)
      question.outcome = .interruption(gap: gap.count, rule: choices.rule ?? rule ?? .b)
      return question
    }
    if choices.gap != nil || choices.rule != nil { throw .noGap }
    return question
  }

  private func gap(
    _ choices: QuestionDefinition.Choices, _ clock: ClockUnit
  ) throws(QuestionDefinition.ChoiceProblem) -> TimeLength {
    // On another clock than the file's, four weeks stand for a month: a gap of months has no exact
    // length in days, and one of days is asked for again where it is no number of four weeks.
    var gap = choices.gap ?? gap ?? TimeLength(0, clock)
    if choices.gap == nil, gap.unit != clock {
      if clock == .day {
        gap = TimeLength(gap.count * 28, .day)
      } else if gap.count % 28 == 0 {
        gap = TimeLength(gap.count / 28, .month)
      }
    }
    guard gap.unit == clock || gap.count == 0 else { throw .gapUnit(gap, clock: clock) }
    return gap
  }
}
