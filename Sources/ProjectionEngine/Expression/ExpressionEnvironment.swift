public import Journey

/// What an expression may speak of, by the question it stands in.
public struct ExpressionEnvironment: Sendable {
  /// The unit of the horizon `h`.
  public var clock: ClockUnit
  /// The names that stand.
  public var names: Set<ExpressionName>
  /// What counts as work where an expression names no kinds.
  public var kinds: PlacementKinds
  /// The parameters.
  public var parameters: ParameterSet

  /// Creates an environment.
  ///
  /// - Parameters:
  ///   - clock: The unit of the horizon.
  ///   - adding: Names beside those that stand everywhere: `h`, `t`, `lag`.
  ///   - kinds: What counts as work.
  ///   - parameters: The parameters.
  public init(
    clock: ClockUnit, adding names: Set<ExpressionName> = [], kinds: PlacementKinds = .employed,
    parameters: ParameterSet = .empty
  ) {
    self.clock = clock
    self.names = ExpressionName.everywhere.union(names)
    self.kinds = kinds
    self.parameters = parameters
  }
}

/// What an expression needs to be evaluated, beside the milestones.
public struct ExpressionNeeds: Sendable, Equatable {
  /// Whether it reads details of milestones: pay, hours, employers, answers.
  public var details = false
  /// Whether it reads when records were made.
  public var recordedDays = false
  /// Whether it speaks of the horizon `h`.
  public var horizon = false
  /// Whether it speaks of the day looked at, `t`.
  public var day = false
  /// Whether it speaks of the day of entry.
  public var entry = false
  /// Whether it speaks of the exit.
  public var exit = false

  /// Needs nothing.
  public init() {}

  /// What two expressions need together.
  public func union(_ other: ExpressionNeeds) -> ExpressionNeeds {
    var all = self
    all.details = details || other.details
    all.recordedDays = recordedDays || other.recordedDays
    all.horizon = horizon || other.horizon
    all.day = day || other.day
    all.entry = entry || other.entry
    all.exit = exit || other.exit
    return all
  }
}
