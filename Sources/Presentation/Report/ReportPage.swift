public import Journey

/// A report as one self-contained HTML page: sentence first, then pictures, each with its table.
///
/// The page has no scripts, nothing external and no state; it prints, follows a reader's wish for a
/// dark screen and can be read by a screen reader. The same page gives the same bytes.
///
///     var page = ReportPage(title: "Verbleib in Arbeit", lead: ["Von 412 Personen …"], language: .german)
///     page.sections.append(.init("Verlauf", [.figure(chart)]))
///     page.certificate = [.init("Prüfsumme", "9f2c…", isCode: true)]
///     let html = page.html()
public struct ReportPage: Sendable {
  /// A fact with its name: a line of a definition or a certificate.
  public struct Fact: Sendable, Hashable {
    /// What it is.
    public let name: String
    /// What it says.
    public let value: String
    /// Whether the value is a digest, a command or another text for machines.
    public let isCode: Bool

    /// Creates a fact.
    public init(_ name: String, _ value: String, isCode: Bool = false) {
      self.name = name
      self.value = value
      self.isCode = isCode
    }
  }

  /// A part of a section.
  public enum Block: Sendable {
    /// A paragraph.
    case paragraph(String)
    /// Something the reader must not miss.
    case warning(String)
    /// A picture, and below it the table behind it.
    ///
    /// - Parameters:
    ///   - chart: The picture; its own table is taken where there is no other.
    ///   - table: The table behind it in more detail.
    case figure(any Chart, table: TerminalTable? = nil)
    /// A table without a picture, with its caption.
    case table(TerminalTable, caption: String)
    /// Facts, such as a definition.
    case facts([Fact])
    /// A list of sentences.
    case list([String])
  }

  /// A section with its heading.
  public struct Section: Sendable {
    /// The heading.
    public let heading: String
    /// Its parts in their order.
    public var blocks: [Block]

    /// Creates a section.
    public init(_ heading: String, _ blocks: [Block]) {
      self.heading = heading
      self.blocks = blocks
    }
  }

  /// What the page is about.
  public var title: String
  /// The answer in plain sentences, before everything else.
  public var lead: [String]
  /// What a reader must know before reading on, such as that the data are simulated.
  public var warnings: [String] = []
  /// The sections: pictures with tables, then definition, then data status.
  public var sections: [Section] = []
  /// What the page rests on: log, root, digests, and the command that makes it again.
  public var certificate: [Fact] = []
  /// The language of the page.
  public var language: Language

  /// Creates a page without sections.
  public init(title: String, lead: [String], language: Language) {
    self.title = title
    self.lead = lead
    self.language = language
  }

  /// The page as HTML 5 in UTF-8, ended by a line feed.
  public func html() -> String {
    "<!doctype html>\n"
      + HTMLNode.element(.html, [(.lang, language.rawValue)], [head, body]).html
  }

  private var head: HTMLNode {
    // The policy forbids what the builder cannot make anyway: scripts, and loading from elsewhere.
    .element(
      .head, [],
      [
        .element(.meta, [(.charset, "utf-8")], []),
        .element(
          .meta, [(.name, "viewport"), (.content, "width=device-width, initial-scale=1")], []),
        .element(
          .meta,
          [
            (.httpEquiv, "Content-Security-Policy"),
            (.content, "default-src 'none'; style-src 'unsafe-inline'"),
          ], []),
        .text(.title, title),
        .element(.style, [], [.styleSheet(.report)]),
      ])
  }

  private var body: HTMLNode {
    var figures = 0
    var tables = 0
    var content: [HTMLNode] = [
      .element(
        .header, [],
        [.text(.h1, title)]
          + lead.map { .text(.p, $0, [(.classes, "lead")]) }
          + warnings.map { .text(.p, $0, [(.classes, "note")]) })
    ]
    for section in sections {
      content.append(
        .element(
          .section, [],
          [.text(.h2, section.heading)]
            + section.blocks.flatMap { nodes(of: $0, figures: &figures, tables: &tables) }))
    }
    if !certificate.isEmpty {
      let heading = LocalizedText(en: "What this page rests on", de: "Worauf diese Seite beruht")
      content.append(
        .element(.footer, [], [.text(.h2, heading(language)), Self.facts(certificate)]))
    }
    return .element(.body, [], [.element(.main, [], content)])
  }

  private func nodes(of block: Block, figures: inout Int, tables: inout Int) -> [HTMLNode] {
    switch block {
    case .paragraph(let text): return [.text(.p, text)]
    case .warning(let text): return [.text(.p, text, [(.classes, "note")])]
    case .facts(let facts): return [Self.facts(facts)]
    case .list(let items): return [.element(.ul, [], items.map { .text(.li, $0) })]
    case .table(let table, let caption):
      tables += 1
      return [Self.table(table, caption: caption, id: "table-\(tables)")]
    case .figure(let chart, let table):
      figures += 1
      tables += 1
      let caption = LocalizedText(
        en: "Figures behind picture \(figures): \(chart.title)",
        de: "Zahlen zu Bild \(figures): \(chart.title)")
      let name = LocalizedText(en: "Picture \(figures)", de: "Bild \(figures)")
      return [
        .element(
          .figure, [],
          [
            // A narrow screen scrolls a picture sideways instead of shrinking its words.
            Self.scrolling(
              .chart(chart, id: "figure-\(figures)"), named: "figure-\(figures)-title"),
            .text(.figcaption, name(language)),
          ]),
        Self.table(table ?? chart.table, caption: caption(language), id: "table-\(tables)"),
      ]
    }
  }

  private static func table(_ table: TerminalTable, caption: String, id: String) -> HTMLNode {
    scrolling(table.node(caption: caption, captionID: id), named: id)
  }

  /// A box that scrolls sideways on narrow screens, also with the keyboard.
  private static func scrolling(_ content: HTMLNode, named id: String) -> HTMLNode {
    .element(
      .div,
      [(.classes, "scroll"), (.role, "region"), (.tabindex, "0"), (.ariaLabelledby, id)],
      [content])
  }

  private static func facts(_ facts: [Fact]) -> HTMLNode {
    .element(
      .dl, [],
      facts.flatMap { fact -> [HTMLNode] in
        [
          .text(.dt, fact.name),
          .element(.dd, [], [fact.isCode ? .text(.code, fact.value) : .text(fact.value)]),
        ]
      })
  }
}
