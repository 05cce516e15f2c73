public import Journey

/// How a question takes what is recorded late.
public enum LateRecords: String, Sendable, CaseIterable {
  /// As recorded, and the answer says which part of it is immature.
  case asRecorded = "as-recorded"
  /// Only the part that is as good as complete.
  case mature
  /// As recorded, with the figures corrected for delay beside.
  case nowcast
}

/// How far what an answer rests on is complete, by how late things are recorded.
public struct AnswerMaturity: Sendable {
  /// How late what the question asks about is recorded.
  public let delays: RecordingDelays
  /// The reference day that was chosen.
  public let referenceDay: Day
  /// How the question takes what is recorded late.
  public let records: LateRecords
  /// People or units, counted, of whom something that would change their outcome may not be recorded yet.
  public let immature: Int

  /// The last day that is as good as complete; nil where the log does not tell.
  public var until: Day? { delays.matureDay }
}

extension TimeToEventQuestion {
  /// Takes over until when events, and job starts that can bridge gaps, are as good as complete.
  mutating func take(_ delays: RecordingDelays?) {
    let isBridged = subjects.first == .placementEnd
    matureDay = delays?.estimates.filter { !isBridged || $0.subject != .placementStart }
      .map(\.matureDay).min()
    bridgedDay = isBridged ? delays?.estimate(of: .placementStart)?.matureDay : nil
  }
}

extension QuestionDefinition {
  /// What the question asks about, for how late it is recorded.
  private var subjects: (subjects: [RecordedSubject], kinds: PlacementKinds) {
    switch content {
    case .timeToEvent(let definition): return subjects(of: definition)
    case .table(let definition): return subjects(of: definition.timeToEvent)
    case .shares(let definition):
      // Records are counted when they are there: about those that are not, such a question asks nothing.
      guard definition.unit != .record else { return ([], definition.kinds) }
      return (definition.rows.map(\.yes).subjects, definition.kinds)
    case .states(let definition):
      return (definition.states.map(\.when).subjects, definition.kinds)
    case .sequences(let definition):
      return (definition.states.states.map(\.when).subjects, definition.states.kinds)
    }
  }

  private func subjects(
    of definition: TimeToEventDefinition
  ) -> (subjects: [RecordedSubject], kinds: PlacementKinds) {
    // The question made with nothing chosen waits for the same.
    let question = try? definition.question(Choices(referenceDay: .latest), clock: clock)
    return (question?.subjects ?? [], PlacementKinds(definition.kinds))
  }

  /// How late what the question asks about is recorded; nil when it asks about nothing that is.
  func delays(from view: JourneysView, size: UInt64) throws -> RecordingDelays? {
    let (subjects, kinds) = subjects
    guard !subjects.isEmpty else { return nil }
    return try RecordingDelays(of: subjects, kinds: kinds, from: view, size: size)
  }
}
