/// A pattern of slanted strokes, for what is not known or not complete.
///
/// Its id carries the id of the chart, so that charts of one page do not meet.
struct Hatching {
  let id: String

  /// The hatching of a chart.
  init(chart id: String, _ name: String = "hatch") { self.id = "\(id)-\(name)" }

  /// What an area that has it carries as its `fill`.
  var fill: String { "url(#\(id.markupEscaped))" }

  /// Writes the pattern.
  ///
  /// - Parameters:
  ///   - color: The colour of its strokes.
  ///   - drawing: Where to write.
  func define(color: String, width: Double = 1.5, _ drawing: inout SVGDrawing) {
    drawing.open(
      "<defs><pattern id=\"\(id.markupEscaped)\" width=\"6\" height=\"6\" "
        + "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">")
    drawing.line(
      x1: 1, y1: 0, x2: 1, y2: 6, "stroke=\"\(color)\" stroke-width=\"\(SVGDrawing.number(width))\""
    )
    drawing.open("</pattern></defs>")
  }
}
