import Journey

/// The few steps of a journey that say when somebody entered, worked, left, and was last seen.
///
/// About four of eleven steps in ordinary programmes. Whatever rests on these alone comes out of them
/// as out of the whole journey, for every reference day: of the steps that merely confirm where
/// somebody is, observation knows only the last one (see `Observation`), and whoever was seen after a
/// reference day was observed up to it.
enum JourneyOutline {
  /// The kinds that are kept whatever else there is, by raw value.
  private static let kept: [Bool] = (0..<256).map { raw in
    switch MilestoneKind(rawValue: UInt8(raw)) {
    case .entered, .reentered, .placementStarted, .placementEnded, .exited, .leftCountry,
      .deceased:
      true
    default: false
    }
  }

  /// The places of the outline among the steps of one person, ascending.
  static func rows(of steps: ArraySlice<UInt64>) -> [Int] {
    var rows: [Int] = []
    var seen: (day: Day, row: Int)?
    for row in steps.indices {
      let milestone = Milestone(bits: steps[row])
      if kept[Int(milestone.rawKind)] { rows.append(row) }
      if let day = milestone.confirmedDay, day > seen?.day ?? .earliest { seen = (day, row) }
    }
    // A step that is kept anyway may confirm the same day.
    guard let seen, !rows.contains(where: { Milestone(bits: steps[$0]).confirmedDay == seen.day })
    else { return rows }
    rows.insert(seen.row, at: rows.firstIndex { $0 > seen.row } ?? rows.endIndex)
    return rows
  }
}
