public import Journey

/// Small pictures side by side: one a cause or state, a line with its band for every group.
///
/// All pictures have the same scales, so that heights compare across them. Below stands how many
/// people of each group are under observation.
public struct ShareLinesChart: Chart, Hashable {
  /// One small picture.
  public struct Panel: Sendable, Hashable {
    /// What its lines show: a cause, a state.
    public let title: String
    /// The lines; the same groups in the same order in every panel.
    public let lines: [ShareLine]

    /// Creates a panel.
    public init(title: String, lines: [ShareLine]) {
      self.title = title
      self.lines = lines
    }
  }

  /// The heading.
  public var title: String
  /// Lines under the heading.
  public var subtitle: [String] = []
  /// Lines at the very bottom: definition, data status, digest.
  public var footnotes: [String] = []
  /// The language of the fixed words and of the numbers.
  public var language: Language
  /// What the time axis counts.
  public var timeLabel: String
  /// The unit of the times.
  public var unit: ChartTimeUnit
  /// The small pictures, row by row.
  public let panels: [Panel]
  /// The level of the confidence limits.
  public var confidenceLevel = 0.95

  /// Creates a chart.
  public init(
    title: String, timeLabel: String, unit: ChartTimeUnit, panels: [Panel], language: Language
  ) {
    self.title = title
    self.timeLabel = timeLabel
    self.unit = unit
    self.panels = panels
    self.language = language
  }

  /// The last time of all lines.
  var end: Double {
    let last = panels.flatMap { $0.lines.map(\.end) }.max() ?? 0
    return last > 0 ? last : 12
  }

  /// The top of the vertical axis: the highest limit, rounded up to a tenth, or above 60 % a fifth.
  var topShare: Double {
    let steps = panels.flatMap { $0.lines.flatMap(\.steps) }
    let highest = steps.map { $0.limits?.upperBound ?? $0.share }.max() ?? 1
    let tenths = max(2, (highest * 10 - 1e-9).rounded(.up))
    return min(10, tenths <= 6 ? tenths : (tenths / 2).rounded(.up) * 2) / 10
  }

  /// The numbers of the picture as a table.
  public var table: TerminalTable {
    let words = ChartWords(language: language)
    let numbers = words.numbers
    let hasRisk = panels.contains { $0.lines.contains { $0.atRisk != nil } }
    let hasLimits = panels.contains { $0.lines.contains { $0.lower != nil } }
    var columns: [TerminalTable.Column] = [
      .text(words.state), .text(words.group), .number(words.timeHeading(unit)),
    ]
    if hasRisk { columns.append(.number(words.observed)) }
    columns.append(.number(words.share))
    if hasLimits { columns.append(.number(words.limits(level: confidenceLevel))) }
    var table = TerminalTable(columns)
    let ticks = AxisTicks(upTo: end, unit: unit, atMost: 8, fixedEnd: true).positions
    for panel in panels {
      for line in panel.lines {
        for time in ticks {
          let step = line.step(at: time)
          var cells = [
            TableCell(panel.title), TableCell(line.label), TableCell(words.time(time)),
          ]
          if hasRisk { cells.append(TableCell(numbers.integer(line.observed(before: time)))) }
          cells.append(TableCell(numbers.percent(step?.share)))
          if hasLimits { cells.append(TableCell(words.range(step?.limits))) }
          table.append(cells)
        }
      }
    }
    return table
  }

  /// The panels one below the other, each with up to four lines.
  public func terminalText(for style: TerminalStyle, columns: Int, rows: Int) -> String {
    let words = ChartWords(language: language)
    let most = SurvivalChart.mostTerminalCurves
    var lines: [String] = []
    let groups = panels.first?.lines ?? []
    for (index, panel) in panels.enumerated() {
      let plot = TerminalPlot(
        style: style, words: words, columns: columns,
        rows: panels.count > 1 ? max(5, rows * 2 / 3) : rows, end: end, unit: unit,
        letters: 2, isBraille: style.usesUnicode)
      var canvas = TerminalCanvas(
        columns: plot.canvasColumns, rows: plot.rows, isBraille: style.usesUnicode)
      for (number, line) in panel.lines.prefix(most).enumerated() {
        canvas.draw(line.steps, curve: number, plot)
      }
      for (number, line) in panel.lines.prefix(most).enumerated() {
        guard let last = line.steps.last else { continue }
        canvas.write(
          TerminalCanvas.letter(number), column: plot.column(last.end) + 1,
          row: plot.row(last.share), curve: number)
      }
      if index > 0 { lines.append("") }
      lines += plot.lines(shareLabel: panel.title, timeLabel: timeLabel) { row in
        canvas.row(row) { style.paint($0, TerminalCanvas.look($1)) }
      }
    }
    for (number, line) in groups.prefix(most).enumerated() {
      let letter = style.paint(
        String(TerminalCanvas.letter(number)), TerminalCanvas.look(number))
      let text = line.label.withoutControls + " · " + words.size(line.total)
      lines.append(letter + "  " + text.truncated(toColumns: (style.width ?? .max) - 3))
    }
    if groups.count > most {
      lines.append(
        words.notDrawn(groups.count - most).truncated(toColumns: style.width ?? .max))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
