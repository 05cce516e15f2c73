import Files
public import Journey
import Keyring
import LMDB
import Synchronization

/// Requests that wait for the next commit.
///
/// Whoever finds requests waiting commits them all in one transaction, so that many small appends
/// share the two device flushes of a commit.
final class AppendQueue: Sendable {
  let waiting = Mutex<[PendingAppend]>([])
  let leader = Mutex<Void>(())
  // Refs are given and key slots written before the commit: one admission at a time, start to end.
  let admission = Mutex<Void>(())
}

/// One request with everything that was prepared outside the transaction, and its outcome.
final class PendingAppend: Sendable {
  let request: AppendRequest
  let records: [SealedRecord]
  let contentDigest: [UInt8]
  let admissionTags: [(code: [UInt8], external: [UInt8]?)]
  let firstAdmitted: ParticipantRef?
  let outcome = Mutex<Result<AppendResult, any Error>?>(nil)

  init(
    request: AppendRequest, records: [SealedRecord], contentDigest: [UInt8],
    admissionTags: [(code: [UInt8], external: [UInt8]?)], firstAdmitted: ParticipantRef?
  ) {
    self.request = request
    self.records = records
    self.contentDigest = contentDigest
    self.admissionTags = admissionTags
    self.firstAdmitted = firstAdmitted
  }
}

extension EventLog {
  /// Appends events durably; when this returns they are on the device.
  ///
  /// - Throws: `AppendError`; then nothing of the request is in the log. A conflict carries the
  ///   stream's version and the events since.
  @discardableResult
  public func append(_ request: AppendRequest) throws(AppendError) -> AppendResult {
    guard isWritable else { throw .log(.readOnly) }
    if request.recordedAt != nil && !isSimulated { throw .log(.timesNotInjectable) }
    do {
      guard request.admitted.isEmpty else {
        return try queue.admission.withLock { _ in try enqueue(prepare(request)) }
      }
      return try enqueue(prepare(request))
    } catch let conflict as StaleVersion {
      throw .wrongExpectedVersion(
        stream: conflict.stream, expected: conflict.expected, actual: conflict.actual,
        since: (try? eventsSince(conflict)) ?? [])
    } catch let error as AppendError {
      throw error
    } catch {
      throw .log(LogError(wrapping: error))
    }
  }

  private func enqueue(_ pending: PendingAppend) throws -> AppendResult {
    queue.waiting.withLock { $0.append(pending) }
    queue.leader.withLock { _ in
      if pending.outcome.withLock({ $0 }) != nil { return }
      let batch = queue.waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
      commit(batch)
    }
    return try (pending.outcome.withLock { $0 } ?? .failure(LogError.readOnly)).get()
  }

  private func eventsSince(_ conflict: StaleVersion) throws -> [ReadEvent] {
    let from: UInt32 =
      switch conflict.expected {
      case .exact(let version): version
      case .none, .any: 0
      }
    return try events(of: conflict.stream).filter { $0.header.streamVersion > from }
  }

  // MARK: Before the transaction

  private func prepare(_ request: AppendRequest) throws -> PendingAppend {
    if let key = request.idempotencyKey, !(1...AppendRequest.longestKey).contains(key.count) {
      throw LMDBError.invalidKeySize(bytes: key.count, limit: AppendRequest.longestKey)
    }
    // What was written already is only compared: it needs no keys and no seals.
    let isRepeated = try request.idempotencyKey.map { try appended(under: $0) != nil } ?? false
    let first = ParticipantRef(try participantCount())
    let tags = request.admitted.map { identity in
      (code: codeTag(identity.code), external: identity.externalID.map { externalTag($0) })
    }
    var fresh: [ParticipantKey] = []
    if !isRepeated {
      try checkIdentities(request.admitted, tags)
      // Keys reach the device before the log commit that uses them.
      fresh = try keyring.admit(
        request.admitted, from: first, subprojects: request.subprojectsOfAdmitted)
    }
    var jobs: [RecordSealer.Job] = []
    var digested: [UInt8] = []
    for part in request.parts {
      let stream: StreamID
      switch part.target {
      case .stream(let id):
        stream = id
        if id.kind == .participant && id.ref >= first.number {
          throw AppendError.noSuchParticipant(ref: id.ref)
        }
        digested.append(id.kind.rawValue)
        digested.appendBigEndian(id.ref)
      case .admitted(let index):
        stream = StreamID(.participant, first.number + UInt32(index))
        let id = Array((request.admitted[index].externalID ?? "").utf8)
        digested.append(0)
        digested.appendBigEndian(UInt32(id.count))
        digested += id
      }
      digested.appendBigEndian(UInt32(part.events.count))
      for event in part.events {
        do { try event.check() } catch { throw AppendError.event(event, error) }
        let encoded = EventCodec.encode(event)
        digested.appendBigEndian(UInt32(encoded.count))
        digested += encoded
        jobs.append(RecordSealer.Job(stream: stream, event: event, encoded: encoded))
      }
    }
    return PendingAppend(
      request: request,
      records: isRepeated ? [] : try sealer.seal(jobs, settled: first.number, fresh: fresh),
      contentDigest: request.idempotencyKey == nil ? [] : keyring.keyedDigest(digested),
      admissionTags: tags,
      firstAdmitted: request.admitted.isEmpty ? nil : first)
  }

  /// Refuses codes and external ids that are taken, by the store or within the request.
  private func checkIdentities(
    _ identities: [ParticipantIdentity], _ tags: [(code: [UInt8], external: [UInt8]?)]
  ) throws {
    var codes: Set<ParticipantCode> = []
    var ids: Set<String> = []
    for (identity, tags) in zip(identities, tags) {
      if try !codes.insert(identity.code).inserted || participant(tag: tags.code) != nil {
        throw AppendError.codeTaken(identity.code)
      }
      if let id = identity.externalID, let tag = tags.external,
        try !ids.insert(id).inserted || participant(tag: tag) != nil
      {
        throw AppendError.externalIDTaken(id)
      }
    }
  }

  func codeTag(_ code: ParticipantCode) -> [UInt8] {
    keyring.lookupTag("code", code.description)
  }

  func externalTag(_ id: String) -> [UInt8] { keyring.lookupTag("external", id) }

  /// A code that no participant of this store has.
  public func freshCode() throws(LogError) -> ParticipantCode {
    while true {
      let code = ParticipantCode(randomBits: UInt32.random(in: .min ... .max))
      if try participant(code: code) == nil { return code }
    }
  }

  // MARK: The transaction

  private func commit(_ batch: [PendingAppend]) {
    var results: [Result<AppendResult, any Error>] = []
    do {
      results = try environment.write { transaction in
        // Requests are checked one by one; a refused one leaves no trace beside the others.
        var session = try CommitSession(&transaction, log: self)
        var results: [Result<AppendResult, any Error>] = []
        for pending in batch {
          do {
            results.append(.success(try session.apply(pending, &transaction)))
          } catch let error as AppendError {
            results.append(.failure(error))
          } catch let error as StaleVersion {
            results.append(.failure(error))
          }
        }
        try session.finish(&transaction)
        return results
      }
    } catch {
      results = batch.map { _ in .failure(error) }
    }
    for (pending, result) in zip(batch, results) {
      pending.outcome.withLock { $0 = result }
    }
  }

  /// Where the events of an idempotency key stand, or nil when it was not used.
  public func appended(under key: [UInt8]) throws(LogError) -> AppendResult? {
    do {
      return try environment.read { transaction in
        guard let value = try transaction.value(for: key.span, in: tables.requests) else {
          return nil
        }
        return AppendResult(
          first: Position(value.bigEndian64(at: 0)), count: Int(value.bigEndian32(at: 8)),
          isDuplicate: true, firstAdmitted: nil)
      }
    } catch { throw LogError(wrapping: error) }
  }
}
