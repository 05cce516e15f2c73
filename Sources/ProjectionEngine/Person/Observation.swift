import Journey

/// How long one person was under observation, as far as a reference day.
///
/// The one rule for everything that the engine answers: observation ends after the last day on which
/// somebody knew the person's situation, at the reference day, or with the person's death or
/// departure, whichever comes first.
struct Observation {
  /// What a milestone is for whoever looks from the reference day.
  enum Step {
    /// Counts.
    case counts
    /// Lies after the reference day.
    case later
    /// Lies more than a day after it and shows that the person was observed up to it: nothing behind
    /// says more.
    case last
  }

  private let lastDay: Int32
  /// The first entry.
  private(set) var entry: Day?
  private var lastConfirmed = Day.earliest
  /// The day of death.
  private(set) var died: Day?
  /// The day of leaving the country.
  private(set) var left: Day?

  init(referenceDay: Day) { lastDay = referenceDay.number }

  /// Takes in the next milestone, in journey order.
  @inline(__always)
  mutating func take(_ milestone: Milestone) -> Step {
    let day = milestone.day
    let kind = milestone.rawKind
    let confirms = MilestoneKind.confirms(kind) && !milestone.isExitOfLostContact
    let isEnd = kind == MilestoneKind.placementEnded.rawValue
    if day.number > lastDay {
      // An end is stored as the first day without: one whose last day is the reference day is known
      // on it, and stands among what happened on the day after.
      let isNextDay = day.number == lastDay + 1
      if isEnd && isNextDay {
        lastConfirmed = max(lastConfirmed, day - 1)
        return .counts
      }
      // Who was seen after the reference day was under observation up to it: the end is the earlier
      // of the reference day and the last confirmed one.
      guard confirms else { return .later }
      lastConfirmed = day
      return isNextDay ? .later : .last
    }
    if confirms { lastConfirmed = max(lastConfirmed, isEnd ? day - 1 : day) }
    switch kind {
    case MilestoneKind.entered.rawValue: entry = entry ?? day
    case MilestoneKind.leftCountry.rawValue: left = left ?? day
    case MilestoneKind.deceased.rawValue: died = died ?? day
    default: break
    }
    return .counts
  }

  /// The day of death or of leaving the country, whichever is first: nothing is observed from then on.
  var gone: Day? {
    guard let died, let left else { return died ?? left }
    return min(died, left)
  }

  /// The first day that nobody observed.
  ///
  /// - Parameter gone: The day from which nothing is observed because the person is gone; a question
  ///   in which death or departure is an event of its own does not end there.
  func end(gone: Day?) -> Day {
    let end = min(lastConfirmed, Day(number: lastDay)) + 1
    return min(end, gone ?? end)
  }

  /// The same where only the reference day ends observation, whoever was last heard of when.
  func endOfData(gone: Day?) -> Day {
    let end = Day(number: lastDay) + 1
    return min(end, gone ?? end)
  }
}

extension MilestoneKind {
  /// Whether a kind with this raw value shows that somebody knew the person's situation.
  ///
  /// The same as `confirms`, as two words of bits: the loops over everybody ask it of every step, and a
  /// table would have to be made, and looked for, first.
  @inline(__always)
  static func confirms(_ raw: UInt8) -> Bool {
    let low: UInt64 = 0xC000_7F03_C030_0C02
    let high: UInt64 = 0x0000_0008_8807_0003
    return raw < 128 && (raw < 64 ? low : high) >> UInt64(raw & 63) & 1 == 1
  }
}
