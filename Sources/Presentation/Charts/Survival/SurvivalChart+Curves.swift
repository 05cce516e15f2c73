extension SurvivalChart {
  /// The steps of a curve as the vertical axis shows them: S, or 1 − S with its limits swapped.
  func shownSteps(_ index: Int) -> [CurveStep] {
    let steps = curves[index].steps(until: lastTime)
    guard view == .failure else { return steps }
    return steps.map { step in
      var shown = step
      shown.share = 1 - step.share
      shown.limits = step.limits.map { (1 - $0.upperBound)...(1 - $0.lowerBound) }
      return shown
    }
  }

  /// Draws the steps of a curve and the marks where follow-up ended.
  func drawCurve(_ index: Int, _ drawing: inout SVGDrawing, _ layout: SurvivalChartLayout) {
    let curve = curves[index]
    let steps = shownSteps(index)
    guard !steps.isEmpty else { return }
    let words = ChartWords(language: language)
    let name = [curve.label, words.size(curve.total)].filter { !$0.isEmpty }.joined(separator: ", ")
    drawing.open("<g fill=\"none\">")
    drawing.open("<title>\(name.markupEscaped)</title>")
    layout.plot.drawCurve(steps, stroke: ChartPalette.stroke(index), &drawing)
    drawMarks(of: index, steps: steps, &drawing, layout.plot)
    drawing.close("g")
  }

  /// Draws a short stroke across the curve at every time where somebody's follow-up ended.
  private func drawMarks(
    of index: Int, steps: [CurveStep], _ drawing: inout SVGDrawing, _ plot: PlotArea
  ) {
    var paths = [StepPath(), StepPath()]
    var position = 0
    for time in censorMarks(of: curves[index]) {
      // The mark sits on the step that begins at this time, and pales with the one that ends there.
      while position + 1 < steps.count, steps[position + 1].start <= time { position += 1 }
      let isFaded = steps[max(0, position - 1)].isFaded
      let y = plot.y(steps[position].share)
      paths[isFaded ? 1 : 0].move(x: plot.x(time), y: y - 4.5)
      paths[isFaded ? 1 : 0].vertical(to: y + 4.5)
    }
    let stroke = "stroke=\"\(ChartPalette.color(index))\" stroke-width=\"1.2\""
    drawing.path(paths[0].finish(), stroke)
    drawing.path(paths[1].finish(), stroke + " opacity=\"0.4\"")
  }

  private static let dots =
    "stroke-width=\"1\" stroke-dasharray=\"1 3\" stroke-linecap=\"round\""

  /// Draws dotted lines from one half on the vertical axis down to each median.
  func drawMedians(_ drawing: inout SVGDrawing, _ plot: PlotArea) {
    let medians = curves.enumerated().compactMap { index, curve in
      curve.median.flatMap { $0 <= lastTime ? (index, $0) : nil }
    }
    guard let last = medians.map(\.1).max() else { return }
    drawing.line(
      x1: plot.left, y1: plot.y(0.5), x2: plot.x(last), y2: plot.y(0.5),
      "stroke=\"\(ChartInk.axis)\" " + Self.dots)
    for (index, median) in medians {
      drawing.line(
        x1: plot.x(median), y1: plot.y(0.5), x2: plot.x(median), y2: plot.bottom,
        "stroke=\"\(ChartPalette.color(index))\" " + Self.dots)
    }
  }

  /// Draws a thin line at each horizon, and on it the value of every curve, of a single one with limits.
  ///
  /// Limits of several curves would lie over each other; their bands and the legend have them.
  func drawHorizons(_ drawing: inout SVGDrawing, _ plot: PlotArea) {
    for time in horizons where time <= lastTime && time > 0 {
      drawing.line(
        x1: plot.x(time), y1: plot.top, x2: plot.x(time), y2: plot.bottom,
        "stroke=\"\(ChartInk.axis)\" stroke-width=\"0.75\" opacity=\"0.55\"")
      for (index, curve) in curves.enumerated() {
        guard let reading = curve.reading(at: time, in: view) else { continue }
        let x = plot.x(time)
        let stroke = "stroke=\"\(ChartPalette.color(index))\""
        if curves.count == 1, let limits = reading.limits {
          drawing.line(
            x1: x, y1: plot.y(limits.lowerBound), x2: x, y2: plot.y(limits.upperBound),
            stroke + " stroke-width=\"1.5\"")
        }
        drawing.circle(
          x: x, y: plot.y(reading.share), radius: 3.2,
          "fill=\"\(ChartInk.paper)\" " + stroke + " stroke-width=\"1.75\"")
      }
    }
  }
}
