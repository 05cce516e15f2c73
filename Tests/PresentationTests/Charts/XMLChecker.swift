/// A small strict reader of XML, enough to say whether a drawing is well formed.
struct XMLChecker {
  /// An element as it was opened.
  struct Element {
    var name: String
    var attributes: [String: String]
    var text = ""
    /// The names of the elements around it, outermost first.
    var path: [String]
  }

  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  private var rest: Substring
  private(set) var elements: [Element] = []

  init(_ text: String) throws {
    rest = text[...]
    var open: [Int] = []
    var hasRoot = false
    while let next = rest.first {
      if next == "<" {
        rest.removeFirst()
        if rest.first == "/" {
          rest.removeFirst()
          let name = take { $0.isLetter || $0.isNumber }
          guard let last = open.popLast(), elements[last].name == name else {
            throw Malformed(description: "unexpected end of \(name)")
          }
          try expect(">")
        } else {
          if open.isEmpty, hasRoot { throw Malformed(description: "two roots") }
          hasRoot = true
          let isOpen = try element(path: open.map { elements[$0].name })
          if isOpen { open.append(elements.count - 1) }
        }
      } else {
        let text = try content(until: "<")
        if let last = open.last {
          elements[last].text += text
        } else if text.contains(where: { !$0.isWhitespace }) {
          throw Malformed(description: "text outside the root")
        }
      }
    }
    if !open.isEmpty || !hasRoot { throw Malformed(description: "not closed") }
  }

  /// Reads an element after its `<`; returns whether it stays open.
  private mutating func element(path: [String]) throws -> Bool {
    let name = take { $0.isLetter || $0.isNumber }
    if name.isEmpty { throw Malformed(description: "no name at \(rest.prefix(20))") }
    var attributes: [String: String] = [:]
    while true {
      let spaces = take { $0 == " " || $0 == "\n" }
      if rest.first == ">" || rest.first == "/" { break }
      if spaces.isEmpty { throw Malformed(description: "no space before an attribute of \(name)") }
      let key = take { $0.isLetter || $0.isNumber || $0 == "-" }
      try expect("=")
      try expect("\"")
      let value = try content(until: "\"")
      try expect("\"")
      if attributes.updateValue(value, forKey: key) != nil || key.isEmpty {
        throw Malformed(description: "attribute \(key) twice in \(name)")
      }
    }
    elements.append(Element(name: name, attributes: attributes, path: path))
    let isEmpty = rest.first == "/"
    if isEmpty { rest.removeFirst() }
    try expect(">")
    return !isEmpty
  }

  private mutating func content(until end: Character) throws -> String {
    var text = ""
    let references = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'"]
    while let next = rest.first, next != end {
      rest.removeFirst()
      switch next {
      case "&":
        let name = take { $0 != ";" && $0 != "<" }
        guard let character = references[name] else { throw Malformed(description: "&\(name)") }
        try expect(";")
        text += character
      case "<": throw Malformed(description: "< in a value")
      default:
        let isForbidden = next.unicodeScalars.contains {
          ($0.value < 0x20 && $0 != "\n" && $0 != "\t") || $0.value == 0xFFFE || $0.value == 0xFFFF
        }
        if isForbidden { throw Malformed(description: "control character") }
        text.append(next)
      }
    }
    return text
  }

  private mutating func take(while matches: (Character) -> Bool) -> String {
    let taken = rest.prefix(while: matches)
    rest = rest[taken.endIndex...]
    return String(taken)
  }

  private mutating func expect(_ character: Character) throws {
    guard rest.first == character else {
      throw Malformed(description: "expected \(character) at \(rest.prefix(20))")
    }
    rest.removeFirst()
  }
}
