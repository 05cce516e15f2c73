import Dispatch
import Files
import Journey
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
  /// Held by the line that admits participants.
  let turn = DispatchSemaphore(value: 1)
  /// Held while a request moves somebody to another sub-project.
  let transfers = Mutex<Void>(())
}

/// One request with everything that was prepared outside the transaction, and its outcome.
final class PendingAppend: Sendable {
  let request: AppendRequest
  /// Refs and keys of those it admits; nil when it admits nobody, or was stored before.
  let admission: Admission?
  /// A keyed digest of the content, for requests with an idempotency key.
  let contentDigest: [UInt8]
  let records: Mutex<SealedRecords>
  let outcome = Mutex<Result<AppendResult, any Error>?>(nil)

  init(
    _ request: AppendRequest, _ admission: Admission?, contentDigest: [UInt8],
    _ records: consuming SealedRecords
  ) {
    self.request = request
    self.admission = admission
    self.contentDigest = contentDigest
    self.records = Mutex(records)
  }
}

/// A request that has the refs and keys of those it admits, and waits to be sealed.
struct ReservedAppend: Sendable {
  let request: AppendRequest
  let admission: Admission?
  /// Whether its idempotency key was used before: then it is only compared.
  let isRepeated: Bool
  /// The participants there are when what was reserved before is committed; 0 where the log says it.
  let expected: UInt32
}

extension EventLog {
  /// Appends events durably; when this returns they are on the device.
  ///
  /// - Throws: `AppendError`; then nothing of the request is in the log. A conflict carries the
  ///   stream's version and the events since.
  @discardableResult
  public func append(_ request: AppendRequest) throws(AppendError) -> AppendResult {
    let line = AdmissionLine(self)
    let reserved = try reserve(request, line)
    return try commit(reserved, line, Result { () throws(AppendError) in try seal(reserved) })
  }

  /// First step of an append: checks that it is possible, gives refs and keys to those it admits.
  ///
  /// Every reserved append must be committed, whatever became of its sealing.
  func reserve(
    _ request: AppendRequest, _ line: AdmissionLine
  ) throws(AppendError) -> ReservedAppend {
    guard isWritable else { throw .log(.readOnly) }
    if request.recordedAt != nil && !isSimulated { throw .log(.timesNotInjectable) }
    for part in request.parts where !request.isErasure {
      for event in part.events where ErasureLedger.ownTypes.contains(event.type) {
        throw .reserved(event.type)
      }
    }
    do {
      if let key = request.idempotencyKey, !(1...AppendRequest.longestKey).contains(key.count) {
        throw LMDBError.invalidKeySize(bytes: key.count, limit: AppendRequest.longestKey)
      }
      let expected = line.expected
      let admission = request.admitted.isEmpty ? nil : try line.reserve(request)
      // What was written already is only compared: it needs no keys and no seals.
      let isRepeated = try admission == nil && isRepeated(request)
      return ReservedAppend(
        request: request, admission: admission, isRepeated: isRepeated, expected: expected)
    } catch { throw AppendError(wrapping: error) }
  }

  /// Whether the request's idempotency key was used before.
  func isRepeated(_ request: AppendRequest) throws(LogError) -> Bool {
    guard let key = request.idempotencyKey else { return false }
    return try appended(under: key) != nil
  }

  /// Second step: checks, encodes and seals; for any thread.
  func seal(_ reserved: ReservedAppend) throws(AppendError) -> PendingAppend {
    let request = reserved.request
    do {
      let encoded = try EncodedEvents(request)
      if !reserved.isRepeated {
        try checkStreams(of: request, expecting: reserved.expected)
        try checkOrders(request)
      }
      return PendingAppend(
        request, reserved.admission,
        contentDigest: request.idempotencyKey == nil
          ? [] : try keyring.keyedDigest(encoded.bytes),
        reserved.isRepeated
          ? SealedRecords()
          : try SealedRecords(request, reserved.admission, encoded, keyring))
    } catch { throw AppendError(wrapping: error) }
  }

  /// Last step: commits what was sealed, and ends the reservation.
  func commit(
    _ reserved: ReservedAppend, _ line: AdmissionLine, _ sealed: Result<PendingAppend, AppendError>
  ) throws(AppendError) -> AppendResult {
    defer { if reserved.admission != nil { line.settle() } }
    let pending = try sealed.get()
    do {
      guard try !reserved.isRepeated && concernsTransfers(pending.request) else {
        return try enqueue(pending)
      }
      // One at a time: a transfer that waits must not be taken for another's.
      return try queue.transfers.withLock { _ in
        let transfers = try prepareTransfers(for: pending.request)
        do {
          let result = try enqueue(pending)
          // The log has it; what fails here is carried out when the log is next opened for writing.
          try? settleTransfers(transfers)
          return result
        } catch {
          for ref in transfers { try? keyring.settleTransfer(of: ref, carryingOut: false) }
          throw error
        }
      }
    } catch let conflict as StaleVersion {
      throw .wrongExpectedVersion(
        stream: conflict.stream, expected: conflict.expected, actual: conflict.actual,
        since: (try? eventsSince(conflict)) ?? [])
    } catch { throw AppendError(wrapping: error) }
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

  /// Says what the transaction would refuse, before keys are looked for that are destroyed.
  private func checkOrders(_ request: AppendRequest) throws {
    guard let erasures = try erasures() else { return }
    try environment.read { transaction in
      try EventLog.checkFences(request, erasures, transaction)
    }
  }

  /// Refuses streams of participants whom the store does not have.
  ///
  /// - Parameter expected: How many it has when what was reserved before is committed. If that fails, what
  ///   stands behind it is not tried.
  private func checkStreams(of request: AppendRequest, expecting expected: UInt32) throws {
    let count = max(try participantCount(), expected)
    for part in request.parts {
      if case .stream(let id) = part.target, id.kind == .participant, id.ref >= count {
        throw AppendError.noSuchParticipant(ref: id.ref)
      }
    }
  }

  func codeTag(_ code: ParticipantCode) throws(LogError) -> [UInt8] {
    do { return try keyring.lookupTag("code", code.description) } catch { throw .keys(error) }
  }

  func externalTag(_ id: String) throws(LogError) -> [UInt8] {
    do { return try keyring.lookupTag("external", id) } catch { throw .keys(error) }
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

  /// Where the events of a request stand that was stored under its idempotency key.
  ///
  /// Nil when it was not stored, or has no key. Stores nothing, and needs no right to.
  ///
  /// - Throws: `AppendError.idempotencyConflict` when the key was used for other content.
  public func stored(_ request: AppendRequest) throws(AppendError) -> AppendResult? {
    do {
      guard let key = request.idempotencyKey, let stored = try appended(under: key) else {
        return nil
      }
      let digest = try keyring.keyedDigest(EncodedEvents(request).bytes)
      let same = try environment.read { transaction in
        try tables.entry(
          key, in: tables.requests, length: EntryChecksum.Length.request, transaction)
      }
      guard same.map({ Array($0[12...]) }) == digest else {
        throw AppendError.idempotencyConflict(firstPosition: stored.first)
      }
      return stored
    } catch { throw AppendError(wrapping: error) }
  }

  /// Where the events of an idempotency key stand, or nil when it was not used.
  public func appended(under key: [UInt8]) throws(LogError) -> AppendResult? {
    do {
      return try environment.read { transaction in
        guard
          let value = try tables.entry(
            key, in: tables.requests, length: EntryChecksum.Length.request, transaction)
        else { return nil }
        return AppendResult(
          first: Position(value.bigEndian64(at: 0)), count: Int(value.bigEndian32(at: 8)),
          isDuplicate: true, firstAdmitted: nil)
      }
    } catch { throw LogError(wrapping: error) }
  }
}
