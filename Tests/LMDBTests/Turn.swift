import Dispatch
import LMDB
import Synchronization

/// Runs work on another thread while this one waits.
///
/// Not a task: a test that blocks its thread must not depend on a free one of the task pool.
final class Turn: Sendable {
  private let failure = Mutex<(any Error)?>(nil)

  /// What the last work threw.
  var error: (any Error)? { failure.withLock { $0 } }

  func run(_ work: @escaping @Sendable () throws -> Void) {
    let done = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      do {
        try work()
        self.failure.withLock { $0 = nil }
      } catch {
        self.failure.withLock { $0 = error }
      }
      done.signal()
    }
    done.wait()
  }
}

/// Holds a writer lock until another thread lets it go.
final class Holder: Sendable {
  private let lock: Mutex<WriterLock?>

  init(_ lock: consuming sending WriterLock) { self.lock = Mutex(lock) }

  func release(afterMilliseconds delay: Int) {
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(delay)) {
      self.lock.withLock { $0 = nil }
    }
  }
}

/// Something that has happened, or not.
final class Flag: Sendable {
  private let raised = Atomic<Bool>(false)

  var isRaised: Bool { raised.load(ordering: .acquiring) }

  func raise() { raised.store(true, ordering: .releasing) }
}
