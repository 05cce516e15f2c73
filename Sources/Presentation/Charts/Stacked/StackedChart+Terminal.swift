extension StackedChart {
  /// The areas, each filled with the sign of its state; the key has the last shares.
  public func terminalText(for style: TerminalStyle, columns: Int, rows: Int) -> String {
    let words = ChartWords(language: language)
    let plot = TerminalPlot(
      style: style, words: words, columns: columns, rows: rows, end: end > 0 ? end : 1, unit: unit,
      letters: 0, isBraille: false)
    let shown = (0..<plot.plotColumns).map { column -> [Int?] in
      // The middle of a column and of a row decides what fills the cell.
      let time = (Double(column) + 0.5) / Double(plot.plotColumns) * plot.ticks.end
      guard let edges = index(at: time).flatMap({ edges($0) }) else {
        return Array(repeating: nil, count: plot.rows)
      }
      return (0..<plot.rows).map { row in
        let share = 1 - (Double(row) + 0.5) / Double(plot.rows)
        return edges.lastIndex { $0.lowerBound < share && share <= $0.upperBound }
      }
    }
    var lines = plot.lines(shareLabel: shareLabel, timeLabel: timeLabel) { row in
      Self.painted(shown.map { $0[row] }.map { $0.map { layers[$0].state.color } }, style)
    }
    let values = lastShares.map { $0.map { words.numbers.percent($0) } }
    let key = layers.indices.reversed().map { index in
      (layers[index].state, values?[index] ?? NumberStyle.undefined)
    }
    lines += StateColor.key(key, style)
    return lines.joined(separator: "\n") + "\n"
  }

  /// Cells as text, each run of one state painted at once, nothing at the end of the line.
  static func painted(_ cells: [StateColor?], _ style: TerminalStyle) -> String {
    var line = ""
    var rest = cells[...]
    while let last = rest.last, last == nil { rest.removeLast() }
    while let first = rest.first {
      let run = rest.prefix { $0 == first }
      rest = rest.dropFirst(run.count)
      let sign = first.map { String($0.sign(style)) } ?? " "
      let text = String(repeating: sign, count: run.count)
      line += first.map { style.paint(text, $0.look) } ?? text
    }
    return line
  }
}

extension StateColor {
  /// The key of a drawing: the sign of each state, its name, and its value at the right.
  static func key(_ entries: [(state: ChartState, value: String)], _ style: TerminalStyle)
    -> [String]
  {
    let valueWidth = entries.map(\.value.displayColumns).max() ?? 0
    let longest = entries.map(\.state.label.withoutControls.displayColumns).max() ?? 0
    let room = min(longest, max(8, (style.width ?? .max) - valueWidth - 5))
    return entries.map { state, value in
      let sign = style.paint(String(state.color.sign(style)), state.color.look)
      let label = state.label.withoutControls.truncated(toColumns: room)
      guard !value.isEmpty else { return "\(sign)  \(label)" }
      return "\(sign)  " + label.padded(toColumns: room, alignment: .leading)
        + "  " + value.padded(toColumns: valueWidth, alignment: .trailing)
    }
  }

  /// The sign that fills its cells on a stream.
  func sign(_ style: TerminalStyle) -> Character { style.usesUnicode ? signs.unicode : signs.ascii }
}
