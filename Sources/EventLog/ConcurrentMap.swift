import Dispatch
import Synchronization

private final class Slots<R: Sendable, E: Error>: Sendable {
  let results: Mutex<[Result<R, E>?]>
  init(_ count: Int) { results = Mutex(Array(repeating: nil, count: count)) }
}

/// Runs a body for 0 ..< count on the machine's cores and gives the results in order.
///
/// For pieces of many milliseconds each; the first error in order is thrown after all have ended.
public func concurrentMap<R: Sendable, E: Error>(
  _ count: Int, _ body: @Sendable (Int) throws(E) -> R
) throws(E) -> [R] {
  let slots = Slots<R, E>(count)
  DispatchQueue.concurrentPerform(iterations: count) { index in
    let result = Result { () throws(E) in try body(index) }
    slots.results.withLock { $0[index] = result }
  }
  var done: [R] = []
  done.reserveCapacity(count)
  for case let result? in slots.results.withLock({ $0 }) { done.append(try result.get()) }
  return done
}
