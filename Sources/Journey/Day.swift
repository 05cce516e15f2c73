/// A civil day, counted from 1 January 1970 in the proleptic Gregorian calendar.
///
/// Domain logic knows no time zone: a day is the day written on the form. Days are half-open
/// boundaries where spells are concerned: a job whose last day is `d` ends at `d + 1`.
public struct Day: Hashable, Comparable, Sendable {
  /// Days since 1 January 1970; negative before.
  public let number: Int32

  /// The earliest day that any part of Wegmarke accepts: 1 January 1800.
  public static let earliest = Day(number: -62_091)
  /// The latest day that any part of Wegmarke accepts: 31 December 2199.
  public static let latest = Day(number: 84_005)

  /// Creates a day from its number.
  public init(number: Int32) { self.number = number }

  /// Creates a day from its calendar parts, or nil when there is no such day.
  ///
  /// Uses the civil-calendar algorithm over 400-year eras; every year from 1800 to 2199 is
  /// accepted.
  public init?(year: Int, month: Int, day: Int) {
    guard (1800...2199).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    self.number = Day.number(year: year, month: month, day: day)
  }

  /// The number of days in a month.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: isLeap(year) ? 29 : 28
    default: 31
    }
  }

  /// Whether a year has 366 days.
  public static func isLeap(_ year: Int) -> Bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
  }

  /// The number of a day, from the first of its month: a look into a table of the years that are accepted.
  static func number(year: Int, month: Int, day: Int) -> Int32 {
    let index = year * 12 + month - 1 - firstTabled
    guard firstDays.indices.contains(index) else {
      return computedNumber(year: year, month: month, day: day)
    }
    return firstDays[index] + Int32(day) - 1
  }

  /// The month index of January 1800.
  private static let firstTabled = 1800 * 12
  /// The numbers of the first days of the months from January 1800 to December 2200.
  private static let firstDays: [Int32] = (0..<401 * 12).map { index in
    let month = firstTabled + index
    return computedNumber(year: month / 12, month: month % 12 + 1, day: 1)
  }

  private static func computedNumber(year: Int, month: Int, day: Int) -> Int32 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// The calendar parts of this day.
  ///
  /// Works with years that begin in March, so that a leap day is the last of its year. A century has
  /// 146,097 / 4 days, a year 1,461 / 4 and a month 153 / 5 on average: with counts of quarter days
  /// the quotients come out right, and the last two divisions are a multiplication and a shift each
  /// (Neri, Schneider, Euclidean affine functions, 2022, doi:10.1002/spe.3172).
  public var parts: (year: Int, month: Int, day: Int) {
    // Centuries before year 0, so that nothing is negative.
    let centuries = 60_000
    let quarters = UInt64(4 * (Int(number) + 719_468 + centuries / 4 * 146_097) + 3)
    let century = quarters / 146_097
    let inCentury = UInt64(2_939_745) * (quarters % 146_097 | 3)
    let yearOfCentury = inCentury >> 32
    let dayOfYear = (inCentury & 0xFFFF_FFFF) / 2_939_745 / 4
    let scaled = 2_141 * dayOfYear + 197_913
    let isNextYear = dayOfYear >= 306
    let year = Int(100 * century + yearOfCentury) - 100 * centuries + (isNextYear ? 1 : 0)
    return (
      year, Int(scaled >> 16) - (isNextYear ? 12 : 0), Int((scaled & 0xFFFF) / 2_141) + 1
    )
  }

  /// The months since January of year 0: the clock of questions that count months.
  public var monthIndex: Int32 {
    let (year, month, _) = parts
    return Int32(year * 12 + month - 1)
  }

  /// The first day of a month given by its index.
  public init(firstOfMonth index: Int32) {
    let year = Int(index) / 12
    number = Day.number(year: year, month: Int(index) % 12 + 1, day: 1)
  }

  /// The day a number of calendar months later, clamped to the end of the month.
  ///
  /// 31 August plus six months is 28 or 29 February.
  public func adding(months: Int) -> Day {
    let (year, month, day) = parts
    let index = year * 12 + month - 1 + months
    let (newYear, newMonth) = (index / 12, index % 12 + 1)
    let clamped = min(day, Day.length(ofMonth: newMonth, year: newYear))
    return Day(number: Day.number(year: newYear, month: newMonth, day: clamped))
  }

  /// The full calendar months from this day to a later one.
  ///
  /// Consistent with `adding(months:)`: the largest `n` for which `adding(months: n)` is not after
  /// the other day.
  public func fullMonths(to other: Day) -> Int {
    var months = Int(other.monthIndex - monthIndex)
    while months > 0 && adding(months: months) > other { months -= 1 }
    return months
  }

  /// The completed years of age on this day of a person born on `birth`.
  ///
  /// German law (§§ 187, 188 BGB) completes a year at the end of the day before the birthday, so
  /// someone born on 29 February reaches a new age on 1 March in common years.
  public func age(bornOn birth: Day) -> Int {
    let (year, month, day) = parts
    let born = birth.parts
    let before = (month, day) < (born.month, born.day)
    return year - born.year - (before ? 1 : 0)
  }

  /// The day that many days later, or earlier when negative.
  public static func + (day: Day, days: Int32) -> Day { Day(number: day.number + days) }
  /// The day that many days earlier.
  public static func - (day: Day, days: Int32) -> Day { Day(number: day.number - days) }
  /// The days from the right day to the left one.
  public static func - (left: Day, right: Day) -> Int32 { left.number - right.number }
  /// Whether the left day is before the right one.
  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }
}

extension Day: CustomStringConvertible {
  /// The day in ISO 8601: `2026-11-22`.
  public var description: String {
    let (year, month, day) = parts
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
