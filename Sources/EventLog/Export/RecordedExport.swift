import Journey
import Keyring

/// Something that left the store as a file, as the log recorded it.
///
/// A door for every kind of export: a new one gets an event that names it and a case here, and the
/// receipts of erasures list it.
public struct RecordedExport: Sendable, Equatable {
  /// What was exported.
  public enum Kind: Sendable, Hashable {
    /// All keys, with the root key.
    case keys
    /// The key of a role, by the role's number.
    case roleKey(UInt16)
  }

  /// The name of the export: `KX-3F9A2B7C`.
  public let id: String
  /// What was exported.
  public let kind: Kind
  /// Where the log says so.
  public let position: Position
  /// When, in microseconds since 1970 UTC.
  public let recordedAt: Int64
  /// The epoch of the keys.
  public let epoch: UInt32
  /// SHA-256 of the file, in hex; nil where it was not recorded.
  public let digest: String?
  /// For whom or for what place, in words; nil where nothing was said or the key at hand opens it not.
  public internal(set) var recipient: String?
  /// Who exported; nil like the recipient.
  public internal(set) var author: String?
  /// How it ended: where the log says that the file was destroyed; nil while it is open.
  public internal(set) var destroyed: Position?
  /// How it was destroyed, in words; nil like the recipient.
  public internal(set) var reasonOfDestruction: String?
}

extension EventLog {
  /// Everything that was exported, in the order of the log, destroyed or not.
  ///
  /// - Throws: `LogError` when the log cannot be read.
  public func recordedExports() throws(LogError) -> [RecordedExport] {
    var exports: [RecordedExport] = []
    for read in try events(of: .system) {
      guard let event = read.event, let id = event[Fields.exportID] else { continue }
      let place = exports.lastIndex { $0.id == id }
      switch event.type {
      case .keysExported:
        let role = event[Fields.roleNumber].flatMap { UInt16(exactly: $0) }
        exports.append(
          RecordedExport(
            id: id, kind: role.map { .roleKey($0) } ?? .keys, position: read.header.position,
            recordedAt: read.header.recordedAt,
            epoch: event[Fields.keyEpoch].map { UInt32(clamping: $0) } ?? 0,
            digest: event[Fields.fileDigest]))
      case .exportDescribed:
        guard let place else { continue }
        // Later ones belong to imports, and to the destruction.
        if exports[place].destroyed != nil {
          exports[place].reasonOfDestruction = event[Fields.reason]
        } else if exports[place].author == nil {
          exports[place].recipient = event[Fields.recipient]
          exports[place].author = event[Fields.author]
        }
      case .keyExportDestroyed:
        guard let place else { continue }
        exports[place].destroyed = read.header.position
      default: break
      }
    }
    return exports
  }

  /// Whether an export, brought together with copies of then, opens what an order was to destroy.
  ///
  /// It does when it was made before the order was carried out, and after the person was admitted.
  ///
  /// - Throws: `LogError` when the log cannot be read.
  public func mayOpen(
    _ order: ErasureOrder, with export: RecordedExport
  ) throws(LogError) -> Bool {
    if let closed = order.closed, closed < export.position { return false }
    guard case .participant(let ref) = order.subject else { return true }
    guard let first = try firstRecord(of: .participant(ref)) else { return false }
    return first < export.position
  }
}
