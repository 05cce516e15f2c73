public import Journey

/// A made-up programme: a scenario, a number of participants and a seed.
///
/// The same three give the same journeys, byte for byte, in the same version of this program, on
/// every machine, in whatever order and on however many threads they are drawn. Nobody in it
/// exists: there are no names and no dates of birth.
public struct SimulatedProgramme: Sendable {
  /// What the programme is like.
  public let scenario: Scenario
  /// How many people take part.
  public let participants: Int
  /// Where chance starts.
  public let seed: UInt64

  let calendar: IntakeCalendar
  let writer: EventWriter

  /// Creates a programme.
  public init(_ scenario: Scenario = Scenario(), participants: Int, seed: UInt64) {
    precondition(
      (0...Int(UInt32.max)).contains(participants), "participants are counted in 32 bits")
    self.scenario = scenario
    self.participants = participants
    self.seed = seed
    calendar = IntakeCalendar(scenario, participants: max(participants, 1))
    writer = EventWriter(scenario)
  }

  /// The day on which a participant enters; ascends with the index.
  public func entryDay(of index: Int) -> Day { calendar.entryDay(of: index) }

  /// The journey of one participant, which depends on no other participant.
  public func journey(of index: Int) -> SimulatedJourney {
    var drafts: [Draft] = []
    draft(index, into: &drafts)
    return SimulatedJourney(index: index, events: drafts.map(event))
  }

  /// Draws one participant's journey in the order of the record, reusing the array's storage.
  func draft(_ index: Int, into drafts: inout [Draft]) {
    precondition((0..<max(participants, 1)).contains(index), "there is no such participant")
    var life = Life(
      scenario, entry: entryDay(of: index), random: RandomStream(seed: seed, number: index),
      reusing: drafts)
    // Let go of the storage before the life writes into it: it would be copied otherwise.
    drafts = []
    life.live()
    drafts = life.recorder.takeDrafts()
  }

  func event(_ draft: Draft) -> SimulatedEvent {
    let role: SimulatedEvent.Role =
      switch draft.role {
      case .fact: .fact
      case .correction(let place): .correction(of: Int(place))
      case .retraction(let place): .retraction(of: Int(place))
      }
    return SimulatedEvent(
      event: writer.event(draft.statement, on: draft.day), recordedAt: draft.recordedAt,
      role: role)
  }
}
