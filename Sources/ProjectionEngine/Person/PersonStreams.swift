public import EventLog
public import Journey

/// Everything the log holds of one person, who may have been admitted several times.
///
/// Reads streams alone, so its cost grows with the person, not with the log.
public struct PersonStreams: Sendable {
  /// The participants who are this person, the one whose code stays first.
  public let members: [ParticipantRef]
  /// The events of each member, oldest first.
  public let streams: [[ReadEvent]]
  /// The merges that the person's streams tell of, also those that were reverted.
  public let merges: MergeHistory

  /// The streams of the person that a participant is, for who knows the first `size` records.
  public init(of ref: ParticipantRef, in log: EventLog, size: UInt64 = .max) throws(LogError) {
    let participants = try log.participantCount()
    var read: [ParticipantRef: [ReadEvent]] = [:]
    var marks: [PersonMark] = []
    var waiting = [ref]
    while let next = waiting.popLast() {
      guard read[next] == nil else { continue }
      let events = try log.events(of: .participant(next), size: size)
      read[next] = events
      marks = marks.adding(
        events.compactMap { read in
          read.event.flatMap { PersonMark(read.header, $0) }
        })
      let found = MergeHistory(marks, participants: participants)
      waiting += found.groups(size: size).person(of: ref).filter { read[$0] == nil }
    }
    merges = MergeHistory(marks, participants: participants)
    members = merges.groups(size: size).person(of: ref)
    streams = members.map { read[$0] ?? [] }
  }

  /// The events of all members in the order of the log.
  public var events: [ReadEvent] {
    streams.joined().sorted { $0.header.position < $1.header.position }
  }

  /// The number of records in each member's stream.
  public var versions: [UInt32] { streams.map { $0.last?.header.streamVersion ?? 0 } }
}
