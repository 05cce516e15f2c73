public import Journey

/// The same picture for several groups, one below the other, each with its group's name as heading.
///
/// For pictures that cannot lay groups over each other: flows, journeys. Every one has its own scale.
public struct ChartStack: Chart {
  /// The heading.
  public var title: String
  /// Lines under the heading.
  public var subtitle: [String] = []
  /// Lines at the very bottom: definition, data status, digest.
  public var footnotes: [String] = []
  /// The language of the fixed words and of the numbers.
  public var language: Language
  /// The pictures; the title of each is the name of its group.
  public let charts: [any Chart]

  /// Creates a chart.
  public init(title: String, charts: [any Chart], language: Language) {
    self.title = title
    self.charts = charts
    self.language = language
  }

  /// The pictures as one standalone SVG document.
  public func svg(id: String) -> String {
    let frame = ChartFrame(self, key: [])
    let pictures = charts.enumerated().map { NestedPicture($1, id: "\(id)-\($0 + 1)") }
    let top = frame.headingBottom + 8
    let bottom = pictures.reduce(top) { $0 + $1.height }
    return frame.document(
      of: self, id: id, description: charts.map(\.title).joined(separator: ", "), bodyBottom: bottom
    ) { drawing in
      var y = top
      for picture in pictures {
        drawing.open(picture.element(y: y))
        y += picture.height
      }
    }
  }

  /// The pictures for a terminal, each under the name of its group.
  public func terminalText(for style: TerminalStyle, columns: Int, rows: Int) -> String {
    charts.map { chart in
      let name = chart.title.withoutControls.truncated(
        toColumns: min(columns, style.width ?? columns))
      return style.paint(name, .bold) + "\n"
        + chart.terminalText(for: style, columns: columns, rows: rows)
    }.joined(separator: "\n")
  }

  /// The numbers of all pictures, the name of the group before each.
  public var table: TerminalTable {
    let tables = charts.map { (group: $0.title, table: $0.table) }
    let group = LocalizedText(en: "Group", de: "Gruppe")(language)
    var all = TerminalTable([.text(group)] + (tables.first?.table.columns ?? []))
    for (group, table) in tables {
      for row in table.rows { all.append([TableCell(group)] + row) }
    }
    return all
  }
}

/// A picture that stands inside another one.
private struct NestedPicture {
  private let document: String
  /// How much room it takes.
  let height: Double

  init(_ chart: any Chart, id: String) {
    document = chart.svg(id: id)
    // The document says its own height in its first element.
    let start = document.firstRange(of: " height=\"")?.upperBound ?? document.endIndex
    height = Double(document[start...].prefix { $0 != "\"" }) ?? 0
  }

  /// The picture as an element that begins so far from the top.
  func element(y: Double) -> String {
    let placed = document.replacing(
      "<svg ", with: "<svg y=\"\(SVGDrawing.number(y))\" ", maxReplacements: 1)
    return placed.hasSuffix("\n") ? String(placed.dropLast()) : placed
  }
}
