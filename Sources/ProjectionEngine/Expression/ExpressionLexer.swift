import Definitions
import Journey

/// A word, number or sign of an expression, with its place in bytes of the text.
struct ExpressionToken: Equatable {
  enum Kind: Equatable {
    case word, number, length, date, string, sign, end
  }

  let kind: Kind
  /// What is written; for a string what stands between the quotes.
  let text: String
  let range: Range<Int>
}

/// Cuts an expression into tokens; what is none is reported and passed over.
struct ExpressionLexer {
  private let bytes: [UInt8]
  private var at = 0
  private(set) var tokens: [ExpressionToken] = []
  private(set) var mistakes: [ExpressionMistake] = []

  /// Words that join others and name nothing.
  static let keywords: Set<String> = [
    "or", "and", "not", "in", "is", "known", "between", "until", "through",
  ]

  init(_ text: String) {
    bytes = Array(text.utf8)
    while next() {}
    mistakes = Array(mistakes.prefix(ExpressionMistake.most))
    tokens.append(ExpressionToken(kind: .end, text: "", range: bytes.count..<bytes.count))
  }

  private func peek(_ distance: Int = 0) -> UInt8 {
    at + distance < bytes.count ? bytes[at + distance] : 0
  }

  private mutating func take(_ kind: ExpressionToken.Kind, from start: Int) {
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    tokens.append(ExpressionToken(kind: kind, text: text, range: start..<at))
  }

  /// Takes one token; false at the end.
  private mutating func next() -> Bool {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    guard at < bytes.count else { return false }
    let start = at
    let byte = bytes[at]
    if byte.isLetter {
      skipWord()
      take(.word, from: start)
    } else if byte.isDigit {
      number(from: start)
    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      string(from: start)
    } else {
      sign(from: start)
    }
    return true
  }

  /// A hyphen belongs to a word when a letter or digit follows it at once.
  private mutating func skipWord() {
    while peek().isWordByte
      || (peek() == UInt8(ascii: "-") && peek(1).isWordByte)
    { at += 1 }
  }

  private mutating func number(from start: Int) {
    while peek().isDigit { at += 1 }
    if at - start == 4, peek() == UInt8(ascii: "-"), peek(1).isDigit {
      while peek().isDigit || (peek() == UInt8(ascii: "-") && peek(1).isDigit) { at += 1 }
      return take(.date, from: start)
    }
    if peek() == UInt8(ascii: "."), peek(1).isDigit {
      at += 1
      while peek().isDigit { at += 1 }
    } else if peek().isWordByte {
      skipWord()
      return take(.length, from: start)
    }
    take(.number, from: start)
  }

  private mutating func string(from start: Int) {
    let quote = bytes[at]
    at += 1
    while at < bytes.count, bytes[at] != quote, bytes[at] != 0x0A { at += 1 }
    let text = String(decoding: bytes[start + 1..<at], as: UTF8.self)
    if peek() == quote, at < bytes.count {
      at += 1
    } else {
      mistakes.append(.unclosedText(start..<at))
    }
    tokens.append(ExpressionToken(kind: .string, text: text, range: start..<at))
  }

  /// Other ways to write a sign, which are understood.
  private static let spellings: [(written: String, meant: String)] = [
    ("<=", "<="), (">=", ">="), ("!=", "!="), ("≤", "<="), ("≥", ">="), ("≠", "!="), ("−", "-"),
    ("·", "*"), ("×", "*"),
  ]

  private mutating func sign(from start: Int) {
    for (written, meant) in Self.spellings where bytes[at...].starts(with: written.utf8) {
      at += written.utf8.count
      tokens.append(ExpressionToken(kind: .sign, text: meant, range: start..<at))
      return
    }
    if "()[],+-*/=<>".utf8.contains(bytes[at]) {
      at += 1
      if bytes[start] == UInt8(ascii: "="), peek() == UInt8(ascii: "=") {
        at += 1
        mistakes.append(.strangeSign("==", "=", start..<at))
        tokens.append(ExpressionToken(kind: .sign, text: "=", range: start..<at))
        return
      }
      return take(.sign, from: start)
    }
    // A whole character, however many bytes.
    repeat { at += 1 } while at < bytes.count && bytes[at] & 0xC0 == 0x80
    for (written, meant) in [("&", "and"), ("|", "or"), ("!", "not")] {
      guard bytes[start] == written.utf8.first else { continue }
      if peek() == bytes[start] { at += 1 }
      let found = String(decoding: bytes[start..<at], as: UTF8.self)
      mistakes.append(.strangeSign(found, meant, start..<at))
      tokens.append(ExpressionToken(kind: .word, text: meant, range: start..<at))
      return
    }
    let found = String(decoding: bytes[start..<at], as: UTF8.self)
    mistakes.append(.strangeSign(found, nil, start..<at))
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  fileprivate var isWordByte: Bool { isDigit || isLetter || self == UInt8(ascii: "_") }
}
