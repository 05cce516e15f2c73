public import Journey

/// What a question of kind `point` or `count` asks, as its file states it.
///
/// Both count units of which something holds, does not hold, or is not known. A `point` asks one
/// thing at several horizons, a `count` several things once.
public struct ShareDefinition: Sendable {
  /// One thing that is asked of every unit.
  public struct Row: Sendable {
    /// The code in files and tables.
    public var code: String
    /// What it is called.
    public var label: LocalizedText
    /// What has to hold.
    public var yes: QuestionExpression
    /// Of whom it is asked; nil for everybody.
    public var among: QuestionExpression?
    /// Who is left out of numerator and denominator; nil for nobody.
    public var exclude: QuestionExpression?
    /// The day on which the outcome can be known; nil for the last day that the expressions look at.
    public var due: QuestionExpression?

    /// Whether an outcome can be known before the contrary could be: the row looks at whole periods.
    public var canBeKnownEarly: Bool { yes.looksAtPeriods }

    /// What is evaluated of each unit.
    var expressions: [QuestionExpression] { [yes, among, exclude, due].compactMap(\.self) }
  }

  /// A number that is taken of every unit and summed up.
  public struct Value: Sendable {
    /// The code in files and tables.
    public var code: String
    /// What it is called.
    public var label: LocalizedText
    /// The number.
    public var of: QuestionExpression
    /// Of whom it is taken; nil for everybody.
    public var among: QuestionExpression?
    /// How it is summed up.
    public var summaries: [ValueSummary]
  }

  /// A group that the file itself makes.
  public struct Group: Sendable {
    /// The code in files and tables.
    public var code: String
    /// What it is called.
    public var label: LocalizedText
    /// Who belongs to it; the first group that holds counts.
    public var when: QuestionExpression
  }

  /// What is counted.
  public var unit: AnalysisUnit
  /// The days on which clocks start.
  public var index: IndexEvent
  /// Whether at most one placement of a person in a calendar month counts: the first.
  public var oncePerMonth = false
  /// Whether placements between the first contact and the entry count, too (edge case 7).
  public var fromFirstContact = false
  /// The first and last day of the index event, where who asks chooses none; nil for no bound.
  public var window: ClosedRange<Day>?
  /// What has to hold on the index day; nil for no condition.
  public var condition: QuestionExpression?
  /// How much each unit counts; nil where each counts once.
  public var weight: QuestionWeight?
  /// What counts as work.
  public var kinds: PlacementKinds
  /// The things asked.
  public var rows: [Row]
  /// The numbers taken.
  public var values: [Value]
  /// The groups of the file; none when only attributes group.
  public var groups: [Group]
  /// The horizons of a `point`, in clock units; of a `count` one, 0.
  public var horizons: [Double]

  /// All expressions of the question.
  var expressions: [QuestionExpression] {
    let rows = rows.flatMap(\.expressions)
    let values = values.flatMap { [$0.of, $0.among].compactMap(\.self) }
    return rows + values + groups.map(\.when) + [condition, weight?.of].compactMap(\.self)
  }
}

/// How the numbers of many units are summed up.
public enum ValueSummary: String, Sendable, CaseIterable {
  /// The middle: half lie below.
  case median
  /// The number that nine of ten do not exceed.
  case p90
  /// The mean.
  case mean
  /// The sum.
  case sum
}
