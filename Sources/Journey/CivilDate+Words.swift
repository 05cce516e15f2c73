extension CivilDate {
  /// The day that a word means: `today`, `yesterday`, `tomorrow`, the same in German, or so long ago: `-14d`, `-6M`.
  ///
  /// Lengths count in days (`d`, `T`), weeks (`w`), calendar months (`m`, `mo`) or years (`y`, `J`), in either case.
  ///
  /// - Returns: Nothing for any other text, dates included.
  public static func parse(word text: String, today: Day) -> CivilDate? {
    switch text.lowercased() {
    case "today", "heute": return CivilDate(today)
    case "yesterday", "gestern": return CivilDate(today - 1)
    case "tomorrow", "morgen": return CivilDate(today + 1)
    default: break
    }
    guard text.hasPrefix("-") else { return nil }
    let digits = text.dropFirst().prefix { $0.isASCII && $0.isNumber }
    // Longer than any journey is a slip of the finger.
    guard let count = Int(digits), count <= 36_500 else { return nil }
    let unit = text.dropFirst(1 + digits.count).lowercased()
    let day: Day
    switch unit {
    case "d", "t": day = today - Int32(count)
    case "w": day = today - Int32(7 * count)
    case "m", "mo": day = today.adding(months: -count)
    case "y", "j": day = today.adding(months: -12 * min(count, 200))
    default: return nil
    }
    return day < .earliest ? nil : CivilDate(day)
  }
}
