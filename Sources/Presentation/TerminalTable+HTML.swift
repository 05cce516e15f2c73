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
    let body = rows.map { row -> HTMLNode in
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
    parts.append(.element(.tbody, [], body))
    return .element(.table, [], parts)
  }

  private static func classes(_ column: Column) -> [(HTMLNode.Attribute, String)] {
    column.alignment == .trailing ? [(.classes, "number")] : []
  }
}
