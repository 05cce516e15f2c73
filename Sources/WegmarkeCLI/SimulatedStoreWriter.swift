import EventLog
import Journey
import Presentation
import Simulation

/// Writes made-up journeys into a new store in the order in which they go on record.
struct SimulatedStoreWriter {
  private let log: EventLog
  private var refs: [UInt32?] = []
  /// Positions of the events of each participant that something may still correct.
  private var positions: [Int: [UInt64]] = [:]
  private var next: UInt64 = 0
  private(set) var admitted = 0

  init(_ log: EventLog) { self.log = log }

  /// Writes a whole programme of so many people, with progress.
  static func fill(
    _ log: EventLog, with programme: SimulatedProgramme, people: Int, _ console: Console
  ) throws {
    let line = console.progress(
      .init(en: "Making up journeys", de: "Erfinde Verläufe"), total: people)
    var writer = SimulatedStoreWriter(log)
    // Each commit writes the page of every stream that it extends: the larger, the fewer pages in all.
    try programme.recordedOrder(batchSize: 65_536) { steps in
      try writer.append(steps)
      line?.update(done: writer.admitted)
    }
    line?.finish()
  }

  mutating func append(_ steps: [RecordedStep]) throws {
    var parts: [AppendRequest.Part] = []
    var identities: [AppendRequest.Admission] = []
    var newIndex: [Int: Int] = [:]
    var times: [Int64] = []
    for step in steps {
      let target: AppendRequest.Target
      if let ref = ref(of: step.participant) {
        target = .stream(StreamID(.participant, ref))
      } else if let index = newIndex[step.participant] {
        target = .admitted(index)
      } else {
        newIndex[step.participant] = identities.count
        target = .admitted(identities.count)
        identities.append(
          AppendRequest.Admission(
            externalID: "simulated:\(SimulatedJourney.externalID(of: step.participant))"))
      }
      parts.append(AppendRequest.Part(target, expecting: .any, [event(of: step)]))
      times.append(step.event.recordedAt)
      remember(step)
      next += 1
    }
    let result = try log.append(
      AppendRequest(parts, admitting: identities, recordedAt: times))
    guard let first = result.firstAdmitted else { return }
    for (participant, index) in newIndex {
      while refs.count <= participant { refs.append(nil) }
      refs[participant] = first.number + UInt32(index)
    }
    admitted += identities.count
  }

  private func ref(of participant: Int) -> UInt32? {
    participant < refs.count ? refs[participant] : nil
  }

  private mutating func remember(_ step: RecordedStep) {
    var known = positions[step.participant] ?? []
    while known.count <= step.place { known.append(UInt64.max) }
    known[step.place] = next
    positions[step.participant] = known
  }

  private func event(of step: RecordedStep) -> JourneyEvent {
    switch step.event.role {
    case .fact: return step.event.event
    case .correction(let place), .retraction(let place):
      guard let position = positions[step.participant]?[place] else { return step.event.event }
      return step.event.event.with(Fields.target, Int(position))
    }
  }
}
