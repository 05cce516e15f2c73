extension SurvivalChart {
  /// The most curves that can be told apart on a terminal.
  static let mostTerminalCurves = 4

  /// The steps of up to four curves as a small drawing for a terminal, ended by a line feed.
  ///
  /// It has neither bands nor marks and goes beside the numbers, never instead of them. Curves
  /// differ in colour where there is colour, in their dots, and in a letter at their end. Without
  /// Unicode it draws in ASCII signs.
  ///
  /// - Parameters:
  ///   - style: What the stream can do.
  ///   - columns: How wide the drawing is, its labels included; less on a narrower terminal.
  ///   - rows: How high the plot is, without its time axis.
  public func terminalText(for style: TerminalStyle, columns: Int = 60, rows: Int = 13) -> String {
    let numbers = NumberStyle(language)
    let words = ChartWords(language: language)
    let drawn = Array(curves.prefix(Self.mostTerminalCurves))
    let labelWidth = numbers.percent(1, places: 0).displayColumns
    let room = min(columns, style.width ?? columns) - labelWidth - 2
    let canvasColumns = max(16, room)
    // The last columns are for the letters of curves that end at the right edge.
    let plotColumns = canvasColumns - (drawn.count > 1 ? 2 : 0)
    let ticks = AxisTicks(
      upTo: lastTime, unit: unit, atMost: max(1, plotColumns / 8), fixedEnd: true)
    var canvas = TerminalCanvas(
      columns: canvasColumns, rows: max(5, rows), isBraille: style.usesUnicode)
    let scale = TerminalScale(canvas: canvas, plotColumns: plotColumns, end: ticks.end)
    for (index, curve) in drawn.enumerated() { draw(curve, index, on: &canvas, scale) }
    for (index, curve) in drawn.enumerated() where drawn.count > 1 {
      guard let end = curve.steps(until: lastTime).last else { continue }
      canvas.write(
        Self.letter(index), column: scale.column(end.end) + 1,
        row: scale.row(shown(end.survival)), curve: index)
    }

    let labels = [0, 0.25, 0.5, 0.75, 1].reduce(into: [Int: String]()) { labels, share in
      labels[scale.row(share)] = numbers.percent(share, places: 0)
    }
    var lines = [shareLabel.withoutControls.truncated(toColumns: labelWidth + 2 + canvasColumns)]
    for row in 0..<canvas.rows {
      let label = labels[row] ?? ""
      let axis = style.usesUnicode ? (label.isEmpty ? "│" : "┤") : (label.isEmpty ? "|" : "+")
      let plot = canvas.row(row) { style.paint($0, Self.looks[$1 % Self.looks.count]) }
      lines.append(label.padded(toColumns: labelWidth, alignment: .trailing) + " " + axis + plot)
    }
    lines += axisLines(
      ticks, scale, labelWidth: labelWidth, plotColumns: plotColumns, canvasColumns: canvasColumns,
      style)
    lines += legendLines(drawn, words, style)
    return lines.joined(separator: "\n") + "\n"
  }

  private static let looks: [Look] = [.blue, .yellow, .green, .magenta]

  /// Which of several neighbouring dots a curve shows: a dash pattern as second channel.
  private static let patterns: [[Bool]] = [
    [true], [true, true, true, false, false], [true, false, false], [true, false],
  ]

  private static func letter(_ index: Int) -> Character { ["A", "B", "C", "D"][index % 4] }

  private func draw(
    _ curve: SurvivalCurve, _ index: Int, on canvas: inout TerminalCanvas, _ scale: TerminalScale
  ) {
    let steps = curve.steps(until: lastTime)
    let pattern = canvas.isBraille ? Self.patterns[index % Self.patterns.count] : [true]
    for (position, step) in steps.enumerated() {
      let y = scale.y(shown(step.survival))
      let end = scale.x(step.end)
      for x in scale.x(step.start)...max(end, scale.x(step.start)) where pattern[x % pattern.count]
      {
        canvas.set(x: x, y: y, curve: index)
      }
      guard position + 1 < steps.count else { continue }
      let next = scale.y(shown(steps[position + 1].survival))
      for y in min(y, next)...max(y, next) where pattern[y % pattern.count] {
        canvas.set(x: end, y: y, curve: index)
      }
    }
  }

  private func axisLines(
    _ ticks: AxisTicks, _ scale: TerminalScale, labelWidth: Int, plotColumns: Int,
    canvasColumns: Int, _ style: TerminalStyle
  ) -> [String] {
    let words = ChartWords(language: language)
    let columns = ticks.positions.map { scale.column($0) }
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

  private func legendLines(
    _ drawn: [SurvivalCurve], _ words: ChartWords, _ style: TerminalStyle
  ) -> [String] {
    var lines: [String] = []
    for (index, curve) in drawn.enumerated() {
      var details = [words.size(curve)]
      if showsMedians, curve.total > 0 { details.append(words.median(curve, unit: unit)) }
      let end = details.joined(separator: " · ")
      let letter = style.paint(String(Self.letter(index)), Self.looks[index])
      let key = drawn.count > 1 ? letter + "  " : ""
      var label = curve.label.withoutControls
      if let width = style.width {
        // A long name is cut before the numbers are.
        let taken = key.displayColumns + end.displayColumns + 3
        label = label.truncated(toColumns: max(8, width - taken))
      }
      lines.append(key + (label.isEmpty ? end : label + " · " + end))
    }
    if curves.count > drawn.count { lines.append(words.notDrawn(curves.count - drawn.count)) }
    return lines
  }
}

/// From time and share to the points and cells of a canvas.
struct TerminalScale {
  private let pointsAcross: Double
  private let pointsDown: Double
  private let pointsPerColumn: Int
  private let pointsPerRow: Int
  private let end: Double

  init(canvas: TerminalCanvas, plotColumns: Int, end: Double) {
    pointsPerColumn = canvas.width / canvas.columns
    pointsPerRow = canvas.height / canvas.rows
    pointsAcross = Double(plotColumns * pointsPerColumn - 1)
    pointsDown = Double(canvas.height - 1)
    self.end = end
  }

  func x(_ time: Double) -> Int {
    Int((min(max(time / end, 0), 1) * pointsAcross).rounded())
  }

  func y(_ share: Double) -> Int {
    Int(((1 - min(max(share, 0), 1)) * pointsDown).rounded())
  }

  func column(_ time: Double) -> Int { x(time) / pointsPerColumn }

  func row(_ share: Double) -> Int { y(share) / pointsPerRow }
}
