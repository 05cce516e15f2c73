extension TerminalTable {
  /// The table as an HTML `table` element, with a caption where there is one.
  ///
  /// The first cell of a row names the row. Number columns carry the class `number`. Each cell finds
  /// its own writing direction, so names in Arabic or Hebrew script read correctly.
  public func html(caption: String? = nil) -> String { node(caption: caption).html }

  /// The table as a piece of a page.
  ///
  /// - Parameter captionID: The id of the caption, for a box that has the caption as its name.
  func node(caption: String? = nil, captionID: String? = nil) -> HTMLNode {
    var parts: [HTMLNode] = []
    if let caption {
      parts.append(.text(.caption, caption, captionID.map { [(.id, $0)] } ?? []))
    }
    let headings = columns.map { column in
      HTMLNode.text(.th, column.title, [(.scope, "col")] + Self.classes(column))
    }
    parts.append(.element(.thead, [], [.element(.tr, [], headings)]))
    // Each heading inside the table begins a group of rows of its own.
    var groups: [[HTMLNode]] = [[]]
    for (number, row) in rows.enumerated() {
      if let title = sections[number] {
        if number > 0 { groups.append([]) }
        let heading = HTMLNode.text(
          .th, title,
          [
            (.scope, "rowgroup"), (.colspan, String(columns.count)), (.classes, "section"),
            (.dir, "auto"),
          ])
        groups[groups.count - 1].append(.element(.tr, [], [heading]))
      }
      groups[groups.count - 1].append(node(row))
    }
    parts += groups.map { .element(.tbody, [], $0) }
    return .element(.table, [], parts)
  }

  private func node(_ row: [TableCell]) -> HTMLNode {
    .element(
      .tr, [],
      zip(columns, row).enumerated().map { index, cell in
        let (column, content) = cell
        var attributes = index == 0 ? [(HTMLNode.Attribute.scope, "row")] : []
        attributes += Self.classes(column)
        if column.alignment == .leading { attributes.append((.dir, "auto")) }
        return .text(index == 0 ? .th : .td, content.text.withoutColors, attributes)
      })
  }

  private static func classes(_ column: Column) -> [(HTMLNode.Attribute, String)] {
    column.alignment == .trailing ? [(.classes, "number")] : []
  }
}
