extension SurvivalChart {
  /// The most curves that can be told apart on a terminal.
  static let mostTerminalCurves = 4

  /// The steps of up to four curves; they differ in colour, in their dots and in a letter at the end.
  public func terminalText(for style: TerminalStyle, columns: Int, rows: Int) -> String {
    let words = ChartWords(language: language)
    let drawn = Array(curves.prefix(Self.mostTerminalCurves))
    let plot = TerminalPlot(
      style: style, words: words, columns: columns, rows: rows, end: lastTime, unit: unit,
      letters: drawn.count > 1 ? 2 : 0, isBraille: style.usesUnicode)
    var canvas = TerminalCanvas(
      columns: plot.canvasColumns, rows: plot.rows, isBraille: style.usesUnicode)
    for index in drawn.indices { canvas.draw(shownSteps(index), curve: index, plot) }
    for index in drawn.indices where drawn.count > 1 {
      guard let end = shownSteps(index).last else { continue }
      canvas.write(
        TerminalCanvas.letter(index), column: plot.column(end.end) + 1, row: plot.row(end.share),
        curve: index)
    }
    let lines = plot.lines(shareLabel: shareLabel, timeLabel: timeLabel) { row in
      canvas.row(row) { style.paint($0, TerminalCanvas.look($1)) }
    }
    return (lines + legendLines(drawn, words, style)).joined(separator: "\n") + "\n"
  }

  private func legendLines(
    _ drawn: [SurvivalCurve], _ words: ChartWords, _ style: TerminalStyle
  ) -> [String] {
    var lines: [String] = []
    for (index, curve) in drawn.enumerated() {
      var details = [words.size(curve.total)]
      if showsMedians, curve.total > 0 { details.append(words.median(curve, unit: unit)) }
      let end = details.joined(separator: " · ")
      let letter = style.paint(
        String(TerminalCanvas.letter(index)), TerminalCanvas.look(index))
      let key = drawn.count > 1 ? letter + "  " : ""
      var label = curve.label.withoutControls
      let width = style.width ?? .max
      // A long name is cut before the numbers are; where even that is too wide, they stand below.
      let room = width - key.displayColumns - end.displayColumns - 3
      if !label.isEmpty, room < 8 {
        lines.append(key + label.truncated(toColumns: max(8, width - key.displayColumns)))
        lines.append(end)
        continue
      }
      label = label.truncated(toColumns: room)
      lines.append(key + (label.isEmpty ? end : label + " · " + end))
    }
    if curves.count + leftOut > drawn.count {
      let note = words.notDrawn(curves.count + leftOut - drawn.count)
      lines.append(note.truncated(toColumns: style.width ?? .max))
    }
    return lines
  }
}
