/// Where the parts of a survival chart stand, in user units from the top left.
///
/// The plot keeps its height; title, legend, table and notes take the room they need, so the
/// drawing grows with the number of curves and the length of the texts.
struct SurvivalChartLayout {
  static let width = 780.0
  static let margin = 16.0
  static let titleSize = 15.0
  static let textSize = 12.0
  static let smallSize = 11.0
  static let rowHeight = 14.0

  /// A curve's place in the legend.
  struct LegendEntry {
    var curve: Int
    var label: [String]
    var details: [String]
    var top: Double
    var height: Double { Double(label.count) * 15 + Double(details.count) * 13 + 8 }
  }

  let title: [String]
  let subtitle: [String]
  let notes: [String]
  let ticks: AxisTicks
  private(set) var legend: [LegendEntry]
  let plotLeft: Double
  let plotRight: Double
  let plotTop: Double
  let plotBottom: Double
  let tableTop: Double
  let notesTop: Double
  let height: Double
  /// Whether the table repeats the names of the curves.
  let namesBlocks: Bool
  /// The names of the curves over their blocks of the table.
  let blockNames: [String]

  init(_ chart: SurvivalChart) {
    let words = ChartWords(language: chart.language)
    let textWidth = Self.width - 2 * Self.margin
    let numbers = NumberStyle(chart.language)
    title = ChartText.lines(chart.title, size: Self.titleSize, bold: true, limit: textWidth)
    subtitle = chart.subtitle.flatMap {
      ChartText.lines($0, size: Self.smallSize, limit: textWidth)
    }
    notes = ([Self.key(chart, words)] + chart.footnotes).flatMap {
      ChartText.lines($0, size: Self.smallSize, limit: textWidth)
    }

    legend = chart.curves.indices.map { Self.legendEntry($0, of: chart, words: words) }
    let legendWidth = legend.flatMap { entry in
      entry.label.map { ChartText.width($0, size: Self.textSize) }
        + entry.details.map { ChartText.width($0, size: Self.smallSize) }
    }.max()
    // Room for the sample line before the words and some air on both sides.
    plotRight = Self.width - (legendWidth.map { $0 + 66 } ?? 40)

    let largest = numbers.integer(chart.curves.map(\.total).max() ?? 0)
    let numberWidth = ChartText.width(largest, size: Self.smallSize)
    let rowNames = [words.atRisk, words.censored, words.events]
    let nameWidth = rowNames.map { ChartText.width($0, size: Self.smallSize) }.max() ?? 0
    plotLeft =
      chart.showsRiskTable ? Self.margin + 12 + nameWidth + 10 + max(numberWidth / 2, 14) : 64
    let spacing = max(46, numberWidth + 12)
    ticks = AxisTicks(
      upTo: chart.lastTime, unit: chart.unit, atMost: Int((plotRight - plotLeft) / spacing),
      fixedEnd: chart.horizon != nil)

    let subtitleTop = 10 + Double(title.count) * 20
    plotTop = subtitleTop + Double(subtitle.count) * 15 + 36
    let legendHeight = legend.map(\.height).reduce(0, +)
    plotBottom = plotTop + max(280, legendHeight)
    tableTop = plotBottom + 62

    namesBlocks = chart.curves.count > 1 || chart.curves.contains { !$0.label.isEmpty }
    blockNames = chart.curves.map {
      ChartText.lines($0.label, size: Self.smallSize, bold: true, limit: textWidth - 12, atMost: 1)
        .first ?? ""
    }
    let blockHeight = Self.blockHeight(named: namesBlocks)
    let tableHeight = chart.showsRiskTable ? 10 + Double(chart.curves.count) * blockHeight : -14
    notesTop = tableTop + tableHeight + 16
    height = notesTop + Double(notes.count) * 15 + 4
    placeLegend(chart)
  }

  /// How high a curve's block in the table is, the gap under it included.
  static func blockHeight(named: Bool) -> Double { (named ? 4 : 3) * rowHeight + 8 }

  func x(_ time: Double) -> Double { plotLeft + (plotRight - plotLeft) * time / ticks.end }

  func y(_ share: Double) -> Double { plotBottom - (plotBottom - plotTop) * share }

  /// What the reader must know to read the drawing, as far as it occurs in it.
  private static func key(_ chart: SurvivalChart, _ words: ChartWords) -> String {
    var key: [String] = []
    let steps = chart.curves.map { $0.steps(until: chart.lastTime) }
    if steps.contains(where: { $0.contains { $0.limits != nil } }) {
      key.append(words.bands(level: chart.confidenceLevel))
    }
    if chart.curves.contains(where: { !chart.censorMarks(of: $0).isEmpty }) {
      key.append(words.censorMarks)
    }
    if steps.contains(where: { $0.contains(where: \.isFaded) }) { key.append(words.fewAtRisk) }
    return key.joined(separator: " ")
  }

  private static func legendEntry(
    _ index: Int, of chart: SurvivalChart, words: ChartWords
  ) -> LegendEntry {
    let curve = chart.curves[index]
    let limit = 170.0
    var details = [words.size(curve)]
    if chart.showsMedians, curve.total > 0 { details.append(words.median(curve, unit: chart.unit)) }
    let joined = details.joined(separator: " · ")
    if ChartText.width(joined, size: smallSize) <= limit { details = [joined] }
    return LegendEntry(
      curve: index,
      label: ChartText.lines(curve.label, size: textSize, limit: limit, atMost: 3),
      details: details, top: 0)
  }

  /// Puts every entry as near as possible to the end of its curve, without overlaps.
  private mutating func placeLegend(_ chart: SurvivalChart) {
    let ends = chart.curves.map { curve in
      curve.steps(until: chart.lastTime).last.map { y(chart.shown($0.survival)) }
    }
    for index in legend.indices {
      legend[index].top = (ends[index] ?? plotBottom) - legend[index].height / 2
    }
    // Equal ends keep the order of the curves; a curve without an end goes to the bottom.
    legend.sort { ($0.top + $0.height / 2, $0.curve) < ($1.top + $1.height / 2, $1.curve) }
    var free = plotTop - 8
    for index in legend.indices {
      legend[index].top = max(legend[index].top, free)
      free = legend[index].top + legend[index].height
    }
    var bottom = plotBottom + 4
    for index in legend.indices.reversed() {
      legend[index].top = min(legend[index].top, bottom - legend[index].height)
      bottom = legend[index].top
    }
  }
}
