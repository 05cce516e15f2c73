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
  /// Costs, for each day on which something was recorded, a search by halves through about as many
  /// records as the day before had: no more of the log is touched than lies around the days' ends.
  ///
  /// - Parameter size: How many records; at most those that the log holds.
  public init(_ log: EventLog, size: UInt64) throws(LogError) {
    var position: UInt64 = 0
    var step: UInt64 = 1024
    while position < size {
      let first = position
      let day = StoreZone.day(of: try log.record(at: Position(first)).header.recordedAt)
      firsts.append(first)
      days.append(day)
      var window = first..<first
      repeat {
        window = window.upperBound..<min(window.upperBound + step, size)
        position = try log.size(recordedUntil: StoreZone.end(of: day) - 1, within: window)
        step *= 2
      } while position == window.upperBound && position < size
      step = max(position - first, 64)
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
