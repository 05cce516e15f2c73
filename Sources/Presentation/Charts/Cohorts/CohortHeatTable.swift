public import Journey

/// A triangle of cohorts: a row for every cohort, a column for every horizon, the share as shade.
///
/// What is not known is never a number. A cell that only part of its cohort has been followed to is
/// hatched, one that nobody has is blank, a withheld one shows `·`. The shades keep one scale,
/// 0 to 100 %, so that tables compare.
public struct CohortHeatTable: Chart, Hashable {
  /// What a cell knows.
  public enum Cell: Sendable, Hashable {
    /// A share, 0 to 1.
    ///
    /// - Parameters:
    ///   - share: The estimate.
    ///   - halfWidth: Half the width of its confidence interval, 0 to 1.
    ///   - count: How many people it rests on.
    ///   - isComplete: Whether the whole cohort has been followed to the horizon.
    case value(share: Double, halfWidth: Double? = nil, count: Int? = nil, isComplete: Bool = true)
    /// Withheld to protect people.
    case suppressed
    /// Nobody has been followed so far.
    case notFollowed
  }

  /// One cohort.
  public struct Row: Sendable, Hashable {
    /// Its name, such as `2024-Q1`.
    public let label: String
    /// How many people it has; nil when withheld.
    public let count: Int?
    /// One cell for each column.
    public let cells: [Cell]

    /// Creates a row.
    public init(label: String, count: Int?, cells: [Cell]) {
      self.label = label
      self.count = count
      self.cells = cells
    }
  }

  /// What stands in a cell beside its share.
  public enum Detail: Sendable, Hashable {
    /// Half the width of the confidence interval: `70 ±5`.
    case halfWidth
    /// How many people it rests on: `70 (n 41)`.
    case count
    /// Nothing.
    case none
  }

  /// The heading.
  public var title: String
  /// Lines under the heading.
  public var subtitle: [String] = []
  /// Lines at the very bottom: definition, data status, digest.
  public var footnotes: [String] = []
  /// The language of the fixed words and of the numbers.
  public var language: Language
  /// What the rows are, such as `Eintrittsquartal`.
  public var rowHeading: String
  /// The horizons, such as `3 Monate`.
  public let columns: [String]
  /// The cohorts, the oldest first.
  public let rows: [Row]
  /// A row over all cohorts that were followed to the horizon, set apart at the bottom.
  public var summary: Row?
  /// What stands in a cell beside its share.
  public var detail = Detail.halfWidth
  /// The shares that the lightest and the darkest shade stand for; keep it across reports.
  public var scale: ClosedRange<Double> = 0...1
  /// The level of the half-widths.
  public var confidenceLevel = 0.95

  /// Creates a table; every row has a cell for each column, else it is a programmer's mistake.
  public init(
    title: String, rowHeading: String, columns: [String], rows: [Row], language: Language
  ) {
    precondition(
      rows.allSatisfy { $0.cells.count == columns.count }, "a row needs a cell for each column")
    self.title = title
    self.rowHeading = rowHeading
    self.columns = columns
    self.rows = rows
    self.language = language
  }

  /// All rows that are drawn.
  var drawnRows: [Row] { rows + (summary.map { [$0] } ?? []) }

  /// The signs that occur, explained.
  func key(
    _ words: ChartWords, marksIncomplete hatched: LocalizedText, showsDetail: Bool = true
  ) -> [String] {
    let cells = drawnRows.flatMap(\.cells)
    var key: [String] = []
    if showsDetail, detail == .halfWidth, cells.contains(where: { $0.halfWidth != nil }) {
      key.append(words.halfWidths(level: confidenceLevel))
    }
    if showsDetail, detail == .count { key.append(words.countsInBrackets) }
    if cells.contains(where: { $0.isIncomplete }) { key.append(hatched(language)) }
    if cells.contains(.notFollowed) { key.append(words.blankNotFollowed) }
    if cells.contains(.suppressed) { key.append(words.dotSuppressed) }
    return key
  }

  /// What stands in a cell: `70 ±5`; the sign for per cent stands in the heading or note.
  func text(_ cell: Cell, _ words: ChartWords, withDetail: Bool = true) -> String {
    switch cell {
    case .suppressed: return "·"
    case .notFollowed: return ""
    case .value(let share, let halfWidth, let count, _):
      let value = words.numbers.decimal(share * 100, places: 0)
      guard withDetail else { return value }
      switch detail {
      case .halfWidth:
        return value
          + (halfWidth.map { "\u{A0}±" + words.numbers.decimal($0 * 100, places: 0) } ?? "")
      case .count: return value + (count.map { "\u{A0}(\(words.numbers.integer($0)))" } ?? "")
      case .none: return value
      }
    }
  }

  /// The numbers of the picture as a table.
  public var table: TerminalTable { table(shade: { _ in "" }) }

  /// The rows as a table; incomplete cells in brackets, `shade` before each value.
  private func table(shade: (Cell) -> String) -> TerminalTable {
    let words = ChartWords(language: language)
    var table = TerminalTable(
      [.text(rowHeading.truncated(toColumns: 20)), .number("n")]
        + columns.map { .number($0 + " %") })
    for row in drawnRows {
      let cells = row.cells.map { cell in
        let text = text(cell, words)
        return TableCell(shade(cell) + (cell.isIncomplete ? "[\(text)]" : text))
      }
      table.append([TableCell(row.label), TableCell(words.numbers.integer(row.count))] + cells)
    }
    return table
  }

  /// The table as text; with Unicode a small bar before each value.
  public func terminalText(for style: TerminalStyle, columns: Int, rows: Int) -> String {
    let words = ChartWords(language: language)
    let bars = Array("▁▂▃▄▅▆▇█")
    let drawn = table { cell in
      guard style.usesUnicode, case .value(let share, _, _, _) = cell else { return "" }
      return String(bars[min(7, max(0, Int(self.level(share) * 8)))]) + " "
    }
    let key = key(words, marksIncomplete: words.bracketsIncomplete).joined(separator: " ")
    let width = min(style.width ?? 80, 80)
    return drawn.text(for: style) + (key.isEmpty ? "" : key.wrappedWords(toColumns: width) + "\n")
  }

  /// Where a share stands on the scale, 0 to 1.
  func level(_ share: Double) -> Double {
    let width = scale.upperBound - scale.lowerBound
    return width > 0 ? min(max((share - scale.lowerBound) / width, 0), 1) : 0
  }
}

extension CohortHeatTable.Cell {
  /// Whether only a part of the cohort has been followed.
  var isIncomplete: Bool {
    if case .value(_, _, _, isComplete: false) = self { true } else { false }
  }

  var halfWidth: Double? {
    if case .value(_, let halfWidth, _, _) = self { halfWidth } else { nil }
  }
}

extension String {
  /// The text in lines of words no wider than some terminal columns.
  func wrappedWords(toColumns width: Int) -> String {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.displayColumns + 1 + String(word).displayColumns <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n")
  }
}
