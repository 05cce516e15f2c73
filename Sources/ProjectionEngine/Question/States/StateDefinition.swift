public import Journey

/// What a question of kind `occupancy` or `transitions` asks, as its file states it.
public struct StateDefinition: Sendable {
  /// One state that a person can be in.
  public struct State: Sendable {
    /// The code in files and tables.
    public var code: String
    /// What it is called.
    public var label: LocalizedText
    /// When a person is in it, on a day `t`; of several that hold the first counts.
    public var when: QuestionExpression
  }

  /// The days on which clocks start.
  public var index: IndexEvent
  /// The first and last day of the index event, where who asks chooses none; nil for no bound.
  public var window: ClosedRange<Day>?
  /// What has to hold on the index day; nil for no condition.
  public var condition: QuestionExpression?
  /// What counts as work.
  public var kinds: PlacementKinds
  /// The states in the order of a journey.
  public var states: [State]
  /// The times, in clock units, at which the answer is read off.
  public var horizons: [Double]
  /// The time up to which the mean time in each state is taken; nil for none.
  public var restrictedMeanTo: Double?
  /// All expressions of the question.
  var expressions: [QuestionExpression] {
    states.map(\.when) + [condition].compactMap(\.self)
  }

  /// Whether people are followed from state to state or looked at on the horizons only.
  public var isFollowed: Bool
}

/// A question of kind `occupancy` or `transitions`, ready to be asked.
public struct StateQuestion: Sendable {
  /// What is asked.
  public var definition: StateDefinition
  /// The unit of the clock.
  public var clock: ClockUnit
  /// The horizons, in clock units.
  public var horizons: [Double]
  /// The first and last day of the index event, both counted; nil for no bound.
  public var window: ClosedRange<Day>?
  /// What people are grouped by.
  public var groupedBy: [String]
  /// The reference day in valid time: nothing after it counts.
  public var referenceDay: Day
  /// The last day that is as good as complete; nil where nothing tells how late things are recorded.
  var matureDay: Day?

  /// What the expressions need of the view.
  var needs: ViewNeeds {
    var needs = ViewNeeds(definition.expressions, groupedBy: groupedBy)
    if [.entry, .firstPlacement].contains(definition.index),
      definition.expressions.allSatisfy({ $0.restsOnOutline }), !Grouping.readsSteps(groupedBy)
    {
      needs.columns.insert(.entries)
    }
    return needs
  }
}
