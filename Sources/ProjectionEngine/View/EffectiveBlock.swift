import Journey

/// Journeys of consecutive participants as known at one size of the log.
public struct EffectiveBlock: Sendable {
  /// The ref of the first participant.
  public let firstRef: UInt32
  /// Participant i has milestones `starts[i] ..< starts[i + 1]`, in journey order.
  public let starts: [UInt32]
  /// The packed milestones; where the scan asked for outlines, at least those.
  public let milestones: [UInt64]
  /// What is stated about each milestone besides; empty unless the scan asked for it.
  public let details: [MilestoneDetails]
  /// The position of the record that stated each milestone; empty unless the scan asked for it.
  public let positions: [UInt64]
  /// The day on which each milestone was first told, as `Day.number`; empty unless the scan asked for
  /// it.
  let told: [Int32]
  let isKnown: [Bool]
  /// Whom figures leave out, in this block or elsewhere.
  private let leftOut: Set<UInt32>
  private let values: [[UInt16]]

  /// The number of participants in the block.
  public var count: Int { isKnown.count }

  /// The number of an attribute's value, 0 when none is stated.
  ///
  /// - Precondition: The scan asked for the attribute.
  public func value(of column: Int, participant index: Int) -> UInt16 {
    // Somebody who was overlaid before the attribute came to be known has no column for it.
    column < values.count ? values[column][index] : 0
  }

  /// Whether figures count the participant as somebody whom the log knew.
  ///
  /// False where a newer copy stands elsewhere, and for who is left out under article 18 GDPR.
  public func isKnown(_ index: Int) -> Bool { isKnown[index] && !isExcluded(index) }

  /// Whether the log knew the participant, and no figure may count them (article 18 GDPR).
  public func isLeftOut(_ index: Int) -> Bool { isKnown[index] && isExcluded(index) }

  private func isExcluded(_ index: Int) -> Bool {
    !leftOut.isEmpty && leftOut.contains(firstRef + UInt32(index))
  }

  /// A block of one participant.
  ///
  /// - Parameters:
  ///   - rows: The steps in journey order.
  ///   - columns: What to hand out of them besides the milestones.
  ///   - values: The number of each attribute's value, by column.
  ///   - isLeftOut: Whether figures leave the person out.
  ///   - firstTold: The first position of each row that was corrected.
  ///   - days: When records were taken in, for who asks when steps were told.
  init(
    ref: UInt32, rows: [EffectiveRow], _ columns: ViewColumns, values: [UInt16], isKnown: Bool,
    isLeftOut: Bool = false, firstTold: [UInt64: UInt64] = [:], days: RecordedDays? = nil
  ) {
    firstRef = ref
    starts = [0, UInt32(rows.count)]
    milestones = rows.map(\.milestone)
    details = columns.contains(.details) ? rows.map(\.details) : []
    positions =
      columns.contains(.positions) ? rows.map { firstTold[$0.position] ?? $0.position } : []
    told =
      columns.contains(.told)
      ? EffectiveBlock.told(rows.map { firstTold[$0.position] ?? $0.position }, days) : []
    self.isKnown = [isKnown]
    self.values = values.map { [$0] }
    leftOut = isLeftOut ? [ref] : []
  }

  /// The block as it stands now.
  init(
    current block: JourneyBlock, _ columns: ViewColumns, hidden: Set<UInt32>, leftOut: Set<UInt32>,
    days: RecordedDays? = nil
  ) {
    self.leftOut = leftOut
    firstRef = block.firstRef
    starts = columns.contains(.outline) ? block.outlineStarts : block.starts
    milestones = columns.contains(.outline) ? block.outline : block.milestones
    details = columns.contains(.details) ? block.details.expanded(block.milestones.count) : []
    positions = columns.contains(.positions) ? block.firstTold(of: block.recorded) : []
    told =
      !columns.contains(.told)
      ? []
      : block.told.isEmpty
        ? EffectiveBlock.told(block.firstTold(of: block.recorded), days) : block.told
    values = block.values
    isKnown = EffectiveBlock.known(block, hidden) { _ in true }
  }

  /// The block as known after the first `size` records.
  init(
    _ block: JourneyBlock, _ columns: ViewColumns, size: UInt64, hidden: Set<UInt32>,
    leftOut: Set<UInt32>, latestCounts: [Bool], days: RecordedDays? = nil
  ) {
    self.leftOut = leftOut
    firstRef = block.firstRef
    isKnown = EffectiveBlock.known(block, hidden) { block.firstRecorded[$0] < size }
    let asked = columns.contains(.told) ? columns.union(.positions) : columns
    let rows = EffectiveRows(of: block, asked, size: size)
    starts = rows.starts
    milestones = rows.milestones
    details = rows.details
    positions = columns.contains(.positions) ? block.firstTold(of: rows.positions) : []
    told =
      columns.contains(.told)
      ? EffectiveBlock.told(block.firstTold(of: rows.positions), days) : []
    values = EffectiveBlock.values(of: block, size: size, latestCounts)
  }

  private static func known(
    _ block: JourneyBlock, _ hidden: Set<UInt32>, _ isRecorded: (Int) -> Bool
  ) -> [Bool] {
    (0..<block.count).map { index in
      (hidden.isEmpty || !hidden.contains(block.firstRef + UInt32(index)))
        && block.known[index] != 0 && isRecorded(index)
    }
  }

  private static func told(_ positions: [UInt64], _ days: RecordedDays?) -> [Int32] {
    positions.map { days?.day(of: $0)?.number ?? 0 }
  }

  private static func values(
    of block: JourneyBlock, size: UInt64, _ latestCounts: [Bool]
  ) -> [[UInt16]] {
    var values = block.values
    for column in values.indices {
      for i in values[column].indices {
        guard values[column][i] != 0 else { continue }
        let origin = block.origins[column * block.count + i]
        if origin == JourneyBlock.inHistory
          || block.recorded[Int(block.starts[i]) + Int(origin)] >= size
        {
          values[column][i] = 0
        }
      }
    }
    var statements: [UInt64: [FoldedJourney.AttributeRow]] = [:]
    for i in block.historyParticipant.indices
    where block.historyFrom[i] < size && block.historyTo[i] >= size
      && !values[Int(block.historyColumn[i])].isEmpty
    {
      let id = UInt64(block.historyColumn[i]) << 32 | UInt64(block.historyParticipant[i])
      statements[id, default: []].append(
        FoldedJourney.AttributeRow(
          column: block.historyColumn[i], value: block.historyValue[i], day: block.historyDay[i],
          from: block.historyFrom[i], to: block.historyTo[i]))
    }
    for (id, candidates) in statements {
      let column = Int(id >> 32)
      values[column][Int(id & 0xFFFF_FFFF)] = FoldedJourney.choose(
        candidates, latestCounts: latestCounts[column])
    }
    return values
  }
}
