import Dispatch
import Synchronization

private final class Slots<R: Sendable>: Sendable {
  let results: Mutex<[Result<R, any Error>?]>
  init(_ count: Int) { results = Mutex(Array(repeating: nil, count: count)) }
}

/// Runs a body for 0 ..< count on the machine's cores and gives the results in order.
///
/// For pieces of many milliseconds each; the first error in order is thrown after all have ended.
public func concurrentMap<R: Sendable>(
  _ count: Int, _ body: @Sendable (Int) throws -> R
) throws -> [R] {
  let slots = Slots<R>(count)
  DispatchQueue.concurrentPerform(iterations: count) { index in
    let result = Result { try body(index) }
    slots.results.withLock { $0[index] = result }
  }
  return try slots.results.withLock { results in
    try results.compactMap { try $0?.get() }
  }
}
