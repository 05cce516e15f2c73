import EventLog
import Journey
import Statistics

/// What a question of kind `point` or `count` gave.
public struct ShareResult: Sendable {
  /// The groups in the order of their values.
  let groups: [(values: [String?], sums: ShareSums)]
  /// That order.
  let order: AttributeOrder
  /// What early outcomes of earlier units turned into; nil where it was not asked for.
  var ripening: ShareRipening?
  /// How late the index event is recorded; nil where it was not asked for.
  var indexDelays: RecordingDelays.Estimate?
  /// How many people counted, and why others did not.
  public let attrition: Attrition
  /// The state of knowledge that the answer rests on.
  public let knowledge: Knowledge
}

extension ShareResult {
  /// The same result without the last so many values of each group, those of entry profiles.
  func withoutProfiles(_ count: Int) -> ShareResult {
    guard count > 0 else { return self }
    var sums = GroupedSums<ShareSums>(in: order)
    for group in groups { sums.add(group.sums, to: Array(group.values.dropLast(count))) }
    return ShareResult(
      groups: sums.ordered().map { ($0.values, $0.sum) }, order: order, ripening: ripening,
      indexDelays: indexDelays, attrition: attrition, knowledge: knowledge)
  }

  /// The outcomes of a group's entry profiles for one cell.
  func profiles(
    of values: [String?], cell: Int
  ) throws(StatisticsError) -> [(values: [String?], shares: OutcomeShares)] {
    var profiles: [(values: [String?], shares: OutcomeShares)] = []
    for group in groups where Array(group.values.prefix(values.count)) == values {
      profiles.append(
        (
          Array(group.values.dropFirst(values.count)),
          try ShareAnswer.heard(group.sums, cell: cell)
        ))
    }
    return profiles
  }
}

extension ShareQuestion {
  /// Asks the question of everybody, on both cores, in one pass over the view.
  ///
  /// - Parameters:
  ///   - view: The journeys, refreshed.
  ///   - size: The state of knowledge; nil for everything the log holds.
  /// - Throws: `QuestionError`.
  public func ask(_ view: JourneysView, size: UInt64? = nil) throws(QuestionError) -> ShareResult {
    do {
      let recordedDays =
        definition.unit == .record
        ? try view.recordedDays(size: size ?? .max) : nil
      var question = self
      question.groupedBy += responseBy
      let grouped = question
      let (total, knowledge) = try view.total(size: size, reading: grouped.needs) { catalogue in
        try ShareFold(grouped, catalogue, recordedDays: recordedDays)
      }
      return ShareResult(
        groups: total.ordered().map { ($0.values, $0.sum) }, order: total.order,
        attrition: total.attrition, knowledge: knowledge)
    } catch { throw QuestionError(wrapping: error) }
  }
}
