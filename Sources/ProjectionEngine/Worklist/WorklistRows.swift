import Journey

/// What a worklist needs of a journey beside its history, up to a day.
struct WorklistRows: Sendable {
  /// A step that may settle something.
  struct Row: Sendable {
    let kind: UInt8
    let code: UInt8
    let lastDay: Day
    let details: MilestoneDetails
  }

  /// A follow-up that somebody planned.
  struct Plan: Sendable {
    let day: Day
    let due: Day
    let kind: FollowUpKind?
    let clock: FollowUpClock?
  }

  /// An attempt to reach somebody.
  struct Attempt: Sendable {
    let day: Day
    let kind: FollowUpKind?
    let clock: FollowUpClock?
    let result: FollowUpResult?
  }

  private(set) var all: [Row] = []
  private(set) var planned: [Plan] = []
  private(set) var attempts: [Attempt] = []
  /// Until when the latest residence status is valid; nil where that is not stated.
  private(set) var permitUntil: Day?

  mutating func load(
    _ milestones: ArraySlice<UInt64>, _ details: ArraySlice<MilestoneDetails>, until day: Day
  ) {
    all.removeAll(keepingCapacity: true)
    planned.removeAll(keepingCapacity: true)
    attempts.removeAll(keepingCapacity: true)
    permitUntil = nil
    let shift = details.startIndex - milestones.startIndex
    for index in milestones.indices {
      let milestone = Milestone(bits: milestones[index])
      guard milestone.day <= day else { break }
      take(milestone, details.isEmpty ? .none : details[index + shift])
    }
  }

  private mutating func take(_ milestone: Milestone, _ details: MilestoneDetails) {
    typealias Places = MilestoneDetails.Places
    switch milestone.kind {
    case .followUpPlanned:
      guard let due = details.statedDate?.lastDay else { return }
      planned.append(
        Plan(
          day: milestone.date.lastDay, due: due, kind: FollowUpKind(rawValue: milestone.code),
          clock: details.code(Places.clock)))
    case .followUpAttempted:
      attempts.append(
        Attempt(
          day: milestone.date.lastDay, kind: details.code(Places.kind),
          clock: details.code(Places.clock), result: FollowUpResult(rawValue: milestone.code)))
    case .residence: permitUntil = details.statedDate?.lastDay
    default: break
    }
    // An end is stored as the day after the one that it speaks about.
    let isEnd = milestone.rawKind == MilestoneKind.placementEnded.rawValue
    all.append(
      Row(
        kind: milestone.rawKind, code: milestone.code,
        lastDay: isEnd ? milestone.day - 1 : milestone.date.lastDay, details: details))
  }
}
