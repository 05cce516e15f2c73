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
  /// Appends the header of a record without what only the commit knows: its place and time.
  ///
  /// - Parameter payload: Bytes that the payload will have.
  static func appendHeader(
    _ kind: RecordKind, _ group: FieldGroup, schema: UInt16, _ stream: StreamID,
    nonce: ArraySlice<UInt8>, payload: Int, to bytes: inout [UInt8]
  ) {
    bytes.appendBigEndian(UInt32(0))
    bytes.append(RecordHeader.formatVersion)
    bytes.append(kind.rawValue)
    bytes.appendBigEndian(schema)
    bytes.append(group.rawValue)
    bytes.append(stream.kind.rawValue)
    bytes.appendBigEndian(UInt16(0))
    bytes.appendBigEndian(UInt32(payload))
    bytes.appendBigEndian(stream.ref)
    for _ in 20..<48 { bytes.append(0) }
    bytes += nonce
  }

  /// Fills in a record's place and time, then its checksum, which covers everything after itself.
  static func complete(
    _ bytes: inout [UInt8], _ range: Range<Int>, streamVersion: UInt32, position: Position,
    recordedAt: Int64, previous: Position?
  ) {
    let start = range.lowerBound
    bytes.setBigEndian(streamVersion, at: start + 20)
    bytes.setBigEndian(position.number, at: start + 24)
    bytes.setBigEndian(UInt64(bitPattern: recordedAt), at: start + 32)
    bytes.setBigEndian(previous?.number ?? RecordHeader.noPrevious, at: start + 40)
    let checksum = CRC32C.checksum(bytes.span.extracting(range), from: 4)
    bytes.setBigEndian(checksum, at: start)
  }

  /// Puts a record together.
  static func encode(_ header: RecordHeader, payload: [UInt8]) -> [UInt8] {
    var bytes = [UInt8]()
    bytes.reserveCapacity(RecordHeader.size + payload.count)
    appendHeader(
      header.kind, header.group, schema: header.schema, header.stream,
      nonce: header.eventID.bytes[...], payload: payload.count, to: &bytes)
    bytes += payload
    complete(
      &bytes, bytes.indices, streamVersion: header.streamVersion, position: header.position,
      recordedAt: header.recordedAt, previous: header.previous)
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
    var bytes = Array(origin.utf8)
    authenticate(
      stream: stream, eventID: eventID[...], schema: schema, group: group, behind: bytes.count,
      in: &bytes)
    return bytes
  }

  /// The same in place: what stands behind the origin is replaced.
  static func authenticate(
    stream: StreamID, eventID: ArraySlice<UInt8>, schema: UInt16, group: FieldGroup,
    behind origin: Int, in bytes: inout [UInt8]
  ) {
    bytes.removeSubrange(origin...)
    bytes.append(0)
    bytes.append(stream.kind.rawValue)
    bytes.appendBigEndian(stream.ref)
    bytes += eventID
    bytes.appendBigEndian(schema)
    bytes.append(group.rawValue)
  }
}
