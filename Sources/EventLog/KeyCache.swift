import Files
import Journey
public import Keyring

/// Opens records, keeping the keys it needed.
///
/// One cache belongs to one thread. Participants' keys are fetched in blocks of consecutive refs.
public struct KeyCache {
  let keyring: Keyring
  let blockSize: UInt32
  private var blocks: [UInt64: [SealingKey?]] = [:]
  /// Participants, by ref and group, whose slot gave no key when their block was fetched.
  private var unusable: Set<UInt64> = []
  private var storeKeys: [FieldGroup: SealingKey] = [:]
  /// Keys kept before the cache starts afresh: bounds its memory.
  private let blockLimit: Int

  /// Creates a cache.
  ///
  /// - Parameters:
  ///   - keyring: The store's keys.
  ///   - blockSize: How many consecutive participants' keys to fetch at once.
  public init(_ keyring: Keyring, blockSize: UInt32) {
    self.keyring = keyring
    self.blockSize = blockSize
    self.blockLimit = 2_000_000 / Int(blockSize)
  }

  /// Opens a record; the event is nil when the key of the person or of the field group was destroyed.
  ///
  /// - Throws: `LogError` when a seal does not open or the event is not known.
  public mutating func open(_ record: StoredRecord) throws(LogError) -> ReadEvent {
    let header = record.header
    let payload: [UInt8]
    do throws(KeyringError) {
      if header.group == .clear {
        payload = Array(record.bytes[RecordHeader.size...])
      } else {
        if keyring.droppedGroups[header.group] != nil {
          return ReadEvent(header: header, event: nil, isDropped: true)
        }
        guard let key = try key(for: header.stream, header.group) else {
          return ReadEvent(header: header, event: nil)
        }
        payload = try open(record, with: key)
      }
    } catch { throw .keys(error) }
    do throws(PayloadProblem) {
      return ReadEvent(
        header: header, event: try EventCodec.decode(payload, schema: header.schema))
    } catch { throw .payload(header.position, error) }
  }

  private func open(_ record: StoredRecord, with key: SealingKey) throws(KeyringError) -> [UInt8] {
    let header = record.header
    let sealed = Array(record.bytes[48...])
    let data = RecordFormat.authenticated(
      origin: keyring.origin, stream: header.stream, eventID: header.eventID.bytes,
      schema: header.schema, group: header.group)
    do throws(KeyringError) {
      return try key.open(sealed, authenticating: data)
    } catch {
      // The block may have held what a crash left in a slot that was given away since.
      guard header.stream.kind == .participant else { throw error }
      return try keyring.sealingKey(of: ParticipantRef(header.stream.ref), header.group)
        .open(sealed, authenticating: data)
    }
  }

  /// The key of one group's records of a stream; nil when it was destroyed.
  mutating func key(for stream: StreamID, _ group: FieldGroup) throws(KeyringError)
    -> SealingKey?
  {
    guard stream.kind == .participant else {
      if let key = storeKeys[group] { return key }
      let key = try keyring.storeSealingKey(group)
      storeKeys[group] = key
      return key
    }
    let block = stream.ref / blockSize
    let id = UInt64(block) << 8 | UInt64(group.rawValue)
    let index = Int(stream.ref % blockSize)
    let known: [SealingKey?]
    if let kept = blocks[id] { known = kept } else { known = try fetch(block, group, as: id) }
    guard index < known.count else {
      // Admitted after the block was fetched, or not at all.
      return try keyring.sealingKey(of: ParticipantRef(stream.ref), group)
    }
    if known[index] == nil, unusable.contains(UInt64(stream.ref) << 8 | UInt64(group.rawValue)) {
      return try keyring.sealingKey(of: ParticipantRef(stream.ref), group)
    }
    return known[index]
  }

  private mutating func fetch(
    _ block: UInt32, _ group: FieldGroup, as id: UInt64
  ) throws(KeyringError) -> [SealingKey?] {
    if blocks.count >= blockLimit {
      blocks.removeAll(keepingCapacity: true)
      unusable.removeAll()
    }
    let first = block * blockSize
    let (end, isTooFar) = first.addingReportingOverflow(blockSize)
    var keys: [SealingKey?] = []
    for (ref, result) in zip(
      first..., try keyring.sealingKeys(of: first..<(isTooFar ? .max : end), group))
    {
      switch result {
      case .success(let key): keys.append(key)
      case .failure(let error):
        keys.append(nil)
        if error != .erased(ref: ref) {
          unusable.insert(UInt64(ref) << 8 | UInt64(group.rawValue))
        }
      }
    }
    blocks[id] = keys
    return keys
  }
}
