import Journey

/// Reads the grammar of definition files; see `DefinitionDocument` for the language.
///
/// Works on bytes: everything with a meaning in the grammar is ASCII, and the text has been checked
/// to be UTF-8. `at` is the place of the byte in work.
struct DefinitionParser {
  let source: SourceText
  let bytes: [UInt8]
  var at: Int
  /// Faults after which reading can go on.
  var diagnostics: [Diagnostic] = []
  /// Tables and lists deeper than this are refused, so that no file can exhaust the stack.
  static let deepest = 64

  init(_ source: SourceText) throws(DefinitionError) {
    self.source = source
    bytes = source.bytes
    at = source.start
    if let invalid = firstInvalidByte(bytes.span) {
      throw failure(
        "D-ENCODING",
        LocalizedText(en: "This is not valid UTF-8.", de: "Das ist kein gültiges UTF-8."),
        hint: LocalizedText(en: "Save the file as UTF-8.", de: "Bitte als UTF-8 speichern."),
        at: invalid..<invalid + 1)
    }
  }

  /// The byte in work, or nil at the end of the text.
  var current: UInt8? { at < bytes.count ? bytes[at] : nil }

  func peek(_ distance: Int) -> UInt8? {
    at + distance < bytes.count ? bytes[at + distance] : nil
  }

  func starts(with text: StaticString) -> Bool {
    let wanted = text.description.utf8
    return at + wanted.count <= bytes.count && bytes[at..<at + wanted.count].elementsEqual(wanted)
  }

  /// Passes over blanks and tabs.
  mutating func skipBlanks() {
    while current == 0x20 || current == 0x09 { at += 1 }
  }

  /// Passes over blanks, comments and line breaks.
  mutating func skipLines() throws(DefinitionError) {
    while true {
      skipBlanks()
      try skipComment()
      guard skipLineBreak() else { return }
    }
  }

  /// Passes over one line break; false when there is none.
  mutating func skipLineBreak() -> Bool {
    switch current {
    case 0x0A:
      at += 1
      return true
    case 0x0D where peek(1) == 0x0A:
      at += 2
      return true
    default:
      return false
    }
  }

  /// Passes over a comment up to its line break.
  mutating func skipComment() throws(DefinitionError) {
    guard current == UInt8(ascii: "#") else { return }
    while let byte = current, byte != 0x0A, !(byte == 0x0D && peek(1) == 0x0A) {
      try refuseControlCharacter(byte)
      at += 1
    }
  }

  /// Demands that nothing but a comment follows on this line.
  mutating func endLine() throws(DefinitionError) {
    skipBlanks()
    try skipComment()
    guard let byte = current else { return }
    if byte != 0x0D || peek(1) != 0x0A, byte != 0x0A { try refuseControlCharacter(byte) }
    guard skipLineBreak() else {
      throw unexpected(LocalizedText(en: "the end of the line", de: "das Zeilenende"))
    }
  }

  func refuseControlCharacter(_ byte: UInt8) throws(DefinitionError) {
    guard byte < 0x20 && byte != 0x09 || byte == 0x7F else { return }
    let name = "U+00" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    throw failure(
      "D-CHARACTER",
      LocalizedText(
        en: "The control character \(name) is not allowed here.",
        de: "Das Steuerzeichen \(name) ist hier nicht erlaubt."),
      at: at..<at + 1)
  }

  /// The error for a character that does not fit, saying what was expected instead.
  func unexpected(_ expected: LocalizedText) -> DefinitionError {
    guard let byte = current, byte != 0x0A, byte != 0x0D else {
      let found =
        current == nil
        ? LocalizedText(en: "the file ends", de: "endet die Datei")
        : LocalizedText(en: "the line ends", de: "endet die Zeile")
      return failure(
        "D-SYNTAX",
        LocalizedText(en: "Expected ", de: "Erwartet: ") + expected
          + LocalizedText(en: ", but ", de: "; hier ") + found
          + LocalizedText(verbatim: "."),
        at: at..<at)
    }
    let character = String(decoding: bytes[at..<characterEnd], as: UTF8.self)
    return failure(
      "D-SYNTAX",
      LocalizedText(en: "Expected ", de: "Erwartet: ") + expected
        + LocalizedText(en: ", found “\(character)”.", de: "; gefunden: „\(character)“."),
      at: at..<characterEnd)
  }

  /// The error for a missing sign, given for both languages in their own quotes.
  func missing(_ sign: String) -> DefinitionError {
    unexpected(LocalizedText(en: "“\(sign)”", de: "„\(sign)“"))
  }

  /// The place after the character in work.
  private var characterEnd: Int {
    var end = at + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  /// An error that ends reading, together with the faults noted before.
  func failure(
    _ code: String, _ message: LocalizedText, hint: LocalizedText? = nil, at offsets: Range<Int>
  ) -> DefinitionError {
    DefinitionError(
      diagnostics + [source.diagnostic(code, message, hint: hint, at: source.range(offsets))])
  }

  /// Notes a fault after which reading goes on.
  mutating func note(
    _ code: String, _ message: LocalizedText, hint: LocalizedText? = nil, at range: SourceRange
  ) {
    diagnostics.append(source.diagnostic(code, message, hint: hint, at: range))
  }
}

/// The offset of the first byte that is no part of valid UTF-8, or nil.
private func firstInvalidByte(_ bytes: Span<UInt8>) -> Int? {
  do throws(UTF8.ValidationError) {
    _ = try UTF8Span(validating: bytes)
    return nil
  } catch {
    return error.byteOffsets.lowerBound
  }
}
