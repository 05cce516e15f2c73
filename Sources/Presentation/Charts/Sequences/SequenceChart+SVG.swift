import Journey

/// Where the lines of an index plot stand.
struct SequenceLayout {
  let frame: ChartFrame
  let plot: PlotArea
  let rowHeight: Double
  /// The fill and name of every state, and of what is not observed.
  let entries: [(fill: String, label: String)]
  let labels: [[String]]
  let bodyBottom: Double

  init(_ chart: SequenceChart) {
    let words = ChartWords(language: chart.language)
    frame = ChartFrame(chart, key: [words.singlePeople])
    // What is not observed is blank, and has its place in the legend like every state.
    let isIncomplete = chart.sequences.contains { $0.count < chart.length || $0.contains(nil) }
    entries =
      chart.states.map { (fill: $0.color.fill, label: $0.label) }
      + (isIncomplete ? [(fill: ChartInk.paper, label: words.notObserved)] : [])
    labels = entries.map {
      ChartText.lines($0.label, size: ChartFrame.textSize, limit: 170, atMost: 3)
    }
    let labelWidth =
      labels.joined().map { ChartText.width($0, size: ChartFrame.textSize) }.max() ?? 0
    let top = frame.headingBottom + 34
    // One line of a person is at most 18 units high and as low as half a unit.
    let height = min(max(Double(chart.count) * 18, 40), 500)
    let labelHeight = Double(labels.map { $0.count * 15 + 6 }.reduce(0, +))
    rowHeight = height / Double(max(1, chart.count))
    let right = ChartFrame.width - ChartFrame.margin - labelWidth - 44
    let left = ChartFrame.margin + 4
    plot = PlotArea(
      left: left, right: right, top: top, bottom: top + height,
      ticks: AxisTicks(
        upTo: Double(max(1, chart.length)), unit: chart.unit, atMost: Int((right - left) / 60),
        fixedEnd: true))
    bodyBottom = max(top + height + 38, top + labelHeight)
  }
}

extension SequenceChart {
  /// The index plot, or above a thousand people the distribution of states.
  public func svg(id: String) -> String {
    guard showsLines else { return distribution.svg(id: id) }
    let layout = SequenceLayout(self)
    let words = ChartWords(language: language)
    return layout.frame.document(
      of: self, id: id, description: description(words), bodyBottom: layout.bodyBottom
    ) { drawing in
      let plot = layout.plot
      drawing.text(words.size(count), x: plot.left, y: plot.top - 10, style: "s")
      drawLines(layout, &drawing)
      plot.drawAxes(&drawing, timeLabel: timeLabel, shareLabel: "", words: words, shares: [])
      if sequences.isEmpty || length == 0 {
        drawing.text(
          words.nobody, x: (plot.left + plot.right) / 2, y: plot.top + 24, anchor: .middle,
          style: "s")
      }
      var y = plot.top + 10
      for (entry, lines) in zip(layout.entries, layout.labels) {
        drawing.rectangle(
          x: plot.right + 20, y: y - 10, width: 14, height: 12,
          "fill=\"\(entry.fill)\" stroke=\"\(ChartInk.axis)\" stroke-width=\"0.5\"")
        for line in lines {
          drawing.text(line, x: plot.right + 42, y: y)
          y += 15
        }
        y += 6
      }
    }
  }

  /// Draws one path for each state: a stroke for every stretch of every person in it.
  private func drawLines(_ layout: SequenceLayout, _ drawing: inout SVGDrawing) {
    let n = SVGDrawing.number
    var paths = Array(repeating: "", count: states.count)
    for (row, sequence) in ordered.enumerated() {
      let y = n(layout.plot.top + (Double(row) + 0.5) * layout.rowHeight)
      var period = 0
      while period < sequence.count {
        let end = sequence[period...].firstIndex { $0 != sequence[period] } ?? sequence.count
        if let state = sequence[period] {
          let x = n(layout.plot.x(Double(period)))
          paths[state] += "M\(x) \(y)H\(n(layout.plot.x(Double(end))))"
        }
        period = end
      }
    }
    let gap = layout.rowHeight >= 6 ? 1.0 : 0
    drawing.open(
      "<g fill=\"none\" stroke-width=\"\(n(layout.rowHeight - gap))\" "
        + "shape-rendering=\"crispEdges\">")
    for (state, path) in zip(states, paths) {
      drawing.path(path, "stroke=\"\(state.color.fill)\"")
    }
    drawing.close("g")
  }

  private func description(_ words: ChartWords) -> String {
    let names = states.map(\.label).joined(separator: ", ")
    return LocalizedText(
      en: "The journeys of \(count) people over \(words.span(Double(length), unit: unit))"
        + " through the states \(names).",
      de: "Die Verläufe von \(count) Personen über"
        + " \(words.span(Double(length), unit: unit)) durch die Zustände \(names).")(language)
  }
}
