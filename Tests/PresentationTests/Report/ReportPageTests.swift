import Journey
import Testing

@testable import Presentation

@Suite("A report page")
struct ReportPageTests {
  static let hostile: String =
    "</style></title><script>alert('x')</script>\"' onload=\"x()\" &amp; \u{202E}<!--"

  static func page(_ text: String = "Text", language: Language = .german) -> ReportPage {
    var page = ReportPage(title: text, lead: [text, text], language: language)
    page.warnings = [text]
    var table = TerminalTable([.text(text), .number(text)])
    table.append([TableCell(text), "1"])
    var curve = SampleCurves.chart([SampleCurves.group(text, size: 20)])
    curve.title = text
    curve.footnotes = [text]
    page.sections = [
      .init(text, [.paragraph(text), .figure(curve), .figure(SampleJourneys.alluvial)]),
      .init(text, [.table(table, caption: text), .warning(text), .list([text])]),
      .init(text, [.facts([.init(text, text), .init(text, text, isCode: true)])]),
    ]
    page.certificate = [.init(text, text, isCode: true)]
    return page
  }

  /// The page as XML: void elements closed, the doctype taken off.
  static func elements(_ html: String) throws -> [XMLChecker.Element] {
    let start = "<!doctype html>\n"
    #expect(html.hasPrefix(start))
    let closed = html.dropFirst(start.count).split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .map { $0.hasPrefix("<meta") ? $0.dropLast() + "/>" : String($0) }
    return try XMLChecker(closed.joined(separator: "\n")).elements
  }

  @Test("is well-formed, in its language, the same bytes each time", arguments: Language.allCases)
  func form(language: Language) throws {
    let html = Self.page(language: language).html()
    #expect(html == Self.page(language: language).html())
    let elements = try Self.elements(html)
    #expect(elements[0].attributes["lang"] == language.rawValue)
    #expect(elements.filter { $0.name == "h1" }.count == 1)
    #expect(elements.filter { $0.name == "main" }.count == 1)
    let ids = elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
  }

  @Test("has a table with caption and headings behind every picture")
  func tables() throws {
    let elements = try Self.elements(Self.page().html())
    let pictures = elements.filter { $0.name == "svg" }
    let tables = elements.filter { $0.name == "table" }
    #expect(pictures.count == 2)
    #expect(tables.count == 3)
    #expect(elements.filter { $0.name == "caption" }.count == tables.count)
    for heading in elements where heading.name == "th" {
      #expect(["col", "row"].contains(heading.attributes["scope"]))
    }
    let ids = Set(elements.compactMap { $0.attributes["id"] })
    for element in elements {
      for id in (element.attributes["aria-labelledby"] ?? "").split(separator: " ") {
        #expect(ids.contains(String(id)))
      }
    }
    // The picture comes first, its table right after it.
    let order = elements.map(\.name).filter { ["svg", "table"].contains($0) }
    #expect(order == ["svg", "table", "svg", "table", "table"])
  }

  @Test("begins with the answer and ends with what it rests on")
  func order() {
    var page = Self.page()
    page.lead = ["Zuerst der Satz."]
    page.certificate = [.init("Prüfsumme", "9f2c", isCode: true)]
    let html = page.html()
    let marks = ["Zuerst der Satz.", "<svg", "<code>9f2c</code>"]
    let places = marks.map { html.split(separator: $0, maxSplits: 1)[0].utf8.count }
    #expect(places == places.sorted())
    #expect(marks.allSatisfy { html.contains($0) })
  }

  @Test("keeps hostile texts as texts, wherever they stand")
  func escapes() throws {
    let tame = try Self.elements(Self.page().html())
    let html = Self.page(Self.hostile).html()
    let elements = try Self.elements(html)
    // The same elements with the same attributes as with a harmless text.
    func shape(_ elements: [XMLChecker.Element]) -> Set<String> {
      Set(elements.map { "\($0.name) \($0.attributes.keys.sorted())" })
    }
    #expect(shape(elements) == shape(tame))
    #expect(!html.contains("<script") && !html.contains("<!--"))
    #expect(!html.contains("\u{202E}"))
    #expect(elements.first { $0.name == "h1" }?.text == Self.hostile.withoutControls)
  }

  @Test(
    "holds nothing that runs, loads or leads elsewhere",
    arguments: ["Text", ReportPageTests.hostile])
  func closed(text: String) throws {
    let html = Self.page(text).html()
    for element in try Self.elements(html) {
      #expect(
        !["script", "iframe", "object", "embed", "link", "img", "form", "a"].contains(element.name))
      for (name, value) in element.attributes {
        #expect(!name.hasPrefix("on") && name != "style" && name != "href" && name != "src")
        #expect(!value.contains("://") || name == "xmlns" || value == "http://www.w3.org/2000/svg")
      }
    }
    for rules in try Self.elements(html).filter({ $0.name == "style" }) {
      #expect(!rules.text.contains("@import") && !rules.text.contains("url("))
    }
    #expect(html.contains("default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"))
  }

  @Test("has readable text on paper and on a dark screen")
  func contrast() {
    let rules = ReportStyle.rules
    for (ink, paper) in [
      ("#1b1b1b", "#fff"), ("#555", "#fff"), ("#1b1b1b", "#f3f5f8"), ("#ececec", "#16181d"),
      ("#b4b8c0", "#16181d"), ("#ececec", "#20242b"),
    ] {
      #expect(rules.contains(ink) && rules.contains(paper))
      #expect(ChartColorTests.contrast(ink, paper) >= 4.5)
    }
    #expect(rules.contains("@media print"))
    #expect(rules.contains("@media screen and (prefers-color-scheme:dark)"))
  }

  @Test("writes exactly this for the smallest page")
  func smallest() {
    let html = ReportPage(title: "A & B", lead: ["Niemand zählt."], language: .german).html()
    let body = html.split(separator: "</head>\n")[1]
    #expect(
      body == """
        <body>
        <main>
        <header>
        <h1>A &amp; B</h1>
        <p class="lead">Niemand zählt.</p>
        </header>
        </main>
        </body>
        </html>

        """)
  }
}
