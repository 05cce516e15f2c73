internal import Glibc

/// A lock with a condition to wait for.
///
/// The standard library's `Mutex` has no condition, and the writer thread and the gate both wait.
/// Deadlines are on the monotonic clock, so that setting the wall clock does not shift them.
@safe final class Monitor: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe condition.initialize(to: pthread_cond_t())
    unsafe pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    unsafe pthread_condattr_init(&attributes)
    unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    unsafe pthread_cond_init(condition, &attributes)
    unsafe pthread_condattr_destroy(&attributes)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  func lock() { unsafe pthread_mutex_lock(mutex) }

  func unlock() { unsafe pthread_mutex_unlock(mutex) }

  func wakeAll() { unsafe pthread_cond_broadcast(condition) }

  /// Waits for a wake-up; call it with the lock held, in a loop.
  func wait() { unsafe pthread_cond_wait(condition, mutex) }

  /// Waits for a wake-up; false once the deadline has passed.
  func wait(until deadline: Deadline) -> Bool {
    var time = deadline.time
    return unsafe pthread_cond_timedwait(condition, mutex, &time) != ETIMEDOUT
  }
}

/// A moment on the monotonic clock.
struct Deadline {
  let time: timespec

  init(after duration: Duration) {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    let (seconds, attoseconds) = duration.components
    let nanoseconds = now.tv_nsec + Int(attoseconds / 1_000_000_000)
    time = timespec(
      tv_sec: now.tv_sec + Int(seconds) + nanoseconds / 1_000_000_000,
      tv_nsec: nanoseconds % 1_000_000_000)
  }

  var hasPassed: Bool {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return (now.tv_sec, now.tv_nsec) >= (time.tv_sec, time.tv_nsec)
  }
}
