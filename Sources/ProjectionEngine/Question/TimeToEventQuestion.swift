public import Journey

/// A question of kind `time-to-event`, ready to be asked.
public struct TimeToEventQuestion: Sendable {
  /// What a person's clock waits for.
  public enum Outcome: Sendable, Equatable {
    /// The first placement of the counted kinds that starts on or after the index day.
    case firstPlacement
    /// The end of work: the first interruption longer than a gap.
    case interruption(gap: Int32, rule: GapRule)
    /// The exit from the programme that no re-entry follows.
    case exit
    /// An exit before the planned end without a goal reached.
    case dropout
  }

  /// The unit of the clock.
  public var clock: ClockUnit
  /// What is counted: people, their participations, or their spells of work.
  ///
  /// Units of one person are one cluster: their curves have robust standard errors.
  public var unit = AnalysisUnit.person
  /// When the clock starts: on the day of this event; after an exit on the last day inside.
  public var origin: IndexEvent
  /// What it waits for.
  public var outcome: Outcome
  /// The events that end the waiting before what is waited for can happen, each a cause of its own.
  ///
  /// Leaving the country and death end observation where they are not among them.
  public var competing: [CompetingEvent] = []
  /// What ends observation where nothing happened.
  public var censoring = Censoring.lastConfirmedDay
  /// The last day of the data, where they end before the reference day.
  public var dataCut: Day?
  /// Whether only the job that starts the clock counts as work, whatever follows it.
  public var isSameJob = false
  /// The placements that count as work.
  public var kinds: Set<PlacementKind>
  /// What has to hold on the index day; nil for no condition.
  public var condition: QuestionExpression?
  /// How much each unit counts; nil for all the same.
  public var weight: QuestionWeight?
  /// The groups that the question itself makes, by what holds on the index day; the first counts.
  public var groups: [ShareDefinition.Group] = []
  /// The first and last day of the index event, both counted; nil for no bound.
  public var window: ClosedRange<Day>?
  /// The attributes at entry that people are grouped by.
  public var groupedBy: [String]
  /// The reference day in valid time: nothing after it counts.
  public var referenceDay: Day
  /// The last day on which events are as good as completely recorded; nil where nothing tells.
  var matureDay: Day?
  /// The last day on which job starts are that can bridge a gap; nil where nothing tells, and where none
  /// can.
  var bridgedDay: Day?
  /// Whether the result holds everybody, for bounds and corrections for delay.
  var keepsPeople = false
  /// Whether the result holds every unit with its duration, for tables that are published.
  var keepsUnits = false

  /// Creates a question.
  public init(
    clock: ClockUnit, origin: IndexEvent, outcome: Outcome, kinds: Set<PlacementKind>,
    window: ClosedRange<Day>? = nil, groupedBy: [String] = [], referenceDay: Day
  ) {
    self.clock = clock
    self.origin = origin
    self.outcome = outcome
    self.kinds = kinds
    self.window = window
    self.groupedBy = groupedBy
    self.referenceDay = referenceDay
  }
}

extension TimeToEventQuestion {
  /// What the question reads of the view.
  var needs: ViewNeeds {
    var needs = ViewNeeds(expressions, groupedBy: groupedBy)
    // Operations, which make participations, are among the details.
    if isLaidOut { needs.columns.insert(.details) }
    if !opensHistory, !Grouping.readsSteps(groupedBy) { needs.columns.insert(.outline) }
    return needs
  }

  /// The last day that counts: the reference day, or before it the end of the data.
  public var lastDay: Day { min(referenceDay, dataCut ?? referenceDay) }

  /// What is evaluated on the index day.
  var expressions: [QuestionExpression] {
    [condition, weight?.of].compactMap(\.self) + groups.map(\.when)
  }

  /// Whether people are opened as histories to find their index days: all but first steps are.
  var isLaidOut: Bool { unit != .person || ![.entry, .firstPlacement].contains(origin) }

  /// Whether anything is asked of people's histories beside their steps.
  var opensHistory: Bool { isLaidOut || !expressions.isEmpty }

  /// Whether units are rows of their own: weighted, or several of one person.
  public var keepsRows: Bool { unit != .person || weight != nil }

  /// The events that can end a person's clock, the one waited for first, as files name them.
  public var causeNames: [String] {
    let waitedFor =
      switch outcome {
      case .firstPlacement: "first-placement"
      case .interruption: "interruption"
      case .exit: "exit"
      case .dropout: "dropout"
      }
    return [waitedFor] + competing.map(\.rawValue)
  }
}

/// What ends observation of people to whom nothing happened; the data cut ends it in any case, which
/// is the reference day, and so do death and leaving the country unless they are events themselves.
public enum Censoring: String, Sendable, CaseIterable {
  /// The last day on which somebody knew the person's situation.
  case lastConfirmedDay = "last-confirmed-day"
  /// Nothing before the data cut: for sources that tell every change by themselves, so that no news
  /// is no change.
  case dataCut = "data-cut"
  /// The last day of the participation that no re-entry follows, or before it the last confirmed one.
  case exit
}

/// What can happen to people instead of what a question waits for.
public enum CompetingEvent: String, Sendable, CaseIterable {
  /// Death, on its day.
  case death
  /// Leaving the country, on its day.
  case leftCountry = "left-country"
  /// An exit before the planned end without a goal reached, from the day after the last one.
  case dropout
  /// Any other exit, from the day after the last one.
  case otherExit = "other-exit"
  /// Any exit that no re-entry follows, from the day after the last one.
  case exit
  /// The first placement of the counted kinds that starts on or after the index day.
  case placement
}

/// How many people a question looked at, and why some do not count.
public struct Attrition: Sendable, Equatable {
  /// Participants that the log knew.
  public var participants = 0
  /// Without an entry.
  public var withoutEntry = 0
  /// Without the index event, or with one outside the window.
  public var withoutIndexEvent = 0
  /// Units for which the question's own condition does not hold.
  public var outsidePopulation = 0
  /// Units of which it is not known whether it holds.
  public var populationUnknown = 0
  /// With an index event after which nobody observed them.
  public var notObserved = 0
  /// Units without a weight that can be used: a number from 0 on.
  public var withoutWeight = 0
  /// Left out by rule B: the index event lies so late that no outcome is known yet.
  public var tooLate = 0
  /// Left out because the processing of their data is restricted (article 18 GDPR).
  public var leftOut = 0
  /// Counted.
  public var counted = 0
  /// Counted, of whom something that would change their outcome may not be recorded yet.
  var immature = 0

  /// Counts a participant of a block as known to the log; says whether figures may hold them.
  mutating func admits(_ block: EffectiveBlock, _ index: Int) -> Bool {
    if block.isLeftOut(index) {
      participants += 1
      leftOut += 1
      return false
    }
    guard block.isKnown(index) else { return false }
    participants += 1
    return true
  }

  static func + (left: Attrition, right: Attrition) -> Attrition {
    var sum = left
    sum.participants += right.participants
    sum.withoutEntry += right.withoutEntry
    sum.withoutIndexEvent += right.withoutIndexEvent
    sum.outsidePopulation += right.outsidePopulation
    sum.populationUnknown += right.populationUnknown
    sum.notObserved += right.notObserved
    sum.withoutWeight += right.withoutWeight
    sum.tooLate += right.tooLate
    sum.leftOut += right.leftOut
    sum.counted += right.counted
    sum.immature += right.immature
    return sum
  }
}
