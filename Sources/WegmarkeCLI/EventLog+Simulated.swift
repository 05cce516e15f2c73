import EventLog
import Imports

extension EventLog {
  /// Whether made-up people are among those known: the store was made for them, or files that call
  /// themselves simulated were imported.
  ///
  /// - Throws: `LogError` when the log cannot be read.
  func holdsMadeUpData(size: UInt64) throws(LogError) -> Bool {
    if isSimulated { return true }
    return try ImportRun.list(self).contains { $0.isSimulated && $0.begun.number < size }
  }
}
