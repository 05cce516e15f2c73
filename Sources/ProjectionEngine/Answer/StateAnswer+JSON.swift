public import Journey
public import Statistics

extension StateAnswer: QuestionAnswer {
  /// The first and last day of the index event; nil for no bound.
  public var window: ClosedRange<Day>? { question.window }

  /// The last day that counted.
  public var lastDay: Day { question.referenceDay }

  /// What was chosen.
  public var parameters: AnswerFacts.Parameters {
    .init(
      question, on: referenceDay, intervals: intervals, level: level,
      set: definition.parameterTexts, lateRecords: lateRecords)
  }

  /// What the standard errors are, of an `occupancy`.
  public var variance: CurveVariance? { question.definition.isFollowed ? .greenwood : nil }

  /// The groups in the order of their values.
  public var groupDocuments: [GroupDocument] {
    let states = question.definition.states.map(\.code)
    return groups.map { GroupDocument($0, states: states) }
  }

  /// What the JSON form holds of one group.
  public struct GroupDocument: Encodable {
    let values: [String?]
    let people: Int
    /// The probability of each state over time; empty for a question of kind `transitions`.
    let occupancy: [State]
    /// How many were in which state at each horizon, by that of the index day.
    let fromIndex: [MovesDocument]
    /// The same by the state at the horizon before.
    let steps: [MovesDocument]

    init(_ group: Group, states: [String]) {
      values = group.values
      people = group.people
      occupancy = states.enumerated().compactMap { place, code in
        group.occupancy.map { State(code, place, $0, group) }
      }
      fromIndex = group.fromIndex.map { MovesDocument($0, states) }
      steps = group.steps.map { MovesDocument($0, states) }
    }
  }

  struct State: Encodable, Sendable {
    let state: String
    let curve: [Point]
    let at: [Reading]
    @Nullable var meanTime: Mean?

    init(_ code: String, _ place: Int, _ curve: AalenJohansen, _ group: Group) {
      state = code
      self.curve = curve.times.indices.map { index in
        Point(
          time: curve.times[index], atRisk: curve.counts.atRisk[place][index],
          probability: curve.probability[place][index],
          standardError: curve.standardError[place][index])
      }
      at = group.readings[place].map {
        let isKnown = !$0.isExtrapolated
        return Reading(
          time: $0.time, atRisk: $0.atRisk, probability: isKnown ? $0.probability : nil,
          standardError: isKnown ? $0.standardError : nil,
          lower: isKnown ? $0.limits?.lower : nil, upper: isKnown ? $0.limits?.upper : nil,
          extrapolated: $0.isExtrapolated)
      }
      let mean = group.meanTimes.first { $0.state == place }
      _meanTime = Nullable(
        wrappedValue: mean.map {
          Mean(
            horizon: $0.horizon, mean: $0.isExtrapolated ? nil : $0.mean,
            standardError: $0.isExtrapolated ? nil : $0.standardError,
            extrapolated: $0.isExtrapolated)
        })
    }
  }

  struct Point: Encodable, Sendable {
    let time: Double
    let atRisk: Double
    let probability: Double
    let standardError: Double
  }

  struct Reading: Encodable, Sendable {
    let time: Double
    /// Under observation in the state just before the time.
    let atRisk: Double
    @Nullable var probability: Double?
    @Nullable var standardError: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?
    let extrapolated: Bool
  }

  struct Mean: Encodable, Sendable {
    let horizon: Double
    @Nullable var mean: Double?
    @Nullable var standardError: Double?
    /// Whether the horizon lies beyond the last follow-up: there is no mean then.
    let extrapolated: Bool
  }

  struct MovesDocument: Encodable, Sendable {
    let horizon: Double
    let notDue: Int
    let counts: [Move]

    init(_ moves: Moves, _ states: [String]) {
      horizon = moves.horizon
      notDue = moves.notDue
      let names: [String?] = states + [nil]
      counts = moves.counts.enumerated().flatMap { from, row in
        row.enumerated().compactMap { to, people in
          people > 0 ? Move(from: names[from], to: names[to], people: people) : nil
        }
      }
    }
  }

  struct Move: Encodable, Sendable {
    /// The earlier state; `null` where it is not known.
    @Nullable var from: String?
    @Nullable var to: String?
    let people: Int
  }
}

extension StateAnswer {
  /// The names of the columns of `rows`.
  public var columnNames: [String] {
    question.definition.isFollowed
      ? ["stratum", "state", "time", "n_risk", "probability", "se_probability", "lower", "upper"]
      : ["stratum", "horizon", "from", "to", "people", "not_due"]
  }

  /// Of an `occupancy` one row per group, state and time; of `transitions` one per group, horizon
  /// and pair of states, from that of the index day; `NA` where a value is not defined or known.
  ///
  /// - Throws: `StatisticsError` when the level is out of range.
  public func rows() throws -> [[String]] {
    try question.definition.isFollowed ? occupancyRows() : groups.flatMap(moveRows)
  }

  private func occupancyRows() throws(StatisticsError) -> [[String]] {
    var rows: [[String]] = []
    for group in groups {
      guard let curve = group.occupancy else { continue }
      for (place, state) in question.definition.states.enumerated() {
        let band = try curve.confidenceLimits(state: place, type: intervals, level: level)
        for index in curve.times.indices {
          let figures = [
            curve.times[index], curve.counts.atRisk[place][index],
            curve.probability[place][index], curve.standardError[place][index],
            band[index]?.lower, band[index]?.upper,
          ]
          rows.append(
            [FigureText.group(group.values), state.code] + figures.map(FigureText.number))
        }
      }
    }
    return rows
  }

  private func moveRows(_ group: Group) -> [[String]] {
    let name = FigureText.group(group.values)
    let states = question.definition.states.map(\.code) + ["NA"]
    var rows: [[String]] = []
    for moves in group.fromIndex {
      let horizon = FigureText.number(moves.horizon)
      for (from, counts) in zip(states, moves.counts) {
        for (to, people) in zip(states, counts) {
          rows.append([name, horizon, from, to, String(people), String(moves.notDue)])
        }
      }
    }
    return rows
  }
}

extension AnswerFacts.Parameters {
  /// What was chosen of a question of kind `occupancy`, `transitions` or `sequences`.
  init(
    _ question: StateQuestion, on day: Day, intervals: IntervalType, level: Double,
    set: [String: String], lateRecords: String?
  ) {
    self.init(
      clock: question.clock.rawValue, gap: nil, rule: nil,
      kinds: PlacementKind.allCases.filter { question.definition.kinds.contains($0) }.map(\.code),
      by: question.groupedBy, windowFrom: question.window?.lowerBound.description,
      windowTo: question.window?.upperBound.description, on: day.description,
      interval: intervals.rawValue, level: level, at: question.horizons, set: set,
      lateRecords: lateRecords)
  }
}
