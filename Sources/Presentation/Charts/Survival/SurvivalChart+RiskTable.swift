extension SurvivalChart {
  /// Draws the table under the plot: for every curve who is at risk, censored and had the event.
  func drawRiskTable(_ drawing: inout SVGDrawing, _ layout: SurvivalChartLayout) {
    let words = ChartWords(language: language)
    let numbers = words.numbers
    let left = ChartFrame.margin
    let row = SurvivalChartLayout.rowHeight
    drawing.text(words.tableHeading, x: left, y: layout.tableTop, style: "s")
    var top = layout.tableTop + 10
    for (index, curve) in curves.enumerated() {
      let blockHeight = SurvivalChartLayout.blockHeight(named: layout.namesBlocks)
      drawing.rectangle(
        x: left, y: top + 2, width: 4, height: blockHeight - 8,
        "fill=\"\(ChartPalette.color(index))\"")
      var y = top + 12
      if layout.namesBlocks {
        drawing.text(layout.blockNames[index], x: left + 12, y: y, style: "b")
        y += row
      }
      let counts = layout.plot.ticks.positions.map { ($0, curve.counts(before: $0)) }
      let rows: [(String, KeyPath<SurvivalCurve.Counts, Int>)] = [
        (words.atRisk, \.atRisk), (words.censored, \.censored), (words.events, \.events),
      ]
      for (name, column) in rows {
        drawing.text(name, x: left + 12, y: y, style: "s")
        for (time, count) in counts {
          drawing.text(
            numbers.integer(count[keyPath: column]), x: layout.plot.x(time), y: y, anchor: .middle,
            style: "n")
        }
        y += row
      }
      top += blockHeight
    }
  }
}
