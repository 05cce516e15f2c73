import EventLog
public import Journey

/// One thing that a question counts, with what groups it and what became of it.
public struct CountedUnit: Sendable, Equatable {
  /// What became of a unit for one row at one horizon.
  public enum Outcome: String, Sendable, CaseIterable {
    /// The statement holds.
    case yes
    /// It does not.
    case no
    /// The unit is due, and nobody knows.
    case unknown
    /// The horizon lies after the reference day.
    case notDue = "not-due"
    /// The unit is not among those who are asked, or nobody knows whether it is.
    case notAsked = "not-asked"
    /// Left out by the row's own rule.
    case excluded
  }

  /// Which unit: the same for the same person, participation or spell in every question.
  ///
  /// The ref of the person in the upper 32 bits; below it the index day and its place among several
  /// of that day, 0 for questions that count people.
  public let id: UInt64
  /// What it is grouped by, nil where nothing is stated.
  public let values: [String?]
  /// What became of it, by row, then horizon.
  public let outcomes: [Outcome]
  /// The number that it gave, by value of the question; nil where it gave none.
  public let numbers: [Double?]

  static func id(of ref: UInt32, _ unit: AnalysisUnit, day: Day, place: Int32) -> UInt64 {
    let person = UInt64(ref) << 32
    guard unit != .person else { return person }
    let number = UInt32(bitPattern: day.number &- Day.earliest.number &+ 1)
    return person | UInt64(number) << 8 | UInt64(UInt8(truncatingIfNeeded: place))
  }
}

/// Everything that a question counts, unit by unit: what a published table is made of.
public struct CountedUnits: Sendable {
  /// So many combinations of values are told apart at most.
  public static let groupLimit = 20_000

  /// The units, ascending by id.
  public let units: [CountedUnit]
  /// What the values are: `group` for the question's own groups, then the attributes.
  public let names: [String]
  /// How many people counted, and why others did not.
  public let attrition: Attrition

  init(_ question: ShareQuestion, from view: JourneysView, size: UInt64)
    throws(QuestionError)
  {
    var question = question
    question.keepsUnits = true
    let result = try question.ask(view, size: size)
    var units: [CountedUnit] = []
    for group in result.groups {
      for unit in group.sums.unitOutcomes {
        units.append(
          CountedUnit(
            id: unit.id, values: group.values, outcomes: unit.outcomes.map { .init($0) },
            numbers: unit.numbers))
      }
    }
    self.units = units.sorted { $0.id < $1.id }
    names = (question.definition.groups.isEmpty ? [] : ["group"]) + question.groupedBy
    attrition = result.attrition
  }

  /// Whoever entered, each person once.
  ///
  /// - Parameters:
  ///   - groupedBy: Attributes, as `ask --by` takes them.
  ///   - window: The first and last day of the entry, both counted; nil for no bound.
  ///   - referenceDay: Nothing that happened later counts.
  ///   - view: The journeys, refreshed.
  ///   - size: The state of knowledge.
  /// - Throws: `QuestionError`.
  public init(
    enteredBy groupedBy: [String], window: ClosedRange<Day>?, referenceDay: Day,
    from view: JourneysView, size: UInt64
  ) throws(QuestionError) {
    let entries = ShareDefinition(
      unit: .person, index: .entry, condition: nil, kinds: .employed, rows: [], values: [],
      groups: [], horizons: [0])
    let question = ShareQuestion(
      definition: entries, clock: .day, horizons: [0], window: window, groupedBy: groupedBy,
      referenceDay: referenceDay)
    try self.init(question, from: view, size: size)
  }

  /// What a question of kind `point` or `count` counts.
  ///
  /// - Throws: `ChoiceProblem` when a choice does not fit or the question is of another kind, or
  ///   `QuestionError`.
  public init(
    of definition: QuestionDefinition, _ choices: QuestionDefinition.Choices,
    from view: JourneysView, size: UInt64
  ) throws {
    guard case .shares(let shares) = definition.content else {
      throw QuestionDefinition.ChoiceProblem.onlyShares(definition.kind)
    }
    guard shares.weight == nil else { throw QuestionDefinition.ChoiceProblem.noCounts }
    try self.init(try definition.shares(shares, choices), from: view, size: size)
  }
}

extension CountedUnit.Outcome {
  fileprivate init(_ outcome: ShareSums.Outcome) {
    self =
      switch outcome {
      case .yes: .yes
      case .no: .no
      case .unknown: .unknown
      case .notDue: .notDue
      case .excluded: .excluded
      case .notAsked, .askedUnknown: .notAsked
      }
  }
}
