import EventLog
import Journey

/// What a participant's stream says, for comparison with what a file says.
///
/// Provenance does not count: who recorded an event, and which import brought it. Events that a
/// person has corrected or taken back count as stored, so that importing the same file again does
/// not bring them back; events of an import that was undone do not.
struct StoredContent {
  private var events: Set<JourneyEvent> = []

  private static let provenance: [UInt8] = [
    Fields.author.tag, Fields.actorRole.tag, Fields.source.tag, Fields.batch.tag,
  ]

  /// - Parameter batch: The import whose own events are left out.
  init(_ stream: [ReadEvent], except batch: Position?) {
    var undone: Set<Int> = []
    for read in stream {
      guard let event = read.event, event.type == .eventRetracted,
        event[Fields.retractionReason] == .importUndone, let target = event[Fields.target]
      else { continue }
      undone.insert(target)
    }
    for read in stream {
      guard let event = read.event, !undone.contains(Int(read.header.position.number)) else {
        continue
      }
      if let batch, event[Fields.batch] == Int(batch.number) { continue }
      events.insert(Self.content(of: event))
    }
  }

  func contains(_ event: JourneyEvent) -> Bool { events.contains(Self.content(of: event)) }

  static func content(of event: JourneyEvent) -> JourneyEvent {
    let entries = event.fields.entries.filter { !provenance.contains($0.tag) }
    return JourneyEvent(event.type, on: event.occurredOn, FieldSet(entries))
  }
}
