import Journey
import Statistics

/// The durations of one group: of those censored and of every cause.
struct CauseCounts: Mergeable {
  /// Stratum 0 holds the event and the censored, stratum k competing event k.
  var counter: DurationCounter
  /// Everybody, where the question keeps them.
  var people: [FollowedPerson] = []
  /// One row a unit, where units are weighted or several of one person.
  var rows: [UnitRow] = []
  /// Every unit with its duration, where the question keeps them.
  var units: [UnitDuration] = []

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
    rows += other.rows
    units += other.units
  }
}

/// One unit, told apart from all others, with what became of it.
struct UnitDuration: Sendable {
  let id: UInt64
  let duration: Duration
}

/// One unit with its weight, and whose it is.
struct UnitRow: Sendable {
  let duration: Duration
  let weight: Double
  let person: UInt32
}

/// Folds blocks of journeys into counts.
struct TimeToEventFold: BlockFold {
  private let keepsPeople: Bool
  private let keepsRows: Bool
  /// What units are, where they are kept; nil else.
  private let keptUnit: AnalysisUnit?
  private var units: FollowedUnits
  private var slots: GroupSlots<CauseCounts>

  init(_ question: TimeToEventQuestion, _ catalogue: AttributeCatalogue) throws(QuestionError) {
    keepsPeople = question.keepsPeople
    keepsRows = question.keepsRows
    keptUnit = question.keepsUnits ? question.unit : nil
    units = try FollowedUnits(question, catalogue)
    slots = GroupSlots(
      try Grouping(question.groupedBy, catalogue, conditions: question.groups.map(\.code)),
      empty: CauseCounts(
        competing: question.competing.count, horizon: question.clock == .day ? 4000 : 130),
      limit: question.keepsUnits ? CountedUnits.groupLimit : Grouping.limit)
  }

  mutating func add(_ block: EffectiveBlock) throws {
    units.begin()
    while let unit = units.next(in: block) {
      let slot = try slots.slot(block, unit.person, on: unit.day, condition: unit.group)
      if let duration = unit.duration {
        try slots.sums[slot].add(duration)
        if let keptUnit {
          let (day, place) = units.indexDay
          let id = CountedUnit.id(
            of: block.firstRef + UInt32(unit.person), keptUnit, day: day, place: place)
          slots.sums[slot].units.append(UnitDuration(id: id, duration: duration))
        }
        if keepsRows {
          let person = block.firstRef + UInt32(unit.person)
          slots.sums[slot].rows.append(
            UnitRow(duration: duration, weight: unit.weight, person: person))
        }
      }
      if keepsPeople {
        slots.sums[slot].people.append(
          FollowedPerson(units.followed, from: unit.start, unit.duration))
      }
    }
  }

  /// The counts so far.
  var result: GroupedSums<CauseCounts> { slots.result(units.attrition) }
}
