import Definitions

/// How much each unit of a question of kind `time-to-event`, `point` or `count` counts.
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

extension QuestionWeight {
  /// Reads the table `[weights]`; nil, with the mistakes noted.
  init?(_ reader: TableReader, _ environment: ExpressionEnvironment) {
    let of = reader.exactNumber("of", environment)
    let kind = reader.code("kind", Kind.self)
    guard let of, let kind else { return nil }
    self.init(of: of, kind: kind)
  }
}

extension BoundExpression {
  /// The weight of a unit; nil unless it is a number from 0 on.
  func weight(in context: ExpressionContext) -> Double? {
    number(in: context).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  }
}
