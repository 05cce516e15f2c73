import Journey
import Keyring

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
struct RecordSealer: Sendable {
  let keyring: Keyring
  /// Below this number of events a second thread costs more than it gives.
  static let parallelFrom = 512

  struct Job: Sendable {
    let stream: StreamID
    let event: JourneyEvent
    let encoded: [UInt8]
  }

  func seal(_ jobs: [Job]) throws -> [SealedRecord] {
    guard jobs.count >= RecordSealer.parallelFrom else { return try seal(jobs[...]) }
    let middle = jobs.count / 2
    return try concurrentMap(2) { half in
      try seal(half == 0 ? jobs[..<middle] : jobs[middle...])
    }.flatMap { $0 }
  }

  private func seal(_ jobs: ArraySlice<Job>) throws -> [SealedRecord] {
    var nonces = NonceSource()
    var records: [SealedRecord] = []
    records.reserveCapacity(jobs.count)
    // Events of one stream stand together, so the last keys are nearly always the ones needed.
    var keys: (stream: StreamID, byGroup: [FieldGroup: SealingKey])?
    for job in jobs {
      let group = job.event.fieldGroup
      let schema = job.event.type.schema.version
      let nonce = nonces.next()
      var payload = job.encoded
      if group != .clear {
        if keys?.stream != job.stream { keys = (job.stream, [:]) }
        let key = try keys?.byGroup[group] ?? keyring.sealingKey(for: job.stream, group)
        keys?.byGroup[group] = key
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

extension Keyring {
  /// The key that seals one group's records of a stream.
  func sealingKey(for stream: StreamID, _ group: FieldGroup) throws(KeyringError) -> SealingKey {
    switch stream.kind {
    case .participant: try sealingKey(of: ParticipantRef(stream.ref), group)
    case .network, .release, .system: try storeSealingKey(group)
    }
  }
}
