public import Journey
import Statistics

extension SequenceAnswer: QuestionAnswer {
  /// The first and last day of the index event; nil for no bound.
  public var window: ClosedRange<Day>? { question.states.window }

  /// The last day that counted.
  public var lastDay: Day { question.states.referenceDay }

  /// What was chosen.
  public var parameters: AnswerFacts.Parameters {
    .init(
      question.states, on: referenceDay, intervals: intervals, level: level,
      set: definition.parameterTexts, lateRecords: lateRecords)
  }

  /// The codes of the states, and nil for “not known”.
  private var codes: [String?] { question.states.definition.states.map(\.code) + [nil] }

  /// The groups in the order of their values.
  public var groupDocuments: [GroupDocument] { groups.map { GroupDocument($0, codes) } }

  /// What the JSON form holds of one group; `null` stands for the state “not known”.
  public struct GroupDocument: Encodable {
    let values: [String?]
    let people: Int
    let notDue: Int
    /// The most frequent shapes.
    let shapes: [ShapeDocument]
    /// How many different shapes there are.
    let shapeCount: Int
    let distribution: [PeriodDocument]
    let transitionRates: [RateDocument]
    let meanTimes: [TimeDocument]
    /// Averages over people of what describes one journey; `null` for nobody.
    @Nullable var journey: JourneyDocument?

    init(_ group: Group, _ codes: [String?]) {
      values = group.values
      people = group.people
      notDue = group.notDue
      shapes = group.shapes.map { shape in
        ShapeDocument(
          states: shape.states.map { codes[$0] }, people: shape.people,
          share: Double(shape.people) / Double(group.followed), meanPeriods: shape.periods)
      }
      shapeCount = group.shapeCount
      distribution = group.distribution.enumerated().map { period, distribution in
        PeriodDocument(
          period: period, entropy: distribution.entropy,
          shares: zip(codes, distribution.shares ?? []).map(ShareDocument.init))
      }
      transitionRates = group.transitionRates.enumerated().flatMap { from, rates in
        zip(codes, rates ?? []).map { RateDocument(from: codes[from], to: $0, rate: $1) }
      }
      meanTimes = zip(codes, group.meanTimes).map {
        TimeDocument(state: $0, mean: $1.mean, standardError: $1.standardError)
      }
      _journey = Nullable(wrappedValue: group.means.map(JourneyDocument.init))
    }
  }

  struct ShapeDocument: Encodable, Sendable {
    let states: [String?]
    let people: Int
    let share: Double
    let meanPeriods: [Double]
  }

  struct PeriodDocument: Encodable, Sendable {
    let period: Int
    @Nullable var entropy: Double?
    let shares: [ShareDocument]
  }

  struct ShareDocument: Encodable, Sendable {
    @Nullable var state: String?
    let share: Double
  }

  struct RateDocument: Encodable, Sendable {
    @Nullable var from: String?
    @Nullable var to: String?
    let rate: Double
  }

  struct TimeDocument: Encodable, Sendable {
    @Nullable var state: String?
    @Nullable var mean: Double?
    @Nullable var standardError: Double?
  }

  struct JourneyDocument: Encodable, Sendable {
    let transitions: Double
    let entropy: Double
    @Nullable var complexity: Double?
    let turbulence: Double

    init(_ means: Means) {
      transitions = means.transitions
      entropy = means.entropy
      _complexity = Nullable(wrappedValue: means.complexity)
      turbulence = means.turbulence
    }
  }

  /// The names of the columns of `rows`.
  public var columnNames: [String] { ["stratum", "rank", "shape", "people", "share"] }

  /// One row per group and shape, the most frequent first: its states with the mean number of periods
  /// in each, `search:4.5>work:19.5`; `NA` for “not known”.
  public func rows() -> [[String]] {
    groups.flatMap { group in
      group.shapes.enumerated().map { place, shape in
        let steps = zip(shape.states, shape.periods).map { state, periods in
          "\(codes[state] ?? "NA"):\(FigureText.number(periods))"
        }
        return [
          FigureText.group(group.values), String(place + 1), steps.joined(separator: ">"),
          String(shape.people),
          FigureText.number(Double(shape.people) / Double(group.followed)),
        ]
      }
    }
  }
}
