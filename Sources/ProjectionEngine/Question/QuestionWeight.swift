/// How much each unit of a question of kind `time-to-event` counts.
public struct QuestionWeight: Sendable {
  /// What a weight says.
  public enum Kind: String, Sendable, CaseIterable {
    /// How many people of the population one in the sample stands for; standard errors are robust.
    case sampling
    /// How many people one row is; standard errors as if each had a row.
    case frequency
  }

  /// The weight: a number from 0 on, on the index day.
  public var of: QuestionExpression
  /// What it says.
  public var kind: Kind
}
