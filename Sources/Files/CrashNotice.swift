// What a process says when a memory map fails under it: the C calls on signals, behind a safe name.

import Glibc

// Written before the handler is installed and only read by it. Plain words: a handler may neither
// allocate nor wait for a lock.
nonisolated(unsafe) private var noticeBytes: UnsafeMutablePointer<UInt8>?
nonisolated(unsafe) private var noticeLength = 0
nonisolated(unsafe) private var stuckBytes: UnsafeMutablePointer<UInt8>?
nonisolated(unsafe) private var stuckLength = 0
nonisolated(unsafe) private var noticeStatus: Int32 = 70

/// Last words of a process that is stopped by damaged memory.
///
/// LMDB reads its file through a memory map. A page that is gone comes as SIGBUS, a pointer that
/// damage made up as SIGSEGV, a contradiction that LMDB notices as SIGABRT: none can be caught as an
/// error, and nothing can be continued behind one.
public enum CrashNotice {
  /// Writes a message to standard error and ends the process with a status when such a signal comes.
  ///
  /// A program's own mistakes that trap (SIGILL, SIGTRAP) stay what they are. The messages are copied
  /// now; the handler calls nothing but `write` and `_exit`.
  ///
  /// - Parameters:
  ///   - message: Said when memory fails.
  ///   - stuck: Said when a ``Watchdog`` ends the process.
  public static func install(_ message: String, stuck: String, exitStatus: Int32) {
    unsafe (noticeBytes, noticeLength) = unsafe copied(message)
    unsafe (stuckBytes, stuckLength) = unsafe copied(stuck)
    unsafe noticeStatus = exitStatus
    for number in [SIGBUS, SIGSEGV, SIGABRT, Watchdog.signal] {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { number in
        let isStuck = number == SIGPROF
        if let bytes = unsafe isStuck ? stuckBytes : noticeBytes {
          _ = unsafe write(STDERR_FILENO, bytes, isStuck ? stuckLength : noticeLength)
        }
        unsafe _exit(noticeStatus)
      }
      unsafe sigaction(number, &action, nil)
    }
  }

  private static func copied(_ text: String) -> (UnsafeMutablePointer<UInt8>, Int) {
    let bytes = Array(text.utf8)
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
    unsafe copy.initialize(from: bytes, count: bytes.count)
    return unsafe (copy, bytes.count)
  }
}
