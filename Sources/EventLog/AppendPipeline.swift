import Dispatch
import Synchronization

/// Appends many requests in the order in which they are given, each while the next are being
/// sealed: for imports.
///
/// One thread feeds it. Requests are sealed side by side and committed one by one in order, so
/// what is stored is always a beginning of what was given; after one that is refused, those behind
/// it are not tried.
public final class AppendPipeline {
  /// How many requests may be in work: two sealed on two cores while one is committed.
  public static let depth = 3

  private final class Work: Sendable {
    let sealed = Mutex<Result<PendingAppend, AppendError>?>(nil)
    let outcome = Mutex<Result<AppendResult, AppendError>?>(nil)
    let sealing = DispatchGroup()
    let committing = DispatchGroup()
    let key: [UInt8]?
    init(key: [UInt8]?) { self.key = key }
  }

  /// Whether a request was refused.
  private final class Failure: Sendable {
    let hasHappened = Mutex(false)
  }

  private let log: EventLog
  private let stored: @Sendable (AppendResult) -> Void
  private let sealers = DispatchQueue(label: "wegmarke.seal", attributes: .concurrent)
  private let committer = DispatchQueue(label: "wegmarke.commit")
  private let line: AdmissionLine
  private let failure = Failure()
  private var works: [Work] = []

  /// Creates a pipeline without work.
  ///
  /// - Parameter stored: Told of every request as soon as it lies on the device for good, in
  ///   order, on a thread of the pipeline.
  public init(_ log: EventLog, stored: @escaping @Sendable (AppendResult) -> Void = { _ in }) {
    self.log = log
    self.stored = stored
    line = AdmissionLine(log)
  }

  /// How many requests were begun and not waited for.
  public var inWork: Int { works.count }

  /// Begins to append a request; waits while as many are being stored as may be.
  ///
  /// - Throws: `AppendError` when it is refused at once; then it is not in work, and those in work
  ///   go on.
  public func begin(_ request: AppendRequest) throws(AppendError) {
    if works.count >= Self.depth { works[works.count - Self.depth].committing.wait() }
    if let key = request.idempotencyKey {
      // Whether it is a repetition is known when the first one is stored.
      for work in works where work.key == key { work.committing.wait() }
    }
    let reserved = try log.reserve(request, line)
    let work = Work(key: request.idempotencyKey)
    works.append(work)
    let (log, line, stored, failure) = (log, line, stored, failure)
    sealers.async(group: work.sealing) {
      let sealed = Result { () throws(AppendError) in try log.seal(reserved) }
      work.sealed.withLock { $0 = sealed }
    }
    committer.async(group: work.committing) {
      work.sealing.wait()
      let sealed = work.sealed.withLock { sealed in
        defer { sealed = nil }
        return failure.hasHappened.withLock { $0 } ? nil : sealed
      }
      let outcome = Result { () throws(AppendError) in
        try log.commit(reserved, line, sealed ?? .failure(.notTried))
      }
      switch outcome {
      case .success(let result): stored(result)
      case .failure: failure.hasHappened.withLock { $0 = true }
      }
      work.outcome.withLock { $0 = outcome }
    }
  }

  /// Waits for the oldest request in work; nil when there is none.
  ///
  /// - Throws: `AppendError` when it was refused, `.notTried` when one before it was.
  public func wait() throws(AppendError) -> AppendResult? {
    guard !works.isEmpty else { return nil }
    let work = works.removeFirst()
    work.committing.wait()
    return try work.outcome.withLock { $0 }?.get()
  }
}
