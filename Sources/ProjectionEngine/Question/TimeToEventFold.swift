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
  private var kernel: TimeToEventKernel
  private let clock: ClockUnit
  private let keepsPeople: Bool
  private var attrition = Attrition()
  private var slots: GroupSlots<CauseCounts>

  init(_ question: TimeToEventQuestion, _ catalogue: AttributeCatalogue) throws(QuestionError) {
    kernel = TimeToEventKernel(question)
    (clock, keepsPeople) = (question.clock, question.keepsPeople)
    slots = GroupSlots(
      try Grouping(question.groupedBy, catalogue),
      empty: CauseCounts(
        competing: question.competing.count, horizon: question.clock == .day ? 4000 : 130))
  }

  mutating func add(_ block: EffectiveBlock) throws {
    for index in 0..<block.count where attrition.admits(block, index) {
      let range = Int(block.starts[index])..<Int(block.starts[index + 1])
      switch kernel.evaluate(block.milestones[range]) {
      case .withoutEntry: attrition.withoutEntry += 1
      case .withoutIndexEvent: attrition.withoutIndexEvent += 1
      case .notObserved: attrition.notObserved += 1
      case .tooLate:
        attrition.tooLate += 1
        if keepsPeople { try keep(nil, block, index) }
      case .counted(let duration):
        attrition.counted += 1
        if kernel.isImmature(duration) { attrition.immature += 1 }
        let slot = try slots.slot(block, index, on: kernel.indexDay)
        try slots.sums[slot].add(duration)
        if keepsPeople { try keep(duration, block, index) }
      }
    }
  }

  private mutating func keep(_ duration: Duration?, _ block: EffectiveBlock, _ index: Int) throws {
    let slot = try slots.slot(block, index, on: kernel.indexDay)
    slots.sums[slot].people.append(
      FollowedPerson(kernel.followed, from: clock.index(kernel.indexDay), duration))
  }

  /// The counts so far.
  var result: GroupedSums<CauseCounts> { slots.result(attrition) }
}
