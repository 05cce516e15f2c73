extension TerminalTable {
  /// The table as an HTML `table` element, with a caption where there is one.
  ///
  /// Number columns carry the class `number`. Each cell finds its own writing direction, so names
  /// in Arabic or Hebrew script read correctly.
  public func html(caption: String? = nil) -> String {
    var html = "<table>\n"
    if let caption { html += "<caption>\(caption.markupEscaped)</caption>\n" }
    let headings = columns.map { column in
      "<th scope=\"col\"\(Self.classAttribute(column))>\(column.title.markupEscaped)</th>"
    }
    html += "<thead>\n<tr>\(headings.joined())</tr>\n</thead>\n<tbody>\n"
    for row in rows {
      let cells = zip(columns, row).map { column, cell in
        let direction = column.alignment == .leading ? " dir=\"auto\"" : ""
        let text = cell.text.withoutColors.markupEscaped
        return "<td\(Self.classAttribute(column))\(direction)>\(text)</td>"
      }
      html += "<tr>\(cells.joined())</tr>\n"
    }
    return html + "</tbody>\n</table>\n"
  }

  private static func classAttribute(_ column: Column) -> String {
    column.alignment == .trailing ? " class=\"number\"" : ""
  }
}
