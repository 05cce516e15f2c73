import Journey

extension DefinitionParser {
  /// Reads the whole text.
  mutating func parseDocument() throws(DefinitionError) -> DefinitionTable {
    let root = TableNode(.header, range: source.range(at..<at), depth: 0)
    var table = root
    while true {
      try skipLines()
      guard let byte = current else { break }
      if byte == UInt8(ascii: "[") {
        table = try parseHeader(in: root)
      } else {
        try parseEntry(in: table)
      }
      try endLine()
    }
    if !diagnostics.isEmpty { throw DefinitionError(diagnostics) }
    return root.finished
  }

  /// Reads `[a.b]` or `[[a.b]]` and returns the table that the following lines belong to.
  private mutating func parseHeader(in root: TableNode) throws(DefinitionError) -> TableNode {
    let start = at
    let isList = peek(1) == UInt8(ascii: "[")
    at += isList ? 2 : 1
    skipBlanks()
    let path = try parseKeyPath()
    guard current == UInt8(ascii: "]"), !isList || peek(1) == UInt8(ascii: "]") else {
      throw missing(isList ? "]]" : "]")
    }
    at += isList ? 2 : 1
    let range = source.range(start..<at)
    var table = root
    for key in path.dropLast() {
      table = try descend(to: key, from: table, making: .implied)
    }
    // A path is never empty.
    guard let key = path.last else { return table }
    return try isList
      ? addElement(key, to: table, range: range) : openTable(key, in: table, range: range)
  }

  private mutating func openTable(
    _ key: DefinitionKey, in table: TableNode, range: SourceRange
  ) throws(DefinitionError) -> TableNode {
    switch table[key.name] {
    case nil:
      let node = TableNode(.header, range: range, depth: try depth(in: table, at: key))
      table.add(.table(node), for: key)
      return node
    case .table(let node) where node.origin == .implied:
      node.origin = .header
      node.range = range
      return node
    default:
      noteRepeated(key, in: table)
      // What follows is read, but belongs nowhere.
      return TableNode(.header, range: range, depth: table.depth + 1)
    }
  }

  private mutating func addElement(
    _ key: DefinitionKey, to table: TableNode, range: SourceRange
  ) throws(DefinitionError) -> TableNode {
    let node = TableNode(.header, range: range, depth: try depth(in: table, at: key))
    switch table[key.name] {
    case nil: table.add(.tables([node], last: node), for: key)
    case .tables(let nodes, _): table.add(.tables(nodes + [node], last: node), for: key)
    default: noteRepeated(key, in: table)
    }
    return node
  }

  /// Reads `a.b = value`.
  mutating func parseEntry(in table: TableNode) throws(DefinitionError) {
    let path = try parseKeyPath()
    guard current == UInt8(ascii: "=") else { throw missing("=") }
    at += 1
    skipBlanks()
    var table = table
    for key in path.dropLast() {
      table = try descend(to: key, from: table, making: .dotted)
    }
    guard let key = path.last else { return }
    let value = try parseValue(depth: try depth(in: table, at: key))
    if table[key.name] == nil {
      table.add(.value(value), for: key)
    } else {
      noteRepeated(key, in: table)
    }
  }

  /// Goes one key deeper, into a table that is there or is made.
  ///
  /// A header may pass through tables of any origin but inline ones; a dotted key only through
  /// those that dotted keys made.
  private mutating func descend(
    to key: DefinitionKey, from table: TableNode, making origin: TableNode.Origin
  ) throws(DefinitionError) -> TableNode {
    let isHeader = origin == .implied
    switch table[key.name] {
    case nil:
      let node = TableNode(origin, range: key.range, depth: try depth(in: table, at: key))
      table.add(.table(node), for: key)
      return node
    case .table(let node) where isHeader ? node.origin != .inline : node.origin == .dotted:
      return node
    case .tables(_, let last) where isHeader:
      return last
    default:
      noteRepeated(key, in: table)
      return TableNode(origin, range: key.range, depth: table.depth + 1)
    }
  }

  private func depth(
    in table: TableNode, at key: DefinitionKey
  ) throws(DefinitionError) -> Int {
    guard table.depth < Self.deepest else {
      throw DefinitionError(
        diagnostics + [source.diagnostic("D-DEPTH", Self.tooDeep, at: key.range)])
    }
    return table.depth + 1
  }

  private mutating func noteRepeated(_ key: DefinitionKey, in table: TableNode) {
    let line = table.firstKey(key.name)?.range.start.line ?? key.range.start.line
    note(
      "D-REPEATED-KEY",
      LocalizedText(
        en: "“\(key.name)” is already defined on line \(line).",
        de: "„\(key.name)“ ist schon in Zeile \(line) festgelegt."),
      at: key.range)
  }

  static let tooDeep = LocalizedText(
    en: "Tables and lists are nested too deeply (more than \(deepest) levels).",
    de: "Tabellen und Listen sind zu tief geschachtelt (mehr als \(deepest) Ebenen).")

  /// Reads `a`, `"a"` or `a.b`, and the blanks after it.
  mutating func parseKeyPath() throws(DefinitionError) -> [DefinitionKey] {
    var path = [try parseKey()]
    skipBlanks()
    while current == UInt8(ascii: ".") {
      at += 1
      skipBlanks()
      path.append(try parseKey())
      skipBlanks()
    }
    return path
  }

  private mutating func parseKey() throws(DefinitionError) -> DefinitionKey {
    let start = at
    let name: String
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      if starts(with: "\"\"\"") || starts(with: "'''") {
        throw failure(
          "D-SYNTAX",
          LocalizedText(
            en: "A key cannot be a multi-line string.",
            de: "Ein Schlüssel kann keine mehrzeilige Zeichenkette sein."),
          at: at..<at + 3)
      }
      name = try parseString().text
    default:
      while let byte = current, Self.isBareKeyByte(byte) || byte >= 0x80 { at += 1 }
      guard at > start else { throw unexpected(LocalizedText(en: "a key", de: "ein Schlüssel")) }
      if bytes[start..<at].contains(where: { $0 >= 0x80 }) {
        throw failure(
          "D-KEY",
          LocalizedText(
            en: "A key with letters outside a–z must stand in quotes.",
            de: "Ein Schlüssel mit Buchstaben außerhalb von a–z muss in Anführungszeichen stehen."),
          at: start..<at)
      }
      name = String(decoding: bytes[start..<at], as: UTF8.self)
    }
    return DefinitionKey(name, range: source.range(start..<at))
  }

  static func isBareKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
