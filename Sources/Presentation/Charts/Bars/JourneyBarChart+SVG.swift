import Journey

extension JourneyBarChart {
  private static let rowHeight = 24.0
  private static let laneGap = 10.0

  /// Lanes of bars over the years; a bar without an end runs to the edge with an open side.
  public func svg(id: String) -> String {
    let frame = ChartFrame(self, key: [])
    let names = lanes.map { lane in
      ChartText.lines(lane.label, size: ChartFrame.textSize, limit: 180, atMost: 1).first ?? ""
    }
    let labelWidth = names.map { ChartText.width($0, size: ChartFrame.textSize) }.max() ?? 0
    let left = ChartFrame.margin + labelWidth + 12
    let right = ChartFrame.width - ChartFrame.margin
    let top = frame.headingBottom + 12
    let rows = lanes.map(\.rows)
    let heights = rows.map { Double(max(1, $0.count)) * Self.rowHeight }
    let bottom = top + heights.reduce(0) { $0 + $1 + Self.laneGap }
    func x(_ day: Day) -> Double {
      let share = Double(day - start) / Double(max(1, end + 1 - start))
      return left + (right - left) * min(max(share, 0), 1)
    }
    return frame.document(of: self, id: id, description: description, bodyBottom: bottom + 20) {
      drawing in
      var free = left
      for tick in ticks {
        let place = x(tick.day)
        drawing.line(
          x1: place, y1: top, x2: place, y2: bottom,
          "stroke=\"\(ChartInk.grid)\" stroke-width=\"1\"")
        let width = ChartText.width(tick.label, size: ChartFrame.smallSize)
        guard place >= free, place + width <= right else { continue }
        drawing.text(tick.label, x: place, y: bottom + 16, style: "s")
        free = place + width + 8
      }
      drawing.line(
        x1: left, y1: bottom, x2: right, y2: bottom,
        "stroke=\"\(ChartInk.axis)\" stroke-width=\"1\"")
      var y = top
      for (name, (rows, height)) in zip(names, zip(rows, heights)) {
        drawing.text(name, x: ChartFrame.margin, y: y + 16)
        for (place, row) in rows.enumerated() {
          let lineTop = y + Double(place) * Self.rowHeight
          for (index, bar) in row.enumerated() {
            let next = index + 1 < row.count ? x(row[index + 1].start) : right
            draw(bar, x(bar.start), x(bar.end ?? end + 1), next, lineTop, &drawing)
          }
        }
        y += height + Self.laneGap
      }
    }
  }

  /// Draws a bar and, below it, as much of its name as there is room for until the next one.
  private func draw(
    _ bar: Bar, _ from: Double, _ to: Double, _ next: Double, _ top: Double,
    _ drawing: inout SVGDrawing
  ) {
    let width = max(1.5, to - from)
    drawing.rectangle(
      x: from, y: top + 2, width: width, height: 7,
      "fill=\"\(bar.color.fill)\" stroke=\"\(ChartInk.axis)\" stroke-width=\"0.5\"")
    if bar.end == nil {
      // Three dots say that it goes on.
      for place in 1...3 {
        drawing.circle(
          x: to - Double(place) * 5, y: top + 5.5, radius: 1.2, "fill=\"\(ChartInk.axis)\"")
      }
    }
    let room = next - from - 6
    guard room > 24 else { return }
    let name = ChartText.lines(bar.label, size: ChartFrame.smallSize, limit: room, atMost: 1)
    if let line = name.first { drawing.text(line, x: from, y: top + 20, style: "s") }
  }
}
