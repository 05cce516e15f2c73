/// Where the small pictures of a chart stand.
struct ShareLinesLayout {
  let frame: ChartFrame
  let plots: [PlotArea]
  /// The key of the groups: index, lines of text, and the left top corner of each.
  let key: [(index: Int, lines: [String], x: Double, y: Double)]
  let tableTop: Double
  let bodyBottom: Double
  let shares: [Double]
  private static let panelHeight = 190.0

  init(_ chart: ShareLinesChart) {
    let words = ChartWords(language: chart.language)
    let steps = chart.panels.flatMap { $0.lines.flatMap(\.steps) }
    var notes: [String] = []
    if steps.contains(where: { $0.limits != nil }) {
      notes.append(words.bands(level: chart.confidenceLevel))
    }
    if steps.contains(where: \.isFaded) { notes.append(words.fewAtRisk) }
    frame = ChartFrame(chart, key: notes)

    let groups = chart.panels.first?.lines ?? []
    let (margin, full) = (ChartFrame.margin, ChartFrame.width)
    let texts = groups.map { line in
      [line.label, words.size(line.total)].filter { !$0.isEmpty }.joined(separator: ", ")
    }
    func width(_ text: String) -> Double { 57 + ChartText.width(text, size: ChartFrame.textSize) }
    // In one row where they fit, else in two columns.
    let isRow = texts.map(width).reduce(0, +) <= full - 2 * margin
    var (x, y) = (margin, frame.headingBottom + 12)
    var rowHeight = 0.0
    var key: [(index: Int, lines: [String], x: Double, y: Double)] = []
    for (index, text) in texts.enumerated() {
      let lines = ChartText.lines(text, size: ChartFrame.textSize, limit: isRow ? full : 330)
      if !isRow, index > 0 {
        x = index.isMultiple(of: 2) ? margin : full / 2
        if index.isMultiple(of: 2) { (y, rowHeight) = (y + rowHeight, 0) }
      }
      key.append((index, lines, x, y))
      if isRow { x += width(text) }
      rowHeight = max(rowHeight, Double(lines.count) * 15 + 4)
    }
    self.key = key
    let columns = chart.panels.count > 1 ? 2 : 1
    let top = chart.topShare
    let step = top <= 0.3 ? 0.05 : top <= 0.6 ? 0.1 : 0.2
    shares = (0...Int((top / step).rounded())).map { Double($0) * step }
    var rowTop = y + rowHeight + 16
    var plots: [PlotArea] = []
    let panelWidth = (full - 2 * margin - (columns == 2 ? 28 : 0)) / Double(columns)
    let ticks = AxisTicks(
      upTo: chart.end, unit: chart.unit, atMost: Int((panelWidth - 60) / 50), fixedEnd: true)
    for row in stride(from: 0, to: chart.panels.count, by: columns) {
      let panels = Array(chart.panels[row..<min(row + columns, chart.panels.count)])
      let titles = panels.map { Self.title($0, width: panelWidth) }
      let plotTop = rowTop + Double(titles.map(\.count).max() ?? 1) * 14 + 14
      for column in panels.indices {
        let left = margin + Double(column) * (panelWidth + 28)
        plots.append(
          PlotArea(
            left: left + 46, right: left + panelWidth - 8, top: plotTop,
            bottom: plotTop + Self.panelHeight, ticks: ticks, topShare: top))
      }
      rowTop = plotTop + Self.panelHeight + 48
    }
    self.plots = plots
    tableTop = rowTop + 18
    let rows = groups.contains { $0.atRisk != nil } ? groups.count : 0
    bodyBottom = rows == 0 ? rowTop - 6 : tableTop + Double(rows + 1) * 15 - 8
  }

  /// The heading of a panel in lines.
  static func title(_ panel: ShareLinesChart.Panel, width: Double) -> [String] {
    ChartText.lines(
      panel.title, size: ChartFrame.smallSize, bold: true, limit: width - 54, atMost: 2)
  }
}

extension ShareLinesChart {
  /// The chart as a standalone SVG document.
  public func svg(id: String) -> String {
    let layout = ShareLinesLayout(self)
    let words = ChartWords(language: language)
    return layout.frame.document(
      of: self, id: id, description: description(words), bodyBottom: layout.bodyBottom
    ) { drawing in
      for entry in layout.key {
        drawing.line(
          x1: entry.x, y1: entry.y + 4, x2: entry.x + 26, y2: entry.y + 4,
          ChartPalette.stroke(entry.index))
        for (number, line) in entry.lines.enumerated() {
          drawing.text(line, x: entry.x + 33, y: entry.y + 8 + Double(number) * 15)
        }
      }
      for (panel, plot) in zip(panels, layout.plots) {
        draw(panel, plot, shares: layout.shares, words, &drawing)
      }
      drawObserved(layout, words, &drawing)
    }
  }

  private func draw(
    _ panel: Panel, _ plot: PlotArea, shares: [Double], _ words: ChartWords,
    _ drawing: inout SVGDrawing
  ) {
    let title = ShareLinesLayout.title(panel, width: plot.right - plot.left + 54)
    for (number, line) in title.enumerated() {
      drawing.text(
        line, x: plot.left, y: plot.top - 10 - Double(title.count - 1 - number) * 14, style: "b")
    }
    plot.drawAxes(
      &drawing, timeLabel: timeLabel, shareLabel: "", words: words, shares: shares)
    for (index, line) in panel.lines.enumerated() {
      plot.drawBand(line.steps, color: ChartPalette.color(index), &drawing)
    }
    drawing.open("<g fill=\"none\">")
    for (index, line) in panel.lines.enumerated() {
      plot.drawCurve(line.steps, stroke: ChartPalette.stroke(index), &drawing)
    }
    drawing.close("g")
    if panel.lines.allSatisfy({ $0.steps.isEmpty }) {
      drawing.text(
        words.nobody, x: (plot.left + plot.right) / 2, y: (plot.top + plot.bottom) / 2,
        anchor: .middle, style: "s")
    }
  }

  /// Writes how many of each group are under observation, with the times as headings.
  private func drawObserved(
    _ layout: ShareLinesLayout, _ words: ChartWords, _ drawing: inout SVGDrawing
  ) {
    guard let groups = panels.first?.lines, groups.contains(where: { $0.atRisk != nil }) else {
      return
    }
    let ticks = AxisTicks(upTo: end, unit: unit, atMost: 8, fixedEnd: true).positions
    let left = ChartFrame.margin
    let first = 270.0
    let step = (ChartFrame.width - left - 30 - first) / Double(max(1, ticks.count - 1))
    drawing.text(words.observed, x: left, y: layout.tableTop, style: "s")
    for (number, tick) in ticks.enumerated() {
      drawing.text(
        words.time(tick), x: first + Double(number) * step, y: layout.tableTop, anchor: .middle,
        style: "s")
    }
    for (index, line) in groups.enumerated() {
      let y = layout.tableTop + Double(index + 1) * 15
      drawing.rectangle(
        x: left, y: y - 10, width: 4, height: 12, "fill=\"\(ChartPalette.color(index))\"")
      let name = ChartText.lines(
        line.label, size: ChartFrame.smallSize, limit: first - 60, atMost: 1)
      drawing.text(name.first ?? "", x: left + 12, y: y, style: "n")
      for (number, tick) in ticks.enumerated() {
        drawing.text(
          words.numbers.integer(line.observed(before: tick)), x: first + Double(number) * step,
          y: y, anchor: .middle, style: "n")
      }
    }
  }

  private func description(_ words: ChartWords) -> String {
    panels.map { panel in
      let ends = panel.lines.map { line in
        guard let last = line.steps.last else { return "\(line.label): \(words.nobody)" }
        let share = words.numbers.percent(last.share)
        return "\(line.label): \(share) \(words.after(last.end, unit: unit))"
      }
      return "\(panel.title). \(ends.joined(separator: "; "))."
    }.joined(separator: " ")
  }
}
