import Journey

/// The journeys of consecutive participants in columns: what one value of the view holds.
///
/// Milestones that stand now lie in one column in journey order, participant after participant, so
/// that a question reads only what it needs. What is stated besides lies apart, and so does what was
/// replaced, for as-of questions.
struct JourneyBlock: Sendable {
  /// Participants in a full block.
  static let width = 2048
  /// How many blocks hold that many participants.
  static func blockCount(_ participants: Int) -> Int { (participants + width - 1) / width }
  /// Marks an attribute whose statements are in the history columns.
  static let inHistory = UInt8.max

  var firstRef: UInt32 = 0
  var firstRecorded: [UInt64] = []
  /// Participant i has milestones `starts[i] ..< starts[i + 1]`.
  var starts: [UInt32] = [0]
  var milestones: [UInt64] = []
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
  /// Attribute a of participant i is `values[a * count + i]`.
  var attributeCount = 0
  var values: [UInt16] = []
  /// The position that stated the value, counted from `firstRecorded`; `inHistory` when that does
  /// not say enough.
  var deltas: [UInt8] = []
  var historyParticipant: [UInt32] = []
  var historyColumn: [UInt16] = []
  var historyValue: [UInt16] = []
  var historyDay: [Int32] = []
  var historyFrom: [UInt64] = []
  var historyTo: [UInt64] = []

  var count: Int { firstRecorded.count }

  init() {}

  /// Lays out folded journeys of consecutive participants.
  ///
  /// - Parameter inFull: Whether to keep the day and the position of every stated attribute, which
  ///   are needed where journeys are put together.
  init(
    firstRef: UInt32, _ journeys: [FoldedJourney], _ catalogue: AttributeCatalogue,
    inFull: Bool = false
  ) {
    self.firstRef = firstRef
    attributeCount = catalogue.columns.count
    let latest = catalogue.columns.map { AttributeCatalogue.latestCounts.contains($0.name) }
    values = [UInt16](repeating: 0, count: attributeCount * journeys.count)
    deltas = [UInt8](repeating: 0, count: attributeCount * journeys.count)
    for (index, journey) in journeys.enumerated() {
      firstRecorded.append(journey.firstRecorded)
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
      starts.append(UInt32(milestones.count))
      closedStarts.append(UInt32(closed.count))
      layOutAttributes(of: journey, index, journeys.count, latest, inFull)
    }
  }

  private mutating func layOutAttributes(
    of journey: FoldedJourney, _ index: Int, _ count: Int, _ latest: [Bool], _ inFull: Bool
  ) {
    var statements: [UInt16: Int] = [:]
    var isPlain = !inFull
    for row in journey.attributes {
      statements[row.column, default: 0] += 1
      if statements[row.column] != 1 || row.to != FoldedJourney.open
        || row.from - journey.firstRecorded >= UInt64(JourneyBlock.inHistory)
      {
        isPlain = false
      }
    }
    if isPlain {
      for row in journey.attributes {
        let cell = Int(row.column) * count + index
        values[cell] = row.value
        deltas[cell] = UInt8(row.from - journey.firstRecorded)
      }
      return
    }
    for column in statements.keys {
      let cell = Int(column) * count + index
      values[cell] = journey.value(
        of: column, latestCounts: latest[Int(column)], size: FoldedJourney.open)
      deltas[cell] = JourneyBlock.inHistory
    }
    for row in journey.attributes {
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
      return FoldedJourney(
        firstRecorded: firstRecorded[index], rows: rows,
        attributes: histories[UInt32(index)] ?? plainAttributes(index))
    }
  }

  private func plainAttributes(_ index: Int) -> [FoldedJourney.AttributeRow] {
    (0..<attributeCount).compactMap { column in
      let cell = column * count + index
      guard values[cell] != 0 else { return nil }
      return FoldedJourney.AttributeRow(
        column: UInt16(column), value: values[cell], day: 0,
        from: firstRecorded[index] + UInt64(deltas[cell]), to: FoldedJourney.open)
    }
  }
}
