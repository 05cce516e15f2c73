/// Swift source in which comments and the text of string literals are blanked out.
///
/// Lines keep their numbers. Code inside string interpolations stays. The scanner does not know
/// regex literals: a quotation mark in one hides the rest of its line, nothing more.
struct SwiftCode {
  /// The lines of the file, without comments and literal text.
  let lines: [Substring]

  init(_ text: String) {
    var scanner = Scanner(source: Array(text.utf8))
    scanner.code(endingAtParenthesis: false)
    lines = String(decoding: scanner.blanked, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The one-based numbers of the lines in which a pattern occurs.
  func lines(matching pattern: Regex<Substring>) -> [Int] { lines.numbers(matching: pattern) }
}

extension [Substring] {
  /// The one-based numbers of the lines in which a pattern occurs.
  ///
  /// Words end where an identifier ends: `a.b` is two words, unlike in running text.
  func numbers(matching pattern: Regex<Substring>) -> [Int] {
    let pattern = pattern.wordBoundaryKind(.simple)
    return indices.filter { self[$0].contains(pattern) }.map { $0 + 1 }
  }
}

/// Walks over source bytes and copies those that are code.
private struct Scanner {
  let source: [UInt8]
  var blanked: [UInt8] = []
  private var position = 0

  init(source: [UInt8]) {
    self.source = source
    blanked.reserveCapacity(source.count)
  }

  /// Copies code up to the end, or up to the parenthesis that closes an interpolation.
  mutating func code(endingAtParenthesis: Bool) {
    var depth = 0
    while position < source.count {
      if starts(with: "//") {
        blank(until: "\n")
      } else if starts(with: "/*") {
        blockComment()
      } else if let hashes = hashesOfStringStart() {
        string(hashes: hashes)
      } else {
        if source[position] == UInt8(ascii: "(") { depth += 1 }
        if source[position] == UInt8(ascii: ")") { depth -= 1 }
        copy()
        if endingAtParenthesis && depth < 0 { return }
      }
    }
  }

  /// The number of `#` before a string literal that starts here, or nil when none starts here.
  private func hashesOfStringStart() -> Int? {
    var end = position
    while end < source.count, source[end] == UInt8(ascii: "#") { end += 1 }
    return end < source.count && source[end] == UInt8(ascii: "\"") ? end - position : nil
  }

  private mutating func string(hashes: Int) {
    blank(hashes)
    let quotes = starts(with: "\"\"\"") ? 3 : 1
    blank(quotes)
    let raw = String(repeating: "#", count: hashes)
    let end = String(repeating: "\"", count: quotes) + raw
    while position < source.count {
      if starts(with: end) { return blank(end.utf8.count) }
      if quotes == 1 && source[position] == UInt8(ascii: "\n") { return }
      if starts(with: "\\" + raw + "(") {
        blank(hashes + 2)
        code(endingAtParenthesis: true)
      } else if starts(with: "\\" + raw) {
        blank(hashes + 2)
      } else {
        blank(1)
      }
    }
  }

  private mutating func blockComment() {
    var depth = 0
    repeat {
      if starts(with: "/*") {
        depth += 1
        blank(2)
      } else if starts(with: "*/") {
        depth -= 1
        blank(2)
      } else {
        blank(1)
      }
    } while depth > 0 && position < source.count
  }

  private func starts(with text: String) -> Bool {
    source[position...].starts(with: text.utf8)
  }

  private mutating func copy() {
    blanked.append(source[position])
    position += 1
  }

  private mutating func blank(until end: Character) {
    while position < source.count, source[position] != end.asciiValue { blank(1) }
  }

  private mutating func blank(_ count: Int) {
    for byte in source[position...].prefix(count) {
      blanked.append(byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " "))
      position += 1
    }
  }
}
