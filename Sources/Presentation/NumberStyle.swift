public import Journey

/// How numbers and dates are written for a person, by language.
///
/// German writes `1.234,5`, `69,9 %` (no-break space) and `22.11.2026`; English `1,234.5`, `69.9%`
/// and `22 Nov 2026`. Undefined values (`nil`, NaN) are an en dash, the minus sign is U+2212, and
/// zero has no sign, even where a negative number rounds to it. Rounding is half away from zero on
/// the shortest decimal digits of the number. Machine formats do not use this type: they write
/// Swift's own `description`, which reads back as the same number.
public struct NumberStyle: Sendable, Hashable {
  /// The language of the reader.
  public let language: Language

  /// Creates the style of one language.
  public init(_ language: Language) {
    self.language = language
  }

  /// What stands where there is no value.
  public static let undefined = "–"

  /// A whole number with grouped thousands.
  public func integer(_ value: some BinaryInteger) -> String {
    (value < 0 ? minus : "") + grouped(String(value.magnitude))
  }

  /// A whole number with grouped thousands, or the sign for an undefined value.
  public func integer(_ value: (some BinaryInteger)?) -> String {
    if let value { integer(value) } else { Self.undefined }
  }

  /// A number with a fixed count of decimal places.
  public func decimal(_ value: Double?, places: Int) -> String {
    written(value, places: places, shift: 0)
  }

  /// A share between 0 and 1 as per cent.
  public func percent(_ share: Double?, places: Int = 1) -> String {
    guard let share, !share.isNaN else { return Self.undefined }
    return written(share, places: places, shift: 2) + percentSign
  }

  /// Two shares as one range in per cent, with one sign at its end: `84,0–90,6 %`.
  ///
  /// An undefined end leaves `ab 84,0 %` or `bis 90,6 %`.
  public func percentRange(_ low: Double?, _ high: Double?, places: Int = 1) -> String {
    let text = range(
      low.flatMap { $0.isNaN ? nil : $0 }.map { written($0, places: places, shift: 2) },
      high.flatMap { $0.isNaN ? nil : $0 }.map { written($0, places: places, shift: 2) })
    return text == Self.undefined ? text : text + percentSign
  }

  /// Two numbers as a range: `84,0–90,6`, or `−0,2 bis 0,1` where a minus sign would blur it.
  public func decimalRange(_ low: Double?, _ high: Double?, places: Int) -> String {
    range(
      low.flatMap { $0.isNaN ? nil : $0 }.map { decimal($0, places: places) },
      high.flatMap { $0.isNaN ? nil : $0 }.map { decimal($0, places: places) })
  }

  /// Two texts as a range, joined by an en dash.
  ///
  /// Missing ends are written in words, and so is a range with a signed end.
  public func range(_ low: String?, _ high: String?) -> String {
    switch (low, high) {
    case (nil, nil): Self.undefined
    case (let low?, nil): LocalizedText(en: "from ", de: "ab ")(language) + low
    case (nil, let high?): LocalizedText(en: "up to ", de: "bis ")(language) + high
    case (let low?, let high?) where isSigned(low) || isSigned(high):
      low + LocalizedText(en: " to ", de: " bis ")(language) + high
    case (let low?, let high?): low + "–" + high
    }
  }

  /// The sign after a percentage, with the no-break space that German asks for.
  public var percentSign: String { LocalizedText(en: "%", de: "\u{A0}%")(language) }

  /// The character between whole and fraction.
  public var decimalSeparator: String { LocalizedText(en: ".", de: ",")(language) }

  /// The character between groups of three digits.
  public var groupingSeparator: String { LocalizedText(en: ",", de: ".")(language) }

  private var minus: String { "\u{2212}" }

  private func isSigned(_ text: String) -> Bool { text.hasPrefix(minus) || text.hasPrefix("+") }

  private func written(_ value: Double?, places: Int, shift: Int) -> String {
    precondition(places >= 0, "a count of decimal places is not negative")
    guard let value, !value.isNaN else { return Self.undefined }
    guard value.isFinite else { return value < 0 ? minus + "∞" : "∞" }
    var digits = DecimalDigits(value)
    digits.shift(by: shift)
    digits.round(toPlaces: places)
    var text = digits.isNegative ? minus : ""
    text += grouped(digits.integerDigits.map { String($0) }.joined())
    if places > 0 {
      text += decimalSeparator
      text += digits.fractionDigits(places: places).map { String($0) }.joined()
    }
    return text
  }

  private func grouped(_ digits: String) -> String {
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.utf8.count - index).isMultiple(of: 3) { text += groupingSeparator }
      text.append(digit)
    }
    return text
  }
}
