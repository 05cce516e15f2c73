extension TerminalTable {
  /// The table as an HTML `table` element, with a caption where there is one.
  ///
  /// The first cell of a row names the row; where it is empty, the one above names this row too.
  /// Number columns carry the class `number`. Each cell finds its own writing direction, so names in
  /// Arabic or Hebrew script read correctly.
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
      groups[groups.count - 1].append(node(row, naming: named(by: number)))
    }
    parts += groups.map { .element(.tbody, [], $0) }
    return .element(.table, [], parts)
  }

  /// How many rows the first cell of a row names: its own and those below that begin empty; none where
  /// it is empty itself and one above names it.
  private func named(by number: Int) -> Int {
    func isEmpty(_ number: Int) -> Bool {
      rows[number].first.map { $0.text.withoutColors.isEmpty } ?? true
    }
    func begins(_ number: Int) -> Bool { number == 0 || sections[number] != nil }
    if isEmpty(number) {
      var above = number
      while isEmpty(above), !begins(above) { above -= 1 }
      return isEmpty(above) ? 1 : 0
    }
    var next = number + 1
    while next < rows.count, isEmpty(next), !begins(next) { next += 1 }
    return next - number
  }

  private func node(_ row: [TableCell], naming count: Int) -> HTMLNode {
    .element(
      .tr, [],
      zip(columns, row).enumerated().dropFirst(count == 0 ? 1 : 0).map { index, cell in
        let (column, content) = cell
        var attributes = index == 0 ? [(HTMLNode.Attribute.scope, "row")] : []
        if index == 0, count > 1 { attributes.append((.rowspan, String(count))) }
        attributes += Self.classes(column)
        if column.alignment == .leading { attributes.append((.dir, "auto")) }
        // A row that nothing names has no heading, rather than an empty one.
        let isHeading = index == 0 && !content.text.withoutColors.isEmpty
        if !isHeading { attributes.removeAll { $0.0 == .scope } }
        return .text(isHeading ? .th : .td, content.text.withoutColors, attributes)
      })
  }

  private static func classes(_ column: Column) -> [(HTMLNode.Attribute, String)] {
    column.alignment == .trailing ? [(.classes, "number")] : []
  }
}
