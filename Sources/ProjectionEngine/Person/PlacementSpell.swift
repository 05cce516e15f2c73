public import Journey

/// One job, training or school of a person, as far as it is known at the reference day.
public struct PlacementSpell: Sendable, Equatable {
  /// What it is; nil where nobody says.
  public let kind: PlacementKind?
  /// The kinds that it can be: one where it is known.
  let possibleKinds: PlacementKinds
  /// The source's number of the spell, 0 when it has none.
  public let number: Int
  /// The first day; of a date of lower precision the first of its period.
  public let start: Day
  /// How much of the first day is known.
  public let startPrecision: Precision
  /// The last day that can be the first one: later than `start` where the day is not known.
  public let latestStart: Day
  /// The first day without; nil while it goes on, and of an imprecise date the last possible one.
  public internal(set) var end: Day?
  /// The same as far as an end is on record, whatever answers say; curves rest on that.
  private(set) var recordedEnd: Day?
  /// The earliest day that can be the first one without; nil while it goes on.
  public internal(set) var earliestEnd: Day?
  /// A fingerprint of the employer, 0 when not stated; see `MilestoneDetails.name`.
  public let employer: UInt32
  /// Why it ended.
  public internal(set) var endReason: JobEndReason?
  /// How a training ended.
  public internal(set) var result: TrainingResult?
  private let startMilestone: Milestone?
  let startDetails: MilestoneDetails
  private(set) var endDetails = MilestoneDetails.none

  init(start milestone: Milestone, _ details: MilestoneDetails, isExact: Bool) {
    kind = PlacementKind(rawValue: milestone.code)
    possibleKinds = kind.map { PlacementKinds($0) } ?? PlacementKinds.family(milestone.detail)
    number = milestone.spell
    start = milestone.day
    startPrecision = milestone.date.precision
    latestStart = isExact ? milestone.day : milestone.date.lastDay
    employer = details.name
    startMilestone = milestone
    startDetails = details
  }

  /// A spell of which only the end is on record.
  init(onlyEnd milestone: Milestone, _ details: MilestoneDetails, isExact: Bool) {
    kind = PlacementKind(rawValue: milestone.code)
    possibleKinds = kind.map { PlacementKinds($0) } ?? PlacementKinds.family(milestone.detail)
    number = milestone.spell
    start = .earliest
    startPrecision = .day
    latestStart = milestone.day - 1
    employer = 0
    startMilestone = nil
    startDetails = .none
    finish(milestone, details, isExact: isExact)
  }

  /// Takes in the end.
  mutating func finish(_ milestone: Milestone, _ details: MilestoneDetails, isExact: Bool) {
    end = milestone.day
    recordedEnd = end
    // The last day lies somewhere in its period; the end is the day after.
    let period = CivilDate(milestone.day - 1, milestone.date.precision)
    earliestEnd = isExact ? milestone.day : max(period.day, start) + 1
    endDetails = details
    endReason = details.code(MilestoneDetails.Places.endReason)
    result = details.code(MilestoneDetails.Places.trainingResult)
  }

  /// Whether an end belongs to this spell.
  func isEnded(by milestone: Milestone) -> Bool {
    startMilestone?.isEnded(by: milestone) ?? false
  }

  /// Ends the spell between two days: somebody told that it was over, not when it ended.
  mutating func finish(between earliest: Day, and latest: Day) {
    (earliestEnd, end) = (earliest, latest)
  }

  /// Whether the start is on record; else `start` is the earliest day that there is.
  public var hasStart: Bool { startMilestone != nil }
  /// The terms at the start.
  public var terms: PlacementTerms { PlacementTerms(startDetails) }
  /// How much of what is on record weighs most.
  var evidence: EvidenceWeight { max(startDetails.evidence, endDetails.evidence) }
  /// When the last of it was told.
  var told: Int { max(startDetails.order, endDetails.order) }

  /// Whether the spell is of some kinds.
  func isOf(_ kinds: PlacementKinds) -> Truth {
    if possibleKinds.isSubset(of: kinds) { return .yes }
    return possibleKinds.isDisjoint(with: kinds) ? .no : .unknown
  }

  /// Whether the spell covers a day, as far as its dates say.
  func covers(_ day: Day) -> Truth {
    if day < start { return .no }
    if let end, day >= end { return .no }
    if day < latestStart { return .unknown }
    if let earliestEnd, day >= earliestEnd { return .unknown }
    return .yes
  }

  /// Whether the spell covers some day of a range.
  func covers(_ range: Range<Day>) -> Truth {
    guard start < range.upperBound, end.map({ $0 > range.lowerBound }) ?? true else { return .no }
    let isCertain =
      latestStart < range.upperBound && (earliestEnd.map { $0 > range.lowerBound } ?? true)
    return isCertain ? .yes : .unknown
  }
}

extension PlacementSpell {
  /// Whether it is known of every day of a range whether the spell covers it.
  func datesAreKnown(in range: Range<Day>) -> Bool {
    let starts = (start..<max(start, latestStart)).overlaps(range)
    guard let end, let earliestEnd else { return !starts }
    return !starts && !(earliestEnd..<max(earliestEnd, end)).overlaps(range)
  }
}

/// What a contract says.
public struct PlacementTerms: Sendable, Equatable {
  /// Hours a week.
  public var weeklyHours: Hundredths?
  /// Gross pay a month in euros.
  public var grossMonthly: Hundredths?
  /// Whether it has no end.
  public var isPermanent: Bool?
  /// Whether it is through a temporary-work agency.
  public var temporaryAgency: Bool?
  /// Whether it is subsidised.
  public var subsidised: Bool?
  /// Whether the project mediated it.
  public var mediated: Bool?
  /// The level of requirement by KldB 2010: 1 helper, 2 skilled, 3 specialist, 4 expert.
  public var skill: Int?

  init(_ details: MilestoneDetails) {
    typealias Places = MilestoneDetails.Places
    weeklyHours = details.number(Places.weeklyHours).map { Hundredths($0) }
    grossMonthly = details.number(Places.grossMonthly).map { Hundredths($0) }
    isPermanent = details.flag(Places.contract)
    temporaryAgency = details.flag(Places.temporaryAgency)
    subsidised = details.flag(Places.subsidised)
    mediated = details.flag(Places.mediated)
    skill = details[Places.skill] == 0 ? nil : Int(details[Places.skill])
  }

  /// Takes over what a change states; what it leaves out stays as it was.
  mutating func take(_ change: PlacementTerms) {
    weeklyHours = change.weeklyHours ?? weeklyHours
    grossMonthly = change.grossMonthly ?? grossMonthly
    isPermanent = change.isPermanent ?? isPermanent
    temporaryAgency = change.temporaryAgency ?? temporaryAgency
    subsidised = change.subsidised ?? subsidised
    mediated = change.mediated ?? mediated
    skill = change.skill ?? skill
  }
}
