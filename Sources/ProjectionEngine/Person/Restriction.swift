public import EventLog
public import Journey

/// A restriction of processing that holds (article 18 GDPR).
public struct Restriction: Sendable, Equatable {
  /// Since when.
  public let since: CivilDate
  /// Whether figures count the person nevertheless.
  public let statistics: StatisticsDecision
  /// Why, as it was recorded; nil where nothing was.
  public let reason: String?

  init(since: CivilDate, statistics: StatisticsDecision, reason: String?) {
    self.since = since
    self.statistics = statistics
    self.reason = reason
  }

  /// The one that holds after the events of one participant; nil when none does.
  ///
  /// - Parameter events: One stream in the order of the log.
  public init?(_ events: [ReadEvent]) {
    guard let holding = RestrictionHistory(events).holding else { return nil }
    self = holding
  }

  /// The one that holds for a person; nil when none does.
  ///
  /// Who was admitted several times is restricted as a whole when a single part is: the earliest day,
  /// and out of statistics when any part is.
  public init?(_ person: PersonStreams) {
    let found = person.streams.compactMap { Restriction($0) }
    guard let first = found.min(by: { $0.since.day < $1.since.day }) else { return nil }
    let strictest = found.first { $0.statistics == .exclude }
    self.init(
      since: first.since, statistics: strictest == nil ? .keep : .exclude,
      reason: (strictest ?? first).reason)
  }
}

/// How restrictions of one participant began and ended, record by record.
///
/// A correction changes the statement that it names and a retraction takes it back, so that what was
/// said before holds again: a lifting taken back restricts anew.
struct RestrictionHistory {
  private struct Step {
    /// Nil for a lifting.
    var restriction: Restriction?
  }

  /// The one that holds after all events.
  private(set) var holding: Restriction?
  /// Where a restriction began, changed what it says about figures, or ended, in the order of the log;
  /// without a decision where it ended.
  private(set) var turns: [(position: UInt64, statistics: StatisticsDecision?)] = []
  /// The position at which began what a record is about, by that of the record.
  private var matters: [UInt64: UInt64] = [:]
  /// What stands about restrictions, by where it began.
  private var steps: [UInt64: Step] = [:]

  /// - Parameter events: One stream in the order of the log.
  init(_ events: [ReadEvent]) {
    for read in events {
      guard let event = read.event, take(event, at: read.header.position.number) else { continue }
      let before = holding?.statistics
      holding = steps.max { $0.key < $1.key }?.value.restriction
      if holding?.statistics != before {
        turns.append((read.header.position.number, holding?.statistics))
      }
    }
  }

  /// False for all events that have nothing to do with restrictions.
  private mutating func take(_ event: JourneyEvent, at position: UInt64) -> Bool {
    let target = event[Fields.target].flatMap { UInt64(exactly: $0) }
    // Also what was worded as something else at first.
    let matter = target.map { matters[$0] ?? $0 } ?? position
    if target != nil { matters[position] = matter }
    switch event.type {
    case .processingRestricted:
      steps[matter] = Step(
        restriction: Restriction(
          since: event.occurredOn, statistics: event[Fields.statistics] ?? .keep,
          reason: event[Fields.reason]))
    case .restrictionLifted: steps[matter] = Step(restriction: nil)
    // Taken back, or worded anew as something else.
    default: return steps.removeValue(forKey: matter) != nil
    }
    return true
  }
}
