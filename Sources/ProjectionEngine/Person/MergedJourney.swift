import Journey

/// Puts the journeys of participants who are one person together.
///
/// The result does not depend on refs, positions or the order of telling: whose code stays comes
/// first, the others in the order of what is known of them.
public enum MergedJourney {
  /// The milestones of one person in journey order.
  ///
  /// - Parameter members: The milestones of each participant, that of the one whose code stays first.
  public static func milestones(_ members: [[UInt64]]) -> [UInt64] {
    rows(
      members.map { steps in
        steps.map { EffectiveRow(milestone: $0, details: .none, position: 0) }
      }
    ).map(\.milestone)
  }

  /// The steps of one person in journey order, with the order in which all of them were told.
  ///
  /// - Parameter members: The steps of each participant, that of the one whose code stays first.
  static func rows(_ members: [[EffectiveRow]]) -> [EffectiveRow] {
    guard members.count > 1 else { return members.first ?? [] }
    let others = members.dropFirst().sorted { left, right in
      let (a, b) = (left.map(\.milestone), right.map(\.milestone))
      if a != b { return a.lexicographicallyPrecedes(b) }
      return left.map(\.details.content).lexicographicallyPrecedes(right.map(\.details.content))
    }
    var all: [EffectiveRow] = []
    for (rank, steps) in ([members[0]] + others).enumerated() {
      for step in steps {
        var step = step
        step.milestone = Milestone(bits: step.milestone).ofMember(rank).bits
        all.append(step)
      }
    }
    let ordered = all.indices.filter { all[$0].details.order > 0 }
      .sorted { all[$0].position < all[$1].position }
    for (place, index) in ordered.enumerated() {
      all[index].details = all[index].details.told(place + 1)
    }
    return all.sorted()
  }
}

extension EffectiveBlock {
  /// One person of several participants, as known after `size` records.
  ///
  /// - Parameters:
  ///   - members: Their journeys, that of the one whose code stays first; attributes with their days.
  ///   - head: The ref of the first.
  init(
    merging members: [FoldedJourney], head: UInt32, size: UInt64, _ catalogue: AttributeCatalogue,
    latestCounts: [Bool], _ columns: ViewColumns = [], isLeftOut: Bool = false,
    days: RecordedDays? = nil
  ) {
    let attributes = members.map { member in
      member.attributes.filter { $0.from < size && $0.to >= size }
    }
    // Of statements about the same day that of the one whose code stays counts, then by content.
    let order = EffectiveBlock.order(attributes, catalogue)
    let values = catalogue.columns.indices.map { column in
      var best: FoldedJourney.AttributeRow?
      for member in order {
        let stated = attributes[member].filter { Int($0.column) == column }
        guard let row = FoldedJourney.chosen(stated, latestCounts: latestCounts[column]) else {
          continue
        }
        if let known = best, latestCounts[column] ? row.day <= known.day : row.day >= known.day {
          continue
        }
        best = row
      }
      return best?.value ?? 0
    }
    self.init(
      ref: head, rows: MergedJourney.rows(members.map { $0.rows(size: size) }), columns,
      values: values, isKnown: members.contains { $0.firstRecorded < size },
      isLeftOut: isLeftOut,
      firstTold: columns.isDisjoint(with: [.told, .positions])
        ? [:] : JourneyBlock.firstTold(members.flatMap(\.closings)), days: days)
  }

  private static func order(
    _ members: [[FoldedJourney.AttributeRow]], _ catalogue: AttributeCatalogue
  ) -> [Int] {
    guard members.count > 2 else { return Array(members.indices) }
    let texts = members.map { rows in
      rows.map { row in
        let value = catalogue.value(row.value, of: Int(row.column)) ?? ""
        return Array("\(catalogue.columns[Int(row.column)].name)\0\(value)\0\(row.day)".utf8)
      }.sorted { $0.lexicographicallyPrecedes($1) }
    }
    return [0]
      + members.indices.dropFirst().sorted { left, right in
        texts[left].lexicographicallyPrecedes(texts[right]) { $0.lexicographicallyPrecedes($1) }
      }
  }
}
