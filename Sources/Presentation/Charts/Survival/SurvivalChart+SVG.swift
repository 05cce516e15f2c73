extension SurvivalChart: Chart {
  /// The chart as a standalone SVG document.
  public func svg(id: String) -> String {
    let layout = SurvivalChartLayout(self)
    let words = ChartWords(language: language)
    let description = curves.map { words.description($0, in: self) }.joined(separator: " ")
    return layout.frame.document(
      of: self, id: id, description: description, bodyBottom: layout.bodyBottom
    ) { drawing in
      let plot = layout.plot
      plot.drawAxes(&drawing, timeLabel: timeLabel, shareLabel: shareLabel, words: words)
      // Bands first, so no band lies over another group's line.
      for index in curves.indices {
        plot.drawBand(shownSteps(index), color: ChartPalette.color(index), &drawing)
      }
      if showsMedians { drawMedians(&drawing, plot) }
      for index in curves.indices { drawCurve(index, &drawing, layout) }
      drawCompanions(&drawing, plot)
      drawHorizons(&drawing, plot)
      if curves.allSatisfy({ $0.steps(until: lastTime).isEmpty }) {
        drawing.text(
          words.nobody, x: (plot.left + plot.right) / 2, y: plot.y(0.6), anchor: .middle,
          style: "s")
      }
      drawLegend(&drawing, layout)
      if showsRiskTable { drawRiskTable(&drawing, layout) }
    }
  }

  private func drawLegend(_ drawing: inout SVGDrawing, _ layout: SurvivalChartLayout) {
    let left = layout.plot.right + 16
    for entry in layout.legend.entries {
      let y = entry.top + 8
      drawing.line(x1: left, y1: y, x2: left + 26, y2: y, ChartPalette.stroke(entry.index))
      LabelColumn.write(entry, x: left + 33, &drawing)
    }
  }

  /// The values of every curve at the ticks of the axis and at the horizons.
  public var table: TerminalTable {
    let words = ChartWords(language: language)
    let numbers = words.numbers
    let hasNames = curves.count > 1 || curves.contains { !$0.label.isEmpty }
    let hasLimits = curves.contains { $0.lower != nil }
    var columns: [TerminalTable.Column] = hasNames ? [.text(words.group)] : []
    columns += [
      .number(words.timeHeading(unit)), .number(words.atRisk), .number(words.censoredBefore),
      .number(words.eventsBefore), .number(words.shareFromThen),
    ]
    if hasLimits { columns.append(.number(words.limits(level: confidenceLevel))) }
    var table = TerminalTable(columns)
    let ticks = SurvivalChartLayout(self).plot.ticks.positions
    let times = Set(ticks + horizons.filter { $0 <= lastTime && $0 > 0 }).sorted()
    for curve in curves {
      for time in times {
        let counts = curve.counts(before: time)
        let reading = curve.reading(at: time, in: view)
        var cells: [TableCell] = hasNames ? [TableCell(curve.label)] : []
        cells += [
          TableCell(words.time(time)), TableCell(numbers.integer(counts.atRisk)),
          TableCell(numbers.integer(counts.censored)), TableCell(numbers.integer(counts.events)),
          TableCell(numbers.percent(reading?.share)),
        ]
        if hasLimits { cells.append(TableCell(words.range(reading?.limits))) }
        table.append(cells)
      }
    }
    return table
  }
}
