public import Journey

/// One indicator of a set: what it is called, in which table it stands, and what it counts.
public struct Indicator: Sendable {
  /// The two tables of indicators that programmes transmit.
  public enum Table: Int, Sendable, CaseIterable {
    /// Outputs: who took part.
    case outputs = 6
    /// Results: what they reached.
    case results = 10
  }

  /// Where the numbers come from.
  public enum Basis: Sendable, Equatable {
    /// A row of a question of kind `count`; with `everybody` all who are counted have it, as eligibility
    /// implies the trait.
    case row(question: String, row: String, everybody: Bool)
    /// Whoever has any of some other indicators of the same question.
    case anyOf([String])
    /// An answer that a sealed field group holds, of whoever another indicator counts.
    case statement(SealedStatement, among: String)
    /// Organisations and enterprises, which a file names.
    case entities
  }

  /// The code, as in `EECO01`.
  public let code: String
  /// What it is called, without the code.
  public let label: LocalizedText
  /// The table it stands in.
  public let table: Table
  /// Where the numbers come from.
  public let basis: Basis
  /// The indicator that says among whom it is reached; nil for outputs.
  public let reference: String?
}

/// Answers that stand in field groups of their own, so that a key can be without them.
public enum SealedStatement: String, Sendable, CaseIterable {
  /// Disability (article 9 GDPR).
  case disability
  /// Minorities (article 9 GDPR).
  case minority
  /// Homelessness and exclusion from housing.
  case homeless

  /// The group whose key opens it.
  public var group: FieldGroup {
    switch self {
    case .disability: .health
    case .minority: .minority
    case .homeless: .household
    }
  }

  /// The field with the answer.
  var field: Field<Answer> {
    switch self {
    case .disability: Fields.disability
    case .minority: Fields.minority
    case .homeless: Fields.homeless
    }
  }
}

/// A rule that transmitted numbers have to follow.
public struct IndicatorCheck: Sendable {
  /// What has to hold.
  public enum Rule: Sendable, Equatable {
    /// An indicator is the sum of others.
    case sum(String, of: [String])
    /// Each of some indicators, with some others where they are named, is at most the sum of others.
    case atMost([String], plus: [String], [String])
    /// Each result is at most the output that it is reached among.
    case reference
    /// Women, men and non-binary people are all people, for every indicator.
    case genders
    /// Nothing falls between two transmissions, for every indicator.
    case cumulative
  }

  /// The code, as in `SFC-144`.
  public let code: String
  /// What has to hold.
  public let rule: Rule
  /// The same in words.
  public let title: LocalizedText
  /// Where the rule comes from.
  public let source: String
}

/// A set of indicators with its checks, as a file of `projections/indicators` states it.
public struct IndicatorSet: Sendable {
  /// The name, which is also the file's.
  public let name: String
  /// The version; another meaning needs another one.
  public let version: Int
  /// What the set is called.
  public let title: LocalizedText
  /// Law or office that the definitions come from.
  public let source: String
  /// The priority of the programme, as it is transmitted.
  public let priority: String
  /// The specific objective, as it is transmitted.
  public let specificObjective: String
  /// The indicators, in the order of the tables.
  public let indicators: [Indicator]
  /// The checks, in their order.
  public let checks: [IndicatorCheck]
  /// What a record must state before anybody counts: one row each.
  let completeness: ShareDefinition
  /// The questions that the indicators name, by name.
  public let questions: [String: QuestionDefinition]
  /// SHA-256 of the file's bytes, in hex.
  public let digest: String

  /// What a record must state before anybody counts, with what people call it.
  public var needed: [(code: String, label: LocalizedText)] {
    completeness.rows.map { ($0.code, $0.label) }
  }

  /// The indicator with a code.
  public func indicator(_ code: String) -> Indicator? { indicators.first { $0.code == code } }

  /// The question, and the rows of it, that an indicator counts; empty for others.
  func rows(of code: String) -> (question: String, rows: [String])? {
    switch indicator(code)?.basis {
    case .row(let question, let row, _): return (question, [row])
    case .anyOf(let codes):
      let parts = codes.compactMap { rows(of: $0) }
      return parts.first.map { ($0.question, parts.flatMap(\.rows)) }
    case .statement(_, let among): return rows(of: among)
    case .entities, nil: return nil
    }
  }
}
