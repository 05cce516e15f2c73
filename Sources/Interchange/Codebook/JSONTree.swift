/// A JSON document whose keys keep their order, for files that people read, too.
indirect enum JSONTree: Sendable {
  case text(String)
  case boolean(Bool)
  case list([JSONTree])
  case object([(String, JSONTree)])

  /// The document, two blanks a level.
  var written: String { written(0) + "\n" }

  private func written(_ depth: Int) -> String {
    let (inner, outer) = (
      String(repeating: "  ", count: depth + 1), String(repeating: "  ", count: depth)
    )
    switch self {
    case .text(let text): return JSONText.quoted(text)
    case .boolean(let value): return value ? "true" : "false"
    case .list(let values):
      if values.isEmpty { return "[]" }
      let parts = values.map { inner + $0.written(depth + 1) }
      return "[\n\(parts.joined(separator: ",\n"))\n\(outer)]"
    case .object(let entries):
      if entries.isEmpty { return "{}" }
      let parts = entries.map { "\(inner)\(JSONText.quoted($0.0)): \($0.1.written(depth + 1))" }
      return "{\n\(parts.joined(separator: ",\n"))\n\(outer)}"
    }
  }
}
