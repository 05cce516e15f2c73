public import EventLog
public import Journey

/// What moved an answer between two states of knowledge, event by event.
///
/// Events are taken in the order of the log. What one of them contributes is the figure directly
/// after it less the figure directly before it, with everything recorded earlier already known and
/// the later reference day in force. So contributions add up to the difference of the two answers,
/// whatever the events have to do with each other.
public struct KnowledgeComparison: Sendable {
  /// The kinds of events that move a figure.
  public enum Kind: String, Sendable, CaseIterable {
    /// Something that happened after the earlier reference day.
    case new
    /// Something that had happened by the earlier reference day and was recorded later.
    case late
    /// A correction.
    case corrected
    /// A retraction.
    case retracted
    /// Two participants who became one person.
    case merged
    /// Two who became two again.
    case parted
    /// Somebody whom figures leave out from then on (article 18 GDPR).
    case restricted
    /// Somebody whom they count again.
    case readmitted
  }

  /// What one event did to the figures of one group.
  public struct Movement: Sendable, Equatable {
    /// The position of the event.
    public let position: Position
    /// When it was recorded.
    public let recordedAt: Int64
    /// In whose stream it stands.
    public let participant: ParticipantRef
    /// What was recorded.
    public let event: JourneyEvent
    /// Why it moved the figure.
    public let kind: Kind
    /// The values of the grouping attributes.
    public let group: [String?]
    /// How far the figures of the group moved.
    public let change: Figures
  }

  /// The figures of one group at both states of knowledge.
  public struct Group: Sendable, Equatable {
    /// The values of the grouping attributes.
    public let values: [String?]
    /// The answer at the earlier state of knowledge.
    public let before: Figures
    /// How far the passing of time moved it: the later reference day, with nothing else known.
    public let passing: Figures
    /// The answer at the later state.
    public let after: Figures
    /// What no event explains: nothing, unless people are left out of answers by other rules.
    public let rest: Figures
  }

  /// The groups that count at either state, in their order.
  public let groups: [Group]
  /// What moved the figures, in the order of the log.
  public let movements: [Movement]
  /// Where people were erased between the two states.
  ///
  /// Both figures are derived with today's keys, so that erasures move neither; what was published
  /// before may differ by them.
  public let erasures: [Position]
  /// Figures that did not move.
  private let nothing: Figures

  /// Compares the answers to a question as known after `sizes.lower` and after `sizes.upper` records.
  ///
  /// - Parameters:
  ///   - view: The journeys, refreshed.
  ///   - days: The reference days of the two answers.
  ///   - horizons: The times at which the curve is read off.
  /// - Throws: `QuestionError`.
  public init(
    _ question: TimeToEventQuestion, _ view: JourneysView, sizes: (lower: UInt64, upper: UInt64),
    days: (lower: Day, upper: Day), horizons: [Double]
  ) throws(QuestionError) {
    try self.init(
      ComparedCurve(question: question, horizons: horizons), view, sizes: sizes, days: days)
  }

  /// Compares the answers to a question of any kind.
  init(
    _ question: some ComparedQuestion, _ view: JourneysView,
    sizes: (lower: UInt64, upper: UInt64), days: (lower: Day, upper: Day)
  ) throws(QuestionError) {
    var earlier = question
    earlier.referenceDay = days.lower
    var later = question
    later.referenceDay = days.upper
    let asked = later
    self.init(
      before: try earlier.groups(view, size: sizes.lower),
      passed: try later.groups(view, size: sizes.lower),
      after: try later.groups(view, size: sizes.upper),
      by: try Self.changes(view, sizes) { try asked.reader($0) }, none: question.nobody,
      in: question.order, earlierDay: days.lower)
  }

  private static func changes<Unit>(
    _ view: JourneysView, _ sizes: (lower: UInt64, upper: UInt64),
    _ makeReader: @Sendable (AttributeCatalogue) throws -> OutcomeReader<Unit>
  ) throws(QuestionError) -> OutcomeChanges<Unit> {
    do {
      return try OutcomeChanges(view, sizes: sizes, makeReader)
    } catch let error as QuestionError {
      throw error
    } catch { throw .view(ViewError(wrapping: error)) }
  }

  private init<Sum: Tally>(
    before: [[String?]: Sum], passed: [[String?]: Sum], after: [[String?]: Sum],
    by changes: OutcomeChanges<Sum.Unit>, none: Sum, in order: AttributeOrder, earlierDay: Day
  ) {
    var fold = MovementFold(passed, none, earlierDay: earlierDay)
    for change in changes.inOrder { fold.add(change) }
    movements = fold.movements
    erasures = changes.erasures
    let reached = fold.tallies
    let keys = Set(before.keys).union(passed.keys).union(after.keys).union(reached.keys)
    groups = keys.filter { key in
      [before, passed, after].contains { $0[key]?.isEmpty == false }
        || fold.movements.contains { $0.group == key }
    }.sorted { order.precedes($0, $1) }.map { key in
      let at = { (tallies: [[String?]: Sum]) in (tallies[key] ?? none).figures }
      return Group(
        values: key, before: at(before), passing: at(passed) - at(before), after: at(after),
        rest: at(after) - at(reached))
    }
    nothing = none.figures - none.figures
  }

  /// What all events of one kind did to one group together, and how many they were.
  public func total(of kind: Kind?, group: [String?]) -> (count: Int, change: Figures) {
    var sum = nothing
    var count = 0
    for movement in movements where movement.group == group {
      if let kind, movement.kind != kind { continue }
      count += 1
      sum = sum + movement.change
    }
    return (count, sum)
  }
}
