/// How wide the columns of a table are on a terminal.
struct TableLayout {
  /// One width for each column, or nil when the table does not fit the terminal.
  let widths: [Int]?

  /// Measures a table; without a limit every column is as wide as its widest cell.
  init(_ table: TerminalTable, limit: Int?) {
    let cells = table.columns.indices.map { index in
      table.rows.reduce(0) { max($0, $1[index].text.displayColumns) }
    }
    var widths = zip(table.columns, cells).map { max($0.title.displayColumns, $1) }
    guard let limit else {
      self.widths = widths
      return
    }
    for (index, column) in table.columns.enumerated() {
      if let maximum = column.maximum { widths[index] = min(widths[index], max(maximum, 1)) }
    }
    let available = limit - 2 * max(0, widths.count - 1)
    let brokenHeadings = zip(table.columns, cells).map { column, cell in
      let words = column.title.split(separator: " ").map { String($0).displayColumns }
      return max(cell, words.max() ?? 0)
    }
    Self.shrink(&widths, to: available, floors: brokenHeadings)
    let narrowest = zip(table.columns, widths).map { column, width in
      min(width, column.minimum.map { max($0, 1) } ?? width)
    }
    Self.shrink(&widths, to: available, floors: narrowest)
    self.widths = widths.reduce(0, +) <= available ? widths : nil
  }

  /// Takes columns from the widest column that may give one, until all fit or none may.
  private static func shrink(_ widths: inout [Int], to available: Int, floors: [Int]) {
    var excess = widths.reduce(0, +) - available
    while excess > 0 {
      var widest: Int?
      for index in widths.indices where widths[index] > floors[index] {
        if let other = widest, widths[other] >= widths[index] { continue }
        widest = index
      }
      guard let widest else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }
}
