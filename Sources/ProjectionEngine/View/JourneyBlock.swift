import Journey

/// The journeys of consecutive participants in columns: what one value of the view holds.
///
/// Milestones that stand now lie in one column in journey order, participant after participant, and
/// the few of them that most questions ask for in another. What is stated besides lies apart, and so
/// does what was replaced, for as-of questions.
struct JourneyBlock: Sendable {
  /// Participants in a full block.
  static let width = 2048
  /// How many blocks hold that many participants.
  static func blockCount(_ participants: Int) -> Int { (participants + width - 1) / width }
  /// Marks an attribute whose statements are in the history columns.
  static let inHistory = UInt8.max

  var firstRef: UInt32 = 0
  /// Of each participant, whether they have a record: 1 or 0.
  var known: [UInt8] = []
  /// The position of the first record of all, and one more than that of the last that changed
  /// anything here: who knows fewer records than the first knows nobody, who knows as many as the
  /// second knows the block as it stands.
  var span: (begun: UInt64, settled: UInt64) = (FoldedJourney.open, 0)
  /// Whether nobody entered more than once, and every day of entry is known.
  var hasPlainEntries = true
  /// Participant i has the outline `outlineStarts[i] ..< outlineStarts[i + 1]`.
  var outlineStarts: [UInt32] = [0]
  /// Of the milestones those that say when people entered, worked, left and were last seen.
  var outline: [UInt64] = []
  var firstRecorded: [UInt64] = []
  /// Participant i has milestones `starts[i] ..< starts[i + 1]`.
  var starts: [UInt32] = [0]
  var milestones: [UInt64] = []
  /// The day on which each of these milestones was first told, as `Day.number`; only in the blocks of
  /// the sample, see `ScannedPeople.sampled`.
  var told: [Int32] = []
  /// What is stated about these milestones besides, by row.
  var details = DetailColumns()
  var recorded: [UInt64] = []
  /// Participant i has closed rows `closedStarts[i] ..< closedStarts[i + 1]`.
  var closedStarts: [UInt32] = [0]
  var closed: [UInt64] = []
  /// What was stated about these besides, by row.
  var closedDetails = DetailColumns()
  var closedFrom: [UInt64] = []
  var closedTo: [UInt64] = []
  var attributeCount = 0
  /// Attribute a of participant i is `values[a][i]`; a column that was not read is empty.
  var values: [[UInt16]] = []
  /// Which of the participant's milestones that stand the record stated that also stated
  /// `values[a][i]`, at `a * count + i`; `inHistory` when that does not say enough.
  var origins: [UInt8] = []
  var historyParticipant: [UInt32] = []
  var historyColumn: [UInt16] = []
  var historyValue: [UInt16] = []
  var historyDay: [Int32] = []
  var historyFrom: [UInt64] = []
  var historyTo: [UInt64] = []

  var count: Int { known.count }

  init() {}

  /// Lays out folded journeys of consecutive participants.
  ///
  /// - Parameters:
  ///   - inFull: Whether to keep the day and the position of every stated attribute, which are needed
  ///     where journeys are put together.
  ///   - days: When records were taken in; nil where nobody will ask.
  init(
    firstRef: UInt32, _ journeys: [FoldedJourney], _ catalogue: AttributeCatalogue,
    inFull: Bool = false, days: RecordedDays? = nil
  ) {
    self.firstRef = firstRef
    attributeCount = catalogue.columns.count
    let latest = catalogue.isLatestCounted
    values = Array(
      repeating: [UInt16](repeating: 0, count: journeys.count), count: attributeCount)
    origins = [UInt8](repeating: 0, count: attributeCount * journeys.count)
    for (index, journey) in journeys.enumerated() {
      firstRecorded.append(journey.firstRecorded)
      known.append(journey.firstRecorded == FoldedJourney.open ? 0 : 1)
      note(journey)
      for row in journey.rows {
        if row.to == FoldedJourney.open {
          details.append(row.details, row: milestones.count)
          milestones.append(row.milestone.bits)
          recorded.append(row.from)
        } else {
          closedDetails.append(row.details, row: closed.count)
          closed.append(row.milestone.bits)
          closedFrom.append(row.from)
          closedTo.append(row.to)
        }
      }
      let steps = milestones[Int(starts[index])...]
      let entries = steps.map { Milestone(bits: $0) }.filter { $0.kind == .entered }
      if entries.count > 1 || entries.contains(where: { $0.precision != .day }) {
        hasPlainEntries = false
      }
      outline += JourneyOutline.rows(of: steps).map { steps[$0] }
      outlineStarts.append(UInt32(outline.count))
      starts.append(UInt32(milestones.count))
      closedStarts.append(UInt32(closed.count))
      layOutAttributes(of: journey, index, journeys.count, latest, inFull)
    }
    guard let days, ScannedPeople.sampled.contains(block: firstRef / UInt32(JourneyBlock.width))
    else { return }
    told = firstTold(of: recorded).map { days.day(of: $0)?.number ?? 0 }
  }

  /// Takes a journey into account for from when to when records changed the block.
  private mutating func note(_ journey: FoldedJourney) {
    guard journey.firstRecorded != FoldedJourney.open else { return }
    span.begun = min(span.begun, journey.firstRecorded)
    var last = journey.firstRecorded
    for row in journey.rows {
      last = max(last, row.to == FoldedJourney.open ? row.from : row.to)
    }
    for row in journey.attributes {
      last = max(last, row.to == FoldedJourney.open ? row.from : row.to)
    }
    span.settled = max(span.settled, last + 1)
  }

  private mutating func layOutAttributes(
    of journey: FoldedJourney, _ index: Int, _ count: Int, _ latest: [Bool], _ inFull: Bool
  ) {
    let steps = recorded[Int(starts[index])...].prefix(Int(JourneyBlock.inHistory))
    var statements: [UInt16: Int] = [:]
    for row in journey.attributes { statements[row.column, default: 0] += 1 }
    for row in journey.attributes {
      let cell = Int(row.column) * count + index
      // Most attributes are stated once, with a step of the journey.
      if !inFull, statements[row.column] == 1, row.to == FoldedJourney.open,
        let step = steps.firstIndex(of: row.from)
      {
        values[Int(row.column)][index] = row.value
        origins[cell] = UInt8(step - steps.startIndex)
        continue
      }
      if origins[cell] != JourneyBlock.inHistory {
        origins[cell] = JourneyBlock.inHistory
        values[Int(row.column)][index] = journey.value(
          of: row.column, latestCounts: latest[Int(row.column)], size: FoldedJourney.open)
      }
      historyParticipant.append(UInt32(index))
      historyColumn.append(row.column)
      historyValue.append(row.value)
      historyDay.append(row.day)
      historyFrom.append(row.from)
      historyTo.append(row.to)
    }
  }

  /// The folded journeys that the block was laid out from.
  func journeys() -> [FoldedJourney] {
    var histories: [UInt32: [FoldedJourney.AttributeRow]] = [:]
    for i in historyParticipant.indices {
      histories[historyParticipant[i], default: []].append(
        FoldedJourney.AttributeRow(
          column: historyColumn[i], value: historyValue[i], day: historyDay[i],
          from: historyFrom[i], to: historyTo[i]))
    }
    let (details, gone) = (
      details.expanded(milestones.count), closedDetails.expanded(closed.count)
    )
    return (0..<count).map { index in
      var rows: [FoldedJourney.Row] = []
      for i in Int(starts[index])..<Int(starts[index + 1]) {
        rows.append(
          .init(
            milestone: .init(bits: milestones[i]), details: details[i], from: recorded[i],
            to: FoldedJourney.open))
      }
      for i in Int(closedStarts[index])..<Int(closedStarts[index + 1]) {
        rows.append(
          .init(
            milestone: .init(bits: closed[i]), details: gone[i], from: closedFrom[i],
            to: closedTo[i]))
      }
      rows.sort()
      let stated = plainAttributes(index) + histories[UInt32(index), default: []]
      // Statements of one record stay in their order.
      let ordered = stated.indices.sorted { (stated[$0].from, $0) < (stated[$1].from, $1) }
      return FoldedJourney(
        firstRecorded: firstRecorded[index], rows: rows, attributes: ordered.map { stated[$0] })
    }
  }

  private func plainAttributes(_ index: Int) -> [FoldedJourney.AttributeRow] {
    (0..<attributeCount).compactMap { column in
      let origin = origins[column * count + index]
      guard values[column][index] != 0, origin != JourneyBlock.inHistory else { return nil }
      return FoldedJourney.AttributeRow(
        column: UInt16(column), value: values[column][index], day: 0,
        from: recorded[Int(starts[index]) + Int(origin)], to: FoldedJourney.open)
    }
  }
}
