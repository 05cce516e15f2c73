public import Journey

/// The zone in which a store's days begin and end: Central European Time.
///
/// The rule of Directive 2000/84/EC is built in, so that a day means the same on a machine without
/// a time-zone database: summer time from the last Sunday of March to that of October, at 01:00
/// UTC.
public enum StoreZone {
  /// Microseconds that the zone is ahead of UTC at an instant.
  public static func offset(at instant: Int64) -> Int64 {
    let seconds = instant >= 0 ? instant / 1_000_000 : (instant - 999_999) / 1_000_000
    let day = Day(number: Int32(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400))
    let year = day.parts.year
    let start = change(year, month: 3)
    let end = change(year, month: 10)
    return (instant >= start && instant < end ? 7200 : 3600) * 1_000_000
  }

  /// The civil day of an instant.
  public static func day(of instant: Int64) -> Day {
    let local = instant + offset(at: instant)
    let day = Int64(86_400) * 1_000_000
    return Day(number: Int32(local >= 0 ? local / day : (local - day + 1) / day))
  }

  /// The civil hour and minute of an instant.
  public static func time(of instant: Int64) -> (hour: Int, minute: Int) {
    let local = instant + offset(at: instant)
    let start = Int64(day(of: instant).number) * 86_400 * 1_000_000
    let minutes = Int((local - start) / 60_000_000)
    return (minutes / 60, minutes % 60)
  }

  /// The first instant after a civil day.
  public static func end(of day: Day) -> Int64 {
    let utc = Int64(day.number + 1) * 86_400 * 1_000_000
    // Midnight is never inside a change of the clocks, so one step settles the offset.
    return utc - offset(at: utc - 3600 * 1_000_000)
  }

  private static func change(_ year: Int, month: Int) -> Int64 {
    guard let last = Day(year: year, month: month, day: 31) else { return 0 }
    // Day 0 was a Thursday.
    let weekday = Int((last.number + 4) % 7 + 7) % 7
    return (Int64(last.number) - Int64(weekday)) * 86_400 * 1_000_000 + 3600 * 1_000_000
  }
}

/// Instants as text.
public enum Timestamp {
  /// An instant in ISO 8601, UTC, to the microsecond.
  public static func text(_ instant: Int64) -> String {
    let dayLength = Int64(86_400) * 1_000_000
    let day = instant >= 0 ? instant / dayLength : (instant - dayLength + 1) / dayLength
    let rest = instant - day * dayLength
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let fraction = String(rest % 1_000_000)
    let seconds = rest / 1_000_000
    return "\(Day(number: Int32(day)))T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):"
      + "\(two(seconds % 60)).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)Z"
  }
}

extension Timestamp {
  /// Reads an instant in ISO 8601, UTC: `2026-11-22T14:40:03Z`, with a fraction or without.
  public static func parse(_ text: String) -> Int64? {
    let parts = text.split(separator: "T")
    guard parts.count == 2, parts[1].hasSuffix("Z"),
      let date = try? CivilDate.parse(String(parts[0])), date.precision == .day
    else { return nil }
    let clock = parts[1].dropLast().split(separator: ".", omittingEmptySubsequences: false)
    let fields = clock[0].split(separator: ":", omittingEmptySubsequences: false).map(number)
    guard (1...2).contains(clock.count), (2...3).contains(fields.count),
      let hour = fields[0], let minute = fields[1], (0..<24).contains(hour),
      (0..<60).contains(minute)
    else { return nil }
    let second = fields.count == 3 ? fields[2] : 0
    guard let second, (0...60).contains(second) else { return nil }
    var fraction: Int64 = 0
    if clock.count == 2 {
      guard number(clock[1]) != nil else { return nil }
      let digits = clock[1].prefix(6)
      fraction = Int64(digits + String(repeating: "0", count: 6 - digits.count)) ?? 0
    }
    let seconds = Int64(date.day.number) * 86_400 + hour * 3600 + minute * 60 + second
    return seconds * 1_000_000 + fraction
  }

  /// Digits only: no sign, and not nothing.
  private static func number(_ digits: Substring) -> Int64? {
    digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(digits) : nil
  }
}
