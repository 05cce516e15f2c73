import Glibc

/// The time of the machine.
public enum SystemClock {
  /// Microseconds since 1970 in UTC.
  public static func microseconds() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}
