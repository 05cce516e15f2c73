import Journey
public import Statistics

/// An answer to a question of kind `table`, with what it rests on.
public struct CohortTableAnswer: Sendable {
  /// One cohort at one horizon.
  public struct Cell: Sendable, Equatable {
    /// The horizon, in clock units.
    public let horizon: Double
    /// How many of the cohort have come so far that the horizon is due.
    public let due: Int
    /// How many were still followed, and without any event, just before it.
    public let atRisk: Int
    /// The estimate, which uses everybody as far as they were followed; nil where nobody has come so
    /// far yet, or nobody who has was followed so far.
    public let share: Double?
    /// Its standard error after Greenwood; nil where the estimate is 0 or 1 or none.
    public let standardError: Double?
    /// Its confidence limits.
    public let limits: ConfidenceLimits?
    /// How many of those due were followed to the horizon or had any event by then.
    public let followed: Int
    /// How many of these had the event waited for by then.
    public let happened: Int
    /// The plain share among those followed: of whom it happened, or of whom it did not, as `share`; nil
    /// where nobody was followed so far.
    public let crude: Double?

    /// Whether the horizon is due for the whole cohort.
    public let isComplete: Bool
    /// Whether the horizon is due for nobody: there is no share then, not even 0.
    public var isNotDue: Bool { due == 0 }
  }

  /// One cohort, or all of a group together.
  public struct Cohort: Sendable {
    /// Its period: `2024-Q1`; nil for all together.
    public let name: String?
    /// How many units it has.
    public let units: Int
    /// One cell for each horizon.
    public let cells: [Cell]
  }

  /// One group: all its cohorts.
  public struct Group: Sendable {
    /// The values that the group stands for; nil where nothing is stated.
    public let values: [String?]
    /// The cohorts that have anybody, the oldest first.
    public let cohorts: [Cohort]
    /// All cohorts together.
    public let total: Cohort
  }

  /// The definition.
  public let definition: QuestionDefinition
  /// The question as asked.
  public let question: CohortTableQuestion
  /// How confidence limits are made.
  public let intervals: IntervalType
  /// The confidence level.
  public let level: Double
  /// The groups in the order of their values.
  public let groups: [Group]
  /// How many units counted, and why others did not.
  public let attrition: Attrition
  /// What the answer rests on.
  public let certificate: AnswerCertificate
  /// How far that is complete; nil when nothing of it is immature.
  public let maturity: AnswerMaturity?

  /// Works out an answer from the counts of a question.
  ///
  /// - Throws: `StatisticsError` when the level is out of range.
  public init(
    _ result: CohortTableResult, to question: CohortTableQuestion,
    of definition: QuestionDefinition, intervals: IntervalType = .logLog, level: Double = 0.95,
    certificate: AnswerCertificate, maturity: AnswerMaturity? = nil
  ) throws(StatisticsError) {
    self.definition = definition
    self.question = question
    self.intervals = intervals
    self.level = level
    attrition = result.attrition
    self.certificate = certificate
    self.maturity = maturity
    groups = try CohortTableAnswer.groups(result.groups, question, intervals, level: level)
  }

  /// The groups of a question's sums, whose values are the question's own group, if it makes any, the
  /// cohort, and the attributes.
  static func groups(
    _ sums: [(values: [String?], sums: CohortSums)], _ question: CohortTableQuestion,
    _ intervals: IntervalType, level: Double
  ) throws(StatisticsError) -> [Group] {
    let asked = question.timeToEvent
    // The question's own groups come before the cohort.
    let place = asked.groups.isEmpty ? 0 : 1
    var byGroup: [[String?]: [(name: String?, sums: CohortSums)]] = [:]
    for (values, sums) in sums {
      var group = values
      let cohort = group.remove(at: place)
      byGroup[group, default: []].append((cohort, sums))
    }
    var groups: [Group] = []
    let order = AttributeOrder(asked.groupedBy, conditions: asked.groups.map(\.code))
    for (values, cohorts) in byGroup.sorted(by: { order.precedes($0.key, $1.key) }) {
      var rows: [Cohort] = []
      for (name, sums) in cohorts {
        rows.append(try cohort(name, sums, question, intervals, level))
      }
      var all = cohorts[0].sums
      for (_, sums) in cohorts.dropFirst() { all.merge(sums) }
      groups.append(
        Group(
          values: values, cohorts: rows, total: try cohort(nil, all, question, intervals, level)))
    }
    return groups
  }

  private static func cohort(
    _ name: String?, _ sums: CohortSums, _ question: CohortTableQuestion,
    _ intervals: IntervalType, _ level: Double
  ) throws(StatisticsError) -> Cohort {
    let counted = TimeToEventResult.Group(values: [], sums.counts)
    let units = counted.counts.subjects
    let readings = try readings(counted, question, intervals, level)
    var cells: [Cell] = []
    for (place, horizon) in question.horizons.enumerated() {
      let due = sums.due[place]
      let reading = due > 0 ? readings[place] : nil
      let (followed, happened) = (sums.followed[place], sums.happened[place])
      let shown = question.showsRemaining ? followed - happened : happened
      cells.append(
        Cell(
          horizon: horizon, due: due, atRisk: counted.counts.atRisk(at: horizon),
          share: reading?.share, standardError: reading?.standardError, limits: reading?.limits,
          followed: followed, happened: happened,
          crude: followed > 0 && reading != nil ? Double(shown) / Double(followed) : nil,
          isComplete: due == units))
    }
    return Cohort(name: name, units: units, cells: cells)
  }

  private typealias Reading = (
    share: Double, standardError: Double?, limits: ConfidenceLimits?
  )

  /// The estimate at every horizon, as a question of kind `time-to-event` gives it; nil behind the
  /// end of the curve.
  private static func readings(
    _ group: TimeToEventResult.Group, _ question: CohortTableQuestion,
    _ intervals: IntervalType, _ level: Double
  ) throws(StatisticsError) -> [Reading?] {
    let causes = question.timeToEvent.causeNames
    // Who is still in work is told by the curve of those to whom nothing happened.
    if causes.count > 1, !question.showsRemaining {
      let all = try CauseIncidence.all(
        group, names: causes, horizons: question.horizons, restrictedTo: nil,
        intervals: intervals, level: level)
      return all[0].readings.map { reading -> Reading? in
        guard !reading.isExtrapolated, let share = reading.probability else { return nil }
        return (share, reading.standardError, reading.limits)
      }
    }
    let curve = try KaplanMeier(group.counts).at(
      question.horizons, limitsOf: intervals, level: level)
    return curve.map { reading -> Reading? in
      guard !reading.isExtrapolated, let survival = reading.survival else { return nil }
      if question.showsRemaining { return (survival, reading.standardError, reading.limits) }
      return (1 - survival, reading.standardError, reading.limits?.complement)
    }
  }
}
