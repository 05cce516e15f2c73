import Journey
import Testing

@testable import Presentation

@Suite("Pictures of several groups, one below the other")
struct ChartStackTests {
  private let charts: [any Chart] = {
    var flows: any Chart = SampleJourneys.alluvial
    flows.title = "weiblich & <älter>"
    var journeys: any Chart = SampleJourneys.journeys(40)
    journeys.title = "männlich"
    return [flows, journeys]
  }()
  private var stack: ChartStack {
    var stack = ChartStack(title: "Nach Geschlecht", charts: charts, language: .german)
    stack.footnotes = ["Definition v3"]
    return stack
  }

  @Test("are one well-formed document with ids of its own")
  func form() throws {
    let elements = try XMLChecker(stack.svg()).elements
    let ids = elements.compactMap { $0.attributes["id"] }
    #expect(ids.allSatisfy { $0.hasPrefix("chart-") } && Set(ids).count == ids.count)
    let titles = elements.filter { $0.name == "title" }.map(\.text)
    #expect(titles == ["Nach Geschlecht", "weiblich & <älter>", "männlich"])
    for value in elements.flatMap(\.attributes.values) where value.hasPrefix("url(") {
      #expect(ids.contains(String(value.dropFirst(5).dropLast())), "\(value)")
    }
  }

  @Test("stand below each other, all inside the drawing")
  func places() throws {
    let pictures = try XMLChecker(stack.svg()).elements.filter { $0.name == "svg" }
    let tops = pictures.dropFirst().compactMap { $0.attributes["y"].flatMap { Double($0) } }
    let heights = pictures.compactMap { $0.attributes["height"].flatMap { Double($0) } }
    #expect(tops.count == 2 && heights.count == 3)
    #expect(tops[0] > 0 && tops[1] == tops[0] + heights[1])
    #expect(tops[1] + heights[2] < heights[0])
  }

  @Test("have their groups in the text of a terminal and in the table")
  func numbers() {
    let text = stack.terminalText(for: TerminalStyle(width: 60), columns: 60, rows: 8)
    #expect(text.contains("weiblich & <älter>\n") && text.contains("männlich\n"))
    #expect(text.split(separator: "\n").allSatisfy { String($0).displayColumns <= 60 })
    #expect(ChartStack(title: "", charts: [charts[0]], language: .german).table.rows.count > 5)
  }
}
