import Journey

/// Folds blocks of journeys into sequences of states.
struct SequenceFold: BlockFold {
  private let question: SequenceQuestion
  private var people: StatedPeople
  private var slots: GroupSlots<SequenceSums>
  private var journey: [UInt8] = []

  init(_ question: SequenceQuestion, _ catalogue: AttributeCatalogue) throws(QuestionError) {
    self.question = question
    people = try StatedPeople(question.states, catalogue)
    slots = GroupSlots(
      try Grouping(question.states.groupedBy, catalogue), empty: SequenceSums())
  }

  mutating func add(_ block: EffectiveBlock) throws {
    let states = question.states
    let unknown = UInt8(states.definition.states.count)
    for person in 0..<block.count {
      guard let start = people.open(block, person)?.day else { continue }
      let slot = try slots.slot(block, person, on: start)
      slots.sums[slot].people += 1
      // A journey that cannot be complete yet would look like one that was lost.
      guard states.day(start, after: Int32(question.periods - 1)) <= states.referenceDay else {
        slots.sums[slot].notDue += 1
        continue
      }
      journey.removeAll(keepingCapacity: true)
      for period in 0..<Int32(question.periods) {
        let state = people.state(on: states.day(start, after: period))
        journey.append(state.map { UInt8($0) } ?? unknown)
      }
      slots.sums[slot].journeys[journey, default: 0] += 1
    }
  }

  /// The sums so far.
  var result: GroupedSums<SequenceSums> { slots.result(people.attrition) }
}
