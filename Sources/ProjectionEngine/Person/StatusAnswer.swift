public import Journey

/// A completed follow-up with its answers.
public struct FollowUp: Sendable, Equatable {
  /// The day on which it was told.
  public let day: Day
  /// The days that the answers speak about: the stated reference date, else the day of telling.
  public let about: ClosedRange<Day>
  /// Whether a reference date is stated.
  public let isDated: Bool
  /// Its horizon.
  public let kind: FollowUpKind?
  /// The clock of the horizon.
  public let clock: FollowUpClock?
  /// Who was reached.
  public let result: FollowUpResult?
  /// Whether employed on those days.
  public let employed: Answer?
  /// Whether in education on those days.
  public let education: Answer?
  /// What the answers weigh.
  public let evidence: EvidenceWeight

  init(_ milestone: Milestone, _ details: MilestoneDetails) {
    typealias Places = MilestoneDetails.Places
    day = milestone.day
    let stated = details.statedDate
    let date = stated ?? milestone.date
    about = date.day...date.lastDay
    isDated = stated != nil
    kind = FollowUpKind(rawValue: milestone.code)
    clock = details.code(Places.clock)
    result = details.code(Places.result)
    employed = details.code(Places.employed)
    education = details.code(Places.education)
    evidence = details.evidence
  }
}

/// What an exit form asks about the 28 days after an exit, and six months after it.
public enum StatusQuestion: Sendable, CaseIterable {
  /// Looking for work in the 28 days after exit.
  case jobSearch
  /// In education in the 28 days after exit.
  case education
  /// A qualification gained within 28 days after exit.
  case qualification
  /// Employed in the 28 days after exit.
  case employed
  /// Employed six months after exit.
  case employedAfterSixMonths
  /// In a better situation six months after exit.
  case improved
}

/// The forms of one participation about the time after its exit.
struct ExitForms: Sendable, Equatable {
  var jobSearch: Answer?
  var education: Answer?
  var qualification: Answer?
  var employed: Answer?
  var employedAfterSixMonths: Answer?
  var improved: Answer?
  var inSample: Bool?
  /// The last exit form.
  var last: ExitStatement?

  subscript(question: StatusQuestion) -> Answer? {
    switch question {
    case .jobSearch: jobSearch
    case .education: education
    case .qualification: qualification
    case .employed: employed
    case .employedAfterSixMonths: employedAfterSixMonths
    case .improved: improved
    }
  }
}

/// A statement of somebody that a person did, or did not, do work or learning of some kinds.
struct StatusAnswer: Sendable, Equatable {
  /// The days it speaks about.
  let about: ClosedRange<Day>
  /// Whether it names those days; else they are the day of telling.
  let isDated: Bool
  /// Whether it speaks of each of those days; else of one of them that nobody knows more exactly.
  var isThroughout = false
  /// The kinds: one of them where it says yes, all of them where it says no.
  var kinds: PlacementKinds
  let value: Bool
  let evidence: EvidenceWeight
  let told: Int

  /// Whether it says something of each day that another one is about.
  func speaks(of other: StatusAnswer) -> Bool {
    about == other.about
      || isThroughout && about.lowerBound <= other.about.lowerBound
        && other.about.upperBound <= about.upperBound
  }

  /// Whether this one counts against a contrary one: a document more than a third party, that more
  /// than the person's own word; of the same weight the one recorded later (edge case 20).
  func prevails(over evidence: EvidenceWeight, told: Int) -> Bool {
    (self.evidence.rawValue, self.told) > (evidence.rawValue, told)
  }
}

/// What answers say about some days beyond what the recorded spells say.
struct StatusAdjustment: Sendable, Equatable {
  let days: Range<Day>
  let kinds: PlacementKinds
  let truth: Truth
}

extension Truth {
  /// What an answer says; unknown where none is given.
  init(_ answer: Answer?) {
    switch answer {
    case .yes: self = .yes
    case .no: self = .no
    case .unknown, nil: self = .unknown
    }
  }
}
