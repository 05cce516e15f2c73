import Dispatch
import Synchronization

/// Which numbers are left to do.
private final class NumbersLeft: Sendable {
  private let next = Atomic<Int>(0)
  private let count: Int

  init(_ count: Int) { self.count = count }

  /// Calls a body for numbers that nobody has taken, until there are none.
  func work(_ body: (Int) -> Void) {
    while true {
      let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < count else { return }
      body(number)
    }
  }
}

/// Runs a body for 0 ..< count on another core, while the caller does something of its own and then
/// helps; returns when everything is done.
///
/// What the caller does runs on the caller's thread. For pieces of a millisecond and more.
public func concurrently(
  _ count: Int, _ body: @escaping @Sendable (Int) -> Void, meanwhile own: () -> Void
) {
  let numbers = NumbersLeft(count)
  let done = DispatchGroup()
  if count > 0 { DispatchQueue.global().async(group: done) { numbers.work(body) } }
  own()
  numbers.work(body)
  done.wait()
}
