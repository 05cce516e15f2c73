import EventLog
import Journey

/// What a question of kind `occupancy` or `transitions` gave.
public struct StateResult: Sendable {
  /// The groups in the order of their values.
  let groups: [(values: [String?], sums: StateSums)]
  /// How many people counted, and why others did not.
  public let attrition: Attrition
  /// The state of knowledge that the answer rests on.
  public let knowledge: Knowledge
}

extension StateQuestion {
  /// Asks the question of everybody, on both cores, in one pass over the view.
  ///
  /// - Parameters:
  ///   - view: The journeys, refreshed.
  ///   - size: The state of knowledge; nil for everything the log holds.
  /// - Throws: `QuestionError`.
  public func ask(_ view: JourneysView, size: UInt64? = nil) throws(QuestionError) -> StateResult {
    do {
      let (total, knowledge) = try view.total(size: size, reading: needs) { catalogue in
        try StateFold(self, catalogue)
      }
      return StateResult(
        groups: total.ordered().map { ($0.values, $0.sum) }, attrition: total.attrition,
        knowledge: knowledge)
    } catch { throw QuestionError(wrapping: error) }
  }
}
