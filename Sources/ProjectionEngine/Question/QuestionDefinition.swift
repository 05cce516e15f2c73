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
  /// When the clock starts.
  public var origin: TimeToEventQuestion.Origin
  /// Whether the question waits for an interruption of work rather than for its start.
  public var waitsForInterruption: Bool
  /// The placements that count.
  public var kinds: Set<PlacementKind>
  /// The allowed gap, where the question waits for an interruption.
  public var gap: TimeLength?
  /// The gap rule, where the question waits for an interruption.
  public var rules: GapRule?
  /// The times, in clock units, at which the answer is read off.
  public var horizons: [Double]
  /// The time up to which the restricted mean is taken.
  public var restrictedMeanTo: Double?
  /// SHA-256 of the file's bytes, in hex.
  public var digest: String
  /// The whole file.
  public var text: String
  /// The worked example of the file.
  public var example: QuestionExample
}

/// A handful of people worked by hand, with what the question must give for them.
public struct QuestionExample: Sendable {
  /// One person of the example.
  public struct Person: Sendable {
    /// A name for messages.
    public var id: String
    /// Day or month of entry.
    public var entry: CivilDate
    /// First and last day or month of each job; nil for one that has not ended.
    public var jobs: [(first: CivilDate, last: CivilDate?)]
    /// The last day or month observed.
    public var observedUntil: CivilDate
  }

  /// The people.
  public var people: [Person]
  /// How many count.
  public var counted: Int
  /// How many rule B leaves out.
  public var tooLate: Int
  /// The times of the curve.
  public var times: [Double]
  /// The numbers at risk.
  public var atRisk: [Int]
  /// The curve.
  public var survival: [Double]
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
    restrictedMeanTo.map { converted($0, to: clock) }
  }

  /// The question with choices applied, ready to be asked.
  ///
  /// - Throws: `ChoiceProblem` when a gap or rule is chosen where there is none, or in a unit that
  ///   the clock does not count.
  public func question(_ choices: Choices) throws(ChoiceProblem) -> TimeToEventQuestion {
    let clock = choices.clock ?? clock
    guard waitsForInterruption else {
      if choices.gap != nil || choices.rule != nil { throw .noGap }
      return TimeToEventQuestion(
        clock: clock, origin: origin, outcome: .firstPlacement, kinds: kinds,
        window: choices.window, groupedBy: choices.groupedBy, referenceDay: choices.referenceDay)
    }
    // A file's gap in months has no exact length in days; four weeks stand for a month.
    var gap = choices.gap ?? gap ?? TimeLength(0, clock)
    if choices.gap == nil && gap.unit != clock {
      gap = clock == .day ? TimeLength(gap.count * 28, .day) : TimeLength(gap.count / 28, .month)
    }
    guard gap.unit == clock || gap.count == 0 else { throw .gapUnit(gap, clock: clock) }
    return TimeToEventQuestion(
      clock: clock, origin: origin,
      outcome: .interruption(gap: gap.count, rule: choices.rule ?? rules ?? .b), kinds: kinds,
      window: choices.window, groupedBy: choices.groupedBy, referenceDay: choices.referenceDay)
  }
}
