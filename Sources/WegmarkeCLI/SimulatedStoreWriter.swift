import EventLog
import Journey
import Presentation
import Simulation

/// Writes made-up journeys into a new store in the order in which they go on record.
struct SimulatedStoreWriter {
  private let pipeline: AppendPipeline
  /// The ref of the next participant: they are given in order, to nobody else while this writes.
  private var nextRef: UInt32
  private var refs: [UInt32?] = []
  /// Positions of the events of each participant that something may still correct.
  private var positions: [Int: [UInt64]] = [:]
  private var next: UInt64 = 0
  private(set) var admitted = 0

  init(_ log: EventLog) throws {
    pipeline = AppendPipeline(log)
    nextRef = try log.participantCount()
    next = try log.size()
  }

  /// The events of one commit.
  ///
  /// Each commit writes the page of every stream that it extends: the larger, the fewer pages in all.
  /// With few people nearly all of these pages are written each time anyway.
  private static func batchSize(people: Int) -> Int { min(max(people / 10, 65_536), 524_288) }

  /// Writes a whole programme of so many people, with progress.
  static func fill(
    _ log: EventLog, with programme: SimulatedProgramme, people: Int, _ console: Console
  ) throws {
    let line = console.progress(
      .init(en: "Making up journeys", de: "Erfinde Verläufe"), total: people)
    var writer = try SimulatedStoreWriter(log)
    try programme.recordedOrder(batchSize: batchSize(people: people)) { steps in
      try writer.append(steps)
      line?.update(done: writer.admitted)
    }
    while try writer.pipeline.wait() != nil {}
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
    try pipeline.begin(AppendRequest(parts, admitting: identities, recordedAt: times))
    if pipeline.inWork >= AppendPipeline.depth { _ = try pipeline.wait() }
    for (participant, index) in newIndex {
      while refs.count <= participant { refs.append(nil) }
      refs[participant] = nextRef + UInt32(index)
    }
    nextRef += UInt32(identities.count)
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
