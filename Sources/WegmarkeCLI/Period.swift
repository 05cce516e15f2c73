import Journey

/// A period as people write it: `2024`, `2024-H1`, `2024-Q3`, `2024-05`, `2024-05-01..2024-07-31`.
enum Period {
  /// The first and last day of a period.
  static func parse(_ text: String) throws -> ClosedRange<Day> {
    if let half = half(text) { return half }
    if let dots = text.firstRange(of: "..") {
      let first = try? CivilDate.parse(String(text[..<dots.lowerBound]))
      let last = try? CivilDate.parse(String(text[dots.upperBound...]))
      if let first, let last {
        guard first.day <= last.lastDay else {
          throw Failure(
            .init(
              en: "The period \(text) ends before it begins.",
              de: "Der Zeitraum \(text) endet, bevor er beginnt."), .usage)
        }
        return first.day...last.lastDay
      }
    } else if let date = try? CivilDate.parse(text) {
      return date.day...date.lastDay
    }
    throw Failure(
      .init(en: "\(text) is no period.", de: "\(text) ist kein Zeitraum."),
      advice: .init(
        en: "Write 2024, 2024-H1, 2024-Q3, 2024-05 or 2024-05-01..2024-07-31.",
        de: "Bitte 2024, 2024-H1, 2024-Q3, 2024-05 oder 2024-05-01..2024-07-31 schreiben."), .usage)
  }

  private static func half(_ text: String) -> ClosedRange<Day>? {
    let parts = text.uppercased().split(separator: "-")
    guard parts.count == 2, let year = Int(parts[0]), parts[1] == "H1" || parts[1] == "H2",
      let first = Day(year: year, month: parts[1] == "H1" ? 1 : 7, day: 1)
    else { return nil }
    return first...(first.adding(months: 6) - 1)
  }
}
