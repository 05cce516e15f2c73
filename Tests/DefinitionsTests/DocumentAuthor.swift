/// Writes random documents in random spellings, and damages them.
struct DocumentAuthor {
  indirect enum Content {
    case table([(String, Content)])
    case array([Content])
    case tables([[(String, Content)]])
    case string(String)
    case integer(Int)
    case double(Double)
    case boolean(Bool)
    case date(Int, Int, Int)
  }

  private var state: UInt64

  init(seed: UInt64) { state = seed }

  // MARK: Contents

  mutating func table(depth: Int) -> [(String, Content)] {
    var entries: [(String, Content)] = []
    for _ in 0..<number(0...4) {
      let name = ["a", "b-1", "c_d", "42", "ä ö", "x.y", "", "q\"'q"][number(0...7)]
      if !entries.contains(where: { $0.0 == name }) { entries.append((name, content(depth + 1))) }
    }
    return entries
  }

  private mutating func content(_ depth: Int) -> Content {
    switch number(0...(depth < 4 ? 8 : 4)) {
    case 0: .integer([0, -1, 17, .max, .min][number(0...4)])
    case 1: .double([0.5, -2.25, 1e300, 3.0, -0.0][number(0...4)])
    case 2: .boolean(number(0...1) == 0)
    case 3: .date(number(1...9999), number(1...12), number(1...28))
    case 4:
      .string(["", "x", "ä\n\"q\"", "a'b", "\t\\n\\\\", "''' \"\"\"", "😀\r\u{1}"][number(0...6)])
    case 5: .array((0..<number(0...3)).map { _ in content(depth + 1) })
    case 6: .tables((0..<number(1...3)).map { _ in table(depth: depth + 1) })
    default: .table(table(depth: depth + 1))
    }
  }

  // MARK: Spellings

  mutating func printed(_ root: [(String, Content)]) -> String {
    var text = ""
    write(root, path: [], to: &text)
    return text
  }

  /// Writes the plain entries first, since those after a header belong to it.
  private mutating func write(_ table: [(String, Content)], path: [String], to text: inout String) {
    var later: [(String, Content)] = []
    for (name, content) in table {
      switch content {
      case .table where number(0...2) > 0, .tables where number(0...3) > 0:
        later.append((name, content))
      case .table(let inner) where !inner.isEmpty && number(0...1) == 0:
        for (innerName, value) in inner {
          text += "\(key(name)) . \(key(innerName)) = \(inline(value))\n"
        }
      default:
        text += "\(key(name))\(["=", " = ", "\t="][number(0...2)])\(inline(content))"
        text += ["\n", " # ä\n", "\r\n", "\n\n"][number(0...3)]
      }
    }
    for (name, content) in later {
      let inner = path + [name]
      var names: [String] = []
      for part in inner { names.append(key(part)) }
      let header = names.joined(separator: ".")
      switch content {
      case .table(let table):
        text += "[\(header)]\n"
        write(table, path: inner, to: &text)
      case .tables(let tables):
        for table in tables {
          text += "[[\(header)]]\n"
          write(table, path: inner, to: &text)
        }
      default: break
      }
    }
  }

  private mutating func key(_ name: String) -> String {
    let isBare =
      !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
      }
    if isBare, number(0...2) > 0 { return name }
    return name.contains("'") || number(0...1) == 0 ? quoted(name) : "'\(name)'"
  }

  private mutating func inline(_ content: Content) -> String {
    switch content {
    case .integer(let value): return "\(value)"
    case .double(let value): return "\(value)".replacing("e+", with: "e")
    case .boolean(let value): return "\(value)"
    case .date(let year, let month, let day):
      return [(year, 4), (month, 2), (day, 2)].map { value, width in
        String(repeating: "0", count: width - "\(value)".count) + "\(value)"
      }.joined(separator: "-")
    case .string(let value): return string(value)
    case .table(let entries):
      var parts: [String] = []
      for (name, value) in entries { parts.append("\(key(name)) = \(inline(value))") }
      return "{ \(parts.joined(separator: ", ")) }"
    case .array(let values):
      var parts: [String] = []
      for value in values { parts.append(inline(value)) }
      let comma = parts.isEmpty || number(0...1) == 0 ? "" : ","
      // A line break may not stand in an inline table, in which this list may be.
      return "[\(parts.joined(separator: [",", " , "][number(0...1)]))\(comma)]"
    case .tables(let tables): return inline(.array(tables.map { .table($0) }))
    }
  }

  private mutating func string(_ value: String) -> String {
    let isPlain = value.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\t" }
    switch number(0...3) {
    case 0 where isPlain && !value.contains("'"): return "'\(value)'"
    case 1 where isPlain && !value.contains("'''"): return "'''\(value)'''"
    case 2: return "\"\"" + quoted(value) + "\"\""
    default: return quoted(value)
    }
  }

  private func quoted(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\u{1}": text += "\\u0001"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  // MARK: Comparing and damaging

  /// The content as `DocumentTests.plain` writes it, sorted.
  func plain(_ table: [(String, Content)]) -> String {
    "{" + table.map { "\($0.0):\(plain($0.1))" }.sorted().joined(separator: " ") + "}"
  }

  private func plain(_ content: Content) -> String {
    switch content {
    case .table(let entries): plain(entries)
    case .array(let values): "[" + values.map { plain($0) }.joined(separator: " ") + "]"
    case .tables(let tables): "[" + tables.map { plain($0) }.joined(separator: " ") + "]"
    case .string(let text): "'\(text)'"
    case .integer(let number): "\(number)"
    case .double(let number): "\(number)d"
    case .boolean(let truth): "\(truth)"
    case .date(let year, let month, let day): "\(year)/\(month)/\(day)"
    }
  }

  mutating func damaged(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    let meaningful = Array("[]{}=.,\"'#\\\n\r\t 0-_:aTe+u".utf8) + [0, 0x7F, 0x80, 0xC3, 0xFF]
    for _ in 0..<number(1...4) {
      let place = number(0...bytes.count)
      let byte = meaningful[number(0...meaningful.count - 1)]
      switch number(0...3) {
      case 0: bytes.insert(byte, at: place)
      case 1 where place < bytes.count: bytes.remove(at: place)
      case 2 where place < bytes.count: bytes[place] = byte
      default: bytes.removeLast(min(bytes.count, number(0...5)))
      }
    }
    return bytes
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return range.lowerBound + Int(mixed % UInt64(range.count))
  }
}
