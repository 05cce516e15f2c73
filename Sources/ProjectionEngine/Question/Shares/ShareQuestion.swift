public import Journey

/// A question of kind `point` or `count`, ready to be asked.
public struct ShareQuestion: Sendable {
  /// What is asked.
  public var definition: ShareDefinition
  /// The unit of the clock.
  public var clock: ClockUnit
  /// The horizons, in clock units.
  public var horizons: [Double]
  /// The first and last day of the index event, both counted; nil for no bound.
  public var window: ClosedRange<Day>?
  /// What units are grouped by beside the groups of the file.
  public var groupedBy: [String]
  /// The reference day in valid time: nothing after it counts.
  public var referenceDay: Day
  /// The last day that is as good as complete; nil where nothing tells how late things are recorded.
  var matureDay: Day?
  /// The attributes at entry that weights of response are made by.
  public var responseBy: [String] = []
  /// The days looked at of which single outcomes are kept; nil for none.
  var keeps: ClosedRange<Day>?
  /// Whether every unit is kept with what became of it.
  var keepsUnits = false

  /// The day from which on units are counted by their index day; nil for never.
  var countsSince: Day?

  /// What the expressions need of the view.
  var needs: ViewNeeds {
    var needs = ViewNeeds(definition.expressions, groupedBy: groupedBy)
    if ShareProfiles.fit(definition), !Grouping.readsSteps(groupedBy) {
      needs.columns.insert(.entries)
    }
    return needs
  }
}
