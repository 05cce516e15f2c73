internal import CLMDB

extension Environment {
  /// Runs a body in the write transaction and commits what it did; aborts when the body throws.
  ///
  /// The body runs on the environment's own writer thread while the caller waits until after the
  /// commit. It is synchronous on purpose: LMDB's writer lock belongs to a thread, and an `await`
  /// could continue on another. Prepare bytes before; encrypting, hashing and waiting do not belong
  /// inside.
  ///
  /// **The body may run more than once.** When the map is full the transaction is aborted, the map
  /// grows and the body starts over, so it must not leave traces outside the transaction that a
  /// second run would double. Errors of single operations that the body swallows do not become
  /// commits: a full map still leads to a new run, other failures of the store are thrown at the
  /// end.
  ///
  /// In asynchronous code use ``writeAsync(_:)``, which does not block a thread. Two environments
  /// may be nested in one order only.
  ///
  /// - Throws: `insideTransaction`, `readOnly`, `closed`, `diskFull` (nothing was changed),
  ///   `transactionsStillRunning` (the map had to grow and a read did not end), `outcomeUnknown`
  ///   (reopen and look), `poisoned`, and what the body throws.
  public func write<R>(_ body: (inout WriteTransaction) throws -> R) throws -> R {
    try map.refuseWrite()
    var outcome: Result<R, any Error>?
    try withoutActuallyEscaping(body) { body in
      let job = WriteJob { [map] in outcome = Result { try map.write(body) } }
      try map.writer.submit(job)
      map.writer.wait(for: job)
    }
    guard let outcome else { throw LMDBError.closed(path: path) }
    return try outcome.get()
  }

  /// Runs a body in the write transaction and resumes the caller after the commit.
  ///
  /// The same rules as for ``write(_:)``; the task is suspended instead of a thread blocked. Writes
  /// are committed in the order in which they were called. A task that is cancelled before the call
  /// throws `CancellationError`; later the write is carried out.
  public func writeAsync<R: Sendable>(
    _ body: @escaping @Sendable (inout WriteTransaction) throws -> R
  ) async throws -> R {
    try Task.checkCancellation()
    try map.refuseWrite()
    return try await withCheckedThrowingContinuation { continuation in
      let outcome = Outcome<R>(.failure(LMDBError.closed(path: path)))
      let job = WriteJob { [map] in
        outcome.result = Result { try map.write(body) }
      } completion: {
        continuation.resume(with: outcome.result)
      }
      do {
        try map.writer.submit(job)
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }
}

/// Carries a result from the work to the completion of a job, both on the writer thread.
private final class Outcome<R> {
  var result: Result<R, any Error>
  init(_ result: Result<R, any Error>) { self.result = result }
}

extension MemoryMap {
  /// Refuses at once what the writer thread would have to refuse, or wait for in vain.
  func refuseWrite() throws(LMDBError) {
    if options.readOnly { throw .readOnly(path: path) }
    try refuseInsideTransaction("write")
    try refuseWhenPoisoned()
  }

  /// Begins, runs the body, commits; on the writer thread.
  func write<R>(_ body: (inout WriteTransaction) throws -> R) throws -> R {
    while true {
      try refuseWhenPoisoned()
      let session = try WriteSession(on: self)
      var transaction = WriteTransaction(session: session)
      let outcome: Result<R, any Error>
      let ending: WriteSession.Ending
      do {
        outcome = .success(try body(&transaction))
        ending = session.end(committing: true)
      } catch {
        outcome = .failure(error)
        ending = session.end(committing: false)
      }
      switch (ending, outcome) {
      case (.mapFull, _): try grow()
      case (.committed, .success(let value)): return value
      case (_, .failure(let error)): throw error
      case (.failed(let error), .success): throw error
      case (.aborted, .success): throw LMDBError.transactionFailed
      }
    }
  }
}
