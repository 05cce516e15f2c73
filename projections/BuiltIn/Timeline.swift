public import EventLog
public import Journey
import ProjectionEngine

/// One participant's journey as people read it: what counts now, with what was changed and when.
public struct Timeline: Sendable {
  /// An earlier wording of an entry.
  public struct Change: Sendable {
    /// What stood before.
    public let before: JourneyEvent
    /// What replaced it; nil when it was taken back.
    public let after: JourneyEvent?
    /// The position of the change.
    public let position: Position
    /// When the log took the change in, microseconds since 1970 UTC.
    public let recordedAt: Int64
    /// Who made it, where stated.
    public let author: String?
    /// Why, where stated.
    public let reason: String?
  }

  /// One entry.
  public struct Entry: Sendable {
    /// The event as it counts now; of one taken back, as it counted last.
    public var event: JourneyEvent
    /// The position of the first statement.
    public let position: Position
    /// When the log took the first statement in.
    public let recordedAt: Int64
    /// The changes, oldest first.
    public var changes: [Change] = []
    /// Whether it was taken back.
    public var isRetracted = false
  }

  /// The entries in journey order; what was taken back stays, marked.
  public let entries: [Entry]
  /// The participation, labour and residence state on the reference day.
  public let state: CurrentState
  /// How many records could not be opened, because a key was destroyed.
  public let erased: Int
  /// The field groups of which records are there that the keys at hand do not open.
  public let closedGroups: [FieldGroup]

  /// Folds the events of one stream, oldest first.
  ///
  /// - Parameters:
  ///   - events: The stream, up to the state of knowledge asked for.
  ///   - day: The reference day.
  public init(_ events: [ReadEvent], on day: Day) {
    var entries: [Entry] = []
    var index: [UInt64: Int] = [:]
    var erased = 0
    var closed: Set<FieldGroup> = []
    for read in events {
      if read.isClosed {
        closed.insert(read.header.group)
        continue
      }
      guard let event = read.event else {
        erased += 1
        continue
      }
      let position = read.header.position
      if let target = event[Fields.target], let found = index[UInt64(target)] {
        let isRetraction = event.type == .eventRetracted
        entries[found].changes.append(
          Change(
            before: entries[found].event, after: isRetraction ? nil : event, position: position,
            recordedAt: read.header.recordedAt, author: event[Fields.author],
            reason: event[Fields.reason]))
        if !isRetraction { entries[found].event = event }
        entries[found].isRetracted = isRetraction
        index[position.number] = found
      } else {
        index[position.number] = entries.count
        entries.append(
          Entry(event: event, position: position, recordedAt: read.header.recordedAt))
      }
    }
    self.erased = erased
    closedGroups = closed.sorted { $0.rawValue < $1.rawValue }
    self.entries = entries.enumerated().sorted { left, right in
      let (a, b) = (left.element.order, right.element.order)
      return a == b ? left.offset < right.offset : a < b
    }.map(\.element)
    let milestones = entries.filter { !$0.isRetracted }.compactMap(\.event.milestone).sorted()
    state = CurrentState(milestones, on: day)
  }
}

extension Timeline.Entry {
  // The journey's own order of one day; steps that are no milestones come last. An end is the last
  // day of something: it comes after what began that day, and before exit, departure and death.
  fileprivate var order: (Int32, UInt8) {
    var rank = event.milestone?.rawKind ?? UInt8.max
    if rank == MilestoneKind.placementEnded.rawValue { rank = MilestoneKind.suspended.rawValue - 1 }
    return (event.occurredOn.day.number, rank)
  }
}
