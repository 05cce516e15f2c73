import Journey

/// The bytes of a string, with the place in the file from which each came.
struct StringContent {
  private(set) var bytes: [UInt8] = []
  private(set) var places: [Int] = []

  mutating func append(_ byte: UInt8, from place: Int) {
    bytes.append(byte)
    places.append(place)
  }

  mutating func append(_ more: some Collection<UInt8>, from place: Int) {
    bytes += more
    places += repeatElement(place, count: more.count)
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension DefinitionParser {
  /// Reads a string of any of the four kinds; the text in work begins with a quote.
  mutating func parseString() throws(DefinitionError) -> StringContent {
    let start = at
    let quote = bytes[at]
    let isLong = peek(1) == quote && peek(2) == quote
    let isLiteral = quote == UInt8(ascii: "'")
    at += isLong ? 3 : 1
    if isLong { _ = skipLineBreak() }
    var content = StringContent()
    while let byte = current {
      if byte == quote {
        if !isLong {
          at += 1
          return content
        }
        // Up to two quotes may stand right before the three that close.
        var run = 1
        while run < 5, peek(run) == quote { run += 1 }
        at += run
        if run >= 3 {
          content.append(repeatElement(quote, count: run - 3), from: at - run)
          return content
        }
        content.append(repeatElement(quote, count: run), from: at - run)
      } else if byte == UInt8(ascii: "\\"), !isLiteral {
        try parseEscape(into: &content, isLong: isLong)
      } else if byte == 0x0A || (byte == 0x0D && peek(1) == 0x0A) {
        guard isLong else { break }
        // A line break in a text is LF whatever the file has, so that digests agree.
        let place = at
        _ = skipLineBreak()
        content.append(0x0A, from: place)
      } else {
        try refuseControlCharacter(byte)
        content.append(byte, from: at)
        at += 1
      }
    }
    throw failure(
      "D-STRING",
      LocalizedText(
        en: "The string is not closed.", de: "Die Zeichenkette wird nicht geschlossen."),
      hint: isLong
        ? nil
        : LocalizedText(
          en: "A string over several lines stands in three quotes.",
          de: "Eine Zeichenkette über mehrere Zeilen steht in drei Anführungszeichen."),
      at: start..<at)
  }

  private mutating func parseEscape(
    into content: inout StringContent, isLong: Bool
  ) throws(DefinitionError) {
    let start = at
    at += 1
    switch current {
    case UInt8(ascii: "b"): content.append(0x08, from: start)
    case UInt8(ascii: "t"): content.append(0x09, from: start)
    case UInt8(ascii: "n"): content.append(0x0A, from: start)
    case UInt8(ascii: "f"): content.append(0x0C, from: start)
    case UInt8(ascii: "r"): content.append(0x0D, from: start)
    case UInt8(ascii: "\""): content.append(0x22, from: start)
    case UInt8(ascii: "\\"): content.append(0x5C, from: start)
    case UInt8(ascii: "u"): return try parseScalar(digits: 4, from: start, into: &content)
    case UInt8(ascii: "U"): return try parseScalar(digits: 8, from: start, into: &content)
    default:
      if isLong, skipContinuation() { return }
      at = start
      throw failure(
        "D-ESCAPE",
        LocalizedText(
          en: "This is not an escape sequence.", de: "Das ist keine Escape-Sequenz."),
        hint: LocalizedText(
          en: "Write a backslash twice (\\\\), or put the text in single quotes.",
          de: "Den Schrägstrich doppelt schreiben (\\\\) oder den Text in ' setzen."),
        at: start..<min(start + 2, bytes.count))
    }
    at += 1
  }

  /// Passes over a line break after a backslash and all blanks that follow; false if there is none.
  private mutating func skipContinuation() -> Bool {
    skipBlanks()
    guard skipLineBreak() else { return false }
    repeat { skipBlanks() } while skipLineBreak()
    return true
  }

  private mutating func parseScalar(
    digits: Int, from start: Int, into content: inout StringContent
  ) throws(DefinitionError) {
    at += 1
    let end = min(at + digits, bytes.count)
    let written = bytes[at..<end]
    let isHexadecimal = written.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
      default: false
      }
    }
    guard written.count == digits, isHexadecimal,
      let value = UInt32(String(decoding: written, as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(value)
    else {
      throw failure(
        "D-ESCAPE",
        LocalizedText(
          en: "This does not name a Unicode character.",
          de: "Das bezeichnet kein Unicode-Zeichen."),
        hint: LocalizedText(
          en: "Write \\u and four, or \\U and eight hexadecimal digits.",
          de: "Bitte \\u und vier oder \\U und acht hexadezimale Ziffern schreiben."),
        at: start..<start + 2)
    }
    content.append(Array(String(Character(scalar)).utf8), from: start)
    at = end
  }
}
