import Journey
public import Statistics

/// An answer to a question of kind `point` or `count`, with what it rests on.
public struct ShareAnswer: Sendable {
  /// What one row of the question gave for one group at one horizon.
  public struct Cell: Sendable {
    /// The row.
    public let row: ShareDefinition.Row
    /// The horizon, in clock units; 0 for a `count`.
    public let horizon: Double
    /// How many have it, have it not, are unknown, and are not due.
    public let shares: OutcomeShares
    /// The same as the known share takes it: whoever's outcome was known earlier than the contrary would
    /// have been counts as unknown.
    public let heard: OutcomeShares
    /// The same with the weights of the units; nil where each counts once.
    public let weighted: WeightedShares?
    /// The confidence limits of the known share; nil where nothing is known.
    public let limits: ConfidenceLimits?
    /// Limits that hold the share whatever the unknown would say; nil when nobody is due, and for units
    /// with weights.
    public let limitsInAnyCase: ConfidenceLimits?
    /// Units due of whom something that would change the outcome may not be recorded yet.
    public let immature: Int
    /// The share weighted for response, where it was asked for.
    public let weighting: ResponseWeighting?
    /// The share corrected for delay, where it was asked for.
    public let nowcast: ShareNowcast?
    /// Units left out by the row's own rule.
    public let excluded: Int
    /// Units that are not among those who are asked.
    public let notAsked: Int
    /// Units of whom it is not known whether they are among those who are asked.
    public let askedUnknown: Int

    /// The share of a yes among all due, unknown counted as no.
    public var all: Double? { weighted.map(\.all) ?? shares.all }
    /// The share of a yes among those heard of; nil where these are too few to speak for the others.
    public var known: Double? { isTelling ? weighted.map(\.known) ?? heard.known : nil }
    /// What the share can be, whatever the unknown would say.
    public var bounds: ShareBounds? { weighted.map(\.bounds) ?? shares.bounds }
    /// The share heard of among the due.
    public var coverage: Double? { weighted.map(\.coverage) ?? heard.coverage }

    /// Whether those heard of speak for the others.
    ///
    /// Where some outcomes were known early, the few seen throughout do not while they are fewer than ten,
    /// nor when their share contradicts what is certain of all.
    var isTelling: Bool { ShareAnswer.isTelling(shares, heard: heard, weighted) }

    /// Whether everybody has reached the horizon.
    public var isComplete: Bool { shares.notDue == 0 }
  }

  /// How the numbers of a group sum up.
  public struct Summary: Sendable {
    /// Which sum it is.
    public let summary: ValueSummary
    /// Its value; nil among nobody.
    public let number: Double?
    /// Its confidence limits: of order statistics for the median and the 90th percentile, Student's for the
    /// mean; nil where too few are known for any, and for a sum.
    public let limits: ConfidenceLimits?
  }

  /// What one number of the question gave for one group.
  public struct Number: Sendable {
    /// The number as its file states it.
    public let value: ShareDefinition.Value
    /// How many units gave one.
    public let known: Int
    /// Units due of whom the number is not known.
    public let unknown: Int
    /// Units whose number lies after the reference day; they are in no figure.
    public let notDue: Int
    /// Units that are not among those of whom it is taken.
    public let notAsked: Int
    /// Units due of whom it is not known whether they are among those.
    public let askedUnknown: Int
    /// The sums, in the order of the file.
    public let summaries: [Summary]
  }

  /// One group.
  public struct Group: Sendable {
    /// The values that the group stands for; nil where nothing is stated.
    public let values: [String?]
    /// How many units it has.
    public let units: Int
    /// What the rows gave, row by row, then by horizon.
    public let cells: [Cell]
    /// What the numbers gave.
    public let numbers: [Number]
    /// The months whose units are not all recorded yet, where that was asked for.
    public let months: [PeriodCount]
    /// How the share of each cell differs from that of all other groups together, nil for cells of which too
    /// little is known on either side; nil for one group, and for units with weights.
    public let contrasts: [ShareComparison?]?
    /// Of each cell, how the group's unknown would have to answer for that to turn out otherwise.
    public let tippings: [ComparisonTipping.Path?]?
  }

  /// The definition.
  public let definition: QuestionDefinition
  /// The question as asked.
  public let question: ShareQuestion
  /// The confidence level.
  public let level: Double
  /// The groups in the order of their values.
  public let groups: [Group]
  /// The p values of all comparisons between groups, adjusted after Holm, group by group; of two groups
  /// those of the first alone, for the other's are the same comparisons.
  public let tests: MultipleTests?
  /// How many people counted, and why others did not.
  public let attrition: Attrition
  /// What the answer rests on.
  public let certificate: AnswerCertificate
  /// How far that is complete; nil when nothing of it is immature.
  public let maturity: AnswerMaturity?

  /// Works out an answer from the counts of a question.
  ///
  /// - Throws: `StatisticsError` when the level is out of range.
  public init(
    _ result: ShareResult, to question: ShareQuestion, of definition: QuestionDefinition,
    level: Double = 0.95, certificate: AnswerCertificate,
    maturity: AnswerMaturity? = nil
  ) throws(StatisticsError) {
    self.definition = definition
    self.question = question
    self.level = level
    attrition = result.attrition
    self.certificate = certificate
    self.maturity = maturity
    let nowcasts = maturity?.records == .nowcast ? result.ripening : nil
    let merged = result.withoutProfiles(question.responseBy.count)
    var groups: [Group] = []
    for (values, sums) in merged.groups {
      var cells: [Cell] = []
      for row in question.definition.rows {
        for horizon in question.horizons {
          let place = cells.count
          let shares = try ShareAnswer.shares(sums, cell: place)
          let heard = try ShareAnswer.heard(sums, cell: place)
          var weighting: ResponseWeighting?
          if !question.responseBy.isEmpty {
            weighting = try ResponseWeighting(
              result.profiles(of: values, cell: place), level: level)
          }
          var nowcast: ShareNowcast?
          if let nowcasts {
            nowcast = try ShareNowcast(
              shares, recent: sums.recentShares(cell: place), nowcasts, cell: place, level: level,
              hasKnown: !row.yes.looksAtPeriods)
          }
          let weighted = sums.weighted(cell: place, question.definition.weight)
          let limits = try weighted?.limits(level: level)
          cells.append(
            Cell(
              row: row, horizon: horizon, shares: shares, heard: heard, weighted: weighted,
              limits: !ShareAnswer.isTelling(shares, heard: heard, weighted)
                ? nil : weighted == nil ? try heard.interval(level: level).limits : limits,
              limitsInAnyCase: weighted == nil ? try shares.limits(level: level) : nil,
              immature: sums.immature(cell: place),
              weighting: weighting, nowcast: nowcast, excluded: sums.count(.excluded, cell: place),
              notAsked: sums.count(.notAsked, cell: place),
              askedUnknown: sums.count(.askedUnknown, cell: place)))
        }
      }
      groups.append(
        try ShareAnswer.group(values, sums, cells, among: merged, question, level: level))
    }
    self.groups = groups
    tests =
      groups.count > 1 && question.definition.weight == nil
      ? try MultipleTests(
        groups.prefix(groups.count == 2 ? 1 : groups.count)
          .flatMap { ($0.contrasts ?? []).map { $0?.testedPValue } }) : nil
  }

  /// The adjusted p value of a group's comparison with all others; nil where there is none.
  public func adjustedPValue(group: Int, cell: Int) -> Double? {
    let width = groups.first?.cells.count ?? 0
    return tests?.adjusted[(groups.count == 2 ? 0 : group) * width + cell]
  }

  /// A group with how it compares with all others together.
  private static func group(
    _ values: [String?], _ sums: ShareSums, _ cells: [Cell], among result: ShareResult,
    _ question: ShareQuestion, level: Double
  ) throws(StatisticsError) -> Group {
    var contrasts: [ShareComparison?] = []
    var tippings: [ComparisonTipping.Path?] = []
    // The tests of groups count every unit once.
    let isCompared = result.groups.count > 1 && question.definition.weight == nil
    for (place, cell) in cells.enumerated() where isCompared {
      let (others, heard) = try shares(of: result, except: values, cell: place)
      guard cell.isTelling, isTelling(others, heard: heard),
        min(cell.heard.answered, heard.answered) >= CurveComparison.fewestAtRisk
      else {
        contrasts.append(nil)
        tippings.append(nil)
        continue
      }
      contrasts.append(try ShareComparison(cell.heard, heard, level: level))
      // Who answers otherwise are those of whom nothing is known, not those known early.
      let tipping = try ComparisonTipping(cell.shares, others, level: level)
      tippings.append(tipping.path(of: .first))
    }
    let months = try result.indexDelays.map { estimate throws(StatisticsError) in
      try PeriodCount.months(sums.indexDays, delayed: estimate, level: level)
    }
    return Group(
      values: values, units: sums.units, cells: cells, numbers: try numbers(sums, question, level),
      months: months ?? [],
      contrasts: isCompared ? contrasts : nil, tippings: isCompared ? tippings : nil)
  }

  static func shares(
    _ sums: ShareSums, cell: Int
  ) throws(StatisticsError) -> OutcomeShares {
    try OutcomeShares(
      yes: sums.count(.yes, cell: cell), no: sums.count(.no, cell: cell),
      unknown: sums.count(.unknown, cell: cell), notDue: sums.count(.notDue, cell: cell))
  }

  /// The outcomes without those that were known earlier than the contrary would have been.
  static func heard(
    _ sums: ShareSums, cell: Int
  ) throws(StatisticsError) -> OutcomeShares {
    let early = (sums.earlyCount(.yes, cell: cell), sums.earlyCount(.no, cell: cell))
    return try OutcomeShares(
      yes: sums.count(.yes, cell: cell) - early.0, no: sums.count(.no, cell: cell) - early.1,
      unknown: sums.count(.unknown, cell: cell) + early.0 + early.1,
      notDue: sums.count(.notDue, cell: cell))
  }

  /// The outcomes of all groups but one together, and without those known early.
  private static func shares(
    of result: ShareResult, except values: [String?], cell: Int
  ) throws(StatisticsError) -> (all: OutcomeShares, heard: OutcomeShares) {
    var (all, known) = (try OutcomeShares(yes: 0, no: 0), try OutcomeShares(yes: 0, no: 0))
    for group in result.groups where group.values != values {
      all = all + (try shares(group.sums, cell: cell))
      known = known + (try heard(group.sums, cell: cell))
    }
    return (all, known)
  }

  /// Whether those seen throughout speak for the others; of units with weights by these.
  static func isTelling(
    _ shares: OutcomeShares, heard: OutcomeShares, _ weighted: WeightedShares? = nil
  ) -> Bool {
    guard heard.answered != shares.answered else { return true }
    guard heard.answered >= CurveComparison.fewestAtRisk,
      let known = weighted.map(\.known) ?? heard.known,
      let bounds = weighted.map(\.bounds) ?? shares.bounds
    else { return false }
    return bounds.lower <= known && known <= bounds.upper
  }

  private static func numbers(
    _ sums: ShareSums, _ question: ShareQuestion, _ level: Double
  ) throws(StatisticsError) -> [Number] {
    try question.definition.values.enumerated().map { place, value throws(StatisticsError) in
      let numbers = CountedNumbers(sums.numbers[place])
      return Number(
        value: value, known: numbers.count, unknown: sums.count(.unknown, value: place),
        notDue: sums.count(.notDue, value: place), notAsked: sums.count(.notAsked, value: place),
        askedUnknown: sums.count(.askedUnknown, value: place),
        summaries: try value.summaries.map { summary throws(StatisticsError) in
          Summary(
            summary: summary, number: numbers.summary(summary),
            limits: try numbers.limits(summary, level: level))
        })
    }
  }
}
