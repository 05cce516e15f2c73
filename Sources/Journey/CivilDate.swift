/// How much of a date is known.
public enum Precision: UInt8, Sendable, CaseIterable {
  /// The day is known.
  case day = 0
  /// The month is known; the day is not.
  case month = 1
  /// The quarter is known; the month is not.
  case quarter = 2
  /// Only the year is known.
  case year = 3
}

/// A day as a source gave it: a period of a day, a month, a quarter or a year.
public struct CivilDate: Hashable, Sendable {
  /// The first day of the period.
  public let day: Day
  /// The length of the period.
  public let precision: Precision

  /// Creates a date; the day is moved to the first day of its period.
  public init(_ day: Day, _ precision: Precision = .day) {
    self.precision = precision
    guard precision != .day else {
      self.day = day
      return
    }
    let (year, month, _) = day.parts
    switch precision {
    case .day: self.day = day
    case .month: self.day = Day(number: Day.number(year: year, month: month, day: 1))
    case .quarter:
      self.day = Day(number: Day.number(year: year, month: (month - 1) / 3 * 3 + 1, day: 1))
    case .year: self.day = Day(number: Day.number(year: year, month: 1, day: 1))
    }
  }

  /// The last day of the period, inclusive.
  public var lastDay: Day {
    switch precision {
    case .day: day
    case .month: day.adding(months: 1) - 1
    case .quarter: day.adding(months: 3) - 1
    case .year: day.adding(months: 12) - 1
    }
  }
}

extension CivilDate: CustomStringConvertible {
  /// The date in ISO 8601, as precise as it is: `2026-11-22`, `2026-11`, `2026-Q4`, `2026`.
  public var description: String {
    let (year, month, _) = day.parts
    switch precision {
    case .day: return day.description
    case .month: return "\(padded(year, 4))-\(padded(month, 2))"
    case .quarter: return "\(padded(year, 4))-Q\((month - 1) / 3 + 1)"
    case .year: return padded(year, 4)
    }
  }

  /// The date as a German reader writes it: `12.02.2026`, `02.2026`, `Q1 2026`, `2026`.
  public var german: String {
    let (year, month, number) = day.parts
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return switch precision {
    case .day: "\(two(number)).\(two(month)).\(year)"
    case .month: "\(two(month)).\(year)"
    case .quarter: "Q\((month - 1) / 3 + 1) \(year)"
    case .year: "\(year)"
    }
  }
}

/// Why a text is not a date.
public enum DateProblem: Error, Equatable, Sendable {
  /// The text has no form that Wegmarke reads as a date.
  case notADate
  /// The form is right but the calendar has no such day; carries the days of that month.
  case noSuchDay(month: Int, length: Int)
  /// Day and month could be swapped, as in `03/04/2026`.
  case ambiguous(dayFirst: CivilDate, monthFirst: CivilDate)
  /// A year of two digits could lie in either century, as a birth in `25`.
  case ambiguousYear(earlier: CivilDate, later: CivilDate)
  /// The year is outside 1800 to 2199.
  case outOfRange
}

/// What a year of two digits means, by what the date is of.
///
/// Fixed years, not ones that move with the clock: the same file says the same whenever it is read.
public enum TwoDigitYears: Sendable, Hashable {
  /// A birth: 30 to 99 are 1930 to 1999, 00 to 19 are 2000 to 2019.
  case birth
  /// Any other day, past or to come: 55 to 99 are 1955 to 1999, 00 to 44 are 2000 to 2044.
  case days

  /// The first of the ten years that may lie in either century and are not guessed.
  private var unclear: Int {
    switch self {
    case .birth: 20
    case .days: 45
    }
  }

  /// The full year, and the other one that it may be as well; nil where there is no doubt.
  fileprivate func year(_ digits: Int) -> (year: Int, other: Int?) {
    if digits < unclear { return (2000 + digits, nil) }
    return (1900 + digits, digits < unclear + 10 ? 2000 + digits : nil)
  }
}

extension CivilDate {
  /// Reads a date from UTF-8 bytes, in ISO or German form.
  ///
  /// Accepts `2026-11-22`, `2026-11`, `2026-Q4`, `2026`, `22.11.2026`, `22.11.26`, `11.2026`.
  /// Slashes are read only when day and month cannot be swapped; otherwise the date is ambiguous.
  ///
  /// - Parameter years: What a year of two digits means.
  /// - Throws: `DateProblem` saying why the text is not a date.
  public static func parse(
    _ text: Span<UInt8>, years: TwoDigitYears = .days
  ) throws(DateProblem) -> CivilDate {
    var numbers = (0, 0, 0)
    var widths = (0, 0, 0)
    var count = 0
    var separator: UInt8 = 0
    var quarter = false
    for i in text.indices {
      let byte = text[i]
      switch byte {
      case 0x30...0x39:
        if count == 0 || i == 0 { count = max(count, 1) }
        let digit = Int(byte &- 0x30)
        switch count {
        case 1:
          numbers.0 = numbers.0 * 10 + digit
          widths.0 += 1
        case 2:
          numbers.1 = numbers.1 * 10 + digit
          widths.1 += 1
        default:
          numbers.2 = numbers.2 * 10 + digit
          widths.2 += 1
        }
        if widths.0 > 4 || widths.1 > 4 || widths.2 > 4 { throw .notADate }
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"):
        if count == 0 || count == 3 || (separator != 0 && separator != byte) { throw .notADate }
        separator = byte
        count += 1
      case UInt8(ascii: "Q"), UInt8(ascii: "q"):
        if quarter || count != 2 || widths.1 != 0 || separator != UInt8(ascii: "-") {
          throw .notADate
        }
        quarter = true
      default: throw .notADate
      }
    }
    let (a, b, c) = numbers
    switch (separator, count) {
    case (0, 1) where widths.0 == 4:
      return try checked(a, 1, 1, .year)
    case (UInt8(ascii: "-"), 2) where widths.0 == 4 && quarter && widths.1 == 1:
      guard (1...4).contains(b) else { throw .notADate }
      return try checked(a, b * 3 - 2, 1, .quarter)
    case (UInt8(ascii: "-"), 2) where widths.0 == 4 && widths.1 == 2 && !quarter:
      return try checked(a, b, 1, .month)
    case (UInt8(ascii: "-"), 3) where widths == (4, 2, 2) && !quarter:
      return try checked(a, b, c, .day)
    case (UInt8(ascii: "."), 2) where widths.0 <= 2 && widths.1 == 4:
      return try checked(b, a, 1, .month)
    case (UInt8(ascii: "."), 3) where isDayMonthYear(widths):
      return try dayMonth(c, widths.2, years) { year throws(DateProblem) in
        try checked(year, b, a, .day)
      }
    case (UInt8(ascii: "/"), 3) where isDayMonthYear(widths):
      return try dayMonth(c, widths.2, years) { year throws(DateProblem) in
        try slashed(a, b, year)
      }
    default: throw .notADate
    }
  }

  /// Reads a date from a text; see `parse(_:years:)` of bytes for the accepted forms.
  public static func parse(
    _ text: String, years: TwoDigitYears = .days
  ) throws(DateProblem) -> CivilDate {
    let bytes = Array(text.utf8)
    return try parse(bytes.span, years: years)
  }

  /// The date in the year that was written, if it can be only one.
  private static func dayMonth(
    _ year: Int, _ width: Int, _ years: TwoDigitYears,
    _ date: (Int) throws(DateProblem) -> CivilDate
  ) throws(DateProblem) -> CivilDate {
    guard width == 2 else { return try date(year) }
    let (first, second) = years.year(year)
    let found = try date(first)
    guard let second else { return found }
    throw .ambiguousYear(earlier: found, later: try date(second))
  }

  /// A date with slashes, of which either number may be the day.
  private static func slashed(
    _ a: Int, _ b: Int, _ year: Int
  ) throws(DateProblem) -> CivilDate {
    let dayFirst = try? checked(year, b, a, .day)
    let monthFirst = try? checked(year, a, b, .day)
    switch (dayFirst, monthFirst) {
    case (let first?, let second?) where first != second:
      throw .ambiguous(dayFirst: first, monthFirst: second)
    case (let date?, _), (nil, let date?): return date
    case (nil, nil): return try checked(year, b, a, .day)
    }
  }

  private static func isDayMonthYear(_ widths: (Int, Int, Int)) -> Bool {
    (1...2).contains(widths.0) && (1...2).contains(widths.1) && (widths.2 == 4 || widths.2 == 2)
  }

  private static func checked(
    _ year: Int, _ month: Int, _ day: Int, _ precision: Precision
  ) throws(DateProblem) -> CivilDate {
    guard (1800...2199).contains(year) else { throw .outOfRange }
    guard (1...12).contains(month), day >= 1 else { throw .notADate }
    guard let date = Day(year: year, month: month, day: day) else {
      throw .noSuchDay(month: month, length: Day.length(ofMonth: month, year: year))
    }
    return CivilDate(date, precision)
  }
}
