/// A plot of shares over time: where it stands, its scales and its axes.
struct PlotArea {
  var left: Double
  var right: Double
  var top: Double
  var bottom: Double
  var ticks: AxisTicks
  /// The share at the top of the vertical axis; 1 unless a panel zooms in.
  var topShare = 1.0

  func x(_ time: Double) -> Double { left + (right - left) * time / ticks.end }

  func y(_ share: Double) -> Double { bottom - (bottom - top) * share / topShare }

  /// Draws grid lines with per cent, ticks with times, and both axes.
  func drawAxes(
    _ drawing: inout SVGDrawing, timeLabel: String, shareLabel: String, words: ChartWords,
    shares: [Double] = [0, 0.25, 0.5, 0.75, 1], drawsGrid: Bool = true
  ) {
    let numbers = words.numbers
    if !shareLabel.isEmpty { drawing.text(shareLabel, x: left, y: top - 12, style: "s") }
    for share in shares {
      let y = y(share)
      if drawsGrid {
        drawing.line(x1: left, y1: y, x2: right, y2: y, "stroke=\"\(ChartInk.grid)\"")
      }
      drawing.text(
        numbers.percent(share, places: 0), x: left - 8, y: y + 4, anchor: .end, style: "n")
    }
    for tick in ticks.positions {
      let x = x(tick)
      drawing.line(x1: x, y1: bottom, x2: x, y2: bottom + 5, "stroke=\"\(ChartInk.axis)\"")
      drawing.text(words.time(tick), x: x, y: bottom + 19, anchor: .middle, style: "n")
    }
    drawLines(&drawing)
    if !timeLabel.isEmpty {
      drawing.text(timeLabel, x: (left + right) / 2, y: bottom + 38, anchor: .middle)
    }
  }

  /// Draws the two axes alone; over areas they are drawn again.
  func drawLines(_ drawing: inout SVGDrawing) {
    var axis = StepPath()
    axis.move(x: left, y: top)
    axis.vertical(to: bottom)
    axis.horizontal(to: right)
    drawing.path(axis.finish(), "fill=\"none\" stroke=\"\(ChartInk.axis)\"")
  }
}

/// A stretch of time over which a curve is constant.
struct CurveStep: Equatable {
  var start: Double
  var end: Double
  /// The share, 0 to 1.
  var share: Double
  /// The confidence limits, where both are defined.
  var limits: ClosedRange<Double>?
  /// Whether fewer than ten people were at risk up to the end of the stretch.
  var isFaded: Bool
}

extension PlotArea {
  /// Draws the confidence band of a curve, as steps, only where both limits are defined.
  func drawBand(_ steps: [CurveStep], color: String, _ drawing: inout SVGDrawing) {
    let steps = steps.filter { $0.end > $0.start }
    for run in Self.runs(steps, joining: { ($0.limits == nil) == ($1.limits == nil) }) {
      let bounds = run.compactMap { step in step.limits.map { (step, $0) } }
      guard let (first, limits) = bounds.first else { continue }
      var path = StepPath()
      path.move(x: x(first.start), y: y(limits.upperBound))
      for (step, limits) in bounds {
        path.vertical(to: y(limits.upperBound))
        path.horizontal(to: x(step.end))
      }
      for (step, limits) in bounds.reversed() {
        path.vertical(to: y(limits.lowerBound))
        path.horizontal(to: x(step.start))
      }
      path.close()
      let opacity = first.isFaded ? "0.06" : "0.14"
      drawing.path(path.finish(), "fill=\"\(color)\" fill-opacity=\"\(opacity)\"")
    }
  }

  /// Draws the steps of a curve, pale where few are at risk.
  func drawCurve(_ steps: [CurveStep], stroke: String, _ drawing: inout SVGDrawing) {
    var next = 0
    for run in Self.runs(steps, joining: { _, _ in true }) {
      next += run.count
      var path = StepPath()
      path.move(x: x(run[0].start), y: y(run[0].share))
      for step in run {
        path.vertical(to: y(step.share))
        path.horizontal(to: x(step.end))
      }
      // The drop at the end of a run belongs to the people at risk before it.
      if next < steps.count { path.vertical(to: y(steps[next].share)) }
      drawing.path(path.finish(), stroke + (run[0].isFaded ? " opacity=\"0.4\"" : ""))
    }
  }

  /// Splits steps into runs that are drawn alike: equally faded, and alike in one more respect.
  private static func runs(
    _ steps: [CurveStep], joining areAlike: (CurveStep, CurveStep) -> Bool
  ) -> [[CurveStep]] {
    steps.reduce(into: []) { runs, step in
      if let last = runs.last?.last, last.isFaded == step.isFaded, areAlike(last, step) {
        runs[runs.count - 1].append(step)
      } else {
        runs.append([step])
      }
    }
  }
}
