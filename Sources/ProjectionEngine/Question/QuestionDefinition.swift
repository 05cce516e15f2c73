public import Journey

/// A question as its file states it, before anything is chosen on the command line.
public struct QuestionDefinition: Sendable {
  /// The name in kebab-case, which is also the file's.
  public var name: String
  /// The version of the definition, from 1.
  public var version: Int
  /// What the question is called.
  public var title: LocalizedText
  /// The question as a sentence.
  public var sentence: LocalizedText
  /// The exact rule in words.
  public var rule: LocalizedText
  /// Law, office or paper that the definition comes from.
  public var source: String
  /// The unit of the clock.
  public var clock: ClockUnit
  /// What is asked, by kind.
  public var content: Content
  /// SHA-256 of the file's bytes, in hex.
  public var digest: String
  /// The whole file.
  public var text: String
  /// The worked example of the file.
  public var example: QuestionExample

  /// What a question asks, by the kind that its file names.
  public enum Content: Sendable {
    /// How long until something happens: kind `time-to-event`.
    case timeToEvent(TimeToEventDefinition)
  }

  /// The kinds of questions, as files name them.
  public enum Kind: String, Sendable, CaseIterable {
    /// How long until something happens.
    case timeToEvent = "time-to-event"
  }

  /// The kind of the question.
  public var kind: Kind {
    switch content {
    case .timeToEvent: .timeToEvent
    }
  }

  /// The times at which the file reads its answer off, in units of the file's clock.
  public var horizons: [Double] {
    switch content {
    case .timeToEvent(let definition): definition.horizons
    }
  }
}

extension QuestionDefinition {
  /// What the person who asks may choose.
  public struct Choices: Sendable {
    /// Another allowed gap.
    public var gap: TimeLength?
    /// Another gap rule.
    public var rule: GapRule?
    /// Another clock.
    public var clock: ClockUnit?
    /// Attributes to group by.
    public var groupedBy: [String] = []
    /// The first and last day of the index event.
    public var window: ClosedRange<Day>?
    /// The reference day.
    public var referenceDay: Day

    /// Chooses nothing but the reference day.
    public init(referenceDay: Day) { self.referenceDay = referenceDay }
  }

  /// Why choices do not fit the question.
  public enum ChoiceProblem: Error, Equatable, Sendable {
    /// The question waits for no interruption, so it has no gap and no rule.
    case noGap
    /// The gap's unit is not the clock's.
    case gapUnit(TimeLength, clock: ClockUnit)
  }

  /// The question with choices applied, ready to be asked.
  ///
  /// - Throws: `ChoiceProblem` when a choice does not fit the question.
  public func timeToEvent(_ choices: Choices) throws(ChoiceProblem) -> TimeToEventQuestion {
    switch content {
    case .timeToEvent(let definition):
      try definition.question(choices, clock: choices.clock ?? clock)
    }
  }

  /// A time of the file in another clock's unit: a month has 30.4375 days on average.
  private func converted(_ time: Double, to clock: ClockUnit) -> Double {
    switch (self.clock, clock) {
    case (.month, .day): Double(Int(time * 30.4375 + 0.5))
    case (.day, .month): Double(Int(time / 30.4375 + 0.5))
    default: time
    }
  }

  /// The times at which the answer is read off, in units of a clock.
  public func horizons(on clock: ClockUnit) -> [Double] {
    horizons.map { converted($0, to: clock) }
  }

  /// The time up to which the restricted mean is taken, in units of a clock.
  public func restrictedMeanTo(on clock: ClockUnit) -> Double? {
    switch content {
    case .timeToEvent(let definition):
      definition.restrictedMeanTo.map { converted($0, to: clock) }
    }
  }
}
