public import Journey

/// What is to be done about people on a day: the one function from a journey and a clock to tasks.
///
/// Pure: it knows no store and no time but the day it is given. Made once and asked about one person
/// after another; it keeps its memory. Nothing that happened after the day counts.
public struct Worklist: Sendable {
  /// The kinds of tasks.
  public let tasks: [WorklistTask]
  /// The day.
  public let day: Day
  /// How far ahead it looks; nil for as far as each task says.
  public let ahead: TimeLength?

  private var history = PersonHistory()
  private var rows = WorklistRows()
  /// The fingerprint of each task's code; see `MilestoneDetails.name`.
  private let fingerprints: [UInt32]
  /// Whether a kind of milestone settles a task, by task, then by raw value.
  private let settles: [[Bool]]

  /// A worklist for a day.
  public init(_ tasks: [WorklistTask], on day: Day, ahead: TimeLength? = nil) {
    self.tasks = tasks
    self.day = day
    self.ahead = ahead
    fingerprints = tasks.map { MilestoneDetails.fingerprint($0.code) }
    settles = tasks.map { task in
      let kinds = Set(
        task.settledBy.compactMap { JourneyEvent($0, on: CivilDate(day)).milestone?.rawKind })
      return (0..<256).map { kinds.contains(UInt8($0)) }
    }
  }

  /// What is to be done about one person, what is due first at the front.
  ///
  /// - Parameters:
  ///   - milestones: The milestones in journey order: `EffectiveBlock.milestones`.
  ///   - details: What is stated about each besides: `EffectiveBlock.details`.
  public mutating func items(
    milestones: ArraySlice<UInt64>, details: ArraySlice<MilestoneDetails>
  ) -> [WorklistItem] {
    history.load(milestones: milestones, details: details, referenceDay: day)
    guard history.entry != nil, history.diedOn == nil else { return [] }
    rows.load(milestones, details, until: day)
    var found: [WorklistItem] = []
    for number in tasks.indices {
      if history.leftCountryOn != nil && !tasks[number].afterDeparture { continue }
      if tasks[number].whileTakingPart && !takesPart { continue }
      for start in starts(number) {
        if let item = item(number, start) { found.append(item) }
      }
    }
    return found.count < 2
      ? found : found.sorted { ($0.due, $0.task, $0.start) < ($1.due, $1.task, $1.start) }
  }

  private var takesPart: Bool { history.participations.contains { $0.exit == nil } }

  // MARK: From where on tasks count

  /// From where on one task counts.
  private struct Start {
    /// The first day that it can be.
    var first: Day
    /// The last day that it can be: time is counted from it, so that nobody is asked too early.
    var last: Day
    var participation: Int?
    var followUp: FollowUpKind?
    var clock: FollowUpClock?
    /// The due day, where somebody planned it.
    var planned: Day?
  }

  private func starts(_ number: Int) -> [Start] {
    let task = tasks[number]
    switch task.start {
    case .exit:
      return history.participations.enumerated().compactMap { place, participation in
        participation.exit.map { exit in
          let date = CivilDate(exit, participation.exitPrecision)
          return start(task, date.day, date.lastDay, participation: place)
        }
      }
    case .jobStart:
      let first = history.placements.first {
        history.isPlacement($0) && $0.isOf(task.kinds) == .yes
      }
      return first.map { [start(task, $0.start, $0.latestStart)] } ?? []
    case .everyJob:
      return history.placements.filter { spell in
        spell.hasStart && spell.isOf(task.kinds) == .yes && spell.end.map { $0 > day } ?? true
      }.map { start(task, $0.start, $0.latestStart) }
    case .permitEnd:
      return rows.permitUntil.map { [start(task, $0, $0)] } ?? []
    case .lastContact:
      guard let last = lastContact(number) else { return [] }
      return [start(task, last, last)]
    case .planned:
      return rows.planned.filter { plan in !tasks.contains { $0.isAbout(plan) } }.map { plan in
        Start(
          first: plan.day, last: plan.day, followUp: plan.kind, clock: plan.clock,
          planned: plan.due)
      }
    }
  }

  private func start(
    _ task: WorklistTask, _ first: Day, _ last: Day, participation: Int? = nil
  ) -> Start {
    var start = Start(
      first: first, last: last, participation: participation, followUp: task.followUp,
      clock: task.clock)
    if task.followUp != nil {
      start.planned = rows.planned.last { $0.day >= first && task.isAbout($0) }?.due
    }
    return start
  }

  /// The last day on which somebody was in contact, or came in; who was skipped starts anew.
  private func lastContact(_ number: Int) -> Day? {
    rows.all.last { row in
      settles[number][Int(row.kind)] || row.kind == MilestoneKind.entered.rawValue
        || row.kind == MilestoneKind.reentered.rawValue
        || row.kind == MilestoneKind.followUpSkipped.rawValue
          && row.details.name == fingerprints[number]
    }?.lastDay
  }

  // MARK: Whether they are open

  private func item(_ number: Int, _ start: Start) -> WorklistItem? {
    let task = tasks[number]
    let due = start.planned ?? start.last.adding(task.after)
    // Not before it starts, however long the lead.
    let shown = max(start.first, task.shown.before(due))
    guard day >= (ahead ?? task.shown).before(due), !isSettled(number, start, due, shown) else {
      return nil
    }
    var attempts = 0
    var lastAttempt: Day?
    for attempt in rows.attempts where isOf(attempt, start, shown) {
      switch attempt.result {
      // Who refused, or cannot be asked, is not asked again; who was reached has answered.
      case .refused, .noConsent, .deceased, .leftCountry, .reachedPerson, .reachedEmployer,
        .register:
        return nil
      case .notReached, nil:
        attempts += 1
        lastAttempt = attempt.day
      }
    }
    return WorklistItem(
      task: number, start: start.last, due: due, followUp: start.followUp, clock: start.clock,
      attempts: attempts, lastAttempt: lastAttempt,
      isLapsed: task.lapses.map { day > due.adding($0) } ?? false)
  }

  /// Whether an attempt was about a task: by what it names, else by when it was.
  private func isOf(_ attempt: WorklistRows.Attempt, _ start: Start, _ shown: Day) -> Bool {
    guard let followUp = start.followUp else {
      return attempt.kind == nil && attempt.day >= shown
    }
    return attempt.day >= start.first && attempt.kind == followUp
      && (attempt.clock == nil || start.clock == nil || attempt.clock == start.clock)
  }

  private func isSettled(_ number: Int, _ start: Start, _ due: Day, _ shown: Day) -> Bool {
    let task = tasks[number]
    // What settles it is where it starts.
    if task.start == .lastContact || task.start == .permitEnd {
      return task.start == .permitEnd && isSkipped(number, due, shown)
    }
    if isSkipped(number, due, shown) { return true }
    return rows.all.contains { row in
      guard settles[number][Int(row.kind)] else { return false }
      switch MilestoneKind(rawValue: row.kind) {
      case .followUpCompleted: return isAnswer(row, to: start, shown)
      case .statusAtExit, .statusAtSixMonths:
        guard let participation = start.participation else { return row.lastDay >= shown }
        return history.leftParticipation(before: row.lastDay) == participation
      default: return row.lastDay >= shown
      }
    }
  }

  /// Whether a completed follow-up answers a task: the one it names, else the one it is near to.
  private func isAnswer(_ row: WorklistRows.Row, to start: Start, _ shown: Day) -> Bool {
    let clock: FollowUpClock? = row.details.code(MilestoneDetails.Places.clock)
    if let clock, let wanted = start.clock, clock != wanted { return false }
    guard let wanted = start.followUp, let kind = FollowUpKind(rawValue: row.code) else {
      return row.lastDay >= shown
    }
    return kind == wanted && row.lastDay >= start.first
  }

  private func isSkipped(_ number: Int, _ due: Day, _ shown: Day) -> Bool {
    rows.all.contains { row in
      guard row.kind == MilestoneKind.followUpSkipped.rawValue,
        row.details.name == fingerprints[number]
      else { return false }
      return row.details.statedDate.map { $0.day == due } ?? (row.lastDay >= shown)
    }
  }
}

extension WorklistTask {
  /// Whether somebody's plan is about this task.
  fileprivate func isAbout(_ plan: WorklistRows.Plan) -> Bool {
    followUp == plan.kind && (plan.clock == nil || plan.clock == clock)
  }
}
