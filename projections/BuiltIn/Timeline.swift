public import EventLog
public import Journey
import ProjectionEngine

/// One person's journey as people read it: what counts now, with what was changed and when.
public struct Timeline: Sendable {
  /// An earlier wording of an entry.
  public struct Change: Sendable {
    /// What stood before; a bare retraction where that must not be shown.
    public internal(set) var before: JourneyEvent
    /// What replaced it; nil when it was taken back.
    public internal(set) var after: JourneyEvent?
    /// The position of the change.
    public let position: Position
    /// Whether it states again what was taken back.
    public let revives: Bool
    /// When the log took the change in, microseconds since 1970 UTC.
    public let recordedAt: Int64
    /// Who made it, where stated.
    public internal(set) var author: String?
    /// Why it was taken back, as a code.
    public let code: RetractionReason?
    /// Why, where stated.
    public internal(set) var reason: String?
  }

  /// One entry.
  public struct Entry: Sendable {
    /// The event as it counts now; of one taken back, as it counted last.
    ///
    /// Of one whose content must not be shown it is a retraction that says nothing.
    public var event: JourneyEvent
    /// The participant about whom it was said: of a merged person there are several.
    public let participant: ParticipantRef
    /// The position of the first statement.
    public let position: Position
    /// When the log took the first statement in.
    public let recordedAt: Int64
    /// The changes, oldest first.
    public var changes: [Change] = []
    /// Whether it was taken back, or a merge was reverted.
    public var isRetracted = false
    /// Whether its content belongs to somebody else and is not shown.
    public var isWithheld = false
    /// The codes of warnings in spite of which it was recorded.
    public var warnings: [String] = []
  }

  /// The entries in journey order; what was taken back stays, marked.
  public internal(set) var entries: [Entry]
  /// The milestones that count, in journey order.
  public let milestones: [Milestone]
  /// The participation, labour and residence state on the reference day.
  public let state: CurrentState
  /// How many records could not be opened, because the person's key was destroyed.
  public let erased: Int
  /// How many records there are of each field group that was dropped by law: nobody can open them.
  public let dropped: [FieldGroup: Int]
  /// The field groups of which records are there that the keys at hand do not open.
  public let closedGroups: [FieldGroup]

  /// Folds the events of one stream, oldest first.
  ///
  /// - Parameters:
  ///   - events: The stream, up to the state of knowledge asked for.
  ///   - day: The reference day.
  public init(_ events: [ReadEvent], on day: Day) {
    self.init([events], withholding: Statement.withheld(events), on: day)
  }

  /// Folds the streams of one person.
  ///
  /// - Parameters:
  ///   - streams: The streams of the participants who are the person, up to the state of knowledge
  ///     asked for; that of the one whose code stays first.
  ///   - withheld: Where content stands that is another person's, as known today.
  ///   - day: The reference day.
  public init(_ streams: [[ReadEvent]], withholding withheld: Set<Position>, on day: Day) {
    var fold = TimelineFold(withheld: withheld)
    let members = Set(streams.compactMap { $0.first?.header.stream.ref })
    for read in streams.joined().sorted(by: { $0.header.position < $1.header.position }) {
      fold.add(read, members)
    }
    erased = fold.erased
    dropped = fold.dropped
    closedGroups = fold.closed.sorted { $0.rawValue < $1.rawValue }
    entries = fold.entries.enumerated().sorted { left, right in
      let (a, b) = (left.element.order, right.element.order)
      return a == b ? left.offset < right.offset : a < b
    }.map(\.element)
    let standing = fold.entries.filter { !$0.isRetracted && !$0.isWithheld }
    let milestones = streams.map { stream in
      let ref = stream.first?.header.stream.ref
      return standing.filter { $0.participant.number == ref }.compactMap(\.event.milestone?.bits)
        .sorted()
    }
    self.milestones = MergedJourney.milestones(milestones).map { Milestone(bits: $0) }
    state = CurrentState(self.milestones, on: day)
  }
}

/// Folds records into entries, in the order of the log.
private struct TimelineFold {
  let withheld: Set<Position>
  var entries: [Timeline.Entry] = []
  var erased = 0
  var dropped: [FieldGroup: Int] = [:]
  var closed: Set<FieldGroup> = []
  private var index: [UInt64: Int] = [:]
  /// Records that do not open, and what was said about them: a retraction tells of what it takes back.
  private var unreadable: Set<UInt64> = []

  init(withheld: Set<Position>) { self.withheld = withheld }

  mutating func add(_ read: ReadEvent, _ members: Set<UInt32>) {
    let header = read.header
    guard let event = read.event else {
      unreadable.insert(header.position.number)
      if read.isClosed {
        closed.insert(header.group)
      } else if read.isDropped {
        dropped[header.group, default: 0] += 1
      } else {
        erased += 1
      }
      return
    }
    if let target = event[Fields.target], unreadable.contains(UInt64(target)) {
      unreadable.insert(header.position.number)
      return
    }
    if let target = event[Fields.target], let found = index[UInt64(target)] {
      change(found, header, event)
      index[header.position.number] = found
      return
    }
    switch event.type {
    case .warningsNoted:
      // They stand directly behind the event of their stream.
      if let previous = header.previous?.number, let found = index[previous] {
        let codes = event[Fields.warnings]?.split(separator: " ").map(String.init) ?? []
        // A correction warns again of what holds still.
        let known = entries[found].warnings
        entries[found].warnings += codes.filter { !known.contains($0) }
      }
      return
    case .participantTakenIn:
      // The other stream says the same.
      if let other = event[Fields.otherParticipant].flatMap({ UInt32(exactly: $0) }),
        members.contains(other)
      {
        return
      }
    default: break
    }
    let isWithheld = withheld.contains(header.position)
    index[header.position.number] = entries.count
    entries.append(
      Timeline.Entry(
        event: isWithheld ? bare(CivilDate(StoreZone.day(of: header.recordedAt))) : event,
        participant: ParticipantRef(header.stream.ref), position: header.position,
        recordedAt: header.recordedAt, isWithheld: isWithheld))
  }

  private mutating func change(_ found: Int, _ header: RecordHeader, _ event: JourneyEvent) {
    let isEnd = event.type == .eventRetracted || event.type == .mergeReverted
    let isWithheld = withheld.contains(header.position)
    let isForeign = event[Fields.retractionReason] == .wrongPerson
    // What is another person's is not shown as what stood before either.
    let hides = entries[found].isWithheld || isForeign || isWithheld
    entries[found].changes.append(
      Timeline.Change(
        before: hides ? bare(event.occurredOn) : entries[found].event,
        after: isEnd || isWithheld ? nil : event, position: header.position,
        revives: entries[found].isRetracted && !isEnd,
        recordedAt: header.recordedAt, author: event[Fields.author],
        code: event[Fields.retractionReason], reason: event[Fields.reason]))
    if isForeign {
      entries[found].event = bare(event.occurredOn)
      entries[found].changes = entries[found].changes.suffix(1)
      entries[found].isWithheld = true
    } else if !isEnd && !isWithheld {
      entries[found].event = event
      entries[found].isWithheld = false
    }
    entries[found].isRetracted = isEnd
  }

  private func bare(_ day: CivilDate) -> JourneyEvent { JourneyEvent(.eventRetracted, on: day) }
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
