import Journey

/// One participant's journey with everything that as-of questions need.
///
/// Every row says from which log size on it counts and until which: a correction closes the row it
/// replaces and opens its own. The journey as known after the first `n` records is what remains
/// when rows from later positions, and the closings by later positions, are left out.
struct FoldedJourney: Sendable, Equatable {
  /// A step of the journey and when the log knew it.
  struct Row: Sendable, Equatable {
    let milestone: Milestone
    var details = MilestoneDetails.none
    /// The position of the record that stated it.
    let from: UInt64
    /// The position of the record that replaced it or took it back; `open` when none did.
    var to: UInt64
  }

  /// A stated attribute and when the log knew it.
  struct AttributeRow: Sendable, Equatable {
    let column: UInt16
    let value: UInt16
    /// The day the statement speaks about.
    let day: Int32
    let from: UInt64
    var to: UInt64
  }

  static let open = UInt64.max

  /// The position of the first record of the stream.
  var firstRecorded: UInt64
  /// The rows, in journey order; see `Row.<`.
  var rows: [Row] = []
  /// The stated attributes, in order of recording.
  var attributes: [AttributeRow] = []

  /// Folds the facts of one participant, given in log order.
  init(firstRecorded: UInt64, facts: [JourneyFact]) {
    self.firstRecorded = firstRecorded
    // A correction may name the first statement or any later one: what stands now gives way.
    var successors: [UInt64: UInt64] = [:]
    var told = 0
    for fact in facts {
      switch fact.effect {
      case .adds: break
      case .replaces(var target), .takesBack(var target):
        while let next = successors[target] { target = next }
        close(target, at: fact.position)
        successors[target] = fact.position
      }
      if case .takesBack = fact.effect { continue }
      if let milestone = fact.milestone {
        var details = fact.details
        if MilestoneKind.isOrdered[Int(milestone.rawKind)] {
          told += 1
          details = details.told(told)
        }
        rows.append(
          Row(
            milestone: milestone, details: details, from: fact.position, to: FoldedJourney.open))
      }
      for attribute in fact.attributes {
        attributes.append(
          AttributeRow(
            column: attribute.column, value: attribute.value, day: fact.day, from: fact.position,
            to: FoldedJourney.open))
      }
    }
    rows.sort()
  }

  init(firstRecorded: UInt64, rows: [Row], attributes: [AttributeRow]) {
    self.firstRecorded = firstRecorded
    self.rows = rows
    self.attributes = attributes
  }

  private mutating func close(_ target: UInt64, at position: UInt64) {
    for i in rows.indices where rows[i].from == target && rows[i].to == FoldedJourney.open {
      rows[i].to = position
    }
    for i in attributes.indices
    where attributes[i].from == target && attributes[i].to == FoldedJourney.open {
      attributes[i].to = position
    }
  }

  /// The rows as known after the first `size` records.
  func rows(size: UInt64) -> [EffectiveRow] {
    rows.compactMap { row in
      guard row.from < size && row.to >= size else { return nil }
      return EffectiveRow(
        milestone: row.milestone.bits, details: row.details, position: row.from)
    }
  }

  /// The value of an attribute as known after the first `size` records; 0 when none is stated.
  func value(of column: UInt16, latestCounts: Bool, size: UInt64) -> UInt16 {
    FoldedJourney.choose(
      attributes.filter { $0.column == column && $0.from < size && $0.to >= size },
      latestCounts: latestCounts)
  }

  /// Picks the statement that counts: the one at first entry, or the latest one.
  static func choose(_ candidates: [AttributeRow], latestCounts: Bool) -> UInt16 {
    chosen(candidates, latestCounts: latestCounts)?.value ?? 0
  }

  /// The statement that counts, given in order of recording; nil when there is none.
  static func chosen(_ candidates: [AttributeRow], latestCounts: Bool) -> AttributeRow? {
    guard var best = candidates.first else { return nil }
    for row in candidates.dropFirst() {
      if latestCounts {
        if (row.day, row.from) >= (best.day, best.from) { best = row }
      } else {
        if (row.day, row.from) < (best.day, best.from) { best = row }
      }
    }
    return best
  }
}

extension FoldedJourney.Row: Comparable {
  /// In journey order; of equal milestones by what is stated besides, then by position.
  static func < (left: Self, right: Self) -> Bool {
    if left.milestone != right.milestone { return left.milestone < right.milestone }
    return (left.details, left.from) < (right.details, right.from)
  }
}

extension MilestoneKind {
  /// Whether it matters which of two contrary statements of such a kind was recorded later, by raw
  /// value.
  static let isOrdered: [Bool] = (0..<256).map { raw in
    switch MilestoneKind(rawValue: UInt8(raw)) {
    case .placementStarted, .placementEnded, .placementChanged, .labourStatus, .followUpCompleted,
      .statusAtExit, .statusAtSixMonths:
      true
    default: false
    }
  }
}
