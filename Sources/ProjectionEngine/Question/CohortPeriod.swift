import Journey

/// A calendar period that people are put into cohorts by: that of their index day.
public enum CohortPeriod: String, Sendable, CaseIterable {
  /// A calendar month: `2024-05`.
  case month
  /// A quarter: `2024-Q2`.
  case quarter
  /// A half-year: `2024-H1`.
  case half
  /// A year: `2024`.
  case year

  /// What people are grouped by it by: `period:quarter`.
  public var groupingName: String { "period:\(rawValue)" }

  /// How many months the period has.
  private var months: Int32 {
    switch self {
    case .month: 1
    case .quarter: 3
    case .half: 6
    case .year: 12
    }
  }

  /// The month that the period of a day begins with; see `Day.monthIndex`.
  func firstMonth(of day: Day) -> Int32 {
    day.monthIndex - (Int32(day.parts.month) - 1) % months
  }

  /// The period that begins with a month, as people write it: `2024-05`, `2024-Q2`, `2024-H1`, `2024`.
  func name(firstMonth: Int32) -> String {
    let (year, month, _) = Day(firstOfMonth: firstMonth).parts
    return switch self {
    case .month: "\(year)-\(month < 10 ? "0" : "")\(month)"
    case .quarter: "\(year)-Q\((month - 1) / 3 + 1)"
    case .half: "\(year)-H\((month - 1) / 6 + 1)"
    case .year: String(year)
    }
  }
}
