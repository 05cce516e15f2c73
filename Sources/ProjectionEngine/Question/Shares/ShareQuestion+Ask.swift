import EventLog
import Journey

/// What a question of kind `point` or `count` gave.
public struct ShareResult: Sendable {
  /// The groups in the order of their values.
  let groups: [(values: [String?], sums: ShareSums)]
  /// How many people counted, and why others did not.
  public let attrition: Attrition
  /// The state of knowledge that the answer rests on.
  public let knowledge: Knowledge
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
        ? try RecordedDays(view.log, size: try size ?? view.log.size()) : nil
      let (total, knowledge) = try view.total(size: size, reading: columns) { catalogue in
        try ShareFold(self, catalogue, recordedDays: recordedDays)
      }
      return ShareResult(
        groups: total.ordered().map { ($0.values, $0.sum) }, attrition: total.attrition,
        knowledge: knowledge)
    } catch { throw QuestionError(wrapping: error) }
  }
}
