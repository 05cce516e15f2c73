import Files
public import Journey

/// The header of a record as it is stored: what order and integrity need, and nothing else.
///
/// `docs/log-format.md` shows every byte. All numbers are big-endian; the bytes stored are the
/// bytes hashed and exported.
public struct RecordHeader: Hashable, Sendable {
  /// The version of the record format that this program writes.
  public static let formatVersion: UInt8 = 1
  /// Bytes before the payload.
  public static let size = 60
  static let noPrevious = UInt64.max

  /// What the record is, coarsely.
  public var kind: RecordKind
  /// The field group whose key seals the payload; `.clear` when it is not sealed.
  public var group: FieldGroup
  /// The version of the event's schema.
  public var schema: UInt16
  /// The stream.
  public var stream: StreamID
  /// The number of the record within its stream, from 1.
  public var streamVersion: UInt32
  /// The place in the log.
  public var position: Position
  /// When the log took it in: microseconds since 1970 UTC, never falling.
  public var recordedAt: Int64
  /// The record before it in the same stream.
  public var previous: Position?
  /// The nonce of the seal, which is also the event's id.
  public var eventID: EventID
}

/// The 96-bit random id of an event; also the nonce of its seal.
public struct EventID: Hashable, Sendable {
  /// The twelve bytes.
  public let bytes: [UInt8]
  init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// Why stored bytes are not a record this program can read.
public enum RecordProblem: Error, Equatable, Sendable {
  /// The checksum does not match: bytes were changed or lost.
  case checksum
  /// The record is shorter than its header says.
  case truncated
  /// The record was written by a newer program.
  case newerFormat(UInt8)
  /// A number in the header has no meaning in this format.
  case malformed(String)
}

enum RecordFormat {
  /// Puts a record together; the checksum covers everything after itself.
  static func encode(_ header: RecordHeader, payload: [UInt8]) -> [UInt8] {
    var bytes = [UInt8]()
    bytes.reserveCapacity(RecordHeader.size + payload.count)
    bytes += [0, 0, 0, 0]
    bytes.append(RecordHeader.formatVersion)
    bytes.append(header.kind.rawValue)
    bytes.appendBigEndian(header.schema)
    bytes.append(header.group.rawValue)
    bytes.append(header.stream.kind.rawValue)
    bytes.appendBigEndian(UInt16(0))
    bytes.appendBigEndian(UInt32(payload.count))
    bytes.appendBigEndian(header.stream.ref)
    bytes.appendBigEndian(header.streamVersion)
    bytes.appendBigEndian(header.position.number)
    bytes.appendBigEndian(UInt64(bitPattern: header.recordedAt))
    bytes.appendBigEndian(header.previous?.number ?? RecordHeader.noPrevious)
    bytes += header.eventID.bytes
    bytes += payload
    let checksum = CRC32C.checksum(bytes.span, from: 4)
    for i in 0..<4 { bytes[i] = UInt8(truncatingIfNeeded: checksum >> UInt32(24 - 8 * i)) }
    return bytes
  }

  /// Reads a header and checks length and checksum.
  static func decode(_ bytes: Span<UInt8>) throws(RecordProblem) -> RecordHeader {
    guard bytes.count >= 5 else { throw .truncated }
    guard bytes[4] <= RecordHeader.formatVersion else { throw .newerFormat(bytes[4]) }
    guard bytes.count >= RecordHeader.size,
      bytes.count == RecordHeader.size + Int(bytes.bigEndian32(at: 12))
    else { throw .truncated }
    guard bytes.bigEndian32(at: 0) == CRC32C.checksum(bytes, from: 4) else { throw .checksum }
    guard let kind = RecordKind(rawValue: bytes[5]) else { throw .malformed("kind") }
    guard let group = FieldGroup(rawValue: bytes[8]) else { throw .malformed("field group") }
    guard let streamKind = StreamID.Kind(rawValue: bytes[9]) else { throw .malformed("stream") }
    let previous = bytes.bigEndian64(at: 40)
    return RecordHeader(
      kind: kind, group: group, schema: UInt16(bytes[6]) << 8 | UInt16(bytes[7]),
      stream: StreamID(streamKind, bytes.bigEndian32(at: 16)),
      streamVersion: bytes.bigEndian32(at: 20), position: Position(bytes.bigEndian64(at: 24)),
      recordedAt: Int64(bitPattern: bytes.bigEndian64(at: 32)),
      previous: previous == RecordHeader.noPrevious ? nil : Position(previous),
      eventID: EventID(bytes.extracting(48..<60).copied()))
  }

  /// What the seal authenticates besides the payload: origin, stream, event id, schema and group.
  ///
  /// The position is not among it, because it is known only inside the commit; the Merkle leaf
  /// binds it.
  static func authenticated(
    origin: String, stream: StreamID, eventID: [UInt8], schema: UInt16, group: FieldGroup
  ) -> [UInt8] {
    var bytes = [UInt8]()
    bytes.reserveCapacity(origin.utf8.count + 24)
    bytes += origin.utf8
    bytes.append(0)
    bytes.append(stream.kind.rawValue)
    bytes.appendBigEndian(stream.ref)
    bytes += eventID
    bytes.appendBigEndian(schema)
    bytes.append(group.rawValue)
    return bytes
  }
}
