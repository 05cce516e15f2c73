public import EventLog
import Files
public import Journey

/// On which day each record of a log was taken in: the other time beside the day it speaks about.
///
/// Recorded times never fall, so a list of the first position of each day says everything. Days are
/// those of the store's zone.
public struct RecordedDays: Sendable, Equatable {
  private var firsts: [UInt64] = []
  private var days: [Day] = []
  private var size: UInt64 = 0

  /// Reads when the first records of a log were taken in.
  public init(_ log: EventLog, size: UInt64) throws(LogError) {
    try extend(to: size, of: log)
  }

  /// Takes a day for each position from 0 on; they never fall.
  init(_ days: [Day]) {
    for (position, day) in days.enumerated() where self.days.last != day {
      firsts.append(UInt64(position))
      self.days.append(day)
    }
    size = UInt64(days.count)
  }

  /// Reads when more records of the log were taken in.
  ///
  /// Costs, for each new day on which something was recorded, a search by halves through about as
  /// many records as the day before had: no more of the log is touched than lies around the days'
  /// ends.
  ///
  /// - Parameter size: How many records in all; at most those that the log holds.
  mutating func extend(to size: UInt64, of log: EventLog) throws(LogError) {
    var (position, step) = (self.size, UInt64(1024))
    if let day = days.last {
      position = try log.size(
        recordedUntil: StoreZone.end(of: day) - 1, within: position..<max(size, position))
    }
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

  /// The same of the first records alone.
  func prefix(_ size: UInt64) -> RecordedDays {
    guard size < self.size else { return self }
    var part = self
    let count = firsts.prefix { $0 < size }.count
    part.firsts.removeSubrange(count...)
    part.days.removeSubrange(count...)
    part.size = size
    return part
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

// Kept in the view, so that no answer has to look into the log.
extension RecordedDays {
  /// The number of records, then the first position and the day of each day, big-endian.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendBigEndian(size)
    for (first, day) in zip(firsts, days) {
      bytes.appendBigEndian(first)
      bytes.appendBigEndian(UInt32(bitPattern: day.number))
    }
    return bytes
  }

  /// Reads what `encoded` gave; nil for anything else.
  init?(encoded bytes: [UInt8]) {
    guard bytes.count >= 8, bytes.count % 12 == 8 else { return nil }
    size = bytes.bigEndian64(at: 0)
    for at in stride(from: 8, to: bytes.count, by: 12) {
      firsts.append(bytes.bigEndian64(at: at))
      days.append(Day(number: Int32(bitPattern: bytes.bigEndian32(at: at + 8))))
    }
    guard firsts.isEmpty == (size == 0), firsts.first ?? 0 == 0, firsts.last ?? 0 < max(size, 1),
      zip(firsts, firsts.dropFirst()).allSatisfy({ $0 < $1 }),
      zip(days, days.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
  }
}
