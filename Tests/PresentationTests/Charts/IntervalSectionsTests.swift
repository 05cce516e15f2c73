import Journey
import Testing

@testable import Presentation

@Suite("An interval plot of groups and rows")
struct IntervalSectionsTests {
  private static let long =
    "EECR02 in Schule oder Ausbildung nach dem Austritt, gleich wie lange sie dauert und wo"

  private static func plot(rows count: Int = 2) -> IntervalPlot {
    var rows = (0..<count).map {
      IntervalPlot.Row(label: "Gruppe \($0)", count: 20 + $0, value: 0.5, limits: 0.4...0.6)
    }
    rows.append(.init(nobody: "niemand"))
    rows[0].section = Self.long
    return IntervalPlot(
      title: "T", valueLabel: "Anteil", kind: .share, rows: rows, language: .german)
  }

  private static func texts(_ plot: IntervalPlot) throws -> [(text: String, y: Double)] {
    try XMLChecker(plot.svg()).elements.filter { $0.name == "text" }.map {
      ($0.text, $0.attributes["y"].flatMap(Double.init) ?? .nan)
    }
  }

  @Test("has headings in full above its rows, in drawing, table and text")
  func sections() throws {
    let texts = try Self.texts(Self.plot())
    let heading = try #require(texts.first { $0.text.hasPrefix("EECR02") })
    let row = try #require(texts.first { $0.text == "Gruppe 0" })
    #expect(heading.y < row.y && heading.y > row.y - 30)
    #expect(texts.map(\.text).joined(separator: " ").contains("dauert und wo"))
    #expect(!texts.contains { $0.text.contains("…") })
    #expect(Self.plot().table.text(for: .plain).contains("\n\(Self.long)\n"))
    let text = Self.plot().terminalText(for: TerminalStyle(width: 70), columns: 70, rows: 5)
    #expect(text.contains("\nEECR02 in Schule"))
  }

  @Test("says of a row of nobody that there is nothing, which is not withheld")
  func nobody() throws {
    let plot = Self.plot()
    #expect(plot.figures(plot.rows[2]) == "–" && !plot.svg().contains("gesperrt"))
    #expect(try XMLChecker(plot.svg()).elements.filter { $0.name == "circle" }.count == 2)
    let withheld = IntervalPlot(
      title: "", valueLabel: "", kind: .share, rows: [.init(withheld: "a")], language: .german)
    #expect(withheld.figures(withheld.rows[0]) == "·" && withheld.svg().contains("gesperrt"))
  }

  @Test("has the numbers of its axis above as well when it is long")
  func axes() throws {
    #expect(try Self.texts(Self.plot()).count { $0.text == "50\u{A0}%" } == 1)
    #expect(try Self.texts(Self.plot(rows: 20)).count { $0.text == "50\u{A0}%" } == 2)
  }
}
