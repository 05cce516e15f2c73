import Journey

/// The shades of a heat table: one hue, from light to dark.
enum HeatShade {
  private static let light: [Double] = [234, 243, 250]
  private static let middle: [Double] = [107, 174, 214]
  private static let dark: [Double] = [8, 48, 107]

  /// The colour at a level of 0 to 1.
  static func color(_ level: Double) -> String {
    let (from, to, part) =
      level < 0.5 ? (light, middle, level * 2) : (middle, dark, level * 2 - 1)
    return "#"
      + zip(from, to).map { from, to in
        let value = Int((from + (to - from) * part).rounded())
        let digits = String(value, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  /// The class of a text on it: white on dark shades, black on light ones.
  static func textClass(_ level: Double) -> String { level >= 0.71 ? "on" : "in" }
}

/// Where the cells of a heat table stand.
struct CohortHeatLayout {
  static let rowHeight = 26.0
  let frame: ChartFrame
  let headings: [[String]]
  let labels: [String]
  let countRight: Double
  let left: Double
  let cellWidth: Double
  let top: Double
  let bodyBottom: Double
  let showsDetail: Bool
  let showsText: Bool

  init(_ chart: CohortHeatTable) {
    let words = ChartWords(language: chart.language)
    labels = chart.drawnRows.map {
      ChartText.lines($0.label, size: ChartFrame.textSize, limit: 200, atMost: 1).first ?? ""
    }
    let headingLabel = ChartText.lines(
      chart.rowHeading, size: ChartFrame.smallSize, limit: 200, atMost: 1)
    let labelWidth =
      (labels.map { ChartText.width($0, size: ChartFrame.textSize) }
      + headingLabel.map { ChartText.width($0, size: ChartFrame.smallSize) }).max() ?? 0
    let counts = chart.drawnRows.map { words.numbers.integer($0.count) }
    let countWidth =
      (counts + ["n"]).map { ChartText.width($0, size: ChartFrame.smallSize) }.max() ?? 0
    countRight = ChartFrame.margin + labelWidth + 14 + countWidth
    left = countRight + 12
    let room = ChartFrame.width - ChartFrame.margin - left
    cellWidth = min(118, room / Double(max(1, chart.columns.count)))
    func widest(_ withDetail: Bool) -> Double {
      chart.drawnRows.flatMap(\.cells).map {
        ChartText.width(
          chart.text($0, words, withDetail: withDetail), size: ChartFrame.smallSize)
      }.max() ?? 0
    }
    showsDetail = widest(true) + 8 <= cellWidth
    showsText = widest(false) + 4 <= cellWidth
    let width = max(cellWidth - 6, 20)
    let whole = chart.columns.map {
      ChartText.lines($0, size: ChartFrame.smallSize, limit: width, atMost: 3)
    }
    // Where headings would be cut in pieces, their numbers stand alone and the unit in the key.
    let unit = Self.commonUnit(chart.columns)
    let isCut = zip(whole, chart.columns).contains { $0.joined(separator: " ") != $1 }
    headings = isCut && unit != nil ? chart.columns.map { [Self.number($0)] } : whole
    var key = chart.key(
      words, marksIncomplete: words.hatchedIncomplete, showsDetail: showsDetail)
    if isCut, let unit { key.append(words.columns(unit)) }
    frame = ChartFrame(chart, key: key)
    top = frame.headingBottom + 14 + Double(headings.map(\.count).max() ?? 1) * 14
    // The scale stands below the rows.
    bodyBottom = Self.bottom(chart, top) + 40
  }

  private static func number(_ heading: String) -> String {
    heading.split(separator: " ").first.map { String($0) } ?? heading
  }

  /// What follows the numbers of all headings: `Monate` after `3 Monate`, `6 Monate`.
  private static func commonUnit(_ headings: [String]) -> String? {
    let units = Set(headings.dropFirst().map { $0.dropFirst(number($0).count + 1) })
    guard units.count == 1, let unit = units.first, !unit.isEmpty,
      headings.allSatisfy({ number($0).allSatisfy(\.isNumber) })
    else { return nil }
    return String(unit)
  }

  private static func bottom(_ chart: CohortHeatTable, _ top: Double) -> Double {
    top + Double(chart.drawnRows.count) * rowHeight + (chart.summary == nil ? 0 : 8)
  }

  var scaleTop: Double { bodyBottom - 26 }

  func rowTop(_ index: Int, of chart: CohortHeatTable) -> Double {
    top + Double(index) * Self.rowHeight + (index >= chart.rows.count ? 8 : 0)
  }
}

extension CohortHeatTable {
  /// The chart as a standalone SVG document.
  public func svg(id: String) -> String {
    let layout = CohortHeatLayout(self)
    let words = ChartWords(language: language)
    return layout.frame.document(
      of: self, id: id, description: description(words), bodyBottom: layout.bodyBottom
    ) { drawing in
      let hatching = Hatching(chart: id)
      if drawnRows.contains(where: { $0.cells.contains(where: \.isIncomplete) }) {
        hatching.define(color: ChartInk.paper, width: 2.5, &drawing)
      }
      drawHeadings(layout, &drawing)
      for (index, row) in drawnRows.enumerated() {
        let top = layout.rowTop(index, of: self)
        let baseline = top + CohortHeatLayout.rowHeight / 2 + 4
        drawing.text(layout.labels[index], x: ChartFrame.margin, y: baseline)
        drawing.text(
          words.numbers.integer(row.count), x: layout.countRight, y: baseline, anchor: .end,
          style: "s")
        for (column, cell) in row.cells.enumerated() {
          draw(
            cell, x: layout.left + Double(column) * layout.cellWidth, top: top, layout, words,
            hatching, &drawing)
        }
      }
      if rows.isEmpty {
        drawing.text(words.nobody, x: ChartFrame.margin, y: layout.top + 14, style: "s")
      }
      drawScale(layout, words, &drawing)
    }
  }

  private func drawHeadings(_ layout: CohortHeatLayout, _ drawing: inout SVGDrawing) {
    drawing.text(
      ChartText.lines(rowHeading, size: ChartFrame.smallSize, limit: 200, atMost: 1).first ?? "",
      x: ChartFrame.margin, y: layout.top - 8, style: "s")
    drawing.text("n", x: layout.countRight, y: layout.top - 8, anchor: .end, style: "s")
    for (column, lines) in layout.headings.enumerated() {
      for (number, line) in lines.enumerated() {
        drawing.text(
          line, x: layout.left + (Double(column) + 0.5) * layout.cellWidth,
          y: layout.top - 8 - Double(lines.count - 1 - number) * 14, anchor: .middle, style: "s")
      }
    }
  }

  private func draw(
    _ cell: Cell, x: Double, top: Double, _ layout: CohortHeatLayout, _ words: ChartWords,
    _ hatching: Hatching, _ drawing: inout SVGDrawing
  ) {
    let height = CohortHeatLayout.rowHeight - 2
    let width = layout.cellWidth - 2
    let text = text(cell, words, withDetail: layout.showsDetail)
    let middle = x + layout.cellWidth / 2 - 1
    let baseline = top + height / 2 + 4
    switch cell {
    case .notFollowed: return
    case .suppressed:
      drawing.rectangle(
        x: x + 0.5, y: top + 0.5, width: width - 1, height: height - 1,
        "fill=\"none\" stroke=\"\(ChartInk.grid)\"")
      drawing.text(text, x: middle, y: baseline, anchor: .middle, style: "n")
    case .value(let share, _, _, let isComplete):
      let level = level(share)
      let fill = "fill=\"\(HeatShade.color(level))\""
      drawing.rectangle(x: x, y: top, width: width, height: height, fill)
      if !isComplete {
        drawing.rectangle(
          x: x, y: top, width: width, height: height, "fill=\"\(hatching.fill)\"")
        // The text keeps a ground of its own.
        let ground = min(width, ChartText.width(text, size: ChartFrame.smallSize) + 6)
        drawing.rectangle(
          x: middle - ground / 2, y: top + 4, width: ground, height: height - 8, fill)
      }
      if layout.showsText {
        drawing.text(
          text, x: middle, y: baseline, anchor: .middle, style: HeatShade.textClass(level))
      }
    }
  }

  /// Draws the shades with the shares they stand for.
  private func drawScale(
    _ layout: CohortHeatLayout, _ words: ChartWords, _ drawing: inout SVGDrawing
  ) {
    let steps = 20
    for step in 0..<steps {
      drawing.rectangle(
        x: layout.left + Double(step) * 8, y: layout.scaleTop, width: 8, height: 8,
        "fill=\"\(HeatShade.color((Double(step) + 0.5) / Double(steps)))\"")
    }
    for (part, anchor) in [(0.0, SVGDrawing.Anchor.start), (1, .end)] {
      let share = scale.lowerBound + part * (scale.upperBound - scale.lowerBound)
      drawing.text(
        words.numbers.percent(share, places: 0), x: layout.left + part * Double(steps) * 8,
        y: layout.scaleTop + 21, anchor: anchor, style: "s")
    }
  }

  private func description(_ words: ChartWords) -> String {
    drawnRows.map { row in
      let cells = zip(columns, row.cells).compactMap { column, cell in
        cell == .notFollowed ? nil : "\(column): \(text(cell, words))"
      }
      return "\(row.label) (n = \(words.numbers.integer(row.count))): "
        + (cells.isEmpty ? "–" : cells.joined(separator: ", ")) + "."
    }.joined(separator: " ")
  }
}
