public import Journey

/// One person opened for questions about days: everything that is known at a reference day.
///
/// Whatever it is asked it answers with yes, no or unknown. Unknown is a day that nobody observed and
/// that nothing told later speaks about; it is never a no. Nothing after the reference day counts,
/// except that being seen later shows that the person was under observation up to it. Made once and
/// loaded with one person after another: it keeps its memory.
public struct PersonHistory: Sendable {
  /// Days by which an answer that names no reference date may miss the day asked about (6.8,
  /// edge case 19).
  public static let tolerance: Int32 = 30
  /// Days after an exit that count as “upon leaving”, the exit day included at one end and the last at
  /// the other: `exit ... exit + 28` (1.3 of the domain reference).
  public static let exitWindow: Int32 = 28

  /// The reference day: the last one that counts.
  public private(set) var referenceDay = Day.latest
  /// The day of the first entry; nil for who never entered.
  public private(set) var entry: Day?
  /// The first day on which somebody knew the person: the first contact or the entry.
  ///
  /// The day of the earliest milestone for who has neither.
  public private(set) var observedFrom = Day.latest
  /// The first day that nobody observed; see `Observation`.
  public private(set) var observedUntil = Day.earliest
  /// The day of death or of leaving the country, whichever is first.
  public private(set) var gone: Day?
  /// The day of death.
  public private(set) var diedOn: Day?
  /// The day of leaving the country.
  public private(set) var leftCountryOn: Day?
  /// The participations, in the order of their entries.
  public internal(set) var participations: [Participation] = []
  /// Jobs, trainings and schools, in the order of their starts; see `PlacementSpell.hasStart`.
  public internal(set) var placements: [PlacementSpell] = []
  /// Completed follow-ups, in the order in which they were held.
  public private(set) var followUps: [FollowUp] = []
  /// Whether a statement about a period is known only where every day of the period is.
  ///
  /// Otherwise what happened on one day settles it however little is known of the others: a *yes* about
  /// some day is then known earlier than a *no*, and a *no* about every day earlier than a *yes*. Among
  /// people of whom such a statement is known, the share to whom it applies tells nothing of all.
  public var demandsWholePeriods = false
  /// Days about which two sources contradict each other; the weightier one counts (edge case 20).
  public internal(set) var conflicts: [Day] = []

  // What counts at the reference day, in journey order.
  private(set) var milestones: [Milestone] = []
  /// Of each milestone its place among all of the person's, those that do not count included.
  private(set) var rows: [Int] = []
  var changes: [PlacementChange] = []
  var answers: [StatusAnswer] = []
  var adjustments: [StatusAdjustment] = []
  var forms: [ExitForms] = []
  var statements: [ExitStatement] = []
  private(set) var reports: [LabourReport] = []
  private(set) var attempts: [FollowUpAttempt] = []
  private var takesMonthsAsExact = false
  private var active: [Int] = []
  private var current: Int?

  /// Creates an empty history of nobody.
  public init() {}

  /// Opens a person.
  ///
  /// - Parameters:
  ///   - milestones: The person's milestones in journey order: `EffectiveBlock.milestones`.
  ///   - details: What is stated about each besides: `EffectiveBlock.details`; empty where a question
  ///     needs none of it.
  ///   - referenceDay: The last day that counts.
  ///   - clock: The unit in which the question counts. In months, dates of month precision are exact:
  ///     the first of the month stands for it.
  public mutating func load(
    milestones: ArraySlice<UInt64>, details: ArraySlice<MilestoneDetails>, referenceDay: Day,
    clock: ClockUnit = .day
  ) {
    reset(referenceDay)
    takesMonthsAsExact = clock == .month
    var observation = Observation(referenceDay: referenceDay)
    var contact: Day?
    let shift = details.startIndex - milestones.startIndex
    walk: for row in milestones.indices {
      let milestone = Milestone(bits: milestones[row])
      switch observation.take(milestone) {
      case .last: break walk
      case .later: continue
      case .counts: break
      }
      self.milestones.append(milestone)
      rows.append(row - milestones.startIndex)
      let kind = milestone.rawKind
      if contact == nil
        && (kind == MilestoneKind.entered.rawValue || kind == MilestoneKind.firstContact.rawValue)
      {
        contact = milestone.day
      }
      take(milestone, details.isEmpty ? .none : details[row + shift])
    }
    entry = observation.entry
    (diedOn, leftCountryOn, gone) = (observation.died, observation.left, observation.gone)
    observedUntil = observation.end(gone: gone)
    observedFrom = contact ?? self.milestones.first?.day ?? .latest
    settleForms()
    settleAnswers()
  }

  private mutating func reset(_ referenceDay: Day) {
    self.referenceDay = referenceDay
    current = nil
    participations.removeAll(keepingCapacity: true)
    placements.removeAll(keepingCapacity: true)
    followUps.removeAll(keepingCapacity: true)
    conflicts.removeAll(keepingCapacity: true)
    milestones.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    changes.removeAll(keepingCapacity: true)
    answers.removeAll(keepingCapacity: true)
    adjustments.removeAll(keepingCapacity: true)
    forms.removeAll(keepingCapacity: true)
    statements.removeAll(keepingCapacity: true)
    reports.removeAll(keepingCapacity: true)
    attempts.removeAll(keepingCapacity: true)
    active.removeAll(keepingCapacity: true)
  }

  private mutating func take(_ milestone: Milestone, _ details: MilestoneDetails) {
    switch milestone.kind {
    case .entered: enter(milestone, details)
    case .reentered: comeBack(details)
    case .exited:
      guard let place = participation(details) else { return }
      participations[place].leave(milestone)
    case .placementStarted:
      active.append(placements.count)
      placements.append(PlacementSpell(start: milestone, details, isExact: isExact(milestone)))
    case .placementEnded: end(milestone, details)
    case .placementChanged:
      guard let place = changed(milestone) else { return }
      changes.append(PlacementChange(placement: place, milestone, details))
    case .profile:
      report(milestone, details, details.code(MilestoneDetails.Places.employmentStatus))
      answer(
        milestone, details, employed: nil,
        education: details.code(MilestoneDetails.Places.inEducation))
    case .labourStatus:
      report(milestone, details, EmploymentStatus(rawValue: milestone.code))
    case .followUpCompleted:
      let followUp = FollowUp(milestone, details)
      followUps.append(followUp)
      answer(followUp, told: details.order)
    case .followUpAttempted:
      guard let result = FollowUpResult(rawValue: milestone.code) else { return }
      attempts.append(
        FollowUpAttempt(kind: details.code(MilestoneDetails.Places.kind), result: result))
    case .statusAtExit, .statusAtSixMonths:
      statements.append(ExitStatement(milestone: milestone, details: details))
    default: break
    }
  }

  // MARK: Participations

  private mutating func enter(_ milestone: Milestone, _ details: MilestoneDetails) {
    // A second entry into the same operation is a re-entry by another name.
    let known = participations.firstIndex {
      $0.operation == details.name && details.name != 0
    }
    if let known {
      if participations[known].exit != nil { participations[known].comeBack() }
      current = known
      return
    }
    current = participations.count
    participations.append(Participation(milestone, details))
  }

  private mutating func comeBack(_ details: MilestoneDetails) {
    guard let place = participation(details) else { return }
    participations[place].comeBack()
    current = place
  }

  /// The participation that an event speaks of: that of its operation, else the latest.
  private func participation(_ details: MilestoneDetails) -> Int? {
    let known = participations.firstIndex { $0.operation == details.name && details.name != 0 }
    return known ?? current
  }

  // MARK: Placements

  private func isExact(_ milestone: Milestone) -> Bool {
    takesMonthsAsExact && milestone.date.precision == .month
  }

  private mutating func end(_ milestone: Milestone, _ details: MilestoneDetails) {
    guard let place = active.lastIndex(where: { placements[$0].isEnded(by: milestone) }) else {
      placements.append(
        PlacementSpell(onlyEnd: milestone, details, isExact: isExact(milestone)))
      return
    }
    placements[active.remove(at: place)].finish(
      milestone, details, isExact: isExact(milestone))
  }

  /// The job that a change speaks of: that of its number, else the latest that goes on.
  private func changed(_ milestone: Milestone) -> Int? {
    if milestone.spell != 0 { return active.last { placements[$0].number == milestone.spell } }
    return active.last { !placements[$0].possibleKinds.isDisjoint(with: .employed) }
  }

  // MARK: What people say of their status

  private mutating func report(
    _ milestone: Milestone, _ details: MilestoneDetails, _ status: EmploymentStatus?
  ) {
    guard let status, status != .unknown else { return }
    reports.append(LabourReport(day: milestone.day, status: status, told: details.order))
    switch status {
    case .employed: answer(milestone, details, .employed, true)
    case .inactive: answer(milestone, details, .employed, false)
    // Who is registered as unemployed may have a marginal job (edge case no. 11).
    case .unemployed, .longTermUnemployed:
      answer(milestone, details, .endingRegistration, false)
    case .unknown: break
    }
  }

  private mutating func answer(
    _ milestone: Milestone, _ details: MilestoneDetails, employed: Answer?, education: Answer?
  ) {
    if let employed, employed != .unknown {
      answer(milestone, details, .employed, employed == .yes)
    }
    if let education, education != .unknown {
      answer(milestone, details, .education, education == .yes)
    }
  }

  private mutating func answer(
    _ milestone: Milestone, _ details: MilestoneDetails, _ kinds: PlacementKinds, _ value: Bool
  ) {
    let date = milestone.date
    answers.append(
      StatusAnswer(
        about: date.day...date.lastDay, isDated: true, kinds: kinds, value: value,
        evidence: details.evidence, told: details.order))
  }

  private mutating func answer(_ followUp: FollowUp, told: Int) {
    // Apprentices are employed and in education; who says one of the two does not deny it.
    let isApprentice = followUp.employed == .yes || followUp.education == .yes
    for (answer, kinds) in [
      (followUp.employed, PlacementKinds.employed), (followUp.education, .education),
    ] {
      guard let answer, answer != .unknown else { continue }
      answers.append(
        StatusAnswer(
          about: followUp.about, isDated: followUp.isDated,
          kinds: answer == .no && isApprentice
            ? kinds.subtracting(PlacementKinds(.dualTraining)) : kinds,
          value: answer == .yes, evidence: followUp.evidence, told: told))
    }
  }
}

/// A change of a job's terms.
struct PlacementChange: Sendable, Equatable {
  let placement: Int
  let day: Day
  let latestDay: Day
  let details: MilestoneDetails

  init(placement: Int, _ milestone: Milestone, _ details: MilestoneDetails) {
    self.placement = placement
    day = milestone.day
    latestDay = milestone.date.lastDay
    self.details = details
  }
}

/// A report of labour status, that of the entry profile included.
struct LabourReport: Sendable, Equatable {
  let day: Day
  let status: EmploymentStatus
  let told: Int
}
