public import Journey

/// One kind of thing that an office has to do about a person, as a rule file states it.
public struct WorklistTask: Sendable, Equatable {
  /// From where on a task counts.
  public enum Start: String, Sendable, CaseIterable {
    /// Every exit that stands.
    case exit
    /// The first placement on or after the entry day.
    case jobStart = "job-start"
    /// Every placement that goes on.
    case everyJob = "every-job"
    /// The day until which the latest residence permit is valid.
    case permitEnd = "permit-end"
    /// The last of the events that settle the task, or the entry.
    case lastContact = "last-contact"
    /// A follow-up that somebody planned and that no other task is about.
    case planned
  }

  /// The short name, as people write it: `6m-exit`.
  public let code: String
  /// What is to be done, in a few words.
  public let title: LocalizedText
  /// From where on it counts.
  public let start: Start
  /// The placements that count, where it starts with one.
  public let kinds: PlacementKinds
  /// How long after its start it is due.
  public let after: TimeLength
  /// How long before the due day it is shown.
  public let shown: TimeLength
  /// How long after the due day it stops being asked for; nil for never.
  public let lapses: TimeLength?
  /// The horizon of the follow-up that it is.
  public let followUp: FollowUpKind?
  /// The clock of that follow-up.
  public let clock: FollowUpClock?
  /// The events that settle it.
  public let settledBy: [EventType]
  /// The event that doing it records.
  public let done: EventType
  /// Whether it is only asked for while somebody takes part.
  public let whileTakingPart: Bool
  /// Whether it is asked for after somebody left the country.
  public let afterDeparture: Bool
}

extension WorklistTask {
  /// The event that says the task was done, with what the task itself knows.
  ///
  /// - Parameter item: The task of a person.
  public func doneEvent(_ item: WorklistItem, on day: CivilDate) -> JourneyEvent {
    var event = JourneyEvent(done, on: day)
    guard done == .followUpCompleted else { return event }
    event[Fields.followUpKind] = item.followUp
    event[Fields.followUpClock] = item.clock
    return event
  }

  /// The event that says somebody tried.
  public func attempt(
    _ item: WorklistItem, on day: CivilDate, result: FollowUpResult
  ) -> JourneyEvent {
    var event = JourneyEvent(.followUpAttempted, on: day)
    event[Fields.followUpResult] = result
    event[Fields.followUpKind] = item.followUp
    event[Fields.followUpClock] = item.clock
    return event
  }

  /// The event that says the task is left undone.
  public func skipped(_ item: WorklistItem, on day: CivilDate) -> JourneyEvent {
    var event = JourneyEvent(.followUpSkipped, on: day)
    event[Fields.task] = code
    event[Fields.dueOn] = CivilDate(item.due)
    return event
  }
}

/// One thing to do about one person.
public struct WorklistItem: Sendable, Equatable {
  /// The task, by its place among those of the worklist.
  public let task: Int
  /// The day from which it counts; of an imprecise date the last possible one.
  public let start: Day
  /// When it is due.
  public let due: Day
  /// The horizon, where it is a follow-up.
  public let followUp: FollowUpKind?
  /// The clock, where it is a follow-up.
  public let clock: FollowUpClock?
  /// How often somebody tried in vain.
  public let attempts: Int
  /// When somebody tried last.
  public let lastAttempt: Day?
  /// Whether it is so old that it is no longer asked for.
  public let isLapsed: Bool

  /// The days until it is due; negative when it is overdue.
  public func daysLeft(on day: Day) -> Int { Int(due - day) }
}

extension TimeLength {
  /// The day so much earlier.
  public func before(_ day: Day) -> Day {
    unit == .day ? day - count : day.adding(months: -Int(count))
  }
}
