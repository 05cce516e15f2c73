import Journey

/// Facts of consecutive participants in columns, in log order, until they are sorted by participant.
struct FactColumns {
  /// Whose facts these are.
  let refRange: Range<Int>
  var refs: [UInt32] = []
  var positions: [UInt64] = []
  var days: [Int32] = []
  var milestones: [UInt64] = []
  /// One more than the place of a fact's details among `details`; 0 for most facts, which have none.
  var detailPlaces: [UInt32] = []
  var details: [MilestoneDetails] = []
  var attributeEnds: [UInt32] = []
  var attributes: [JourneyFact.Attribute] = []
  /// The few facts that replace or take back others, by index.
  var effects: [Int: JourneyFact.Effect] = [:]
  /// The first record of each participant.
  private(set) var firstRecorded: [UInt64]

  init(of refs: Range<Int>) {
    refRange = refs
    firstRecorded = [UInt64](repeating: FoldedJourney.open, count: refs.count)
  }

  /// Notes where a participant has a record; the first note counts.
  mutating func note(_ ref: UInt32, firstRecordedAt position: UInt64) {
    let place = Int(ref) - refRange.lowerBound
    if firstRecorded[place] == FoldedJourney.open { firstRecorded[place] = position }
  }

  mutating func add(_ fact: JourneyFact, _ ref: UInt32) {
    if fact.effect != .adds { effects[refs.count] = fact.effect }
    refs.append(ref)
    positions.append(fact.position)
    days.append(fact.day)
    milestones.append(fact.milestone?.bits ?? 0)
    if fact.details.isEmpty {
      detailPlaces.append(0)
    } else {
      details.append(fact.details)
      detailPlaces.append(UInt32(details.count))
    }
    attributes.append(contentsOf: fact.attributes)
    attributeEnds.append(UInt32(attributes.count))
  }

  func fact(_ index: Int) -> JourneyFact {
    let start = index == 0 ? 0 : Int(attributeEnds[index - 1])
    let place = Int(detailPlaces[index])
    return JourneyFact(
      position: positions[index], day: days[index], effect: effects[index] ?? .adds,
      milestone: milestones[index] == 0 ? nil : Milestone(bits: milestones[index]),
      details: place == 0 ? .none : details[place - 1],
      attributes: Array(attributes[start..<Int(attributeEnds[index])]))
  }

  /// The facts' indices by participant, each in log order: a counting sort.
  func indicesByParticipant() -> (starts: [Int], indices: [UInt32]) {
    var starts = [Int](repeating: 0, count: firstRecorded.count + 1)
    for ref in refs { starts[Int(ref) - refRange.lowerBound + 1] += 1 }
    for i in 1..<starts.count { starts[i] += starts[i - 1] }
    var next = starts
    var indices = [UInt32](repeating: 0, count: refs.count)
    for i in refs.indices {
      let ref = Int(refs[i]) - refRange.lowerBound
      indices[next[ref]] = UInt32(i)
      next[ref] += 1
    }
    return (starts, indices)
  }
}

extension FactColumns {
  /// Renumbers attributes and values, after catalogues of two threads were put together.
  mutating func renumber(_ numbers: [(column: UInt16, values: [UInt16])]) {
    for i in attributes.indices {
      let old = attributes[i]
      let new = numbers[Int(old.column)]
      attributes[i] = JourneyFact.Attribute(
        column: new.column,
        value: Int(old.value) < new.values.count
          ? new.values[Int(old.value)] : AttributeCatalogue.tooMany)
    }
  }
}
