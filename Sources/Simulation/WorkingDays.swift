import Journey

extension Day {
  /// This day, or the Monday after it when it falls on a weekend; holidays are not known.
  var orNextWorkingDay: Day {
    switch weekday {
    case 5: self + 2
    case 6: self + 1
    default: self
    }
  }

  /// 0 for Monday to 6 for Sunday.
  var weekday: Int {
    let shifted = (number + 3) % 7
    return Int(shifted < 0 ? shifted + 7 : shifted)
  }

  /// The first microsecond of this day in UTC, counted from 1970.
  var microseconds: Int64 { Int64(number) * 86_400_000_000 }

  /// The day of a moment in UTC; only for moments after 1970.
  init(microseconds: Int64) { self.init(number: Int32(microseconds / 86_400_000_000)) }

  /// The start of the training or school year, 1 August or 1 September, nearest to this day.
  func nearestYearStart(_ month: Int) -> Day {
    let year = parts.year
    let candidates = [year - 1, year, year + 1].compactMap { Day(year: $0, month: month, day: 1) }
    return candidates.min { abs($0 - self) < abs($1 - self) } ?? self
  }
}
