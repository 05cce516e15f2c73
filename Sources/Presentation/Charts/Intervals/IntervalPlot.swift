public import Journey

/// Estimates of several groups with their intervals, one below the other; for comparisons and rankings.
///
/// A row without an interval cannot be made: a point alone would claim an order that it does not know.
public struct IntervalPlot: Chart, Hashable {
  /// What the values are.
  public enum Kind: Sendable, Hashable {
    /// Shares, 0 to 1, written as per cent.
    case share
    /// Differences of shares, −1 to 1, written in percentage points with their sign.
    case difference
    /// Numbers with so many decimal places.
    case number(places: Int)
  }

  /// One group.
  public struct Row: Sendable, Hashable {
    /// Its name in the reader's language.
    public let label: String
    /// How many people it has; nil when withheld.
    public let count: Int?
    /// The estimate; nil when withheld.
    let value: Double?
    let limits: ClosedRange<Double>?
    /// A heading above the row and those that follow, up to the next one.
    public var section: String?

    /// Creates a row of an estimate and its confidence limits.
    public init(label: String, count: Int?, value: Double, limits: ClosedRange<Double>) {
      self.label = label
      self.count = count
      self.value = value
      self.limits = limits
    }

    /// Creates a row of nobody, without an estimate.
    public init(nobody label: String) {
      self.label = label
      count = 0
      value = nil
      limits = nil
    }

    /// Whether there are figures that are not shown.
    var isWithheld: Bool { value == nil && count == nil }

    /// Creates a row whose figures are withheld to protect people.
    public init(withheld label: String) {
      self.label = label
      count = nil
      value = nil
      limits = nil
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
  /// What the horizontal axis shows.
  public var valueLabel: String
  /// What the values are.
  public let kind: Kind
  /// The groups, from the top.
  public let rows: [Row]
  /// A value that all are compared with, such as the one of all groups together, and its name.
  public var reference: Reference?
  /// The level of the intervals.
  public var confidenceLevel = 0.95

  /// A value that all rows are compared with.
  public struct Reference: Sendable, Hashable {
    /// Its name, such as `alle`.
    public let label: String
    /// The value, in the unit of the rows.
    public let value: Double

    /// Creates a reference.
    public init(label: String, value: Double) {
      self.label = label
      self.value = value
    }
  }

  /// Creates a plot; the rows stay in their order.
  public init(
    title: String, valueLabel: String, kind: Kind, rows: [Row], language: Language
  ) {
    self.title = title
    self.valueLabel = valueLabel
    self.kind = kind
    self.rows = rows
    self.language = language
    if kind == .difference { reference = Reference(label: "", value: 0) }
  }

  /// The same plot with the largest estimates first and withheld rows last.
  public func ranked() -> IntervalPlot {
    let order = rows.enumerated().sorted { one, other in
      switch (one.element.value, other.element.value) {
      case (let a?, let b?): a != b ? a > b : one.offset < other.offset
      case (_?, nil): true
      case (nil, _?): false
      case (nil, nil): one.offset < other.offset
      }
    }
    var plot = IntervalPlot(
      title: title, valueLabel: valueLabel, kind: kind, rows: order.map(\.element),
      language: language)
    (plot.subtitle, plot.footnotes, plot.reference) = (subtitle, footnotes, reference)
    plot.confidenceLevel = confidenceLevel
    return plot
  }

  /// A value in words; `sign` for differences.
  func text(_ value: Double, places: Int? = nil) -> String {
    let numbers = NumberStyle(language)
    switch kind {
    case .share: return numbers.percent(value, places: places ?? 1)
    case .difference:
      let text = numbers.decimal(value * 100, places: places ?? 1)
      return value > 0 ? "+" + text : text
    case .number(let own): return numbers.decimal(value, places: places ?? own)
    }
  }

  /// The limits of a row in words.
  func range(_ limits: ClosedRange<Double>) -> String {
    switch kind {
    case .share: NumberStyle(language).percentRange(limits.lowerBound, limits.upperBound)
    case .difference, .number:
      NumberStyle(language).range(text(limits.lowerBound), text(limits.upperBound))
    }
  }

  /// The estimate and its limits in words, or the sign for a withheld one or none.
  func figures(_ row: Row) -> String {
    guard let value = row.value, let limits = row.limits else { return missing(row) }
    return "\(text(value)) (\(range(limits)))"
  }

  /// What stands in place of figures that are withheld, or that there are not.
  func missing(_ row: Row) -> String { row.isWithheld ? "·" : NumberStyle.undefined }

  func key(_ words: ChartWords) -> [String] {
    var key = [words.intervals(level: confidenceLevel)]
    if rows.count > 1 { key.append(words.overlapsRankNothing) }
    if rows.contains(where: \.isWithheld) { key.append(words.dotSuppressed) }
    return key
  }

  /// Round positions from the smallest limit to the largest; shares begin at 0 where that is near.
  func ticks(atMost count: Int) -> [Double] {
    var values = rows.flatMap { row in
      row.limits.map { [$0.lowerBound, $0.upperBound, row.value ?? $0.lowerBound] } ?? []
    }.filter(\.isFinite)
    if let reference { values.append(reference.value) }
    guard var low = values.min(), var high = values.max() else { return [0, 0.5, 1] }
    if kind == .share, low < 0.3 { low = 0 }
    if kind == .share, high > 0.8 { high = 1 }
    if high - low < 1e-9 { (low, high) = (low - 0.05, high + 0.05) }
    let steps = [1e-3, 1e-2, 0.1, 1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9].flatMap {
      [$0, 2 * $0, 5 * $0]
    }
    let step = steps.first { (high - low) / $0 <= Double(max(2, count)) } ?? (high - low)
    let first = (low / step + 1e-9).rounded(.down)
    let last = (high / step - 1e-9).rounded(.up)
    // Multiples of the step, not sums, so that no rounding adds up.
    return (0...Int(max(1, last - first))).map { (first + Double($0)) * step }
  }

  /// The numbers of the picture as a table.
  public var table: TerminalTable {
    let words = ChartWords(language: language)
    let unit = kind == .difference ? " " + words.points : ""
    var table = TerminalTable([
      .text(words.group), .number("n"), .number(words.estimate + unit),
      .number(words.limits(level: confidenceLevel)),
    ])
    for row in rows {
      if let section = row.section { table.section(section) }
      table.append([
        TableCell(row.label), TableCell(row.isWithheld ? "·" : words.numbers.integer(row.count)),
        TableCell(row.value.map { text($0) } ?? missing(row)),
        TableCell(row.limits.map { range($0) } ?? missing(row)),
      ])
    }
    return table
  }

  /// A line for every group: name, interval on a common axis, figures.
  public func terminalText(for style: TerminalStyle, columns: Int, rows height: Int) -> String {
    let words = ChartWords(language: language)
    let width = min(columns, style.width ?? columns)
    let figures = rows.map { self.figures($0) }
    let figureWidth = figures.map(\.displayColumns).max() ?? 0
    let longest = rows.map(\.label.withoutControls.displayColumns).max() ?? 0
    // The figures come first, then the names, then the drawing.
    let labelWidth = min(longest, max(6, (width - figureWidth) / 2))
    let room = width - labelWidth - figureWidth - 4
    let ticks = ticks(atMost: max(2, room / 8))
    let (low, high) = (ticks[0], ticks[ticks.count - 1])
    let signs: [Character] =
      style.usesUnicode ? ["├", "─", "┤", "●", "┊"] : ["|", "-", "|", "o", ":"]
    func column(_ value: Double) -> Int {
      Int((min(max((value - low) / (high - low), 0), 1) * Double(room - 1)).rounded())
    }
    var lines = valueLabel.isEmpty ? [] : [valueLabel.withoutControls.truncated(toColumns: width)]
    for (row, figure) in zip(rows, figures) {
      if let section = row.section {
        lines.append(style.paint(section.withoutControls.truncated(toColumns: width), .bold))
      }
      let name = row.label.withoutControls.truncated(toColumns: labelWidth)
      var line = name.padded(toColumns: labelWidth, alignment: .leading) + "  "
      if room >= 8 {
        var cells: [Character] = Array(repeating: " ", count: room)
        if let reference { cells[column(reference.value)] = signs[4] }
        if let limits = row.limits, let value = row.value {
          let (from, to) = (column(limits.lowerBound), column(limits.upperBound))
          for index in from...to { cells[index] = signs[1] }
          cells[from] = signs[0]
          cells[to] = signs[2]
          cells[column(value)] = signs[3]
        }
        line += style.paint(String(cells), .blue) + "  "
      }
      line += figure.padded(toColumns: figureWidth, alignment: .trailing)
      lines.append(line)
    }
    if room >= 8 {
      let first = text(low, places: axisPlaces)
      let last = text(high, places: axisPlaces)
      let gap = max(1, room - first.displayColumns - last.displayColumns)
      let indent = String(repeating: " ", count: labelWidth + 2)
      let axis = indent + first + String(repeating: " ", count: gap) + last
      lines.append(axis.truncated(toColumns: width))
    }
    lines.append(key(words).joined(separator: " ").wrappedWords(toColumns: width))
    return lines.joined(separator: "\n") + "\n"
  }

  /// How many decimal places the axis needs.
  var axisPlaces: Int {
    let ticks = ticks(atMost: 6)
    let factor: Double = if case .number = kind { 1 } else { 100 }
    let step = (ticks[1] - ticks[0]) * factor
    return step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 3
  }
}
