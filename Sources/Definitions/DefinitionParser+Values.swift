import Journey

extension DefinitionParser {
  /// Reads a value of any kind.
  mutating func parseValue(depth: Int) throws(DefinitionError) -> DefinitionValue {
    let start = at
    let content: DefinitionValue.Content
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      content = .string(try parseString().text)
    case UInt8(ascii: "["):
      content = .array(try parseArray(depth: depth))
    case UInt8(ascii: "{"):
      content = .table(try parseInlineTable(depth: depth))
    default:
      content = try parseWord()
    }
    return DefinitionValue(content, range: source.range(start..<at))
  }

  private mutating func parseArray(depth: Int) throws(DefinitionError) -> [DefinitionValue] {
    let start = at
    try refuseDepth(depth)
    at += 1
    var values: [DefinitionValue] = []
    while true {
      try skipLines()
      if current == UInt8(ascii: "]") { break }
      if current == nil { throw unclosed(start, "]") }
      values.append(try parseValue(depth: depth + 1))
      try skipLines()
      if current == UInt8(ascii: "]") { break }
      if current == nil { throw unclosed(start, "]") }
      guard current == UInt8(ascii: ",") else {
        throw unexpected(LocalizedText(en: "“,” or “]”", de: "„,“ oder „]“"))
      }
      at += 1
    }
    at += 1
    return values
  }

  private mutating func parseInlineTable(depth: Int) throws(DefinitionError) -> DefinitionTable {
    let start = at
    try refuseDepth(depth)
    at += 1
    let table = TableNode(.inline, range: source.range(start..<at), depth: depth)
    skipBlanks()
    if current == UInt8(ascii: "}") {
      at += 1
      return table.finished
    }
    while true {
      skipBlanks()
      try refuseLineEnd(openedAt: start)
      try parseEntry(in: table)
      skipBlanks()
      try refuseLineEnd(openedAt: start)
      if current == UInt8(ascii: "}") { break }
      guard current == UInt8(ascii: ",") else {
        throw unexpected(LocalizedText(en: "“,” or “}”", de: "„,“ oder „}“"))
      }
      at += 1
    }
    at += 1
    return table.finished
  }

  /// Inline tables stand on one line.
  private func refuseLineEnd(openedAt start: Int) throws(DefinitionError) {
    switch current {
    case nil: throw unclosed(start, "}")
    case 0x0A, 0x0D, UInt8(ascii: "#"):
      throw failure(
        "D-SYNTAX",
        LocalizedText(
          en: "An inline table must end on the line on which it begins.",
          de: "Eine Tabelle in Klammern muss in der Zeile enden, in der sie beginnt."),
        hint: LocalizedText(
          en: "Write it as [name] with one key a line.",
          de: "Bitte als [name] mit einem Schlüssel je Zeile schreiben."),
        at: start..<at)
    default: return
    }
  }

  private func refuseDepth(_ depth: Int) throws(DefinitionError) {
    if depth > Self.deepest { throw failure("D-DEPTH", Self.tooDeep, at: at..<at + 1) }
  }

  private func unclosed(_ start: Int, _ bracket: String) -> DefinitionError {
    failure(
      "D-SYNTAX",
      LocalizedText(
        en: "The file ends before the closing “\(bracket)”.",
        de: "Die Datei endet vor der schließenden „\(bracket)“."),
      at: start..<start + 1)
  }

  /// Reads `true`, `false`, a number or a date.
  private mutating func parseWord() throws(DefinitionError) -> DefinitionValue.Content {
    let start = at
    while let byte = current, Self.isWordByte(byte) { at += 1 }
    let word = String(decoding: bytes[start..<at], as: UTF8.self)
    guard !word.isEmpty else { throw unexpected(LocalizedText(en: "a value", de: "ein Wert")) }
    switch word {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default: break
    }
    do throws(WordError) {
      return try DefinitionValue.Content(word: word)
    } catch {
      throw failure(error.code, error.message, hint: error.hint, at: start..<at)
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    isBareKeyByte(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: ":") || byte >= 0x80
  }
}
