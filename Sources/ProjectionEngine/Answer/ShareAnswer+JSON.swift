public import Journey
import Statistics

extension ShareAnswer: QuestionAnswer {
  /// The first and last day of the index event; nil for no bound.
  public var window: ClosedRange<Day>? { question.window }

  /// The last day that counted.
  public var lastDay: Day { question.referenceDay }

  /// What was chosen.
  public var parameters: AnswerFacts.Parameters {
    .init(
      clock: question.clock.rawValue, gap: nil, rule: nil,
      kinds: PlacementKind.allCases.filter { question.definition.kinds.contains($0) }.map(\.code),
      by: question.groupedBy, windowFrom: question.window?.lowerBound.description,
      windowTo: question.window?.upperBound.description, on: referenceDay.description,
      interval: "wilson", level: level, at: question.horizons,
      set: definition.parameterTexts, lateRecords: lateRecords,
      responseBy: question.responseBy.isEmpty ? nil : question.responseBy)
  }

  /// The groups in the order of their values.
  public var groupDocuments: [GroupDocument] {
    groups.enumerated().map { place, group in
      GroupDocument(
        group, adjusted: group.cells.indices.map { adjustedPValue(group: place, cell: $0) })
    }
  }

  /// What the JSON form holds of one group.
  public struct GroupDocument: Encodable {
    let values: [String?]
    let units: Int
    let rows: [Row]
    let numbers: [NumberDocument]
    /// The months whose units are not all recorded yet; not written where it was not asked for.
    let months: [MonthDocument]?

    init(_ group: Group, adjusted: [Double?]) {
      values = group.values
      units = group.units
      rows = group.cells.enumerated().map { place, cell in
        Row(
          cell, group.contrasts?[place] ?? nil, group.tippings?[place] ?? nil,
          adjusted: adjusted[place])
      }
      numbers = group.numbers.map(NumberDocument.init)
      months = group.months.isEmpty ? nil : group.months.map(MonthDocument.init)
    }
  }

  struct Row: Encodable, Sendable {
    let code: String
    let horizon: Double
    let yes: Int
    let no: Int
    let unknown: Int
    let notDue: Int
    let excluded: Int
    let notAsked: Int
    let askedUnknown: Int
    /// Those with a yes and with a no known earlier than the contrary would have been; they are not in
    /// the known share.
    let earlyYes: Int
    let earlyNo: Int
    @Nullable var all: Double?
    @Nullable var known: Double?
    @Nullable var lowerBound: Double?
    @Nullable var upperBound: Double?
    @Nullable var coverage: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?
    let complete: Bool
    /// The weights of those with a yes, with a no and unknown, by which the shares are; not written where
    /// each unit counts once.
    let weights: Weights?
    /// Limits that hold the share whatever the unknown would say.
    @Nullable var lowerInAnyCase: Double?
    @Nullable var upperInAnyCase: Double?
    /// How many due may still change; not written where none may.
    let immature: Int?
    /// The share corrected for delay; not written where it was not asked for.
    let nowcast: Nowcast?
    /// The share weighted for response; not written where it was not asked for.
    let weighted: Weighted?
    @Nullable var contrast: Contrast?

    init(
      _ cell: Cell, _ contrast: ShareComparison?, _ tipping: ComparisonTipping.Path?,
      adjusted: Double??
    ) {
      code = cell.row.code
      horizon = cell.horizon
      yes = cell.shares.yes
      no = cell.shares.no
      unknown = cell.shares.unknown
      notDue = cell.shares.notDue
      excluded = cell.excluded
      notAsked = cell.notAsked
      askedUnknown = cell.askedUnknown
      earlyYes = cell.shares.yes - cell.heard.yes
      earlyNo = cell.shares.no - cell.heard.no
      _all = Nullable(wrappedValue: cell.all)
      _known = Nullable(wrappedValue: cell.known)
      _lowerBound = Nullable(wrappedValue: cell.bounds?.lower)
      _upperBound = Nullable(wrappedValue: cell.bounds?.upper)
      _coverage = Nullable(wrappedValue: cell.coverage)
      _lower = Nullable(wrappedValue: cell.limits?.lower)
      _upper = Nullable(wrappedValue: cell.limits?.upper)
      complete = cell.isComplete
      weights = cell.weighted.map(Weights.init)
      _lowerInAnyCase = Nullable(wrappedValue: cell.limitsInAnyCase?.lower)
      _upperInAnyCase = Nullable(wrappedValue: cell.limitsInAnyCase?.upper)
      immature = cell.immature > 0 ? cell.immature : nil
      nowcast = cell.nowcast.map(Nowcast.init)
      weighted = cell.weighting.map(Weighted.init)
      _contrast = Nullable(
        wrappedValue: contrast.map { Contrast($0, tipping, adjusted: adjusted.flatMap { $0 }) })
    }
  }

  /// The sums of weights behind shares.
  struct Weights: Encodable, Sendable {
    let yes: Double
    let no: Double
    let unknown: Double
    let effectiveSize: Double
    @Nullable var standardError: Double?

    init(_ shares: WeightedShares) {
      yes = shares.yes
      no = shares.no
      unknown = shares.unknown
      effectiveSize = shares.effectiveSize
      _standardError = Nullable(wrappedValue: shares.standardError)
    }
  }

  /// How the known share differs from that of all other groups together.
  struct Contrast: Encodable, Sendable {
    @Nullable var difference: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?
    /// Which test gave p: `fisher` where an expected count is below 5, else `score`.
    let test: String
    @Nullable var p: Double?
    @Nullable var pAdjusted: Double?

    /// How this group's unknown would have to answer for the comparison to turn out otherwise; those of
    /// the others answer like their known.
    @Nullable var tipping: TippingPath?

    init(
      _ comparison: ShareComparison, _ tipping: ComparisonTipping.Path?, adjusted: Double?
    ) {
      _tipping = Nullable(wrappedValue: tipping.map(TippingPath.init))
      _difference = Nullable(wrappedValue: comparison.difference)
      _lower = Nullable(wrappedValue: comparison.differenceLimits?.lower)
      _upper = Nullable(wrappedValue: comparison.differenceLimits?.upper)
      test = comparison.usesFisher ? "fisher" : "score"
      _p = Nullable(wrappedValue: comparison.testedPValue)
      _pAdjusted = Nullable(wrappedValue: adjusted)
    }
  }

  struct NumberDocument: Encodable, Sendable {
    let code: String
    let known: Int
    /// Everybody due of whom the number is not known, or whether it is asked of them.
    let missing: Int
    let unknown: Int
    let notDue: Int
    let notAsked: Int
    let askedUnknown: Int
    let summaries: [SummaryDocument]

    init(_ number: ShareAnswer.Number) {
      code = number.value.code
      known = number.known
      missing = number.unknown + number.askedUnknown
      unknown = number.unknown
      notDue = number.notDue
      notAsked = number.notAsked
      askedUnknown = number.askedUnknown
      summaries = number.summaries.map(SummaryDocument.init)
    }
  }

  struct SummaryDocument: Encodable, Sendable {
    let name: String
    @Nullable var value: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?

    init(_ summary: Summary) {
      name = summary.summary.rawValue
      _value = Nullable(wrappedValue: summary.number)
      _lower = Nullable(wrappedValue: summary.limits?.lower)
      _upper = Nullable(wrappedValue: summary.limits?.upper)
    }
  }
}

extension ShareAnswer {
  /// The names of the columns of `rows`.
  public var columnNames: [String] {
    ["stratum", "row", "horizon", "yes", "no", "unknown", "not_due", "excluded", "not_asked"]
      + ["asked_unknown", "share_all", "share_known", "bound_lower", "bound_upper", "coverage"]
      + ["lower_wilson", "upper_wilson", "early_yes", "early_no"]
      + ["summary", "value", "value_lower", "value_upper"]
  }

  /// One row per group, row and horizon, then one per group, number and summary; `NA` where a
  /// value is not defined.
  public func rows() throws -> [[String]] {
    groups.flatMap { group in
      let name = FigureText.group(group.values)
      let shares = group.cells.map { cell in
        let counts = [
          cell.shares.yes, cell.shares.no, cell.shares.unknown, cell.shares.notDue, cell.excluded,
          cell.notAsked, cell.askedUnknown,
        ]
        let figures = [
          cell.all, cell.known, cell.bounds?.lower, cell.bounds?.upper,
          cell.coverage, cell.limits?.lower, cell.limits?.upper,
        ]
        return [name, cell.row.code, FigureText.number(cell.horizon)] + counts.map(String.init)
          + figures.map(FigureText.number)
          + [cell.shares.yes - cell.heard.yes, cell.shares.no - cell.heard.no].map(String.init)
          + [String](repeating: "NA", count: 4)
      }
      let numbers = group.numbers.flatMap { number in
        number.summaries.map { summary in
          let figures = [summary.number, summary.limits?.lower, summary.limits?.upper]
          return [
            name, number.value.code, "NA", String(number.known), "NA", String(number.unknown),
          ]
            + [String(number.notDue), "NA", String(number.notAsked), String(number.askedUnknown)]
            + [String](repeating: "NA", count: 9) + [summary.summary.rawValue]
            + figures.map(FigureText.number)
        }
      }
      return shares + numbers
    }
  }
}
