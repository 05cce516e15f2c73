extension TerminalTable {
  /// The table as lines for one stream, each ended by a line feed.
  ///
  /// Where the stream has a width that the table exceeds, first headings are broken into several
  /// lines, then the widest column that may shrink is cut, step by step. Where even that does not
  /// suffice, every row becomes a block of `heading  value` lines, so no number is ever cut. On a page
  /// that is not shown on a terminal texts are broken into several lines instead of cut.
  public func text(for style: TerminalStyle) -> String {
    guard let widths = TableLayout(self, limit: style.width ?? style.pageWidth).widths else {
      return blocks(style)
    }
    var text = ""
    let headings = zip(columns, widths).map { Self.broken($0.title, toColumns: $1) }
    let height = headings.map(\.count).max() ?? 0
    for line in 0..<height {
      // Headings of fewer lines stand at the bottom, next to their cells.
      let cells = headings.map { heading in
        let index = line - (height - heading.count)
        return TableCell(index >= 0 ? heading[index] : "", .bold)
      }
      text += self.line(cells, widths: widths, style: style)
    }
    for row in rows {
      guard style.pageWidth != nil else {
        text += line(row, widths: widths, style: style)
        continue
      }
      let cells = zip(row, widths).map { cell, width in
        cell.text.displayColumns <= width
          ? [cell] : Self.wrapped(cell.text, toColumns: width).map { TableCell($0, cell.look) }
      }
      for line in 0..<(cells.map(\.count).max() ?? 0) {
        text += self.line(
          cells.map { line < $0.count ? $0[line] : "" }, widths: widths, style: style)
      }
    }
    return text
  }

  /// A text in lines of a width; a word longer than that is broken.
  private static func wrapped(_ text: String, toColumns width: Int) -> [String] {
    broken(text, toColumns: width).flatMap { line in
      var (rest, lines): (Substring, [String]) = (line[...], [])
      while String(rest).displayColumns > width, width > 0 {
        let start = String(rest).prefix(columns: width)
        lines.append(start)
        rest = rest.dropFirst(start.count)
      }
      return lines + [String(rest)]
    }
  }

  private func line(_ cells: [TableCell], widths: [Int], style: TerminalStyle) -> String {
    var line = ""
    var pendingSpaces = 0
    for (index, cell) in cells.enumerated() {
      if index > 0 { pendingSpaces += 2 }
      let shown = cell.text.truncated(toColumns: widths[index])
      let missing = widths[index] - shown.displayColumns
      if columns[index].alignment == .trailing { pendingSpaces += missing }
      if !shown.isEmpty {
        line += String(repeating: " ", count: pendingSpaces)
        line += style.painted(shown, cell.look)
        pendingSpaces = 0
      }
      if columns[index].alignment == .leading { pendingSpaces += missing }
    }
    return line + "\n"
  }

  private func blocks(_ style: TerminalStyle) -> String {
    let titleWidth = columns.map(\.title.displayColumns).max() ?? 0
    let blocks = rows.map { row in
      zip(columns, row).reduce(into: "") { text, pair in
        let (column, cell) = pair
        var value = cell.text
        if column.minimum != nil, style.pageWidth == nil, let width = style.width {
          value = value.truncated(toColumns: max(8, width - titleWidth - 2))
        }
        let title = column.title.padded(toColumns: titleWidth, alignment: .leading)
        let room = style.pageWidth.map { max(8, $0 - titleWidth - 2) } ?? .max
        for (number, line) in Self.wrapped(value, toColumns: room).enumerated() {
          // A value that goes on stands below its beginning.
          let lead = String(repeating: " ", count: titleWidth)
          text += number == 0 ? style.painted(title, .bold) : lead
          text += "  " + style.painted(line, cell.look) + "\n"
        }
      }
    }
    return blocks.joined(separator: "\n")
  }

  /// A heading broken at its spaces into lines of a width.
  static func broken(_ title: String, toColumns width: Int) -> [String] {
    if title.displayColumns <= width { return [title] }
    var lines: [String] = []
    for word in title.split(separator: " ") {
      if let last = lines.last, last.displayColumns + 1 + String(word).displayColumns <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

extension TerminalStyle {
  /// A cell's text in its look, its own colours removed where colours are off.
  fileprivate func painted(_ text: String, _ look: Look) -> String {
    usesColor ? paint(text, look) : text.withoutColors
  }
}
