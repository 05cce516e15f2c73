import Journey
import Statistics

/// Folds blocks of journeys into the cells of a cohort table, all horizons in one pass.
struct CohortTableFold: BlockFold {
  private var units: FollowedUnits
  private var slots: GroupSlots<CohortSums>
  private let horizons: [Int32]
  private let last: Int32
  private let dueBoundary: Int32
  private let showsRemaining: Bool

  init(_ question: CohortTableQuestion, _ catalogue: AttributeCatalogue) throws(QuestionError) {
    let asked = question.timeToEvent
    units = try FollowedUnits(asked, catalogue)
    horizons = question.horizons.map { Int32($0) }
    last = horizons.max() ?? 0
    dueBoundary = asked.dueBoundary
    showsRemaining = asked.showsRemaining
    slots = GroupSlots(
      try Grouping(
        [question.cohort.groupingName] + asked.groupedBy, catalogue,
        conditions: asked.groups.map(\.code)),
      empty: CohortSums(competing: asked.competing.count, horizons: horizons),
      limit: CohortTableQuestion.limit)
  }

  mutating func add(_ block: EffectiveBlock) throws {
    units.begin()
    while let unit = units.next(in: block) {
      guard let duration = unit.duration else { continue }
      let slot = try slots.slot(block, unit.person, on: unit.day, condition: unit.group)
      try slots.sums[slot].add(
        duration, reach: dueBoundary - unit.start, horizons: horizons, last: last,
        countsAny: showsRemaining)
    }
  }

  /// The sums so far.
  var result: GroupedSums<CohortSums> { slots.result(units.attrition) }
}
