/// A piece of an HTML page, escaped by construction.
///
/// Tags and attributes are those of two closed lists, every text and every value passes through one
/// function that escapes it, and there is no way to put in markup of one's own but a chart, which is
/// built the same way. So recorded text can never become markup, and no script or reference to
/// elsewhere can get in.
indirect enum HTMLNode {
  /// The elements a page may have.
  enum Tag: String {
    case article, body, caption, code, dd, div, dl, dt, figcaption, figure, footer, h1, h2
    case head, header, html, li, main, meta, p, section, strong, style, table, tbody, td, th, thead
    case title, tr, ul

    /// Whether it has neither content nor an end.
    var isVoid: Bool { self == .meta }

    /// Whether its end and its children stand on lines of their own.
    var isBlock: Bool {
      switch self {
      case .article, .body, .div, .dl, .figure, .footer, .head, .header, .html, .main, .section,
        .table, .tbody, .thead, .ul:
        true
      default: false
      }
    }
  }

  /// The attributes an element may have; none of them can hold code or an address.
  enum Attribute: String {
    case charset, colspan, content, dir, id, lang, name, role, rowspan, scope, tabindex
    case ariaLabelledby = "aria-labelledby"
    case classes = "class"
    case httpEquiv = "http-equiv"
  }

  /// A text.
  case text(String)
  /// An element with its attributes and children.
  case element(Tag, [(Attribute, String)], [HTMLNode])
  /// A chart as inline SVG with its own ids.
  case chart(any Chart, id: String)
  /// Rules of the page's own style sheet; no other text may become one.
  case styleSheet(StyleSheet)

  /// The one style sheet a page has.
  struct StyleSheet {
    fileprivate let rules: String
    /// The style sheet of reports.
    static let report = StyleSheet(rules: ReportStyle.rules)
  }

  /// An element without attributes around one text.
  static func text(_ tag: Tag, _ text: String, _ attributes: [(Attribute, String)] = []) -> HTMLNode
  {
    .element(tag, attributes, [.text(text)])
  }

  /// Writes the piece as HTML.
  func write(to html: inout String) {
    switch self {
    case .text(let text): html += text.markupEscaped
    case .styleSheet(let sheet): html += sheet.rules
    case .chart(let chart, let id): html += chart.svg(id: id)
    case .element(let tag, let attributes, let children):
      html += "<\(tag.rawValue)"
      for (name, value) in attributes { html += " \(name.rawValue)=\"\(value.markupEscaped)\"" }
      html += ">"
      guard !tag.isVoid else {
        html += "\n"
        return
      }
      if tag.isBlock { html += "\n" }
      for child in children { child.write(to: &html) }
      html += "</\(tag.rawValue)>"
      if tag.isBlock || tag.endsLine { html += "\n" }
    }
  }

  /// The piece as HTML.
  var html: String {
    var html = ""
    write(to: &html)
    return html
  }
}

extension HTMLNode.Tag {
  /// Whether a line ends after it, so that pages can be read and compared.
  fileprivate var endsLine: Bool {
    switch self {
    case .caption, .dd, .figcaption, .h1, .h2, .li, .p, .style, .title, .tr: true
    default: false
    }
  }
}
