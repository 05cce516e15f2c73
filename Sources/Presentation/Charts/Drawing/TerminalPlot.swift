/// A plot of shares over time on a terminal: its size, its scales, and the axes around its rows.
struct TerminalPlot {
  let style: TerminalStyle
  let words: ChartWords
  let ticks: AxisTicks
  let labelWidth: Int
  /// The columns right of the vertical axis.
  let canvasColumns: Int
  /// The columns of the time axis; the rest is for letters at the ends of curves.
  let plotColumns: Int
  let rows: Int
  let pointsPerColumn: Int
  let pointsPerRow: Int

  /// Finds the room for a plot.
  ///
  /// - Parameters:
  ///   - style: What the stream can do.
  ///   - words: The fixed words.
  ///   - columns: How wide the drawing may be, its labels included.
  ///   - rows: How high the plot is.
  ///   - end: The last time.
  ///   - unit: The unit of the time axis.
  ///   - letters: How many columns to keep free at the right.
  ///   - isBraille: Whether a column holds two points and a row four.
  init(
    style: TerminalStyle, words: ChartWords, columns: Int, rows: Int, end: Double,
    unit: ChartTimeUnit, letters: Int, isBraille: Bool
  ) {
    self.style = style
    self.words = words
    labelWidth = words.numbers.percent(1, places: 0).displayColumns
    canvasColumns = max(16, min(columns, style.width ?? columns) - labelWidth - 2)
    plotColumns = canvasColumns - letters
    self.rows = max(5, rows)
    ticks = AxisTicks(upTo: end, unit: unit, atMost: max(1, plotColumns / 8), fixedEnd: true)
    pointsPerColumn = isBraille ? 2 : 1
    pointsPerRow = isBraille ? 4 : 1
  }

  func x(_ time: Double) -> Int {
    let points = Double(plotColumns * pointsPerColumn - 1)
    return Int((min(max(time / ticks.end, 0), 1) * points).rounded())
  }

  func y(_ share: Double) -> Int {
    let points = Double(rows * pointsPerRow - 1)
    return Int(((1 - min(max(share, 0), 1)) * points).rounded())
  }

  func column(_ time: Double) -> Int { x(time) / pointsPerColumn }

  func row(_ share: Double) -> Int { y(share) / pointsPerRow }

  /// The lines of the plot with both axes and their labels.
  ///
  /// - Parameters:
  ///   - shareLabel: What the vertical axis shows.
  ///   - timeLabel: What the time axis counts.
  ///   - row: What stands in a row of the plot, from the top.
  func lines(shareLabel: String, timeLabel: String, row plot: (Int) -> String) -> [String] {
    let labels = [0, 0.25, 0.5, 0.75, 1].reduce(into: [Int: String]()) { labels, share in
      labels[row(share)] = words.numbers.percent(share, places: 0)
    }
    var lines =
      shareLabel.isEmpty
      ? [] : [shareLabel.withoutControls.truncated(toColumns: labelWidth + 2 + canvasColumns)]
    for row in 0..<rows {
      let label = labels[row] ?? ""
      let axis = style.usesUnicode ? (label.isEmpty ? "│" : "┤") : (label.isEmpty ? "|" : "+")
      lines.append(
        label.padded(toColumns: labelWidth, alignment: .trailing) + " " + axis + plot(row))
    }
    return lines + axisLines(timeLabel)
  }

  private func axisLines(_ timeLabel: String) -> [String] {
    let columns = ticks.positions.map { column($0) }
    let (corner, line, tick) = style.usesUnicode ? ("└", "─", "┬") : ("+", "-", "+")
    let indent = String(repeating: " ", count: labelWidth + 1)
    let rule = (0..<plotColumns).map { columns.contains($0) ? tick : line }.joined()
    var labels = ""
    for (position, column) in zip(ticks.positions, columns) {
      let text = words.time(position)
      // The last label ends with the drawing, so that it never wraps.
      let last = labelWidth + 2 + canvasColumns - text.displayColumns
      let start = max(0, min(labelWidth + 2 + column - text.displayColumns / 2, last))
      // A label that would touch the one before it is left out.
      guard labels.isEmpty || start > labels.displayColumns else { continue }
      labels = labels.padded(toColumns: start, alignment: .leading) + text
    }
    let name = timeLabel.withoutControls.truncated(toColumns: canvasColumns)
    return [indent + corner + rule, labels, indent + " " + name]
  }
}
