import Files
import Journey
public import Keyring

/// Opens records, keeping the keys it needed.
///
/// One cache belongs to one thread. Participants' keys are fetched in blocks of consecutive refs.
public struct KeyCache {
  let keyring: Keyring
  let blockSize: UInt32
  private var blocks: [UInt64: [Result<SealingKey, KeyringError>]] = [:]
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

  /// Opens a record; the event is nil when the person's key was destroyed.
  ///
  /// - Throws: `LogError` when a seal does not open or the event is not known.
  public mutating func open(_ record: StoredRecord) throws(LogError) -> ReadEvent {
    let header = record.header
    let payload: [UInt8]
    do throws(KeyringError) {
      if header.group == .clear {
        payload = Array(record.bytes[RecordHeader.size...])
      } else {
        guard let key = try key(for: header.stream, header.group) else {
          return ReadEvent(header: header, event: nil)
        }
        payload = try key.open(
          Array(record.bytes[48...]),
          authenticating: RecordFormat.authenticated(
            origin: keyring.origin, stream: header.stream, eventID: header.eventID.bytes,
            schema: header.schema, group: header.group))
      }
    } catch { throw .keys(error) }
    do throws(PayloadProblem) {
      return ReadEvent(
        header: header, event: try EventCodec.decode(payload, schema: header.schema))
    } catch { throw .payload(header.position, error) }
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
    if let keys = blocks[id], index < keys.count { return try KeyCache.key(keys[index]) }
    if blocks.count >= blockLimit { blocks.removeAll(keepingCapacity: true) }
    let first = block * blockSize
    let (end, isTooFar) = first.addingReportingOverflow(blockSize)
    let keys = try keyring.sealingKeys(of: first..<(isTooFar ? .max : end), group)
    blocks[id] = keys
    guard index < keys.count else { throw .noSuchParticipant(ref: stream.ref) }
    return try KeyCache.key(keys[index])
  }

  /// The key, or nil when it was destroyed.
  private static func key(_ result: Result<SealingKey, KeyringError>) throws(KeyringError)
    -> SealingKey?
  {
    switch result {
    case .success(let key): return key
    case .failure(.erased): return nil
    case .failure(let error): throw error
    }
  }
}
