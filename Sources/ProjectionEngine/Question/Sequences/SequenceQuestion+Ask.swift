import EventLog
import Journey

/// What a question of kind `sequences` gave.
public struct SequenceResult: Sendable {
  /// The groups in the order of their values.
  let groups: [(values: [String?], sums: SequenceSums)]
  /// How many people counted, and why others did not.
  public let attrition: Attrition
  /// The state of knowledge that the answer rests on.
  public let knowledge: Knowledge
}

extension SequenceQuestion {
  /// Asks the question of everybody, on both cores, in one pass over the view.
  ///
  /// - Parameters:
  ///   - view: The journeys, refreshed.
  ///   - size: The state of knowledge; nil for everything the log holds.
  /// - Throws: `QuestionError`.
  public func ask(
    _ view: JourneysView, size: UInt64? = nil
  ) throws(QuestionError) -> SequenceResult {
    do {
      let (total, knowledge) = try view.total(size: size, reading: states.needs) { catalogue in
        try SequenceFold(self, catalogue)
      }
      return SequenceResult(
        groups: total.ordered().map { ($0.values, $0.sum) }, attrition: total.attrition,
        knowledge: knowledge)
    } catch { throw QuestionError(wrapping: error) }
  }
}
