import Journey
import Statistics

/// The durations of one group: of those censored and of every cause.
struct CauseCounts: Mergeable {
  /// Stratum 0 holds the event and the censored, stratum k competing event k.
  var counter: DurationCounter
  /// Everybody, where the question keeps them.
  var people: [FollowedPerson] = []

  init(competing: Int, horizon: Int) {
    counter = DurationCounter(strata: 1 + competing, horizon: horizon)
  }

  mutating func add(_ duration: Duration) throws(StatisticsError) {
    try counter.add(
      stratum: max(Int(duration.cause) - 1, 0), duration: Int(duration.length),
      isEvent: duration.cause > 0)
  }

  mutating func merge(_ other: CauseCounts) {
    counter.merge(other.counter)
    people += other.people
  }
}

/// Folds blocks of journeys into counts.
struct TimeToEventFold: BlockFold {
  private let keepsPeople: Bool
  private var units: FollowedUnits
  private var slots: GroupSlots<CauseCounts>

  init(_ question: TimeToEventQuestion, _ catalogue: AttributeCatalogue) throws(QuestionError) {
    keepsPeople = question.keepsPeople
    units = try FollowedUnits(question, catalogue)
    slots = GroupSlots(
      try Grouping(question.groupedBy, catalogue),
      empty: CauseCounts(
        competing: question.competing.count, horizon: question.clock == .day ? 4000 : 130))
  }

  mutating func add(_ block: EffectiveBlock) throws {
    units.begin()
    while let unit = units.next(in: block) {
      let slot = try slots.slot(block, unit.person, on: unit.day)
      if let duration = unit.duration { try slots.sums[slot].add(duration) }
      if keepsPeople {
        slots.sums[slot].people.append(
          FollowedPerson(units.followed, from: unit.start, unit.duration))
      }
    }
  }

  /// The counts so far.
  var result: GroupedSums<CauseCounts> { slots.result(units.attrition) }
}
