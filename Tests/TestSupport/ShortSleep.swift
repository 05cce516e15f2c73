import Glibc

/// Lets other threads go first for a moment.
public enum ShortSleep {
  /// Sleeps for so many microseconds, at most a second.
  public static func microseconds(_ count: Int) { usleep(UInt32(min(max(count, 0), 999_999))) }
}
