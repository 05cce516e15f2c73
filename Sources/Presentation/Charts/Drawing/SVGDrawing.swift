/// A drawing under construction: elements as lines of text, the same bytes for the same input.
struct SVGDrawing {
  private(set) var elements: [String] = []

  /// A number for a coordinate: at most two decimals, a point, no sign on zero.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let hundredths = Int((min(max(value, -1e7), 1e7) * 100).rounded())
    let (whole, rest) = (hundredths.magnitude / 100, hundredths.magnitude % 100)
    var text = hundredths < 0 ? "-\(whole)" : "\(whole)"
    if rest > 0 {
      text += rest < 10 ? ".0\(rest)" : ".\(rest)"
      if rest.isMultiple(of: 10) { text.removeLast() }
    }
    return text
  }

  enum Anchor: String { case start, middle, end }

  mutating func text(
    _ content: String, x: Double, y: Double, anchor: Anchor = .start, style: String = ""
  ) {
    var attributes = " x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    if anchor != .start { attributes += " text-anchor=\"\(anchor.rawValue)\"" }
    if !style.isEmpty { attributes += " class=\"\(style)\"" }
    elements.append("<text\(attributes)>\(content.markupEscaped)</text>")
  }

  mutating func line(
    x1: Double, y1: Double, x2: Double, y2: Double, _ attributes: String
  ) {
    let n = Self.number
    elements.append(
      "<line x1=\"\(n(x1))\" y1=\"\(n(y1))\" x2=\"\(n(x2))\" y2=\"\(n(y2))\" \(attributes)/>")
  }

  mutating func path(_ data: String, _ attributes: String) {
    if !data.isEmpty { elements.append("<path d=\"\(data)\" \(attributes)/>") }
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, _ attributes: String
  ) {
    let n = Self.number
    elements.append(
      "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(width))\" height=\"\(n(height))\" \(attributes)/>"
    )
  }

  mutating func circle(x: Double, y: Double, radius: Double, _ attributes: String) {
    let n = Self.number
    elements.append("<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(radius))\" \(attributes)/>")
  }

  /// A line of several straight pieces.
  mutating func polyline(_ points: [(x: Double, y: Double)], _ attributes: String) {
    let list = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }
    elements.append("<polyline points=\"\(list.joined(separator: " "))\" \(attributes)/>")
  }

  mutating func open(_ element: String) { elements.append(element) }
  mutating func close(_ name: String) { elements.append("</\(name)>") }
}

/// The data of a path that only runs along the axes.
struct StepPath {
  private(set) var data = ""
  private var x = ""
  private var y = ""
  /// A horizontal run is written when it ends, so a long flat stretch is one command.
  private var pendingX: String?

  /// Starts a new figure at a point.
  mutating func move(x: Double, y: Double) {
    flush()
    (self.x, self.y) = (SVGDrawing.number(x), SVGDrawing.number(y))
    data += "M\(self.x) \(self.y)"
  }

  /// Goes on horizontally.
  mutating func horizontal(to x: Double) {
    pendingX = SVGDrawing.number(x)
  }

  /// Goes on vertically.
  mutating func vertical(to y: Double) {
    let y = SVGDrawing.number(y)
    guard y != self.y else { return }
    flush()
    self.y = y
    data += "V\(y)"
  }

  /// Closes the figure.
  mutating func close() {
    flush()
    data += "Z"
  }

  /// The finished data.
  mutating func finish() -> String {
    flush()
    return data
  }

  private mutating func flush() {
    if let pendingX, pendingX != x {
      data += "H\(pendingX)"
      x = pendingX
    }
    pendingX = nil
  }
}
