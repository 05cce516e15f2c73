import EventLog
import Journey

/// What a question of kind `table` gave.
public struct CohortTableResult: Sendable {
  /// The cells by cohort and group: the name of the cohort, then the values of the group.
  let groups: [(values: [String?], sums: CohortSums)]
  /// How many units counted, and why others did not.
  public let attrition: Attrition
  /// The state of knowledge that the answer rests on.
  public let knowledge: Knowledge
}

extension CohortTableQuestion {
  /// Asks the question of everybody, on both cores, in one pass over the view.
  ///
  /// - Parameters:
  ///   - view: The journeys, refreshed.
  ///   - size: The state of knowledge; nil for everything the log holds.
  /// - Throws: `QuestionError`.
  public func ask(
    _ view: JourneysView, size: UInt64? = nil
  ) throws(QuestionError) -> CohortTableResult {
    do {
      let (total, knowledge) = try view.total(size: size, reading: timeToEvent.needs) {
        catalogue in try CohortTableFold(self, catalogue)
      }
      return CohortTableResult(
        groups: total.ordered().map { ($0.values, $0.sum) }, attrition: total.attrition,
        knowledge: knowledge)
    } catch { throw QuestionError(wrapping: error) }
  }
}
