import Journey

/// What a question of kind `sequences` asks, as its file states it: in which states people are, period
/// after period.
public struct SequenceDefinition: Sendable {
  /// The people and the states; its one horizon is the number of periods.
  public var states: StateDefinition
  /// How many of the most frequent shapes are shown.
  public var shapes: Int

  /// The largest number of periods.
  public static let longest = 120.0
}

/// A question of kind `sequences`, ready to be asked.
public struct SequenceQuestion: Sendable {
  /// The people and the states; its one horizon is the number of periods.
  public var states: StateQuestion
  /// How many of the most frequent shapes are shown.
  public var shapes: Int

  /// How many periods a journey has: the first begins on the index day, each lasts one clock unit.
  public var periods: Int { Int(states.horizons[0]) }
}
