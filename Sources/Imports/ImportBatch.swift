public import EventLog
import Journey
import Keyring

/// One import as the log tells it.
public struct ImportBatch: Sendable, Equatable {
  /// The public code: `I-2026-0001`.
  public let code: String
  /// The position of the event that begins it; every event of the import names it.
  public let begun: Position
  /// When it began: microseconds since 1970 UTC.
  public let begunAt: Int64
  /// The position of the event that ends it; nil when it was interrupted and not yet run again.
  public let ended: Position?
  /// When it ended; nil when it was interrupted and not yet run again.
  public let endedAt: Int64?
  /// The names of the files.
  public let files: String
  /// Rows read.
  public let rows: Int
  /// Rows left out because of errors, as far as it has ended.
  public let rejected: Int
  /// Events stored; nil when it has not ended.
  public let events: Int?
  /// When it was undone; nil while what it brought counts.
  public let undoneAt: Int64?
  /// Whether the data are made up.
  public let isSimulated: Bool
  /// The digest of the mapping.
  public let definitionDigest: String?
  /// How many participants there were when it began; nil in logs of older programs.
  let participantsBefore: UInt32?

  /// What the note of the event that begins an import says before that number.
  static let noteOfParticipants = "participants before: "

  /// Whether everything is stored.
  public var isFinished: Bool { endedAt != nil }

  /// Whether it was undone; the same files may then be imported again.
  public var isUndone: Bool { undoneAt != nil }

  /// The imports of a log, oldest first.
  ///
  /// - Throws: `LogError.keys(.closed(.system))` with keys that do not open what imports are told by:
  ///   an import not seen is not one that never was.
  public static func list(_ log: EventLog) throws(LogError) -> [ImportBatch] {
    do throws(KeyringError) { try log.keyring.require([.system]) } catch { throw .keys(error) }
    return list(try log.events(of: .system))
  }

  private static func rows(_ event: JourneyEvent) -> Int { event[Fields.rows] ?? 0 }

  // The event that begins an import counts the rows read, the one that ends it those taken in.
  static func list(_ events: [ReadEvent]) -> [ImportBatch] {
    var ends: [String: ReadEvent] = [:]
    var undone: [String: Int64] = [:]
    for read in events {
      guard let event = read.event, let code = event[Fields.batchCode] else { continue }
      if event.type == .importBatchEnded { ends[code] = read }
      if event.type == .importBatchRolledBack { undone[code] = read.header.recordedAt }
    }
    return events.compactMap { read in
      guard let event = read.event, event.type == .importBatchBegun,
        let code = event[Fields.batchCode]
      else { return nil }
      return ImportBatch(
        code: code, begun: read.header.position, begunAt: read.header.recordedAt,
        ended: ends[code]?.header.position,
        endedAt: ends[code]?.header.recordedAt, files: event[Fields.files] ?? "",
        rows: event[Fields.rows] ?? 0,
        rejected: max(0, rows(event) - (ends[code]?.event.map { rows($0) } ?? rows(event))),
        events: ends[code]?.event?[Fields.count], undoneAt: undone[code],
        isSimulated: event[Fields.simulated] ?? false,
        definitionDigest: event[Fields.definitionDigest],
        participantsBefore: event[Fields.note].flatMap { note in
          guard note.hasPrefix(noteOfParticipants) else { return nil }
          return UInt32(note.dropFirst(noteOfParticipants.count))
        })
    }
  }
}
