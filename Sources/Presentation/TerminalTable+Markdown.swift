extension TerminalTable {
  /// The table in the Markdown of CommonMark's table extension, its source aligned.
  ///
  /// Signs that Markdown would read as markup are escaped, the `*` of a suppressed cell among them.
  public func markdown() -> String {
    let headings = columns.map { Self.markdownEscaped($0.title) }
    let body = rows.map { row in row.map { Self.markdownEscaped($0.text.withoutColors) } }
    let widths = columns.indices.map { index in
      body.reduce(max(3, headings[index].displayColumns)) { max($0, $1[index].displayColumns) }
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map {
        cells[$0].padded(toColumns: widths[$0], alignment: columns[$0].alignment)
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }
    let rule = columns.indices.map { index in
      let dashes = String(repeating: "-", count: widths[index] - 1)
      return columns[index].alignment == .leading ? ":" + dashes : dashes + ":"
    }
    var text = line(headings) + line(rule)
    for (number, row) in body.enumerated() {
      if let title = sections[number] {
        let blank = [String](repeating: "", count: columns.count - 1)
        text += line(["**\(Self.markdownEscaped(title))**"] + blank)
      }
      text += line(row)
    }
    return text
  }

  private static func markdownEscaped(_ text: String) -> String {
    var escaped = ""
    for character in text.withoutControls {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case "\\", "|", "*", "_", "`", "[", "]", "~": escaped += "\\\(character)"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
