public import Journey
public import Statistics

extension CohortTableAnswer: QuestionAnswer {
  /// The first and last day of the index event; nil for no bound.
  public var window: ClosedRange<Day>? { question.timeToEvent.window }

  /// The last day that counted.
  public var lastDay: Day { question.timeToEvent.referenceDay }

  /// What was chosen.
  public var parameters: AnswerFacts.Parameters {
    .init(
      question.timeToEvent, on: referenceDay, intervals: intervals, level: level,
      horizons: question.horizons, set: definition.parameterTexts, lateRecords: lateRecords)
  }

  /// What the standard errors are.
  public var variance: CurveVariance? { .greenwood }

  /// The groups in the order of their values.
  public var groupDocuments: [GroupDocument] {
    groups.map {
      GroupDocument(
        values: $0.values, cohorts: $0.cohorts.map(CohortDocument.init),
        total: CohortDocument($0.total))
    }
  }

  /// What the JSON form holds of one group.
  public struct GroupDocument: Encodable {
    let values: [String?]
    let cohorts: [CohortDocument]
    /// All cohorts together.
    let total: CohortDocument
  }

  struct CohortDocument: Encodable, Sendable {
    /// The period; `null` for all together.
    @Nullable var cohort: String?
    let units: Int
    let at: [CellDocument]

    init(_ cohort: Cohort) {
      _cohort = Nullable(wrappedValue: cohort.name)
      units = cohort.units
      at = cohort.cells.map(CellDocument.init)
    }
  }

  struct CellDocument: Encodable, Sendable {
    let horizon: Double
    let due: Int
    /// Whether the horizon is due for the whole cohort.
    let complete: Bool
    let atRisk: Int
    /// `null` where the horizon is due for nobody, or nobody was followed so far.
    @Nullable var share: Double?
    @Nullable var standardError: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?
    let followed: Int
    let happened: Int
    /// The plain share among those followed.
    @Nullable var crude: Double?

    init(_ cell: Cell) {
      horizon = cell.horizon
      due = cell.due
      complete = cell.isComplete
      atRisk = cell.atRisk
      _share = Nullable(wrappedValue: cell.share)
      _standardError = Nullable(wrappedValue: cell.standardError)
      _lower = Nullable(wrappedValue: cell.limits?.lower)
      _upper = Nullable(wrappedValue: cell.limits?.upper)
      followed = cell.followed
      happened = cell.happened
      _crude = Nullable(wrappedValue: cell.crude)
    }
  }

  /// The names of the columns of `rows`.
  public var columnNames: [String] {
    ["stratum", "cohort", "horizon", "n", "due", "n_risk", "share", "se_share", "lower", "upper"]
      + ["followed", "happened", "crude"]
  }

  /// One row per group, cohort and horizon, all cohorts of a group together last; `NA` where a value
  /// is not defined or nobody has come so far.
  public func rows() -> [[String]] {
    groups.flatMap { group in
      (group.cohorts + [group.total]).flatMap { cohort in
        cohort.cells.map { cell in
          let counts = [cohort.units, cell.due, cell.atRisk].map { String($0) }
          let estimate = [cell.share, cell.standardError, cell.limits?.lower, cell.limits?.upper]
          return [
            FigureText.group(group.values), cohort.name ?? "all", FigureText.number(cell.horizon),
          ] + counts + estimate.map(FigureText.number)
            + [String(cell.followed), String(cell.happened), FigureText.number(cell.crude)]
        }
      }
    }
  }
}
