extension SurvivalChart {
  /// Draws the confidence band of a curve, as steps, only where both limits are defined.
  func drawBand(of index: Int, _ drawing: inout SVGDrawing, _ layout: SurvivalChartLayout) {
    let steps = curves[index].steps(until: lastTime).filter { $0.end > $0.start }
    let color = ChartPalette.color(index)
    for run in Self.runs(steps, joining: { ($0.limits == nil) == ($1.limits == nil) }) {
      let bounds = run.compactMap { step in step.limits.map { (step, $0) } }
      guard let (first, limits) = bounds.first else { continue }
      var path = StepPath()
      path.move(x: layout.x(first.start), y: layout.y(shown(limits.upperBound)))
      for (step, limits) in bounds {
        path.vertical(to: layout.y(shown(limits.upperBound)))
        path.horizontal(to: layout.x(step.end))
      }
      for (step, limits) in bounds.reversed() {
        path.vertical(to: layout.y(shown(limits.lowerBound)))
        path.horizontal(to: layout.x(step.start))
      }
      path.close()
      let opacity = first.isFaded ? "0.06" : "0.14"
      drawing.path(path.finish(), "fill=\"\(color)\" fill-opacity=\"\(opacity)\"")
    }
  }

  /// Draws the steps of a curve and the marks where follow-up ended.
  func drawCurve(_ index: Int, _ drawing: inout SVGDrawing, _ layout: SurvivalChartLayout) {
    let curve = curves[index]
    let steps = curve.steps(until: lastTime)
    guard !steps.isEmpty else { return }
    let words = ChartWords(language: language)
    let name = [curve.label, words.size(curve)].filter { !$0.isEmpty }.joined(separator: ", ")
    drawing.open("<g fill=\"none\">")
    drawing.open("<title>\(name.markupEscaped)</title>")
    var next = 0
    for run in Self.runs(steps, joining: { _, _ in true }) {
      next += run.count
      var path = StepPath()
      path.move(x: layout.x(run[0].start), y: layout.y(shown(run[0].survival)))
      for step in run {
        path.vertical(to: layout.y(shown(step.survival)))
        path.horizontal(to: layout.x(step.end))
      }
      // The drop at the end of a run belongs to the people at risk before it.
      if next < steps.count { path.vertical(to: layout.y(shown(steps[next].survival))) }
      drawing.path(path.finish(), Self.stroke(index) + Self.fading(run[0]))
    }
    drawMarks(of: index, steps: steps, &drawing, layout)
    drawing.close("g")
  }

  /// Draws a short stroke across the curve at every time where somebody's follow-up ended.
  private func drawMarks(
    of index: Int, steps: [SurvivalCurve.Step], _ drawing: inout SVGDrawing,
    _ layout: SurvivalChartLayout
  ) {
    var paths = [StepPath(), StepPath()]
    var position = 0
    for time in censorMarks(of: curves[index]) {
      // The mark sits on the step that begins at this time, and pales with the one that ends there.
      while position + 1 < steps.count, steps[position + 1].start <= time { position += 1 }
      let isFaded = steps[max(0, position - 1)].isFaded
      let y = layout.y(shown(steps[position].survival))
      paths[isFaded ? 1 : 0].move(x: layout.x(time), y: y - 4.5)
      paths[isFaded ? 1 : 0].vertical(to: y + 4.5)
    }
    let stroke = "stroke=\"\(ChartPalette.color(index))\" stroke-width=\"1.2\""
    drawing.path(paths[0].finish(), stroke)
    drawing.path(paths[1].finish(), stroke + " opacity=\"0.4\"")
  }

  /// Draws dotted lines from one half on the vertical axis down to each median.
  func drawMedians(_ drawing: inout SVGDrawing, _ layout: SurvivalChartLayout) {
    let medians = curves.enumerated().compactMap { index, curve in
      curve.median.flatMap { $0 <= lastTime ? (index, $0) : nil }
    }
    guard let last = medians.map(\.1).max() else { return }
    let dots = "stroke-width=\"1\" stroke-dasharray=\"1 3\" stroke-linecap=\"round\""
    drawing.line(
      x1: layout.plotLeft, y1: layout.y(0.5), x2: layout.x(last), y2: layout.y(0.5),
      "stroke=\"#444\" " + dots)
    for (index, median) in medians {
      drawing.line(
        x1: layout.x(median), y1: layout.y(0.5), x2: layout.x(median), y2: layout.plotBottom,
        "stroke=\"\(ChartPalette.color(index))\" " + dots)
    }
  }

  private static func fading(_ step: SurvivalCurve.Step) -> String {
    step.isFaded ? " opacity=\"0.4\"" : ""
  }

  /// Splits steps into runs that are drawn alike: equally faded, and alike in one more respect.
  private static func runs(
    _ steps: [SurvivalCurve.Step],
    joining areAlike: (SurvivalCurve.Step, SurvivalCurve.Step) -> Bool
  ) -> [[SurvivalCurve.Step]] {
    steps.reduce(into: []) { runs, step in
      if let last = runs.last?.last, last.isFaded == step.isFaded, areAlike(last, step) {
        runs[runs.count - 1].append(step)
      } else {
        runs.append([step])
      }
    }
  }
}
