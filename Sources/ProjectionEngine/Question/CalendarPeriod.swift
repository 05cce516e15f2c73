public import Journey

/// Periods of days as people write them: `2024`, `2024-H1`, `2024-Q3`, `2024-05`,
/// `2024-05-01..2024-07-31`.
public enum CalendarPeriod {
  /// What to write, for messages.
  public static let forms = LocalizedText(
    en: "Write 2024, 2024-H1, 2024-Q3, 2024-05 or 2024-05-01..2024-07-31.",
    de: "Bitte 2024, 2024-H1, 2024-Q3, 2024-05 oder 2024-05-01..2024-07-31 schreiben.")

  /// The first and last day of a period, both counted; nil for anything else.
  public static func parse(_ text: String) -> ClosedRange<Day>? {
    if let half = half(text) { return half }
    guard let (first, last) = ends(text) else {
      return (try? CivilDate.parse(text)).map { $0.day...$0.lastDay }
    }
    return first.day <= last.lastDay ? first.day...last.lastDay : nil
  }

  /// Whether a text names two dates of which the later one stands first.
  public static func isReversed(_ text: String) -> Bool {
    ends(text).map { $0.first.day > $0.last.lastDay } ?? false
  }

  private static func ends(_ text: String) -> (first: CivilDate, last: CivilDate)? {
    guard let dots = text.firstRange(of: "..") else { return nil }
    let first = try? CivilDate.parse(String(text[..<dots.lowerBound]))
    let last = try? CivilDate.parse(String(text[dots.upperBound...]))
    guard let first, let last else { return nil }
    return (first, last)
  }

  private static func half(_ text: String) -> ClosedRange<Day>? {
    let parts = text.uppercased().split(separator: "-")
    guard parts.count == 2, let year = Int(parts[0]), parts[1] == "H1" || parts[1] == "H2",
      let first = Day(year: year, month: parts[1] == "H1" ? 1 : 7, day: 1)
    else { return nil }
    return first...(first.adding(months: 6) - 1)
  }
}
