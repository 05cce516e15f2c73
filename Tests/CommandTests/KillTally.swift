/// Where kills landed.
struct KillTally: CustomStringConvertible {
  var beforeFirst = 0
  var between = 0
  var refreshing = 0
  var late = 0
  var finished = 0

  /// Kills of a running import.
  var landed: Int { beforeFirst + between + refreshing }

  static func += (left: inout KillTally, right: KillTally) {
    left.beforeFirst += right.beforeFirst
    left.between += right.between
    left.refreshing += right.refreshing
    left.late += right.late
    left.finished += right.finished
  }

  var description: String {
    "\(landed) landed: \(beforeFirst) before the first batch was stored, \(between) after it,"
      + " \(refreshing) after the last while the view was refreshed; \(late) more came after the"
      + " end and do not count; \(finished) stores were finished and compared"
  }
}
