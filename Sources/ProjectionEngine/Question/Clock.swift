public import Journey

/// The unit in which a question's clock counts.
public enum ClockUnit: String, Sendable, CaseIterable {
  /// Days.
  case day
  /// Calendar months: dates of month precision are exact in it.
  case month

  /// Whether a horizon is a whole number of units that a clock reaches.
  static func counts(to horizon: Double) -> Bool {
    (0...36_500).contains(horizon) && horizon == horizon.rounded()
  }

  /// The number of the unit's period that a day lies in.
  public func index(_ day: Day) -> Int32 {
    switch self {
    case .day: day.number
    case .month: day.monthIndex
    }
  }
}

/// The periods of a clock's unit that days lie in, looked up rather than computed where that is known
/// beforehand: for loops over everybody.
struct ClockTable: Sendable {
  private let unit: ClockUnit
  /// By day from 1 January 1970 on; empty where days are counted.
  private let months: [Int16]

  init(_ unit: ClockUnit) {
    self.unit = unit
    guard unit == .month else {
      months = []
      return
    }
    var months: [Int16] = []
    let first = Day(number: 0).monthIndex
    for month in first..<first + 1200 {
      let length = Day(firstOfMonth: month + 1) - Day(firstOfMonth: month)
      months += repeatElement(Int16(month), count: Int(length))
    }
    self.months = months
  }

  /// The number of the unit's period that a day lies in.
  func index(_ day: Day) -> Int32 {
    let place = Int(day.number)
    return months.indices.contains(place) ? Int32(months[place]) : unit.index(day)
  }
}

/// A length of time as people write it: `28d`, `2mo`.
public struct TimeLength: Hashable, Sendable, CustomStringConvertible {
  /// How many units; not negative.
  public let count: Int32
  /// The unit.
  public let unit: ClockUnit

  /// Creates a length.
  public init(_ count: Int32, _ unit: ClockUnit) {
    self.count = count
    self.unit = unit
  }

  /// Reads `28d`, `4w`, `2mo` (or `2m`), `1y`; nil for anything else.
  public init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int32(digits), number <= 36_500 else { return nil }
    switch text.dropFirst(digits.count).lowercased() {
    case "d": self.init(number, .day)
    case "w": self.init(number * 7, .day)
    case "mo", "m": self.init(number, .month)
    case "y": self.init(number * 12, .month)
    default: return nil
    }
  }

  /// The length as it is written in files.
  public var description: String { "\(count)\(unit == .day ? "d" : "mo")" }
}
