/// Where the parts of a stacked chart stand.
struct StackedChartLayout {
  let frame: ChartFrame
  let plot: PlotArea
  let labels: LabelColumn
  let bodyBottom: Double

  init(_ chart: StackedChart) {
    let words = ChartWords(language: chart.language)
    var key: [String] = []
    if chart.fewFrom != nil { key.append(words.fewAtRisk) }
    if chart.layers.contains(where: { $0.state.color == .notObserved }) {
      key.append(words.hatchedUnknown)
    }
    frame = ChartFrame(chart, key: key)
    let last = chart.lastShares
    let edges = chart.times.isEmpty ? nil : chart.edges(chart.times.count - 1)
    var entries = chart.layers.indices.map { index in
      let value = words.numbers.percent(last?[index])
      let label = chart.layers[index].state.label
      var lines = ChartText.lines(
        "\(label) \(value)", size: ChartFrame.textSize, limit: 190, atMost: 3)
      // The value must survive a name that is cut.
      if !(lines.last ?? "").hasSuffix(value) {
        lines =
          ChartText.lines(label, size: ChartFrame.textSize, limit: 190, atMost: 2) + [value]
      }
      let readings = index < chart.readings.count ? chart.readings[index] : []
      let details = readings.flatMap { reading in
        ChartText.lines(
          words.reading(
            reading.share.map { ($0, reading.limits) }, at: reading.time, unit: chart.unit),
          size: ChartFrame.smallSize, limit: 210)
      }
      return LabelColumn.Entry(
        index: index, label: lines, details: details, gap: details.isEmpty ? 4 : 8)
    }
    let top = frame.headingBottom + (chart.shareLabel.isEmpty ? 20 : 36)
    let bottom = top + max(280, LabelColumn.height(entries))
    let right = ChartFrame.width - ((LabelColumn.width(entries) ?? 0) + 44)
    let numberWidth = ChartText.width(
      words.numbers.integer(chart.atRisk?.max() ?? 0), size: ChartFrame.smallSize)
    let left =
      chart.atRisk == nil
      ? 64
      : max(
        64,
        ChartFrame.margin + ChartText.width(words.observed, size: ChartFrame.smallSize) + 10
          + max(numberWidth / 2, 14))
    plot = PlotArea(
      left: left, right: right, top: top, bottom: bottom,
      ticks: AxisTicks(
        upTo: chart.end, unit: chart.unit, atMost: Int((right - left) / max(46, numberWidth + 12)),
        fixedEnd: true))
    for index in entries.indices {
      entries[index].target = edges.map { [plot] in
        plot.y(($0[index].lowerBound + $0[index].upperBound) / 2)
      }
    }
    labels = LabelColumn(entries, top: top, bottom: bottom)
    bodyBottom = bottom + 38 + (chart.atRisk == nil ? 0 : 24)
  }
}

extension StackedChart {
  /// The chart as a standalone SVG document.
  public func svg(id: String) -> String {
    let layout = StackedChartLayout(self)
    let words = ChartWords(language: language)
    return layout.frame.document(
      of: self, id: id, description: description(words), bodyBottom: layout.bodyBottom
    ) { drawing in
      let plot = layout.plot
      let hatching = Hatching(chart: id)
      if layers.contains(where: \.state.color.isHatched) {
        hatching.define(color: ChartInk.hatch, &drawing)
      }
      for index in layers.indices { drawLayer(index, plot, hatching, &drawing) }
      if let few = fewFrom {
        drawing.rectangle(
          x: plot.x(few), y: plot.top, width: plot.x(end) - plot.x(few),
          height: plot.bottom - plot.top,
          "fill=\"\(ChartInk.paper)\" fill-opacity=\"0.6\"")
      }
      for time in Set(readings.joined().map(\.time)).sorted() where time > 0 && time <= end {
        drawing.line(
          x1: plot.x(time), y1: plot.top, x2: plot.x(time), y2: plot.bottom,
          "stroke=\"\(ChartInk.axis)\" stroke-width=\"0.75\" opacity=\"0.55\"")
      }
      plot.drawAxes(
        &drawing, timeLabel: timeLabel, shareLabel: shareLabel, words: words, drawsGrid: false)
      if times.isEmpty || total == 0 {
        drawing.text(
          words.nobody, x: (plot.left + plot.right) / 2, y: plot.y(0.6), anchor: .middle,
          style: "s")
      }
      drawLabels(layout, &drawing)
      drawObserved(plot, words, &drawing)
    }
  }

  private func drawLayer(
    _ index: Int, _ plot: PlotArea, _ hatching: Hatching, _ drawing: inout SVGDrawing
  ) {
    let color = layers[index].state.color
    var upper = StepPath()
    for run in knownRuns where run.contains(where: { edges($0)?[index].isEmpty == false }) {
      let bounds = run.compactMap { place in edges(place).map { (place, $0[index]) } }
      guard let (first, edge) = bounds.first, edge.upperBound >= 0 else { continue }
      upper.move(x: plot.x(times[first]), y: plot.y(edge.upperBound))
      for (place, edge) in bounds {
        upper.vertical(to: plot.y(edge.upperBound))
        upper.horizontal(to: plot.x(endOfStep(place)))
      }
      for (place, edge) in bounds.reversed() {
        upper.vertical(to: plot.y(edge.lowerBound))
        upper.horizontal(to: plot.x(times[place]))
      }
      upper.close()
    }
    let path = upper.finish()
    drawing.open("<g>")
    drawing.open("<title>\(layers[index].state.label.markupEscaped)</title>")
    drawing.path(
      path, "fill=\"\(color.fill)\" stroke=\"\(ChartInk.paper)\" stroke-width=\"1\"")
    if color.isHatched { drawing.path(path, "fill=\"\(hatching.fill)\"") }
    drawing.close("g")
  }

  /// The times in runs without a gap, where all shares are known.
  private var knownRuns: [[Int]] {
    times.indices.reduce(into: [[]]) { runs, index in
      if edges(index) != nil {
        runs[runs.count - 1].append(index)
      } else if runs.last?.isEmpty == false {
        runs.append([])
      }
    }.filter { !$0.isEmpty }
  }

  private func endOfStep(_ index: Int) -> Double {
    index + 1 < times.count ? times[index + 1] : end
  }

  private func drawLabels(_ layout: StackedChartLayout, _ drawing: inout SVGDrawing) {
    let plot = layout.plot
    for entry in layout.labels.entries {
      let x = plot.x(end)
      if let target = entry.target {
        // A line from the area to its label, which may have had to move.
        var y = entry.top + 8 + Double(entry.label.count - 1) * 7.5
        if abs(y - target) < 5 { y = target }
        drawing.polyline(
          [(x + 3, target), (x + 9, target), (plot.right + 14, y), (plot.right + 20, y)],
          "fill=\"none\" stroke=\"\(ChartInk.axis)\" stroke-width=\"0.75\"")
      }
      LabelColumn.write(entry, x: plot.right + 24, &drawing)
    }
  }

  /// Writes how many are under observation, below the ticks.
  private func drawObserved(_ plot: PlotArea, _ words: ChartWords, _ drawing: inout SVGDrawing) {
    guard atRisk != nil else { return }
    let y = plot.bottom + 60
    drawing.text(words.observed, x: ChartFrame.margin, y: y, style: "s")
    for tick in plot.ticks.positions {
      drawing.text(
        words.numbers.integer(observed(before: tick)), x: plot.x(tick), y: y, anchor: .middle,
        style: "n")
    }
  }

  private func description(_ words: ChartWords) -> String {
    guard let last = lastShares else { return words.nobody + "." }
    let parts = zip(layers, last).map { "\($0.state.label) \(words.numbers.percent($1))" }
    return
      "\(words.size(total)), \(words.after(end, unit: unit)): \(parts.joined(separator: ", "))."
  }
}
