public import EventLog
public import Journey

/// On which day each record of a log was taken in: the other time beside the day it speaks about.
///
/// Recorded times never fall, so a list of the first position of each day says everything. Days are
/// those of the store's zone.
public struct RecordedDays: Sendable, Equatable {
  private var firsts: [UInt64] = []
  private var days: [Day] = []
  private let size: UInt64

  /// Reads when the first records of a log were taken in.
  ///
  /// Costs a search by halves for each day on which something was recorded.
  ///
  /// - Parameter size: How many records; at most those that the log holds.
  public init(_ log: EventLog, size: UInt64) throws(LogError) {
    var position: UInt64 = 0
    while position < size {
      let day = StoreZone.day(of: try log.record(at: Position(position)).header.recordedAt)
      firsts.append(position)
      days.append(day)
      position = try log.size(
        recordedUntil: StoreZone.end(of: day) - 1, within: position..<size)
    }
    self.size = size
  }

  /// Takes a day for each position from 0 on; they never fall.
  init(_ days: [Day]) {
    for (position, day) in days.enumerated() where self.days.last != day {
      firsts.append(UInt64(position))
      self.days.append(day)
    }
    size = UInt64(days.count)
  }

  /// The day of the first record; nil for an empty log.
  public var first: Day? { days.first }
  /// The day of the last record; nil for an empty log.
  public var last: Day? { days.last }

  /// The day on which a record was taken in; nil for one that is not among those read.
  public func day(of position: UInt64) -> Day? {
    guard position < size else { return nil }
    var (low, high) = (0, firsts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if firsts[middle] <= position { low = middle } else { high = middle }
    }
    return days[low]
  }
}
