public import EventLog
import Journey

/// One thing that was said of a person, with every wording it ever had.
///
/// A correction may name the first wording or any later one, and one that names a retraction says
/// the thing again.
public struct Statement: Sendable, Equatable {
  /// The first wording; nil where its key is destroyed or closed.
  public let first: ReadEvent
  /// The later wordings and retractions, oldest first.
  public internal(set) var changes: [ReadEvent] = []

  /// The wording that counts, or counted last.
  public var wording: ReadEvent {
    changes.last { $0.event?.type != .eventRetracted } ?? first
  }

  /// The retraction that holds; nil while the statement counts.
  public var retraction: ReadEvent? {
    changes.last.flatMap { $0.event?.type == .eventRetracted ? $0 : nil }
  }

  /// The last record about it.
  public var last: ReadEvent { changes.last ?? first }

  /// The positions of every record about it.
  public var positions: [Position] { ([first] + changes).map(\.header.position) }

  /// The statements that some events make, in the order of their first wording.
  ///
  /// - Parameter events: One person's events in the order of the log.
  public static func list(_ events: [ReadEvent]) -> [Statement] {
    var statements: [Statement] = []
    var places: [UInt64: Int] = [:]
    for read in events {
      let place = read.event?[Fields.target].flatMap { UInt64(exactly: $0) }.flatMap { places[$0] }
      if let place {
        statements[place].changes.append(read)
      } else {
        statements.append(Statement(first: read))
      }
      places[read.header.position.number] = place ?? statements.count - 1
    }
    return statements
  }

  /// Whether anything that was said stands: of whom an undone import alone spoke, nothing does.
  ///
  /// - Parameter events: One person's events in the order of the log.
  public static func anyStands(_ events: [ReadEvent]) -> Bool {
    list(events).contains { $0.retraction == nil && $0.wording.event != nil }
  }

  /// Where content stands that somebody took back because it was another person's.
  ///
  /// It must not be shown to whoever looks at this person, whatever state of knowledge they ask for.
  public static func withheld(_ events: [ReadEvent]) -> Set<Position> {
    var found: Set<Position> = []
    for statement in list(events) {
      let records = [statement.first] + statement.changes
      let last = records.lastIndex { $0.event?[Fields.retractionReason] == .wrongPerson }
      if let last { found.formUnion(records[..<last].map(\.header.position)) }
    }
    return found
  }
}
