extension TerminalTable {
  /// The table as lines for one stream, each ended by a line feed.
  ///
  /// Where the stream has a width that the table exceeds, first headings are broken into several
  /// lines, then the widest column that may shrink is cut, step by step. Texts that name rows are
  /// broken into lines or, where there is too little room even for that, stand above their rows. A table
  /// that may be split then becomes several. Where none of this suffices, every row becomes a block of `heading  value` lines, so no number is ever
  /// cut. On a page that is not shown on a terminal texts are broken into several lines instead of cut.
  public func text(for style: TerminalStyle) -> String {
    let limit = style.width ?? style.pageWidth
    // Rows below headings inside the table are set in.
    let indent = sections.isEmpty ? "" : "  "
    let room = limit.map { $0 - indent.count }
    if let widths = TableLayout(self, limit: room).widths {
      return lines(widths, limit: limit, indent: indent, style: style) { _ in "" }
    }
    guard columns.first?.isLabel == true, columns.count > 1 else {
      return split(limit: room, style) ?? blocks(style)
    }
    var figures = TerminalTable(Array(columns.dropFirst()))
    for row in rows { figures.append(Array(row.dropFirst())) }
    figures.sections = sections
    guard let widths = TableLayout(figures, limit: room.map { $0 - 2 }).widths else {
      return split(limit: room, style) ?? blocks(style)
    }
    return figures.lines(widths, limit: limit, indent: indent + "  ", style: style) { row in
      let label = rows[row][0]
      return Self.wrapped(label.text, toColumns: room ?? .max).reduce(into: "") {
        $0 += indent + style.painted($1, label.look) + "\n"
      }
    }
  }

  /// The table as several, each with the first column and as many others as fit; nil where it may not be
  /// split, or a single column does not fit beside the first.
  private func split(limit: Int?, _ style: TerminalStyle) -> String? {
    guard isSplittable, let limit else { return nil }
    func part(_ chosen: [Int]) -> TerminalTable {
      var part = TerminalTable(([0] + chosen).map { columns[$0] })
      for row in rows { part.append(([0] + chosen).map { row[$0] }) }
      part.sections = sections
      return part
    }
    var parts: [[Int]] = [[]]
    for column in columns.indices.dropFirst() {
      let longer = parts[parts.count - 1] + [column]
      if TableLayout(part(longer), limit: limit).widths != nil {
        parts[parts.count - 1] = longer
      } else if !parts[parts.count - 1].isEmpty,
        TableLayout(part([column]), limit: limit).widths != nil
      {
        parts.append([column])
      } else {
        return nil
      }
    }
    return parts.map { part($0).text(for: style) }.joined(separator: "\n")
  }

  /// Headings and rows of known widths.
  ///
  /// - Parameter above: What stands above the row of a number, whole lines.
  private func lines(
    _ widths: [Int], limit: Int?, indent: String, style: TerminalStyle, above: (Int) -> String
  ) -> String {
    var text = ""
    let headings = zip(columns, widths).map { Self.broken($0.title, toColumns: $1) }
    let height = headings.map(\.count).max() ?? 0
    for line in 0..<height {
      // Headings of fewer lines stand at the bottom, next to their cells.
      let cells = headings.map { heading in
        let index = line - (height - heading.count)
        return TableCell(index >= 0 ? heading[index] : "", .bold)
      }
      text += indent + self.line(cells, widths: widths, style: style)
    }
    for (number, row) in rows.enumerated() {
      if let title = sections[number] {
        for line in Self.wrapped(title, toColumns: limit ?? .max) {
          text += style.paint(line, .bold) + "\n"
        }
      }
      text += above(number)
      let cells = row.indices.map { index in
        let (cell, width) = (row[index], widths[index])
        // On a terminal only what a row is there for is broken; other texts are cut.
        guard style.pageWidth != nil || columns[index].isBroken,
          cell.text.displayColumns > width
        else { return [cell] }
        return Self.wrapped(cell.text, toColumns: width).map { TableCell($0, cell.look) }
      }
      for line in 0..<(cells.map(\.count).max() ?? 0) {
        text +=
          indent
          + self.line(
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
        var start = String(rest).prefix(columns: width)
        // A word of several parts is broken between them.
        if let part = start.lastIndex(where: { "/-".contains($0) }) {
          start = String(start[...part])
        }
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
    let blocks = rows.enumerated().map { number, row in
      let heading = sections[number].map { style.paint($0, .bold) + "\n" } ?? ""
      return zip(columns, row).reduce(into: heading) { text, pair in
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
