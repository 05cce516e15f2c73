import Journey
import Testing

@testable import Presentation

@Suite("Every chart")
struct ChartFormTests {
  @Test("is well-formed, accessible, and the same bytes each time", arguments: SampleCharts.names)
  func form(name: String) throws {
    let chart = SampleCharts.chart(name)
    let svg = chart.svg()
    #expect(svg == chart.svg())
    let elements = try SampleCharts.elements(name)
    let root = try #require(elements.first)
    #expect(root.name == "svg")
    #expect(root.attributes["role"] == "img")
    #expect(root.attributes["aria-labelledby"] == "chart-title chart-desc")
    #expect(root.attributes["lang"] == chart.language.rawValue)
    #expect(
      root.attributes["viewBox"]
        == "0 0 \(root.attributes["width"] ?? "") \(root.attributes["height"] ?? "")")
    #expect(elements.first { $0.attributes["id"] == "chart-title" }?.text == chart.title)
    let description = elements.first { $0.attributes["id"] == "chart-desc" }
    #expect(description != nil)
    #expect(!elements.contains { $0.name == "script" || $0.attributes.keys.contains("style") })
    #expect(!svg.contains("href") && !svg.contains("import"))
    #expect(!svg.contains("nan") && !svg.contains("inf"))
    let ids = elements.compactMap { $0.attributes["id"] }
    #expect(ids.allSatisfy { $0.hasPrefix("chart-") })
    #expect(Set(ids).count == ids.count)
    #expect(chart.svg(id: "k-1").contains("id=\"k-1-title\""))
    for value in elements.flatMap(\.attributes.values) where value.hasPrefix("url(") {
      #expect(ids.contains(String(value.dropFirst(5).dropLast())), "\(value)")
    }
  }

  @Test("draws inside its document", arguments: SampleCharts.names)
  func bounds(name: String) throws {
    let elements = try SampleCharts.elements(name)
    let height = try #require(Double(elements[0].attributes["height"] ?? ""))
    for element in elements where !element.path.contains("pattern") {
      for (keys, limit) in [(["x", "x1", "x2", "cx"], 780), (["y", "y1", "y2", "cy"], height)] {
        for key in keys {
          guard let value = element.attributes[key] else { continue }
          let number = try #require(Double(value))
          #expect((0...limit).contains(number), "\(element)")
        }
      }
      if let data = element.attributes["d"] {
        #expect(data.allSatisfy { "MHVCZ0123456789. ".contains($0) }, "\(data)")
      }
    }
  }

  @Test("leaves no text outside the drawing and none over another", arguments: SampleCharts.names)
  func textBoxes(name: String) throws {
    let elements = try SampleCharts.elements(name)
    var boxes: [(text: String, left: Double, right: Double, y: Double)] = []
    for element in elements where element.name == "text" {
      let style = ChartStyleSheet.sizes[element.attributes["class"] ?? ""] ?? (12, false)
      let width = ChartText.width(element.text, size: style.size, bold: style.bold)
      let x = try #require(element.attributes["x"].flatMap { Double($0) })
      let y = try #require(element.attributes["y"].flatMap { Double($0) })
      let left =
        switch element.attributes["text-anchor"] {
        case "middle": x - width / 2
        case "end": x - width
        default: x
        }
      #expect(left >= 0 && left + width <= 780, "\(element.text)")
      for other in boxes where abs(other.y - y) < 9 {
        #expect(
          left >= other.right || left + width <= other.left, "\(element.text) | \(other.text)")
      }
      boxes.append((element.text, left, left + width, y))
    }
  }

  @Test("fits a terminal of any width, in braille and in ASCII", arguments: SampleCharts.names)
  func terminal(name: String) {
    let chart = SampleCharts.chart(name)
    for width in [40, 60, 80] {
      for usesUnicode in [true, false] {
        let style = TerminalStyle(width: width, usesUnicode: usesUnicode)
        let text = chart.terminalText(for: style, columns: width, rows: 12)
        #expect(text.hasSuffix("\n"))
        for line in text.split(separator: "\n") {
          #expect(String(line).displayColumns <= width, "\(line)")
          #expect(!line.contains("\u{1B}"))
        }
      }
    }
  }

  @Test("draws in ASCII signs only where the locale has no others", arguments: SampleCharts.names)
  func ascii(name: String) {
    let text = SampleCharts.chart(name).terminalText(for: TerminalStyle(usesUnicode: false))
    let drawings: Set<Character> = Set("│┤├└┬─●┊█▓▒░▚▞▪╳■▁▂▃▄▅▆▇")
    #expect(!text.contains { drawings.contains($0) || ("\u{2800}"..."\u{28FF}").contains($0) })
  }

  @Test("has a table with a cell for every column", arguments: SampleCharts.names)
  func table(name: String) throws {
    let table = SampleCharts.chart(name).table
    #expect(!table.columns.isEmpty)
    let html = try XMLChecker(table.html(caption: "x")).elements
    #expect(html.filter { $0.name == "tr" }.count == table.rows.count + 1)
  }
}
