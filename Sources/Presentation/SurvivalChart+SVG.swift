import Journey

extension SurvivalChart {
  /// The chart as a standalone SVG document that can also stand inside an HTML page.
  ///
  /// The same chart gives the same bytes. It contains real text, no scripts and no references.
  ///
  /// - Parameter id: What its element ids begin with; give each chart of one page its own, made of
  ///   letters, digits and hyphens.
  public func svg(id: String = "survival") -> String {
    let layout = SurvivalChartLayout(self)
    var drawing = SVGDrawing()
    openDocument(&drawing, layout, id: id)
    drawHeading(&drawing, layout)
    drawAxes(&drawing, layout)
    // Bands first, so no band lies over another group's line.
    for index in curves.indices { drawBand(of: index, &drawing, layout) }
    if showsMedians { drawMedians(&drawing, layout) }
    for index in curves.indices { drawCurve(index, &drawing, layout) }
    if curves.allSatisfy({ $0.steps(until: lastTime).isEmpty }) {
      drawing.text(
        ChartWords(language: language).nobody, x: (layout.plotLeft + layout.plotRight) / 2,
        y: layout.y(0.6), anchor: .middle, style: "s")
    }
    drawLegend(&drawing, layout)
    if showsRiskTable { drawRiskTable(&drawing, layout) }
    for (index, note) in layout.notes.enumerated() {
      drawing.text(
        note, x: SurvivalChartLayout.margin, y: layout.notesTop + Double(index) * 15, style: "s")
    }
    drawing.close("svg")
    return drawing.elements.joined(separator: "\n") + "\n"
  }

  private func openDocument(
    _ drawing: inout SVGDrawing, _ layout: SurvivalChartLayout, id: String
  ) {
    let width = SVGDrawing.number(SurvivalChartLayout.width)
    let height = SVGDrawing.number(layout.height)
    let words = ChartWords(language: language)
    let name = id.markupEscaped
    let description = curves.map { words.description($0, in: self) }.joined(separator: " ")
    drawing.open(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"wegmarke-chart\" "
        + "viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\" height=\"\(height)\" "
        + "role=\"img\" lang=\"\(language.rawValue)\" "
        + "aria-labelledby=\"\(name)-title \(name)-desc\">")
    drawing.open("<title id=\"\(name)-title\">\(title.markupEscaped)</title>")
    drawing.open("<desc id=\"\(name)-desc\">\(description.markupEscaped)</desc>")
    // All rules name the class, since in an HTML page a style applies to the whole page.
    let rules = [
      "text{font:12px system-ui,'Segoe UI',Roboto,'DejaVu Sans',Arial,sans-serif;fill:#222;"
        + "font-variant-numeric:tabular-nums}",
      ".t{font-size:15px;font-weight:600}", ".s{font-size:11px;fill:#555}", ".n{font-size:11px}",
      ".b{font-size:11px;font-weight:600}",
    ]
    drawing.open(
      "<style>" + rules.map { ".wegmarke-chart \($0)" }.joined() + "</style>")
    drawing.rectangle(
      x: 0, y: 0, width: SurvivalChartLayout.width, height: layout.height, "fill=\"#fff\"")
  }

  private func drawHeading(_ drawing: inout SVGDrawing, _ layout: SurvivalChartLayout) {
    let left = SurvivalChartLayout.margin
    var y = 4.0
    for line in layout.title {
      y += 20
      drawing.text(line, x: left, y: y, style: "t")
    }
    y += 3
    for line in layout.subtitle {
      y += 15
      drawing.text(line, x: left, y: y, style: "s")
    }
  }

  private func drawAxes(_ drawing: inout SVGDrawing, _ layout: SurvivalChartLayout) {
    let numbers = NumberStyle(language)
    let words = ChartWords(language: language)
    drawing.text(shareLabel, x: layout.plotLeft, y: layout.plotTop - 12, style: "s")
    for share in [0, 0.25, 0.5, 0.75, 1] {
      let y = layout.y(share)
      drawing.line(
        x1: layout.plotLeft, y1: y, x2: layout.plotRight, y2: y, "stroke=\"#e3e3e3\"")
      drawing.text(
        numbers.percent(share, places: 0), x: layout.plotLeft - 8, y: y + 4, anchor: .end,
        style: "n")
    }
    for tick in layout.ticks.positions {
      let x = layout.x(tick)
      drawing.line(
        x1: x, y1: layout.plotBottom, x2: x, y2: layout.plotBottom + 5, "stroke=\"#444\"")
      drawing.text(
        words.time(tick), x: x, y: layout.plotBottom + 19, anchor: .middle, style: "n")
    }
    var axis = StepPath()
    axis.move(x: layout.plotLeft, y: layout.plotTop)
    axis.vertical(to: layout.plotBottom)
    axis.horizontal(to: layout.plotRight)
    drawing.path(axis.finish(), "fill=\"none\" stroke=\"#444\"")
    drawing.text(
      timeLabel, x: (layout.plotLeft + layout.plotRight) / 2, y: layout.plotBottom + 38,
      anchor: .middle)
  }

  private func drawLegend(_ drawing: inout SVGDrawing, _ layout: SurvivalChartLayout) {
    let left = layout.plotRight + 16
    for entry in layout.legend {
      var y = entry.top + 12
      drawing.line(
        x1: left, y1: y - 4, x2: left + 26, y2: y - 4, Self.stroke(entry.curve))
      for line in entry.label {
        drawing.text(line, x: left + 33, y: y)
        y += 15
      }
      for line in entry.details {
        drawing.text(line, x: left + 33, y: y, style: "s")
        y += 13
      }
    }
  }

  /// The stroke of a curve, in its colour and dashes.
  static func stroke(_ index: Int) -> String {
    let dash = ChartPalette.dash(index)
    return "stroke=\"\(ChartPalette.color(index))\" stroke-width=\"2\""
      + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"")
  }
}
