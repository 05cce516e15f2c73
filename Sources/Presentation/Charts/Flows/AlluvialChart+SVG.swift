/// Where nodes and flows of an alluvial chart stand.
struct AlluvialLayout {
  static let nodeWidth = 16.0
  static let gap = 10.0
  let frame: ChartFrame
  let top: Double
  let bottom: Double
  /// The left edge of each column.
  let lefts: [Double]
  /// Units for each person.
  let scale: Double
  /// Top and height of the node of each state in each column.
  let nodes: [[(top: Double, height: Double)]]
  /// The name and number of each state on the first and the last date.
  let labels: [[[String]]]
  let headings: [[String]]

  init(_ chart: AlluvialChart) {
    let words = ChartWords(language: chart.language)
    frame = ChartFrame(chart, key: chart.key(words))
    let count = chart.columns.count
    labels = [0, max(0, count - 1)].map { column in
      chart.states.indices.map { state in
        let number = chart.text(chart.people(state, column: column), words)
        let label = chart.states[state].label
        let lines = ChartText.lines(
          "\(label): \(number)", size: ChartFrame.smallSize, limit: 170, atMost: 3)
        // The number must survive a name that is cut.
        if (lines.last ?? "").hasSuffix(number) { return lines }
        return ChartText.lines(label, size: ChartFrame.smallSize, limit: 170, atMost: 2) + [number]
      }
    }
    let textWidth =
      labels.joined().joined().map { ChartText.width($0, size: ChartFrame.smallSize) }.max() ?? 0
    let first = ChartFrame.margin + textWidth + 8
    let last = ChartFrame.width - first - Self.nodeWidth
    lefts = (0..<count).map { index in
      count == 1 ? first : first + (last - first) * Double(index) / Double(count - 1)
    }
    let space = count > 1 ? (last - first) / Double(count - 1) - 12 : 200
    headings = chart.columns.map {
      ChartText.lines($0, size: ChartFrame.smallSize, bold: true, limit: space, atMost: 2)
    }
    top = frame.headingBottom + 26 + Double(headings.map(\.count).max() ?? 1) * 14
    let height = max(320, Double(chart.states.count) * 42)
    bottom = top + height
    let total = Double(max(1, chart.total))
    // At least one person's worth of room for every gap, so that all columns fit.
    scale = (height - Self.gap * Double(max(0, chart.states.count - 1))) / total
    nodes = (0..<count).map { [top, scale] column in
      var y = top
      return chart.states.indices.map { state in
        let height = Double(chart.people(state, column: column)) * scale
        defer { y += height + Self.gap }
        return (y, height)
      }
    }
  }
}

extension AlluvialChart {
  /// The chart as a standalone SVG document.
  public func svg(id: String) -> String {
    let layout = AlluvialLayout(self)
    let words = ChartWords(language: language)
    return layout.frame.document(
      of: self, id: id, description: description(words), bodyBottom: layout.bottom
    ) { drawing in
      let hatching = Hatching(chart: id)
      if states.contains(where: \.color.isHatched) {
        hatching.define(color: ChartInk.hatch, &drawing)
      }
      for column in flows.indices { drawFlows(column, layout, hatching, &drawing) }
      for column in columns.indices { drawNodes(column, layout, hatching, words, &drawing) }
      if total == 0 {
        drawing.text(
          words.nobody, x: ChartFrame.width / 2, y: layout.top + 24, anchor: .middle, style: "s")
      }
    }
  }

  private func drawFlows(
    _ column: Int, _ layout: AlluvialLayout, _ hatching: Hatching, _ drawing: inout SVGDrawing
  ) {
    let n = SVGDrawing.number
    var arrivals = layout.nodes[column + 1].map(\.top)
    let left = layout.lefts[column] + AlluvialLayout.nodeWidth
    let right = layout.lefts[column + 1]
    let middle = n((left + right) / 2)
    for (from, row) in flows[column].enumerated() {
      var start = layout.nodes[column][from].top
      for (to, count) in row.enumerated() {
        let height = Double(count) * layout.scale
        defer {
          start += height
          arrivals[to] += height
        }
        guard count >= max(1, smallestFlow) else { continue }
        let (y, end) = (start, arrivals[to])
        let path =
          "M\(n(left)) \(n(y))C\(middle) \(n(y)) \(middle) \(n(end)) \(n(right)) \(n(end))"
          + "V\(n(end + height))C\(middle) \(n(end + height)) \(middle) \(n(y + height)) "
          + "\(n(left)) \(n(y + height))Z"
        let color = states[from].color
        drawing.path(
          path, "fill=\"\(color.isHatched ? ChartInk.hatch : color.fill)\" fill-opacity=\"0.4\"")
      }
    }
  }

  private func drawNodes(
    _ column: Int, _ layout: AlluvialLayout, _ hatching: Hatching, _ words: ChartWords,
    _ drawing: inout SVGDrawing
  ) {
    let left = layout.lefts[column]
    let (isFirst, isLast) = (column == 0, column == columns.count - 1)
    let center = left + AlluvialLayout.nodeWidth / 2
    for (number, line) in layout.headings[column].enumerated() {
      drawing.text(
        line, x: heading(column, center: center, layout),
        y: layout.top - 14 - Double(layout.headings[column].count - 1 - number) * 14,
        anchor: .middle, style: "b")
    }
    let shown = states.indices.filter { people($0, column: column) > 0 }
    let texts = shown.map { state -> [String] in
      let number = text(people(state, column: column), words)
      return isFirst ? layout.labels[0][state] : isLast ? layout.labels[1][state] : [number]
    }
    // Air below each, so that its lines belong together.
    let heights = texts.map { Double($0.count) * 13 + 6 }
    let wanted = zip(shown, heights).map { state, height in
      layout.nodes[column][state].top + layout.nodes[column][state].height / 2 - (height - 4) / 2
    }
    let tops = LabelColumn.spread(
      wanted, heights: heights, top: layout.top - 8, bottom: layout.bottom + 8)
    for (place, state) in shown.enumerated() {
      let node = layout.nodes[column][state]
      let color = states[state].color
      for fill in [color.fill] + (color.isHatched ? [hatching.fill] : []) {
        drawing.rectangle(
          x: left, y: node.top, width: AlluvialLayout.nodeWidth, height: max(node.height, 0.75),
          "fill=\"\(fill)\" stroke=\"\(ChartInk.axis)\" stroke-width=\"0.5\"")
      }
      // Between the first and the last date there is room for numbers at their nodes only.
      if !isFirst, !isLast, abs(tops[place] - wanted[place]) > 6 { continue }
      for (number, line) in texts[place].enumerated() {
        drawing.text(
          line, x: isFirst ? left - 8 : left + AlluvialLayout.nodeWidth + 8,
          y: tops[place] + 11 + Double(number) * 13, anchor: isFirst ? .end : .start, style: "n")
      }
    }
  }

  /// The middle of a heading, moved inwards where it would leave the drawing.
  private func heading(_ column: Int, center: Double, _ layout: AlluvialLayout) -> Double {
    let half =
      (layout.headings[column].map {
        ChartText.width($0, size: ChartFrame.smallSize, bold: true)
      }.max() ?? 0) / 2
    return min(max(center, ChartFrame.margin + half), ChartFrame.width - ChartFrame.margin - half)
  }

  private func description(_ words: ChartWords) -> String {
    columns.indices.map { column in
      let counts = states.indices.filter { people($0, column: column) > 0 }.map {
        "\(states[$0].label) \(text(people($0, column: column), words))"
      }
      return "\(columns[column]): \(counts.joined(separator: ", "))."
    }.joined(separator: " ")
  }
}
