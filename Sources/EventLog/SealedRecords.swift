import Journey
import Keyring

/// The records of one request in one piece of memory, complete but for what the commit gives them:
/// position, time, and place in their streams.
///
/// Before each record stands the byte that makes its hash a leaf of the tree.
struct SealedRecords: Sendable {
  struct Entry: Sendable {
    let stream: StreamID
    /// Where the record stands, without the byte before it.
    let range: Range<Int>
  }

  private(set) var bytes: [UInt8] = []
  private(set) var entries: [Entry] = []

  /// Fills in a record's place and time, and appends its leaf hash to others.
  mutating func complete(
    _ index: Int, streamVersion: UInt32, position: Position, recordedAt: Int64,
    previous: Position?, leaf leaves: inout [UInt8]
  ) {
    let range = entries[index].range
    RecordFormat.complete(
      &bytes, range, streamVersion: streamVersion, position: position, recordedAt: recordedAt,
      previous: previous)
    SHA256Hash.append(hashOf: bytes[range.lowerBound - 1..<range.upperBound], to: &leaves)
  }

  /// Seals events; outside any transaction.
  ///
  /// - Parameters:
  ///   - request: What to seal, in its order.
  ///   - admission: The refs and keys of the participants it admits.
  ///   - encoded: Where each event stands encoded, one behind the other in order.
  init(
    _ request: AppendRequest, _ admission: Admission?, _ encoded: EncodedEvents,
    _ keyring: Keyring
  ) throws {
    bytes.reserveCapacity(
      encoded.bytes.count + encoded.ranges.count * (1 + RecordHeader.size + SealingKey.overhead))
    entries.reserveCapacity(encoded.ranges.count)
    var nonces = NonceSource()
    var authenticated = Array(keyring.origin.utf8)
    let origin = authenticated.count
    var index = 0
    for part in request.parts {
      let stream: StreamID
      var keys: StreamKeys
      switch part.target {
      case .stream(let id):
        stream = id
        keys = StreamKeys(of: id, nil, keyring)
      case .admitted(let index):
        guard let admission else { throw AppendError.noSuchParticipant(ref: .max) }
        stream = StreamID(.participant, admission.first.number + UInt32(index))
        keys = StreamKeys(of: stream, admission.keys[index], keyring)
      }
      for event in part.events {
        let group = event.fieldGroup
        let schema = event.type.schema.version
        let plain = encoded.bytes[encoded.ranges[index]]
        index += 1
        let nonce = nonces.next()[...]
        bytes.append(MerkleHash.leafPrefix)
        let start = bytes.count
        RecordFormat.appendHeader(
          event.recordKind, group, schema: schema, stream, nonce: nonce,
          payload: plain.count + (group == .clear ? 0 : SealingKey.overhead), to: &bytes)
        if group == .clear {
          bytes += plain
        } else {
          RecordFormat.authenticate(
            stream: stream, eventID: nonce, schema: schema, group: group, behind: origin,
            in: &authenticated)
          try keys.key(group).seal(
            plain, nonce: nonce, authenticating: authenticated, appendingTo: &bytes)
        }
        entries.append(Entry(stream: stream, range: start..<bytes.count))
      }
    }
  }

  /// Nothing to write.
  init() {}
}

/// The keys of one stream, each derived when it is first needed.
private struct StreamKeys {
  private let stream: StreamID
  private let keyring: Keyring
  private var participant: ParticipantKey?
  private var derived: [(group: FieldGroup, key: SealingKey)] = []

  init(of stream: StreamID, _ participant: ParticipantKey?, _ keyring: Keyring) {
    self.stream = stream
    self.participant = participant
    self.keyring = keyring
  }

  mutating func key(_ group: FieldGroup) throws -> SealingKey {
    for known in derived where known.group == group { return known.key }
    let key: SealingKey
    if stream.kind == .participant {
      let opened = try participant ?? keyring.participantKey(of: ParticipantRef(stream.ref))
      participant = opened
      key = try keyring.sealingKey(from: opened, group)
    } else {
      key = try keyring.storeSealingKey(group)
    }
    derived.append((group, key))
    return key
  }
}
