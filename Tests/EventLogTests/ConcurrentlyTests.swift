import EventLog
import Synchronization
import Testing

@Suite("Work on several cores")
struct ConcurrentlyTests {
  @Test("is done once for each number, when the caller goes on", arguments: [0, 1, 2, 100])
  func once(count: Int) {
    let done = Mutex([Int](repeating: 0, count: count))
    var own = 0
    concurrently(count, { number in done.withLock { $0[number] += 1 } }, meanwhile: { own += 1 })
    #expect(done.withLock { $0 } == [Int](repeating: 1, count: count) && own == 1)
  }

  @Test("gives the first error in order, after everything was tried")
  func errors() {
    struct Failed: Error, Equatable { let number: Int }
    let tried = Mutex(0)
    #expect(throws: Failed(number: 3)) {
      _ = try concurrentMap(20) { number throws(Failed) -> Int in
        tried.withLock { $0 += 1 }
        if number == 3 || number > 10 { throw Failed(number: number) }
        return number
      }
    }
    #expect(tried.withLock { $0 } == 20)
    #expect(concurrentMap(50) { $0 * 2 } == (0..<50).map { $0 * 2 })
  }
}
