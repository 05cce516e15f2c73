/// Where the parts of a survival chart stand, in user units from the top left.
///
/// The plot keeps its height; title, legend, table and notes take the room they need, so the
/// drawing grows with the number of curves and the length of the texts.
struct SurvivalChartLayout {
  static let rowHeight = 14.0

  let frame: ChartFrame
  let plot: PlotArea
  let legend: LabelColumn
  let tableTop: Double
  let bodyBottom: Double
  /// Whether the table repeats the names of the curves.
  let namesBlocks: Bool
  /// The names of the curves over their blocks of the table.
  let blockNames: [String]

  init(_ chart: SurvivalChart) {
    let words = ChartWords(language: chart.language)
    frame = ChartFrame(chart, key: Self.key(chart, words))

    let entries = chart.curves.indices.map { Self.legendEntry($0, of: chart, words: words) }
    let legendWidth = LabelColumn.width(entries)
    // Room for the sample line before the words and some air on both sides.
    let right = ChartFrame.width - (legendWidth.map { $0 + 66 } ?? 40)
    let largest = words.numbers.integer(chart.curves.map(\.total).max() ?? 0)
    let numberWidth = ChartText.width(largest, size: ChartFrame.smallSize)
    let rowNames = [words.atRisk, words.censored, words.events]
    let nameWidth =
      rowNames.map { ChartText.width($0, size: ChartFrame.smallSize) }.max() ?? 0
    let left =
      chart.showsRiskTable
      ? ChartFrame.margin + 12 + nameWidth + 10 + max(numberWidth / 2, 14) : 64
    let spacing = max(46, numberWidth + 12)
    let top = frame.headingBottom + 36
    let bottom = top + max(280, LabelColumn.height(entries))
    plot = PlotArea(
      left: left, right: right, top: top, bottom: bottom,
      ticks: AxisTicks(
        upTo: chart.lastTime, unit: chart.unit, atMost: Int((right - left) / spacing),
        fixedEnd: chart.horizon != nil))
    tableTop = bottom + 62

    namesBlocks = chart.curves.count > 1 || chart.curves.contains { !$0.label.isEmpty }
    blockNames = chart.curves.map {
      ChartText.lines(
        $0.label, size: ChartFrame.smallSize, bold: true,
        limit: ChartFrame.width - 2 * ChartFrame.margin - 12, atMost: 1
      ).first ?? ""
    }
    let blockHeight = Self.blockHeight(named: namesBlocks)
    let tableHeight = chart.showsRiskTable ? 10 + Double(chart.curves.count) * blockHeight : -14
    bodyBottom = tableTop + tableHeight - 6
    var placed = entries
    for index in placed.indices {
      let end = chart.curves[index].steps(until: chart.lastTime).last
      placed[index].target = end.map { [plot] in plot.y(chart.shown($0.share)) }
    }
    legend = LabelColumn(placed, top: top, bottom: bottom)
  }

  /// How high a curve's block in the table is, the gap under it included.
  static func blockHeight(named: Bool) -> Double { (named ? 4 : 3) * rowHeight + 8 }

  /// What the reader must know to read the drawing, as far as it occurs in it.
  private static func key(_ chart: SurvivalChart, _ words: ChartWords) -> [String] {
    var key: [String] = []
    let steps = chart.curves.map { $0.steps(until: chart.lastTime) }
    if steps.contains(where: { $0.contains { $0.limits != nil } }) {
      key.append(words.bands(level: chart.confidenceLevel))
    }
    if chart.curves.contains(where: { !chart.censorMarks(of: $0).isEmpty }) {
      key.append(words.censorMarks)
    }
    if steps.contains(where: { $0.contains(where: \.isFaded) }) { key.append(words.fewAtRisk) }
    if chart.companions.contains(where: { $0.style == .bound }) { key.append(words.bounds) }
    if chart.companions.contains(where: { $0.style == .corrected }) { key.append(words.corrected) }
    if chart.leftOut > 0 { key.append(words.notDrawn(chart.leftOut)) }
    return key
  }

  private static func legendEntry(
    _ index: Int, of chart: SurvivalChart, words: ChartWords
  ) -> LabelColumn.Entry {
    let curve = chart.curves[index]
    let limit = 170.0
    var details = [words.size(curve.total)]
    if chart.showsMedians, curve.total > 0 { details.append(words.median(curve, unit: chart.unit)) }
    let joined = details.joined(separator: " · ")
    if ChartText.width(joined, size: ChartFrame.smallSize) <= limit { details = [joined] }
    for time in chart.horizons where time <= chart.lastTime && time > 0 {
      details += ChartText.lines(
        words.reading(curve.reading(at: time, in: chart.view), at: time, unit: chart.unit),
        size: ChartFrame.smallSize, limit: 210)
    }
    return LabelColumn.Entry(
      index: index,
      label: ChartText.lines(curve.label, size: ChartFrame.textSize, limit: limit, atMost: 4),
      details: details)
  }
}
