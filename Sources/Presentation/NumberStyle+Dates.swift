import Journey

/// How exactly a date is known, for writing it.
public enum DatePrecision: Sendable, Hashable, CaseIterable {
  /// The day is known.
  case day
  /// Only month and year are known.
  case month
  /// Only quarter and year are known.
  case quarter
  /// Only the year is known.
  case year
}

extension NumberStyle {
  /// A date for tables: `22.11.2026` or `22 Nov 2026`; less precise ones `11.2026` or `Nov 2026`.
  ///
  /// Parts that the precision does not cover are ignored. A month outside 1 to 12 is a
  /// programmer's mistake.
  public func date(
    year: Int, month: Int = 1, day: Int = 1, precision: DatePrecision = .day
  ) -> String {
    precondition((1...12).contains(month), "a month is 1 to 12")
    let years = padded(year, to: 4)
    switch (precision, language) {
    case (.day, .german): return "\(padded(day, to: 2)).\(padded(month, to: 2)).\(years)"
    case (.day, .english): return "\(day) \(Self.shortMonths[month - 1]) \(years)"
    case (.month, .german): return "\(padded(month, to: 2)).\(years)"
    case (.month, .english): return "\(Self.shortMonths[month - 1]) \(years)"
    case (.quarter, _): return "Q\((month + 2) / 3) \(years)"
    case (.year, _): return years
    }
  }

  /// A date for running text: `22. November 2026` or `22 November 2026`.
  public func longDate(
    year: Int, month: Int = 1, day: Int = 1, precision: DatePrecision = .day
  ) -> String {
    precondition((1...12).contains(month), "a month is 1 to 12")
    let years = padded(year, to: 4)
    let name = Self.longMonths[month - 1](language)
    switch precision {
    case .day: return "\(day)\(language == .german ? "." : "") \(name) \(years)"
    case .month: return "\(name) \(years)"
    case .quarter: return date(year: year, month: month, day: day, precision: .quarter)
    case .year: return years
    }
  }

  /// Hour and minute of the day: `15:40`.
  public func time(hour: Int, minute: Int) -> String {
    "\(padded(hour, to: 2)):\(padded(minute, to: 2))"
  }

  private func padded(_ value: Int, to width: Int) -> String {
    let digits = String(value.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
    return (value < 0 ? "\u{2212}" : "") + zeros + digits
  }

  private static let shortMonths = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static let longMonths = [
    LocalizedText(en: "January", de: "Januar"), LocalizedText(en: "February", de: "Februar"),
    LocalizedText(en: "March", de: "März"), LocalizedText(en: "April", de: "April"),
    LocalizedText(en: "May", de: "Mai"), LocalizedText(en: "June", de: "Juni"),
    LocalizedText(en: "July", de: "Juli"), LocalizedText(en: "August", de: "August"),
    LocalizedText(en: "September", de: "September"), LocalizedText(en: "October", de: "Oktober"),
    LocalizedText(en: "November", de: "November"), LocalizedText(en: "December", de: "Dezember"),
  ]
}
