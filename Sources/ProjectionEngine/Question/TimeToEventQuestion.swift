public import Journey

/// A question of kind `time-to-event`, ready to be asked.
public struct TimeToEventQuestion: Sendable {
  /// When a person's clock starts.
  public enum Origin: Sendable, Equatable {
    /// At entry into the first participation.
    case entry
    /// At the first placement of the counted kinds that starts on or after the entry day.
    case firstPlacement
  }

  /// What a person's clock waits for.
  public enum Outcome: Sendable, Equatable {
    /// The first placement of the counted kinds that starts on or after the entry day.
    case firstPlacement
    /// The end of work: the first interruption longer than a gap.
    case interruption(gap: Int32, rule: GapRule)
  }

  /// The unit of the clock.
  public var clock: ClockUnit
  /// When the clock starts.
  public var origin: Origin
  /// What it waits for.
  public var outcome: Outcome
  /// The placements that count as work.
  public var kinds: Set<PlacementKind>
  /// The first and last day of the index event, both counted; nil for no bound.
  public var window: ClosedRange<Day>?
  /// The attributes at entry that people are grouped by.
  public var groupedBy: [String]
  /// The reference day in valid time: nothing after it counts.
  public var referenceDay: Day

  /// Creates a question.
  public init(
    clock: ClockUnit, origin: Origin, outcome: Outcome, kinds: Set<PlacementKind>,
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

/// How many people a question looked at, and why some do not count.
public struct Attrition: Sendable, Equatable {
  /// Participants that the log knew.
  public var participants = 0
  /// Without an entry.
  public var withoutEntry = 0
  /// Without the index event, or with one outside the window.
  public var withoutIndexEvent = 0
  /// With an index event after which nobody observed them.
  public var notObserved = 0
  /// Left out by rule B: the index event lies so late that no outcome is known yet.
  public var tooLate = 0
  /// Left out because the processing of their data is restricted (article 18 GDPR).
  public var leftOut = 0
  /// Counted.
  public var counted = 0

  static func + (left: Attrition, right: Attrition) -> Attrition {
    var sum = left
    sum.participants += right.participants
    sum.withoutEntry += right.withoutEntry
    sum.withoutIndexEvent += right.withoutIndexEvent
    sum.notObserved += right.notObserved
    sum.tooLate += right.tooLate
    sum.leftOut += right.leftOut
    sum.counted += right.counted
    return sum
  }
}
