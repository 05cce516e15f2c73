// The C calls on the timer of processor time, behind a safe name.

import Glibc

/// Ends this process when it computes for long without getting any further.
///
/// A damaged page can lead LMDB through the same pages for ever, and nothing in a process can stop
/// a thread that is there. The limit is processor time, of all threads together, and not time on the
/// clock: a slow disk, a busy machine, and one that was put to sleep never reach it.
///
///     var watchdog = Watchdog(seconds: 60)
///     for … { watchdog.reached(done) }
///     Watchdog.lift()
public struct Watchdog {
  /// The signal that comes when the limit is reached; without a handler it ends the process.
  public static let signal: Int32 = SIGPROF

  private let seconds: Int
  private var most: UInt64?

  /// Allows so many seconds of processor time from now on; 0 allows any.
  public init(seconds: Int) {
    self.seconds = max(0, seconds)
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, Watchdog.signal)
    // Whoever started this process may have left it blocked.
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    Watchdog.allow(self.seconds)
  }

  /// Allows the whole time again, if a number is larger than it ever was; one that is not is no
  /// progress, whatever it is called.
  public mutating func reached(_ done: UInt64) {
    if let most, done <= most { return }
    most = done
    Watchdog.allow(seconds)
  }

  /// Lifts the limit.
  public static func lift() { allow(0) }

  private static func allow(_ seconds: Int) {
    var timer = itimerval()
    timer.it_value.tv_sec = seconds
    unsafe setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
  }
}
