import Files
import Glibc
import Testing

@Suite("A watchdog")
struct WatchdogTests {
  /// Computes for so many seconds of processor time.
  private static func compute(_ seconds: Double) {
    let end = clock() + Int(seconds * Double(CLOCKS_PER_SEC))
    while clock() < end {}
  }

  @Test("ends a process that computes and gets no further, whatever it says")
  func stuck() async {
    await #expect(processExitsWith: .signal(SIGPROF)) {
      var watchdog = Watchdog(seconds: 1)
      watchdog.reached(7)
      // Far more than is allowed, in case the signal never comes.
      for _ in 0..<100 {
        Self.compute(0.2)
        watchdog.reached(7)
        watchdog.reached(3)
      }
      exit(0)
    }
  }

  @Test("leaves alone who gets further, who waits, and who was freed")
  func free() async {
    await #expect(processExitsWith: .success) {
      var watchdog = Watchdog(seconds: 1)
      for step in 0..<8 {
        Self.compute(0.25)
        watchdog.reached(UInt64(step))
      }
      watchdog.reached(9)
      sleep(2)
      Watchdog.lift()
      Self.compute(1.3)
      exit(0)
    }
  }
}
