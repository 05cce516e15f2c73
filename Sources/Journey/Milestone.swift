/// What a milestone marks.
///
/// The raw values are also the order of milestones on one day, fixed here once: entry and re-entry
/// first, an end before a start, exit late, then losing contact, leaving the country, and death.
public enum MilestoneKind: UInt8, CaseIterable, Hashable, Sendable {
  /// First contact, below the threshold of a participation.
  case firstContact = 1
  /// Entry into a participation.
  case entered = 10
  /// Re-entry into the same participation.
  case reentered = 11
  /// The entry profile was taken; code is a `ResidenceStatus`, 0 when none is stated.
  case profile = 12
  /// Residence status from this day; code is a `ResidenceStatus`.
  case residence = 20
  /// Benefits from this day; code is a `BenefitKind`.
  case benefit = 21
  /// A placement ended: this is the first day without it; code is a `PlacementKind`.
  case placementEnded = 30
  /// A placement started; code is a `PlacementKind`.
  case placementStarted = 31
  /// A job changed.
  case placementChanged = 32
  /// Labour status reported; code is an `EmploymentStatus`.
  case labourStatus = 33
  /// A measure started; code is a `MeasureKind`.
  case measureStarted = 40
  /// A measure was completed; code is a `MeasureKind`.
  case measureCompleted = 41
  /// A measure was aborted; code is a `MeasureKind`.
  case measureAborted = 42
  /// A qualification was gained; code is 1 with certificate.
  case qualification = 43
  /// A level of German was attained; code is a `LanguageLevel`.
  case language = 44
  /// Counselling, profiling, referral or recognition.
  case counselling = 45
  /// Aftercare contact.
  case aftercare = 46
  /// A follow-up was planned; code is a `FollowUpKind`.
  case followUpPlanned = 60
  /// A follow-up was attempted; code is a `FollowUpResult`.
  case followUpAttempted = 61
  /// A follow-up was completed; code is a `FollowUpKind`.
  case followUpCompleted = 62
  /// The status was confirmed up to and including this day.
  case confirmed = 63
  /// Situation at exit was recorded.
  case statusAtExit = 64
  /// Situation six months after exit was recorded.
  case statusAtSixMonths = 65
  /// Something on the worklist was skipped.
  case followUpSkipped = 66
  /// Participation suspended.
  case suspended = 80
  /// Participation resumed.
  case resumed = 81
  /// Exit from the participation: its last day; code is an `ExitReason`.
  case exited = 82
  /// Contact was lost.
  case contactLost = 90
  /// Contact was regained.
  case contactRegained = 91
  /// Left the country.
  case leftCountry = 95
  /// Died.
  case deceased = 99
}

extension MilestoneKind {
  /// Whether the milestone shows that somebody knew the person's situation on that day.
  ///
  /// Plans, attempts, attributes and the loss of contact do not; see `Milestone.confirms`.
  public var confirms: Bool {
    switch self {
    case .followUpPlanned, .followUpAttempted, .followUpSkipped, .contactLost, .profile: false
    default: true
    }
  }
}

/// One effective step of a journey, packed into eight bytes that sort in journey order.
///
/// Bits, from the top: day + 2^23 (24), kind (8), spell or participation number (10), code (8),
/// precision (2), detail (12).
public struct Milestone: Hashable, Comparable, Sendable {
  /// The packed form.
  public let bits: UInt64

  /// Creates a milestone from its packed form.
  public init(bits: UInt64) { self.bits = bits }

  /// Creates a milestone; numbers that do not fit their bits are clipped to the largest.
  public init(
    day: Day, kind: MilestoneKind, spell: Int = 0, code: UInt8 = 0,
    precision: Precision = .day, detail: Int = 0
  ) {
    let shifted = UInt64(UInt32(bitPattern: day.number &+ (1 << 23)) & 0xFF_FFFF)
    bits =
      shifted << 40 | UInt64(kind.rawValue) << 32 | UInt64(min(max(spell, 0), 1023)) << 22
      | UInt64(code) << 14 | UInt64(precision.rawValue) << 12 | UInt64(min(max(detail, 0), 4095))
  }

  /// The day.
  public var day: Day { Day(number: Int32(bits >> 40) - (1 << 23)) }
  /// The raw value of the kind; compare with `MilestoneKind.rawValue` in loops.
  public var rawKind: UInt8 { UInt8(truncatingIfNeeded: bits >> 32) }
  /// What the milestone marks; nil only for bits that no `Milestone` made.
  public var kind: MilestoneKind? { MilestoneKind(rawValue: rawKind) }
  /// The number of the spell or participation that the milestone belongs to.
  public var spell: Int { Int(bits >> 22 & 0x3FF) }
  /// The stored code; its list depends on the kind.
  public var code: UInt8 { UInt8(truncatingIfNeeded: bits >> 14) }
  /// How much of the date is known.
  public var precision: Precision { Precision(rawValue: UInt8(bits >> 12 & 3)) ?? .day }
  /// The day as precisely as it is known.
  public var date: CivilDate { CivilDate(day, precision) }
  /// A further small number; its meaning depends on the kind.
  public var detail: Int { Int(bits & 0xFFF) }

  /// Whether the milestone shows that somebody knew the person's situation on that day.
  ///
  /// An exit because contact was lost is written down by people who do not know it any more.
  public var confirms: Bool { (kind?.confirms ?? false) && !isExitOfLostContact }

  /// Whether the milestone is an exit because contact was lost.
  public var isExitOfLostContact: Bool {
    rawKind == MilestoneKind.exited.rawValue && code == ExitReason.contactLost.rawValue
  }

  /// The last day whose situation the milestone shows somebody knew; nil when it shows none.
  ///
  /// An end is stored as the first day after, which says nothing about that day.
  public var confirmedDay: Day? {
    guard let kind, confirms else { return nil }
    return kind == .placementEnded ? day - 1 : day
  }

  /// Whether an end belongs to this start of a placement.
  ///
  /// By the number of the spell where the end names one, else by kind of placement, else by family
  /// (employment, training, school), which both carry as `detail`.
  public func isEnded(by end: Milestone) -> Bool {
    if end.spell != 0 { return spell == end.spell && detail == end.detail }
    return end.code != 0 ? code == end.code : detail == end.detail
  }

  /// The milestone as that of one of several participants who were merged into one person.
  ///
  /// Numbers of spells are given by sources, so the same number means another spell in each of them:
  /// they are kept apart, as far as the bits reach (255 spells of each of four participants).
  ///
  /// - Parameter rank: The place of the participant among them, from 0.
  public func ofMember(_ rank: Int) -> Milestone {
    guard (1...3).contains(rank), (1...255).contains(spell) else { return self }
    return Milestone(bits: bits + UInt64(rank) << 30)
  }

  /// Whether the left milestone comes before the right one in a journey.
  public static func < (left: Milestone, right: Milestone) -> Bool { left.bits < right.bits }
}
