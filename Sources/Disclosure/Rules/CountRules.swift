/// When a number of people is too small to be printed, and what an attacker is taken to know.
public struct CountRules: Equatable, Sendable {
  /// The smallest number that may be printed; from 1 up to below it a cell is hidden.
  public var minimum: Int64
  /// Whether zeros are always printed, which everybody knows: then a hidden cell is at least 1.
  public var zerosArePrinted: Bool
  /// Categories that nobody may learn of a person through a group in which almost all have them.
  public var sensitive: [SensitiveCategories]
  /// Whether somebody who is alone in a cell knows that, and so its value.
  public var singlesKnowTheirCell: Bool

  /// Rules for numbers of people.
  ///
  /// Sensitive categories make zeros hideable, because a zero beside a full cell gives it away.
  public init(
    minimum: Int64, zerosArePrinted: Bool = true, sensitive: [SensitiveCategories] = [],
    singlesKnowTheirCell: Bool = false
  ) {
    precondition(minimum >= 1)
    self.minimum = minimum
    self.zerosArePrinted = zerosArePrinted && sensitive.isEmpty
    self.sensitive = sensitive
    self.singlesKnowTheirCell = singlesKnowTheirCell
  }
}

/// Categories of one dimension that would be learnt of everybody in a group where all have them.
public struct SensitiveCategories: Equatable, Sendable {
  /// The dimension.
  public var dimension: String
  /// The categories' codes.
  public var categories: [String]
  /// How many people of a group may join to learn of the others; 0 means none.
  public var coalition: Int64

  /// Categories that must not follow for a group, whatever that many of its people know.
  public init(dimension: String, categories: [String], coalition: Int64) {
    self.dimension = dimension
    self.categories = categories
    self.coalition = coalition
  }
}

/// A cell that is printed although a rule would hide it.
public struct Waiver: Equatable, Sendable {
  /// The cell's code in each dimension.
  public var codes: [String]
  /// Why, for the report.
  public var reason: String

  /// Prints a cell for a reason.
  public init(codes: [String], reason: String) {
    self.codes = codes
    self.reason = reason
  }
}

/// What is wrong with rules for a table.
public enum RuleError: Error, Equatable, Sendable {
  /// The table has no such dimension.
  case unknownDimension(String)
  /// The dimension has no such category.
  case unknownCategory(String, dimension: String)
  /// A waiver names a cell that the table does not have, or gives no reason.
  case unusableWaiver(codes: [String])
}

extension RuleError: CustomStringConvertible {
  /// What is wrong, in plain English.
  public var description: String {
    switch self {
    case .unknownDimension(let name): "the table has no dimension \(name)"
    case .unknownCategory(let code, let dimension): "\(dimension) has no category \(code)"
    case .unusableWaiver(let codes):
      "the waiver for \(codes.joined(separator: ", ")) names no cell of the table or no reason"
    }
  }
}
