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
      switch content {
      case .timeToEvent:
        let question = try timeToEvent(choices)
        return try TimeToEventAnswer(
          try question.ask(view, size: certificate.size), to: question, of: self,
          intervals: intervals, level: level, horizons: choices.horizons, certificate: certificate)
      case .shares(let definition):
        let question = try shares(definition, choices)
        return try ShareAnswer(
          try question.ask(view, size: certificate.size), to: question, of: self, level: level,
          certificate: certificate)
      case .states(let definition):
        let question = try states(definition, choices)
        return try StateAnswer(
          try question.ask(view, size: certificate.size), to: question, of: self,
          intervals: intervals, level: level, certificate: certificate)
      }
    } catch let problem as ChoiceProblem {
      throw problem
    } catch { throw QuestionError(wrapping: error) }
  }
}
