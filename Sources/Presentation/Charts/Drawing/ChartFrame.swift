import Journey

/// What all charts share around their plot: heading, notes, size and the document itself.
struct ChartFrame {
  static let width = 780.0
  static let margin = 16.0
  static let titleSize = 15.0
  static let textSize = 12.0
  static let smallSize = 11.0

  let title: [String]
  let subtitle: [String]
  let notes: [String]

  /// Breaks the texts of a chart into lines.
  ///
  /// - Parameter key: What the reader must know to read the drawing; stands before the footnotes.
  init(_ chart: some Chart, key: [String]) {
    let limit = Self.width - 2 * Self.margin
    title = ChartText.lines(chart.title, size: Self.titleSize, bold: true, limit: limit)
    subtitle = chart.subtitle.flatMap { ChartText.lines($0, size: Self.smallSize, limit: limit) }
    notes = ([key.joined(separator: " ")] + chart.footnotes).flatMap {
      ChartText.lines($0, size: Self.smallSize, limit: limit)
    }
  }

  /// Where the heading ends, from the top.
  var headingBottom: Double { 10 + Double(title.count) * 20 + Double(subtitle.count) * 15 }

  /// Where the notes begin under a body.
  static func notesTop(under bodyBottom: Double) -> Double { bodyBottom + 22 }

  /// The height of the document around a body.
  func height(under bodyBottom: Double) -> Double {
    Self.notesTop(under: bodyBottom) + Double(notes.count) * 15 + 4
  }

  /// Writes the document: heading, what `draw` draws, notes.
  ///
  /// - Parameters:
  ///   - chart: Whose title and language it has.
  ///   - id: What the element ids begin with.
  ///   - description: The picture in words, for those who cannot see it.
  ///   - bodyBottom: Where the body ends, from the top.
  ///   - draw: Draws the body.
  func document(
    of chart: some Chart, id: String, description: String, bodyBottom: Double,
    draw: (inout SVGDrawing) -> Void
  ) -> String {
    var drawing = SVGDrawing()
    let height = height(under: bodyBottom)
    let (width, name) = (SVGDrawing.number(Self.width), id.markupEscaped)
    let high = SVGDrawing.number(height)
    drawing.open(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"wegmarke-chart\" "
        + "viewBox=\"0 0 \(width) \(high)\" width=\"\(width)\" height=\"\(high)\" "
        + "role=\"img\" lang=\"\(chart.language.rawValue)\" "
        + "aria-labelledby=\"\(name)-title \(name)-desc\">")
    drawing.open("<title id=\"\(name)-title\">\(chart.title.markupEscaped)</title>")
    drawing.open("<desc id=\"\(name)-desc\">\(description.markupEscaped)</desc>")
    drawing.open("<style>" + ChartStyleSheet.text + "</style>")
    drawing.rectangle(
      x: 0, y: 0, width: Self.width, height: height, "fill=\"\(ChartInk.paper)\"")
    var y = 4.0
    for line in title {
      y += 20
      drawing.text(line, x: Self.margin, y: y, style: "t")
    }
    y += 3
    for line in subtitle {
      y += 15
      drawing.text(line, x: Self.margin, y: y, style: "s")
    }
    draw(&drawing)
    let top = Self.notesTop(under: bodyBottom)
    for (index, note) in notes.enumerated() {
      drawing.text(note, x: Self.margin, y: top + Double(index) * 15, style: "s")
    }
    drawing.close("svg")
    return drawing.elements.joined(separator: "\n") + "\n"
  }
}
