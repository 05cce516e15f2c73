import Journey

/// Where the rows of an interval plot stand.
struct IntervalLayout {
  let frame: ChartFrame
  let labels: [[String]]
  /// The headings above rows, in lines; empty for rows without one.
  let sections: [[String]]
  /// How far the labels of rows below headings are set in.
  let indent: Double
  let tops: [Double]
  let countRight: Double
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  let ticks: [Double]
  /// Whether the numbers of the axis stand above the rows, too: of many rows one sees only a part.
  let hasTopAxis: Bool

  init(_ plot: IntervalPlot) {
    let words = ChartWords(language: plot.language)
    frame = ChartFrame(plot, key: plot.key(words))
    labels = plot.rows.map {
      ChartText.lines($0.label, size: ChartFrame.textSize, limit: 220, atMost: 4)
    }
    sections = plot.rows.map { row in
      row.section.map {
        ChartText.lines(
          $0, size: ChartFrame.textSize, bold: true,
          limit: ChartFrame.width - 2 * ChartFrame.margin, atMost: 3)
      } ?? []
    }
    indent = sections.allSatisfy(\.isEmpty) ? 0 : 12
    let labelWidth =
      indent + (labels.joined().map { ChartText.width($0, size: ChartFrame.textSize) }.max() ?? 0)
    let counts = plot.rows.map { words.numbers.integer($0.count) }
    let countWidth =
      (counts + ["n"]).map { ChartText.width($0, size: ChartFrame.smallSize) }.max() ?? 0
    countRight = ChartFrame.margin + labelWidth + 14 + countWidth
    let figures = plot.rows.map { ChartText.width(plot.figures($0), size: ChartFrame.smallSize) }
    left = countRight + 20
    right = ChartFrame.width - ChartFrame.margin - (figures.max() ?? 0) - 18
    ticks = plot.ticks(atMost: max(2, Int((right - left) / 64)))
    let hasLabel = plot.reference.map { !$0.label.isEmpty } ?? false
    hasTopAxis = plot.rows.count > 15
    top = frame.headingBottom + 26 + (hasLabel || hasTopAxis ? 14 : 0)
    var y = top
    var tops: [Double] = []
    for (lines, section) in zip(labels, sections) {
      if !section.isEmpty { y += 8 + Double(section.count) * 15 }
      tops.append(y)
      y += lines.count > 1 ? 6 + Double(lines.count) * 15 : 24
    }
    self.tops = tops
    bottom = max(y, top + 24) + 4
  }

  func x(_ value: Double) -> Double {
    let (low, high) = (ticks[0], ticks[ticks.count - 1])
    return left + (right - left) * min(max((value - low) / (high - low), 0), 1)
  }
}

extension IntervalPlot {
  /// The chart as a standalone SVG document.
  public func svg(id: String) -> String {
    let layout = IntervalLayout(self)
    let words = ChartWords(language: language)
    let description = rows.map { "\($0.label): \(figures($0))." }.joined(separator: " ")
    return layout.frame.document(
      of: self, id: id, description: rows.isEmpty ? words.nobody + "." : description,
      bodyBottom: layout.bottom + 40
    ) { drawing in
      drawAxis(layout, &drawing)
      for (index, row) in rows.enumerated() {
        let lines = layout.labels[index]
        let middle = layout.tops[index] + (lines.count > 1 ? 3 + Double(lines.count) * 7.5 : 12)
        for (number, line) in layout.sections[index].enumerated() {
          drawing.text(
            line, x: ChartFrame.margin,
            y: layout.tops[index] - 3 - Double(layout.sections[index].count - 1 - number) * 15,
            style: "b")
        }
        for (number, line) in lines.enumerated() {
          drawing.text(
            line, x: ChartFrame.margin + layout.indent,
            y: middle + 4 + (Double(number) - Double(lines.count - 1) / 2) * 15)
        }
        drawing.text(
          row.isWithheld ? "·" : words.numbers.integer(row.count), x: layout.countRight,
          y: middle + 4, anchor: .end, style: "s")
        drawing.text(
          figures(row), x: ChartFrame.width - ChartFrame.margin, y: middle + 4, anchor: .end,
          style: "n")
        draw(row, y: middle, layout, &drawing)
      }
    }
  }

  private func draw(
    _ row: Row, y: Double, _ layout: IntervalLayout, _ drawing: inout SVGDrawing
  ) {
    guard let value = row.value, let limits = row.limits else { return }
    let stroke = "stroke=\"\(ChartPalette.blue)\" stroke-width=\"2\""
    let (low, high) = (layout.x(limits.lowerBound), layout.x(limits.upperBound))
    drawing.line(x1: low, y1: y, x2: high, y2: y, stroke)
    for end in [low, high] {
      drawing.line(x1: end, y1: y - 4, x2: end, y2: y + 4, stroke)
    }
    drawing.circle(x: layout.x(value), y: y, radius: 4, "fill=\"\(ChartPalette.blue)\"")
  }

  private func drawAxis(_ layout: IntervalLayout, _ drawing: inout SVGDrawing) {
    drawing.text("n", x: layout.countRight, y: layout.top - 8, anchor: .end, style: "s")
    for tick in layout.ticks {
      let x = layout.x(tick)
      drawing.line(
        x1: x, y1: layout.top, x2: x, y2: layout.bottom, "stroke=\"\(ChartInk.grid)\"")
      drawing.text(
        text(tick, places: axisPlaces), x: x, y: layout.bottom + 16, anchor: .middle, style: "n")
      guard layout.hasTopAxis else { continue }
      drawing.text(
        text(tick, places: axisPlaces), x: x, y: layout.top - 8, anchor: .middle, style: "n")
    }
    drawing.line(
      x1: layout.left, y1: layout.bottom, x2: layout.right, y2: layout.bottom,
      "stroke=\"\(ChartInk.axis)\"")
    if let reference {
      let x = layout.x(reference.value)
      drawing.line(
        x1: x, y1: layout.top - 4, x2: x, y2: layout.bottom,
        "stroke=\"\(ChartInk.axis)\" stroke-width=\"1\" stroke-dasharray=\"4 3\"")
      let name = reference.label.isEmpty ? "" : "\(reference.label) \(text(reference.value))"
      let width = ChartText.width(name, size: ChartFrame.smallSize) / 2
      let middle = min(max(x, width + layout.countRight + 8), ChartFrame.width - 16 - width)
      drawing.text(
        name, x: middle, y: layout.top - (layout.hasTopAxis ? 22 : 10), anchor: .middle, style: "s")
    }
    let limit = layout.right - layout.left
    let label = ChartText.lines(
      valueLabel, size: ChartFrame.textSize, limit: max(limit, 200), atMost: 1)
    drawing.text(
      label.first ?? "", x: (layout.left + layout.right) / 2, y: layout.bottom + 34,
      anchor: .middle)
  }
}
