public import Journey

/// What an indicator counts among some people, all of them by the end of a period.
public struct IndicatorFigures: Sendable, Equatable {
  /// Of whom it holds: the cumulative value that is transmitted.
  public internal(set) var yes = 0
  /// Of whom it does not.
  public internal(set) var no = 0
  /// Who is due, and nobody knows.
  public internal(set) var unknown = 0
  /// Whose window is not over.
  public internal(set) var notDue = 0
  /// Who is not among those who are asked.
  public internal(set) var notAsked = 0
  /// Of those with a yes the ones whose entry, or exit, lies in the period itself.
  public internal(set) var inPeriod = 0

  mutating func add(_ outcome: CountedUnit.Outcome, inPeriod isInPeriod: Bool) {
    switch outcome {
    case .yes:
      yes += 1
      if isInPeriod { inPeriod += 1 }
    case .no: no += 1
    case .unknown: unknown += 1
    case .notDue: notDue += 1
    case .notAsked, .excluded: notAsked += 1
    }
  }

  static func + (left: IndicatorFigures, right: IndicatorFigures) -> IndicatorFigures {
    IndicatorFigures(
      yes: left.yes + right.yes, no: left.no + right.no, unknown: left.unknown + right.unknown,
      notDue: left.notDue + right.notDue, notAsked: left.notAsked + right.notAsked,
      inPeriod: left.inPeriod + right.inPeriod)
  }
}

/// The columns by gender in which people are transmitted.
public enum GenderColumn: String, Sendable, CaseIterable {
  /// Everybody.
  case total
  /// Women.
  case women
  /// Men.
  case men
  /// Non-binary people, according to national law.
  case nonBinary = "non-binary"

  /// The code of the gender; nil for everybody.
  public var code: String? {
    switch self {
    case .total: nil
    case .women: Gender.female.entry.code
    case .men: Gender.male.entry.code
    case .nonBinary: Gender.nonBinary.entry.code
    }
  }
}

/// The figures of all indicators, group by group and by gender.
public struct IndicatorTable: Sendable {
  /// What the groups are made by, without gender.
  public let groupNames: [String]
  /// The groups, in their order; one without values where nothing groups.
  public internal(set) var groups: [[String?]]
  /// Indicators of which nothing can be said, and why.
  public internal(set) var closed: [String: Closed] = [:]
  var figures: [Key: IndicatorFigures] = [:]

  /// Why nothing can be said of an indicator.
  public enum Closed: Sendable, Equatable {
    /// The keys at hand do not open the field group.
    case key(FieldGroup)
    /// The field group was dropped by law: nobody can open it any more.
    case dropped(FieldGroup)
    /// No file names entities.
    case notStated
  }

  struct Key: Hashable {
    let indicator: String
    let group: [String?]
    /// The code of the gender; empty for what has none.
    let gender: String
  }

  init(groupNames: [String], groups: [[String?]]) {
    self.groupNames = groupNames
    self.groups = groups
  }

  /// The figures of one indicator in a group; nil where nothing can be said.
  public func figures(
    _ indicator: String, in group: [String?], _ column: GenderColumn = .total
  ) -> IndicatorFigures? {
    guard closed[indicator] == nil else { return nil }
    if let code = column.code {
      return figures[Key(indicator: indicator, group: group, gender: code)] ?? .init()
    }
    let genders = GenderColumn.allCases.compactMap(\.code) + [""]
    return genders.reduce(IndicatorFigures()) { sum, gender in
      sum + (figures[Key(indicator: indicator, group: group, gender: gender)] ?? .init())
    }
  }

  /// The figures of one indicator over all groups; nil where nothing can be said.
  public func total(
    _ indicator: String, _ column: GenderColumn = .total
  ) -> IndicatorFigures? {
    groups.compactMap { figures(indicator, in: $0, column) }
      .reduce(closed[indicator] == nil ? IndicatorFigures() : nil) { sum, figures in
        sum.map { $0 + figures }
      }
  }

  /// The numbers that are transmitted, group by group, indicator by indicator.
  public func values(of set: IndicatorSet) -> [IndicatorValue] {
    groups.flatMap { group in
      set.indicators.map { indicator in
        let hasGender = indicator.basis != .entities
        return IndicatorValue(
          indicator: indicator.code, group: group,
          numbers: GenderColumn.allCases.map { column in
            column != .total && !hasGender ? nil : figures(indicator.code, in: group, column)?.yes
          })
      }
    }
  }
}

/// What is transmitted of one indicator for one group.
public struct IndicatorValue: Sendable, Equatable {
  /// The code of the indicator.
  public let indicator: String
  /// The values that make the group.
  public let group: [String?]
  /// By `GenderColumn`, in its order; nil where nothing is stated.
  public let numbers: [Int?]

  /// A number of each column, nil where nothing is stated.
  public init(indicator: String, group: [String?], numbers: [Int?]) {
    precondition(numbers.count == GenderColumn.allCases.count, "one number a column")
    self.indicator = indicator
    self.group = group
    self.numbers = numbers
  }
}
