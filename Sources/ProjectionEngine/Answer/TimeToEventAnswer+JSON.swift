public import Journey
public import Statistics

extension TimeToEventAnswer: QuestionAnswer {
  /// The first and last day of the index event; nil for no bound.
  public var window: ClosedRange<Day>? { question.window }

  /// The last day that counted.
  public var lastDay: Day { question.referenceDay }

  /// What was chosen.
  public var parameters: AnswerFacts.Parameters {
    var parameters = AnswerFacts.Parameters(
      question, on: referenceDay, intervals: intervals, level: level, horizons: horizons,
      set: definition.parameterTexts, lateRecords: lateRecords)
    if hasBounds { parameters.bounds = true }
    return parameters
  }

  /// The groups in the order of their values.
  public var groupDocuments: [GroupDocument] {
    groups.indices.map { place in
      GroupDocument(groups[place], comparison.map { ComparedGroup(place, in: $0) })
    }
  }

  /// What the standard errors are: Greenwood's, or robust where units are weighted or several of one
  /// person.
  public var variance: CurveVariance? {
    question.keepsRows ? CurveOfRows.variance(question) : .greenwood
  }

  /// How the groups differ as a whole.
  public var comparisonDocument: ComparisonDocument? {
    comparison.map { ComparisonDocument($0, level: level) }
  }

  /// Whether it was asked what the lost could have made of the curves.
  public var hasBounds: Bool { groups.contains { $0.bounds != nil } }

  /// What the JSON form holds of one group.
  public struct GroupDocument: Encodable {
    let values: [String?]
    let subjects: Int
    let events: Int
    let curve: [Point]
    let quartiles: [Quartile]
    let at: [Reading]
    @Nullable var restrictedMean: Mean?
    /// Of every cause, where events compete; then the curve is of those to whom nothing happened.
    let incidence: [Incidence]
    /// The curve corrected for delay; not written where it was not asked for.
    let nowcast: NowcastDocument?
    /// What the lost could have made of the curves; not written where it was not asked for.
    let bounds: BoundsDocument?
    /// How many people the units are of, and what they weigh; not written for people as such.
    let units: UnitsDocument?

    init(_ group: Group, _ compared: ComparedGroup?) {
      values = group.values
      subjects = group.curve.counts.subjects
      events = group.curve.counts.totalEvents
      curve = (0..<group.curve.count).map { Point(group.curve[$0], group.band[$0]) }
      quartiles = group.quartiles.map {
        Quartile(p: $0.probability, time: $0.time, lower: $0.lower, upper: $0.upper)
      }
      at = group.readings.map {
        // Beyond the last follow-up no data speak: nothing is carried on.
        let isKnown = !$0.isExtrapolated
        return Reading(
          time: $0.time, atRisk: $0.atRisk, survival: isKnown ? $0.survival : nil,
          standardError: isKnown ? $0.standardError : nil,
          lower: isKnown ? $0.limits?.lower : nil, upper: isKnown ? $0.limits?.upper : nil,
          extrapolated: $0.isExtrapolated, contrast: compared?.contrast(nil, $0.time))
      }
      let mean = group.restrictedMean.map {
        Mean(
          horizon: $0.horizon, mean: $0.isExtrapolated ? nil : $0.mean,
          standardError: $0.isExtrapolated ? nil : $0.standardError,
          extrapolated: $0.isExtrapolated)
      }
      _restrictedMean = Nullable(wrappedValue: mean)
      incidence = group.incidences.map { Incidence($0, compared) }
      nowcast = group.nowcast.map(NowcastDocument.init)
      bounds = group.bounds.map(BoundsDocument.init)
      units = group.units.map { UnitsDocument(people: $0.people, weight: $0.weight) }
    }
  }

  struct UnitsDocument: Encodable, Sendable {
    let people: Int
    /// Not written without weights.
    let weight: Double?
  }

  struct Point: Encodable, Sendable {
    let time: Double
    let atRisk: Int
    let events: Int
    let censored: Int
    let survival: Double
    @Nullable var standardError: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?

    init(_ row: KaplanMeier.Row, _ limits: ConfidenceLimits?) {
      time = row.time
      atRisk = row.atRisk
      events = row.events
      censored = row.censored
      survival = row.survival
      _standardError = Nullable(wrappedValue: row.standardError)
      _lower = Nullable(wrappedValue: limits?.lower)
      _upper = Nullable(wrappedValue: limits?.upper)
    }
  }

  struct Reading: Encodable, Sendable {
    let time: Double
    let atRisk: Int
    @Nullable var survival: Double?
    @Nullable var standardError: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?
    /// Whether the curve ended before this time: there is no value then.
    let extrapolated: Bool
    /// How it differs from that of all other groups; not written where it is not compared.
    let contrast: ContrastDocument?
  }

  struct Quartile: Encodable, Sendable {
    let p: Double
    @Nullable var time: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?
  }

  struct Mean: Encodable, Sendable {
    let horizon: Double
    @Nullable var mean: Double?
    @Nullable var standardError: Double?
    /// Whether the horizon lies beyond the last follow-up: there is no mean then.
    let extrapolated: Bool
  }

  /// The cumulative incidence of one of several competing events.
  struct Incidence: Encodable, Sendable {
    let cause: String
    let events: Int
    let curve: [Step]
    let at: [IncidenceReading]
    @Nullable var meanTimeLost: Mean?

    init(_ incidence: CauseIncidence, _ compared: ComparedGroup?) {
      cause = incidence.cause
      events = incidence.events
      curve = incidence.times.indices.map { index in
        let limits = incidence.band[index]
        return Step(
          time: incidence.times[index], events: incidence.eventsAt[index],
          incidence: incidence.incidence[index], standardError: incidence.standardError[index],
          lower: limits?.lower, upper: limits?.upper)
      }
      at = incidence.readings.map {
        let isKnown = !$0.isExtrapolated
        return IncidenceReading(
          time: $0.time, incidence: isKnown ? $0.probability : nil,
          standardError: isKnown ? $0.standardError : nil,
          lower: isKnown ? $0.limits?.lower : nil, upper: isKnown ? $0.limits?.upper : nil,
          extrapolated: $0.isExtrapolated,
          contrast: compared?.contrast(incidence.cause, $0.time))
      }
      let mean = incidence.meanTimeLost.map {
        Mean(
          horizon: $0.horizon, mean: $0.isExtrapolated ? nil : $0.mean,
          standardError: $0.isExtrapolated ? nil : $0.standardError,
          extrapolated: $0.isExtrapolated)
      }
      _meanTimeLost = Nullable(wrappedValue: mean)
    }
  }

  struct Step: Encodable, Sendable {
    let time: Double
    let events: Int
    let incidence: Double
    let standardError: Double
    @Nullable var lower: Double?
    @Nullable var upper: Double?
  }

  struct IncidenceReading: Encodable, Sendable {
    let time: Double
    @Nullable var incidence: Double?
    @Nullable var standardError: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?
    let extrapolated: Bool
    /// How it differs from that of all other groups; not written where it is not compared.
    let contrast: ContrastDocument?
  }
}

extension AnswerFacts.Parameters {
  /// What was chosen of a question of kind `time-to-event`.
  init(
    _ question: TimeToEventQuestion, on day: Day, intervals: IntervalType, level: Double,
    horizons: [Double], set: [String: String], lateRecords: String?
  ) {
    let interruption: (gap: Int32, rule: GapRule)? =
      if case .interruption(let gap, let rule) = question.outcome { (gap, rule) } else { nil }
    self.init(
      clock: question.clock.rawValue, gap: interruption?.gap, rule: interruption?.rule.rawValue,
      kinds: question.kinds.sorted { $0.rawValue < $1.rawValue }.map(\.code),
      by: question.groupedBy, windowFrom: question.window?.lowerBound.description,
      windowTo: question.window?.upperBound.description, on: day.description,
      interval: intervals.rawValue, level: level, at: horizons, set: set, lateRecords: lateRecords)
  }
}
