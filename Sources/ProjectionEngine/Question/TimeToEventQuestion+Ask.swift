import Journey
public import Statistics

/// What a question of kind `time-to-event` gave: one table of times per group.
public struct TimeToEventResult: Sendable {
  /// One group of people.
  public struct Group: Sendable {
    /// The values that the group stands for, in the order of the grouping attributes; nil where
    /// nothing is stated.
    public let values: [String?]
    /// Times with numbers at risk, events and censorings.
    ///
    /// Where events compete, all of them count: the curve is of those to whom nothing happened yet.
    public let counts: TimeCounts
    /// How many of the events at each time were the event waited for, and each competing one.
    public let causes: [[Int]]
    /// Everybody, where the question keeps them.
    var people: [FollowedPerson] = []
    /// One row a unit, where units are weighted or several of one person.
    var rows: [UnitRow] = []
    /// Every unit with its duration, where the question keeps them.
    var units: [UnitDuration] = []
  }

  /// The groups, in the order of their values; one without values when nothing groups, and none
  /// when nobody counts.
  public let groups: [Group]
  /// How many people counted, and why others did not.
  public let attrition: Attrition
  /// The state of knowledge that the answer rests on.
  public let knowledge: Knowledge
}

/// Why a question cannot be asked of this store.
public enum QuestionError: Error, Equatable, Sendable {
  /// No participant has an attribute of this name; carries those there are.
  case unknownAttribute(String, known: [String])
  /// An attribute has too many different values to group by.
  case tooManyGroups(String, limit: Int)
  /// The view refused.
  case view(ViewError)
  /// The estimator refused.
  case statistics(StatisticsError)
}

extension TimeToEventResult.Group {
  init(values: [String?], _ counts: CauseCounts) {
    self.values = values
    people = counts.people
    rows = counts.rows
    units = counts.units
    let pooled = counts.counter.pooledCounts()
    self.counts = pooled
    causes = (0..<counts.counter.strata).map { stratum in
      let ends = counts.counter.counts(stratum: stratum)
      let byTime = Dictionary(zip(ends.times, ends.events)) { $0 + $1 }
      return pooled.times.map { byTime[$0] ?? 0 }
    }
  }
}

extension TimeToEventQuestion {
  /// The largest number of groups that an answer shows.
  public static let groupLimit = Grouping.limit

  /// Asks the question of everybody, on both cores, in one pass over the view.
  ///
  /// - Parameters:
  ///   - view: The journeys, refreshed.
  ///   - size: The state of knowledge; nil for everything the log holds.
  /// - Throws: `QuestionError`.
  public func ask(_ view: JourneysView, size: UInt64? = nil) throws(QuestionError)
    -> TimeToEventResult
  {
    do {
      let (total, knowledge) = try view.total(size: size, reading: needs) { catalogue in
        try TimeToEventFold(self, catalogue)
      }
      return TimeToEventResult(
        groups: total.ordered().map { TimeToEventResult.Group(values: $0.values, $0.sum) },
        attrition: total.attrition,
        knowledge: knowledge)
    } catch { throw QuestionError(wrapping: error) }
  }
}
