import Journey

/// Why an unquoted word is no value.
struct WordError: Error {
  let code: String
  let message: LocalizedText
  var hint: LocalizedText?
}

extension DefinitionValue.Content {
  /// The number or date that a word without quotes stands for.
  init(word: String) throws(WordError) {
    let bytes = Array(word.utf8)
    if Self.looksLikeDate(bytes) {
      self = .date(try Self.date(word, bytes))
      return
    }
    guard let first = bytes.first(where: { $0 != 0x2B && $0 != 0x2D }) else {
      throw Self.noNumber(word)
    }
    switch first {
    case 0x30...0x39, UInt8(ascii: "."): break
    case _ where ["inf", "nan"].contains(word.drop { $0 == "+" || $0 == "-" }):
      throw WordError(
        code: "D-UNSUPPORTED",
        message: LocalizedText(
          en: "“\(word)” is not a number here.", de: "„\(word)“ ist hier keine Zahl."))
    default:
      throw WordError(
        code: "D-VALUE",
        message: LocalizedText(
          en: "“\(word)” is not a value.\(didYouMean(Self.truth(word)).en)",
          de: "„\(word)“ ist kein Wert.\(didYouMean(Self.truth(word)).de)"),
        hint: LocalizedText(
          en: "Put texts in quotes.", de: "Texte bitte in Anführungszeichen setzen."))
    }
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 3, parts.allSatisfy({ Self.digits($0) != nil }) {
      throw Self.noDate(word)
    }
    if bytes.count > 2, bytes[0] == 0x30, "xob".utf8.contains(bytes[1]) {
      throw WordError(
        code: "D-UNSUPPORTED",
        message: LocalizedText(
          en: "Whole numbers are written in decimal digits only.",
          de: "Ganze Zahlen werden nur mit Dezimalziffern geschrieben."))
    }
    if bytes.count > 2, bytes[2] == 0x3A {
      throw WordError(
        code: "D-UNSUPPORTED",
        message: LocalizedText(en: "Times are not used.", de: "Uhrzeiten werden nicht verwendet."))
    }
    self = try Self.number(word, bytes)
  }

  /// Which of the two truth values a word with another spelling stands for.
  private static func truth(_ word: String) -> String? {
    nearestName(to: word, among: ["true", "false"])
  }

  private static func looksLikeDate(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 8 && bytes[..<4].allSatisfy { (0x30...0x39).contains($0) }
      && bytes[4] == 0x2D && (bytes[6] == 0x2D || bytes[7] == 0x2D)
  }

  private static func date(
    _ word: String, _ bytes: [UInt8]
  ) throws(WordError) -> DefinitionDate {
    if bytes.count > 10, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t") {
      throw WordError(
        code: "D-UNSUPPORTED",
        message: LocalizedText(
          en: "Dates are written without a time of day.",
          de: "Ein Datum wird ohne Uhrzeit geschrieben."))
    }
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
      let year = digits(parts[0]), let month = digits(parts[1]), let day = digits(parts[2])
    else {
      throw noDate(word)
    }
    guard let date = DefinitionDate(year: year, month: month, day: day) else {
      throw WordError(
        code: "D-DATE",
        message: LocalizedText(
          en: "There is no day \(word).", de: "Den Tag \(word) gibt es nicht."))
    }
    return date
  }

  private static func noDate(_ word: String) -> WordError {
    WordError(
      code: "D-DATE",
      message: LocalizedText(en: "“\(word)” is not a date.", de: "„\(word)“ ist kein Datum."),
      hint: LocalizedText(en: "Write it as 2026-03-01.", de: "Bitte als 2026-03-01 schreiben."))
  }

  private static func digits(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }

  private static func number(
    _ word: String, _ bytes: [UInt8]
  ) throws(WordError) -> DefinitionValue.Content {
    guard hasNumberForm(bytes[...]) else { throw noNumber(word) }
    let plain = String(decoding: bytes.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    if bytes.contains(where: { ".eE".utf8.contains($0) }) {
      guard let value = Double(plain), value.isFinite else { throw tooLarge(word) }
      return .double(value)
    }
    guard let value = Int(plain) else { throw tooLarge(word) }
    return .integer(value)
  }

  /// Whether a word is a sign, digits, and perhaps a fraction and an exponent, as TOML has them.
  private static func hasNumberForm(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    dropSign(&rest)
    let isZero = rest.first == 0x30
    guard let whole = dropDigits(&rest), !isZero || whole == 1 else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard dropDigits(&rest) != nil else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      dropSign(&rest)
      guard dropDigits(&rest) != nil else { return false }
    }
    return rest.isEmpty
  }

  private static func dropSign(_ bytes: inout ArraySlice<UInt8>) {
    if bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") { bytes.removeFirst() }
  }

  /// Takes digits with single underscores between them; nil when there are none.
  private static func dropDigits(_ bytes: inout ArraySlice<UInt8>) -> Int? {
    let run = bytes.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
    let groups = run.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
    guard groups.allSatisfy({ !$0.isEmpty }) else { return nil }
    bytes = bytes.dropFirst(run.count)
    return run.count
  }

  private static func noNumber(_ word: String) -> WordError {
    WordError(
      code: "D-NUMBER",
      message: LocalizedText(
        en: "“\(word)” is not a number.", de: "„\(word)“ ist keine Zahl."),
      hint: LocalizedText(
        en: "Numbers have no leading zeros, a digit on both sides of the point, and no comma.",
        de: "Zahlen haben keine führenden Nullen, beiderseits des Punktes Ziffern, kein Komma."))
  }

  private static func tooLarge(_ word: String) -> WordError {
    WordError(
      code: "D-NUMBER",
      message: LocalizedText(
        en: "The number \(word) is too large.", de: "Die Zahl \(word) ist zu groß."))
  }
}
