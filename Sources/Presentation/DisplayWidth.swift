/// How many terminal columns a text takes.
///
/// East Asian wide characters and emoji take two columns, combining marks and format characters
/// none, colour sequences none. The stored ranges are those of East Asian Width W and F in
/// UAX #11 outside the emoji, which the standard library knows.
enum DisplayWidth {
  /// The columns of a whole text; colour sequences count nothing.
  static func columns(of text: String) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    return AnsiPiece.pieces(of: text).reduce(0) { sum, piece in
      switch piece {
      case .sequence: sum
      case .visible(let visible): visible.reduce(sum) { $0 + columns(of: $1) }
      }
    }
  }

  /// The columns of one user-perceived character.
  static func columns(of character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    let isEmoji =
      first.properties.isEmojiPresentation
      || (first.properties.isEmoji && scalars.contains("\u{FE0F}"))
    if isEmoji { return 2 }
    return scalars.reduce(0) { $0 + columns(of: $1) }
  }

  private static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value == 0xAD { return 1 }  // soft hyphen: terminals show it
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator:
      return 0
    default: break
    }
    if (0x1160...0x11FF).contains(scalar.value) { return 0 }  // Hangul vowels and finals join
    return wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
    0x20000...0x3FFFD,
  ]
}

/// A part of a text with colours: either a colour sequence or what a person sees.
enum AnsiPiece: Equatable {
  case sequence(String)
  case visible(String)

  /// Splits a text at its colour sequences (ESC `[` digits `m`).
  static func pieces(of text: String) -> [AnsiPiece] {
    guard text.unicodeScalars.contains("\u{1B}") else {
      return text.isEmpty ? [] : [.visible(text)]
    }
    var pieces: [AnsiPiece] = []
    var visible = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      if scalar == "\u{1B}", let end = endOfSequence(rest) {
        if !visible.isEmpty { pieces.append(.visible(String(visible))) }
        visible = String.UnicodeScalarView()
        pieces.append(.sequence(String(rest[..<end])))
        rest = rest[end...]
      } else {
        visible.append(scalar)
        rest = rest.dropFirst()
      }
    }
    if !visible.isEmpty { pieces.append(.visible(String(visible))) }
    return pieces
  }

  private static func endOfSequence(
    _ scalars: Substring.UnicodeScalarView
  ) -> String.UnicodeScalarView.Index? {
    var rest = scalars.dropFirst()
    guard rest.first == "[" else { return nil }
    rest = rest.dropFirst()
    rest = rest.drop { ("0"..."9").contains($0) || $0 == ";" || $0 == ":" }
    return rest.first == "m" ? scalars.index(after: rest.startIndex) : nil
  }
}
