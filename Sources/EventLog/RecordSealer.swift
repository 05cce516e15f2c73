import Journey
import Keyring
import Synchronization

/// A record that lacks only what the commit gives it: position, time, and place in its stream.
struct SealedRecord: Sendable {
  let stream: StreamID
  let kind: RecordKind
  let group: FieldGroup
  let schema: UInt16
  let eventID: EventID
  let payload: [UInt8]
}

/// Encodes and seals events outside any transaction, on both cores when there are many.
final class RecordSealer: Sendable {
  /// Below this number of events a second thread costs more than it gives.
  static let parallelFrom = 512

  struct Job: Sendable {
    let stream: StreamID
    let event: JourneyEvent
    let encoded: [UInt8]
  }

  /// The keys of one thread's share of the streams.
  private final class Lane: Sendable {
    let keys: Mutex<KeyCache>
    init(_ keyring: Keyring) { keys = Mutex(KeyCache(keyring, blockSize: 1)) }
  }

  private let keyring: Keyring
  private let lanes: [Lane]

  init(_ keyring: Keyring) {
    self.keyring = keyring
    lanes = [Lane(keyring), Lane(keyring)]
  }

  /// Seals events; the result is in the order given.
  ///
  /// - Parameters:
  ///   - jobs: What to seal.
  ///   - settled: Refs below this are in the log, so their keys never change and are kept.
  ///   - fresh: The keys of the refs from there on, who are only about to be admitted.
  func seal(
    _ jobs: [Job], settled: UInt32, fresh: [ParticipantKey]
  ) throws -> [SealedRecord] {
    guard jobs.count >= RecordSealer.parallelFrom else {
      return try lanes[0].keys.withLock { try seal(jobs, settled, fresh, &$0) { _ in true } }
    }
    // Dealt out by stream, so that each thread needs the keys of its own streams only.
    let sealed = try concurrentMap(lanes.count) { index in
      try lanes[index].keys.withLock { keys in
        try seal(jobs, settled, fresh, &keys) { Int($0.ref & 1) == index }
      }
    }
    var next = [0, 0]
    return jobs.map { job in
      let lane = Int(job.stream.ref & 1)
      defer { next[lane] += 1 }
      return sealed[lane][next[lane]]
    }
  }

  private func seal(
    _ jobs: [Job], _ settled: UInt32, _ fresh: [ParticipantKey], _ cache: inout KeyCache,
    _ isMine: (StreamID) -> Bool
  ) throws -> [SealedRecord] {
    var nonces = NonceSource()
    var records: [SealedRecord] = []
    records.reserveCapacity(jobs.count)
    // Events of one stream mostly stand together, so the last keys are often the ones needed.
    var last: (stream: StreamID, byGroup: [FieldGroup: SealingKey])?
    for job in jobs where isMine(job.stream) {
      let group = job.event.fieldGroup
      let schema = job.event.type.schema.version
      let nonce = nonces.next()
      var payload = job.encoded
      if group != .clear {
        if last?.stream != job.stream { last = (job.stream, [:]) }
        let key: SealingKey
        if let known = last?.byGroup[group] {
          key = known
        } else if job.stream.kind != .participant || job.stream.ref < settled {
          guard let kept = try cache.key(for: job.stream, group) else {
            throw KeyringError.erased(ref: job.stream.ref)
          }
          key = kept
        } else {
          key = try keyring.sealingKey(from: fresh[Int(job.stream.ref - settled)], group)
        }
        last?.byGroup[group] = key
        payload = try key.seal(
          payload, nonce: nonce,
          authenticating: RecordFormat.authenticated(
            origin: keyring.origin, stream: job.stream, eventID: nonce, schema: schema,
            group: group))
      }
      records.append(
        SealedRecord(
          stream: job.stream, kind: job.event.recordKind, group: group, schema: schema,
          eventID: EventID(nonce), payload: payload))
    }
    return records
  }
}
