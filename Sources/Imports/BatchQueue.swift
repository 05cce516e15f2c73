import Dispatch
import EventLog
import Synchronization

/// Appends one request on another thread while the next is being made.
final class BatchQueue: Sendable {
  private let log: EventLog
  private let thread = DispatchQueue(label: "wegmarke.import")
  private let results = Mutex<Result<AppendResult, AppendError>?>(nil)

  private let durable: @Sendable (AppendResult) -> Void

  /// - Parameter durable: Told of every request once it is stored for good.
  init(_ log: EventLog, durable: @escaping @Sendable (AppendResult) -> Void) {
    self.log = log
    self.durable = durable
  }

  /// Begins to append; the request before must have been waited for.
  func begin(_ request: AppendRequest) {
    thread.async { [self] in
      let result: Result<AppendResult, AppendError>
      do throws(AppendError) {
        let stored = try log.append(request)
        durable(stored)
        result = .success(stored)
      } catch {
        result = .failure(error)
      }
      results.withLock { $0 = result }
    }
  }

  /// Waits for the append in work.
  func wait() throws(AppendError) -> AppendResult? {
    thread.sync {}
    let result = results.withLock { result in
      defer { result = nil }
      return result
    }
    return try result?.get()
  }
}
