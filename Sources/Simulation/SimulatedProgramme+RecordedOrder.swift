import Journey

/// One event of somebody, on its way into a log.
public struct RecordedStep: Hashable, Sendable {
  /// Whose it is.
  public let participant: Int
  /// Its place in that journey, from 0; corrections name places.
  public let place: Int
  /// What goes on record.
  public let event: SimulatedEvent
}

extension SimulatedProgramme {
  /// Gives everything that goes on record, in the order of the record, in batches.
  ///
  /// `recordedAt` never falls; events of one moment come by participant, then by place. People are
  /// drawn in the order of their entries and their events wait by day until nobody can enter
  /// before that day any more, so memory holds only what is still to be recorded (about 64 bytes
  /// an event), not the programme. The batches and their number depend on `batchSize` only; the
  /// last one may be shorter, none is empty.
  ///
  /// - Throws: What `body` throws; nothing more is drawn then.
  public func recordedOrder<Failure: Error>(
    batchSize: Int = 4_096, body: ([RecordedStep]) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(batchSize > 0, "a batch holds at least one event")
    var waiting = WaitingRoom(from: scenario.start, through: scenario.dataCut)
    var batch: [RecordedStep] = []
    var drafts: [Draft] = []
    batch.reserveCapacity(batchSize)
    for index in 0..<participants {
      let entry = entryDay(of: index)
      while let due = waiting.takeFirstDay(before: entry) {
        try deliver(due, batchSize, &batch, body)
      }
      draft(index, into: &drafts)
      for place in drafts.indices { waiting.add(drafts[place], of: index, at: place) }
    }
    while let due = waiting.takeFirstDay(before: scenario.dataCut + 1) {
      try deliver(due, batchSize, &batch, body)
    }
    if !batch.isEmpty { try body(batch) }
  }

  private func deliver<Failure: Error>(
    _ due: [WaitingRoom.Waiting], _ batchSize: Int, _ batch: inout [RecordedStep],
    _ body: ([RecordedStep]) throws(Failure) -> Void
  ) throws(Failure) {
    for waiting in due {
      batch.append(
        RecordedStep(
          participant: Int(waiting.participant), place: Int(waiting.place),
          event: event(waiting.draft)))
      if batch.count == batchSize {
        try body(batch)
        batch.removeAll(keepingCapacity: true)
      }
    }
  }
}

/// Drafts that wait for the day of their record.
struct WaitingRoom {
  /// A draft and whose it is.
  struct Waiting {
    let draft: Draft
    let participant: UInt32
    let place: UInt16
  }

  private let first: Day
  private var days: [[Waiting]]
  private var next = 0

  init(from first: Day, through last: Day) {
    self.first = first
    days = Array(repeating: [], count: Int(last - first) + 1)
  }

  mutating func add(_ draft: Draft, of participant: Int, at place: Int) {
    let day = Day(microseconds: draft.recordedAt)
    days[Int(day - first)].append(
      Waiting(draft: draft, participant: UInt32(participant), place: UInt16(place)))
  }

  /// Everything recorded on the first day that still waits, when that day lies before another.
  mutating func takeFirstDay(before limit: Day) -> [Waiting]? {
    guard next < days.count, first + Int32(next) < limit else { return nil }
    var due: [Waiting] = []
    swap(&due, &days[next])
    next += 1
    due.sort { left, right in
      // Ties are rare: do not look further unless there is one.
      if left.draft.recordedAt != right.draft.recordedAt {
        return left.draft.recordedAt < right.draft.recordedAt
      }
      return (left.participant, left.place) < (right.participant, right.place)
    }
    return due
  }
}
