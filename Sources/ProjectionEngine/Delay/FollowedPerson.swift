import Journey

/// One person as curves that are corrected for delay, and curves with bounds, need them.
struct FollowedPerson: Sendable {
  /// The clock's number of the index day.
  let from: Int32
  /// How long the person counts, in clock units.
  let length: Int32
  /// What ended it: 0 for the end of observation, else as in `Duration`.
  let cause: UInt8
  /// How long the person would count without an event.
  let longest: Int32
  /// The day of the event.
  let eventDay: Day?
  /// The first day that nobody observed.
  let end: Day
  /// Whether nothing is observed after that because the person is gone.
  let isGone: Bool
  /// Whether observation ended before any outcome could be known, so that the person is in no curve.
  let isTooLate: Bool

  init(_ followed: TimeToEventKernel.Followed, from: Int32, _ duration: Duration?) {
    self.from = from
    length = duration?.length ?? 0
    cause = duration?.cause ?? 0
    longest = followed.longest
    eventDay = followed.eventDay
    end = followed.end
    isGone = followed.isGone
    isTooLate = duration == nil
  }
}
