public import EventLog
import Journey
public import Statistics

/// An answer to a question of kind `time-to-event`, with what it rests on.
public struct TimeToEventAnswer: Sendable {
  /// One group's curve and what is read off it.
  public struct Group: Sendable {
    /// The values of the grouping attributes, in their order; nil where nothing is stated.
    public let values: [String?]
    /// The curve.
    public let curve: KaplanMeier
    /// Confidence limits of the curve, by `intervals`.
    public let band: ConfidenceBand
    /// Quartiles of the time, with limits: p = 0.25, 0.5, 0.75.
    public let quartiles: [KaplanMeier.Quantile]
    /// The curve at the question's horizons.
    public let readings: [KaplanMeier.Reading]
    /// The mean time up to the question's horizon.
    public let restrictedMean: RestrictedMean?
    /// How likely each event is, where several compete: the one waited for first.
    ///
    /// One minus the curve of a single cause is never given: it would count those to whom another
    /// event happened as if they still waited.
    public let incidences: [CauseIncidence]
    /// What stands behind units that are weighted, or several of one person; nil for people as such.
    public var units: Units?
    /// The curve corrected for delay, where it was asked for.
    public let nowcast: CurveNowcast?
    /// What the lost could have made of it, where it was asked for; nil for a group of nobody.
    public let bounds: CurveBounds?
  }

  /// What stands behind the units of a group.
  public struct Units: Sendable, Equatable {
    /// The sum of their weights; nil without weights.
    public let weight: Double?
    /// How many people they are of.
    public let people: Int
  }

  /// The definition.
  public let definition: QuestionDefinition
  /// The question as asked.
  public let question: TimeToEventQuestion
  /// How confidence limits are made.
  public let intervals: IntervalType
  /// The confidence level.
  public let level: Double
  /// The times at which the curve is read off, in clock units.
  public let horizons: [Double]
  /// The groups in the order of their values.
  public let groups: [Group]
  /// How the groups differ; nil for fewer than two.
  public let comparison: CurveComparison?
  /// How many people counted, and why others did not.
  public let attrition: Attrition
  /// What the answer rests on.
  public let certificate: AnswerCertificate
  /// How far that is complete; nil when nothing of it is immature.
  public let maturity: AnswerMaturity?

  /// Works out an answer from the counts of a question.
  ///
  /// - Parameters:
  ///   - maturity: How far what it rests on is complete; where it asks for a correction for delay, the
  ///     curves get one.
  ///   - bounds: Whether to say what the lost could have made of the curves.
  /// - Throws: `StatisticsError` when the level or a horizon is out of range, `CurveNowcast.Refusal`
  ///   when curves cannot be corrected for delay.
  public init(
    _ result: TimeToEventResult, to question: TimeToEventQuestion,
    of definition: QuestionDefinition, intervals: IntervalType = .logLog, level: Double = 0.95,
    horizons: [Double]? = nil, certificate: AnswerCertificate,
    maturity: AnswerMaturity? = nil, bounds: Bool = false
  ) throws {
    self.definition = definition
    self.question = question
    self.intervals = intervals
    self.level = level
    self.attrition = result.attrition
    self.certificate = certificate
    self.maturity = maturity
    let horizons = horizons ?? definition.horizons(on: question.clock)
    self.horizons = horizons
    let mean = definition.restrictedMeanTo(on: question.clock)
    let delayed =
      maturity?.records == .nowcast
      ? question.subjects.first.flatMap { maturity?.delays.estimate(of: $0) } : nil
    if let delayed {
      try CurveNowcast.check(result.groups.flatMap(\.people), of: question, delayed)
    }
    let end = bounds ? CurveBounds.plannedEnd(of: result.groups.map(\.people)) : nil
    var groups: [Group] = []
    for group in result.groups {
      let (curve, weighted) = try TimeToEventAnswer.curve(group, question)
      var nowcast: CurveNowcast?
      if let delayed {
        nowcast = try CurveNowcast(
          group.people, of: question, delayed: delayed, horizons: horizons, intervals: intervals,
          level: level)
      }
      var lost: CurveBounds?
      if let end {
        lost = try CurveBounds(
          group.people, of: question, plannedEnd: end, times: curve.times, horizons: horizons,
          intervals: intervals, level: level)
      }
      groups.append(
        Group(
          values: group.values, curve: curve,
          band: try curve.confidenceLimits(type: intervals, level: level),
          quartiles: try curve.quantiles([0.25, 0.5, 0.75], limitsOf: intervals, level: level),
          readings: try curve.at(horizons, limitsOf: intervals, level: level),
          restrictedMean: try TimeToEventAnswer.mean(curve, weighted, mean),
          incidences: try CauseIncidence.all(
            group, of: question, names: question.causeNames, horizons: horizons, restrictedTo: mean,
            intervals: intervals, level: level),
          units: TimeToEventAnswer.units(group.rows, question), nowcast: nowcast, bounds: lost))
    }
    self.groups = groups
    // Its tests count everybody as one person of weight 1.
    comparison =
      groups.count > 1 && !question.keepsRows
      ? try CurveComparison(
        result.groups, groups, causes: question.causeNames, horizons: horizons,
        intervals: intervals, level: level) : nil
  }

  /// The curve of a group, and the estimate behind it where units are weighted or several of a person.
  static func curve(
    _ group: TimeToEventResult.Group, _ question: TimeToEventQuestion
  ) throws(StatisticsError) -> (KaplanMeier, SurvivalEstimate?) {
    guard question.keepsRows else { return (KaplanMeier(group.counts), nil) }
    let estimate = try CurveOfRows.survival(group.rows, question)
    return (KaplanMeier(group.counts, figuresOf: estimate), estimate)
  }

  private static func units(_ rows: [UnitRow], _ question: TimeToEventQuestion) -> Units? {
    guard question.keepsRows else { return nil }
    return Units(
      weight: question.weight == nil ? nil : rows.reduce(0) { $0 + $1.weight },
      people: Set(rows.map(\.person)).count)
  }

  private static func mean(
    _ curve: KaplanMeier, _ weighted: SurvivalEstimate?, _ horizon: Double?
  ) throws(StatisticsError) -> RestrictedMean? {
    guard let horizon else { return nil }
    if let weighted { return try weighted.restrictedMean(to: horizon) }
    return try curve.restrictedMean(to: horizon)
  }

  /// A group's name in tables and files: its values, or `all`.
  public func label(_ group: Group) -> String { FigureText.group(group.values) }
}

/// What an answer rests on, so that it can be derived again.
public struct AnswerCertificate: Sendable, Equatable {
  /// The origin of the log.
  public let origin: String
  /// The number of records known.
  public let size: UInt64
  /// The Merkle root of those records, in hex.
  public let root: String
  /// When the last of them was recorded, in microseconds since 1970 UTC; nil for an empty log.
  public let recordedUntil: Int64?
  /// Whether the data are made up.
  public let isSimulated: Bool
  /// The version of the program.
  public let program: String

  /// Takes down what a log says at one size.
  ///
  /// - Parameter isSimulated: Whether made-up people are among those known; the log itself knows
  ///   it only of stores that were made for them.
  /// - Throws: `LogError` when the log cannot be read.
  public init(
    _ log: EventLog, size: UInt64, isSimulated: Bool, program: String
  ) throws(LogError) {
    origin = log.origin
    self.size = size
    root = ContentDigest.hex(try log.root(size: size))
    recordedUntil =
      size == 0 ? nil : try log.record(at: Position(size - 1)).header.recordedAt
    self.isSimulated = isSimulated
    self.program = program
  }
}
