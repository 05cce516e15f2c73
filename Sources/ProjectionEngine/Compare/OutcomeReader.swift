import Journey

/// Says how the units of one person count, for questions of several kinds.
struct OutcomeReader {
  private var units: FollowedUnits?
  private var grouping: Grouping?
  private let shares: ShareFold?

  /// Reads what a question of kind `time-to-event` counts.
  init(_ question: TimeToEventQuestion, _ catalogue: AttributeCatalogue) throws(QuestionError) {
    units = try FollowedUnits(question, catalogue)
    grouping = try Grouping(question.groupedBy, catalogue)
    shares = nil
  }

  /// Reads what a question of shares counts.
  init(
    _ question: ShareQuestion, _ catalogue: AttributeCatalogue, _ recordedDays: RecordedDays?
  ) throws(QuestionError) {
    var fold = try ShareFold(question, catalogue, recordedDays: recordedDays)
    // Every person is folded from nothing: there is nobody to keep anything for.
    fold.profiles = nil
    shares = fold
  }

  /// How the person of a block counts.
  mutating func outcomes(_ block: EffectiveBlock) throws -> [OutcomeChanges.Outcome] {
    if var fold = shares {
      try fold.add(block)
      return fold.result.ordered().map { .init(group: $0.values, what: .shares($0.sum)) }
    }
    guard var units, let grouping else { return [] }
    var outcomes: [OutcomeChanges.Outcome] = []
    var key = [Int32](repeating: 0, count: grouping.parts.count)
    units.begin()
    while let unit = units.next(in: block) {
      guard let duration = unit.duration else { continue }
      grouping.fill(&key, block, unit.person, on: unit.day)
      // Where events compete, any of them ends the curve, as it does in the answer itself.
      outcomes.append(
        .init(
          group: grouping.values(key),
          what: .end(length: duration.length, isEvent: duration.cause > 0)))
    }
    self.units = units
    return outcomes
  }
}
