import Journey
public import Statistics

extension QuestionDefinition {
  /// How figures are made of an answer's counts.
  public struct Precision: Sendable {
    /// How confidence limits of curves are made.
    public var intervals: IntervalType
    /// The confidence level.
    public var level: Double

    /// Chooses both.
    public init(intervals: IntervalType = .logLog, level: Double = 0.95) {
      self.intervals = intervals
      self.level = level
    }
  }

  /// Asks the question of everybody and works out the answer, whatever its kind.
  ///
  /// - Parameters:
  ///   - choices: What the person who asks chose.
  ///   - view: The journeys, refreshed.
  ///   - certificate: What the answer rests on; its size is the state of knowledge.
  /// - Throws: `ChoiceProblem` when a choice does not fit, or `QuestionError`.
  public func answer(
    _ choices: Choices, from view: JourneysView, precision: Precision = Precision(),
    certificate: AnswerCertificate
  ) throws -> any QuestionAnswer {
    let (intervals, level) = (precision.intervals, precision.level)
    do {
      let delays = try delays(from: view, size: certificate.size)
      let last = try lastDay(choices, delays)
      func maturity(_ attrition: Attrition) -> AnswerMaturity? {
        guard let delays, choices.lateRecords != .asRecorded || attrition.immature > 0 else {
          return nil
        }
        return AnswerMaturity(
          delays: delays, referenceDay: choices.referenceDay, records: choices.lateRecords,
          immature: attrition.immature)
      }
      switch content {
      case .timeToEvent:
        guard choices.responseBy.isEmpty else { throw ChoiceProblem.onlyShares(kind) }
        var question = try timeToEvent(choices)
        question.referenceDay = last
        question.take(delays)
        question.keepsPeople = choices.bounds || choices.lateRecords == .nowcast
        if question.keepsPeople, question.keepsRows { throw ChoiceProblem.onlyPeople }
        if choices.lateRecords == .nowcast { try CurveNowcast.check(question, delays) }
        let result = try question.ask(view, size: certificate.size)
        return try TimeToEventAnswer(
          result, to: question, of: self, intervals: intervals, level: level,
          horizons: choices.horizons, certificate: certificate,
          maturity: maturity(result.attrition), bounds: choices.bounds)
      case .shares(let definition):
        var question = try shares(definition, choices)
        (question.referenceDay, question.matureDay) = (last, delays?.matureDay)
        question.responseBy = choices.responseBy
        if definition.weight != nil,
          choices.bounds || choices.lateRecords == .nowcast || !choices.responseBy.isEmpty
        {
          throw ChoiceProblem.onlyPeople
        }
        var indexDelays: RecordingDelays.Estimate?
        if choices.lateRecords == .nowcast, let subject = definition.index.subject {
          indexDelays = try RecordingDelays(
            of: [subject], kinds: definition.kinds, from: view, size: certificate.size)?
            .estimate(of: subject)
          question.countsSince = indexDelays.map(PeriodCount.first)
        }
        var result = try question.ask(view, size: certificate.size)
        result.indexDelays = indexDelays
        if choices.lateRecords == .nowcast, let slowest = delays?.slowest {
          result.ripening = try ShareRipening(
            of: question, mature: slowest.matureDay, age: slowest.matureAge, from: view,
            size: certificate.size)
        }
        return try ShareAnswer(
          result, to: question, of: self, level: level, certificate: certificate,
          maturity: maturity(result.attrition))
      case .states(let definition):
        if choices.lateRecords == .nowcast { throw CurveNowcast.Refusal.kind(kind) }
        try check(choices)
        var question = try states(definition, choices)
        (question.referenceDay, question.matureDay) = (last, delays?.matureDay)
        let result = try question.ask(view, size: certificate.size)
        return try StateAnswer(
          result, to: question, of: self, intervals: intervals, level: level,
          certificate: certificate, maturity: maturity(result.attrition))
      case .table(let definition):
        if choices.lateRecords == .nowcast { throw CurveNowcast.Refusal.kind(kind) }
        try check(choices)
        var question = try table(definition, choices)
        question.timeToEvent.referenceDay = last
        question.timeToEvent.take(delays)
        let result = try question.ask(view, size: certificate.size)
        return try CohortTableAnswer(
          result, to: question, of: self, intervals: intervals, level: level,
          certificate: certificate, maturity: maturity(result.attrition))
      case .sequences(let definition):
        if choices.lateRecords == .nowcast { throw CurveNowcast.Refusal.kind(kind) }
        try check(choices)
        var question = try sequences(definition, choices)
        (question.states.referenceDay, question.states.matureDay) = (last, delays?.matureDay)
        let result = try question.ask(view, size: certificate.size)
        return try SequenceAnswer(
          result, to: question, of: self, intervals: intervals, level: level,
          certificate: certificate, maturity: maturity(result.attrition))
      }
    } catch let problem as ChoiceProblem {
      throw problem
    } catch let refusal as CurveNowcast.Refusal {
      throw ChoiceProblem.noNowcast(refusal)
    } catch { throw QuestionError(wrapping: error) }
  }

  /// Refuses what only other kinds have.
  private func check(_ choices: Choices) throws(ChoiceProblem) {
    guard choices.responseBy.isEmpty else { throw .onlyShares(kind) }
    guard !choices.bounds else { throw .noBounds(kind) }
  }

  /// The last day that counts: the reference day, or before it the last that is as good as complete.
  private func lastDay(
    _ choices: Choices, _ delays: RecordingDelays?
  ) throws(ChoiceProblem) -> Day {
    guard choices.lateRecords != .asRecorded else { return choices.referenceDay }
    guard let mature = delays?.matureDay else { throw .delaysUnknown(delays?.untold ?? []) }
    return choices.lateRecords == .mature ? min(choices.referenceDay, mature) : choices.referenceDay
  }
}
