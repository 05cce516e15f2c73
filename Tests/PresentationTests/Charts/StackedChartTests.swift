import Journey
import Testing

@testable import Presentation

@Suite("Stacked shares over time")
struct StackedChartTests {
  static let chart = StackedChart.incidence(
    title: "T", timeLabel: "Tage", unit: .days, total: 40, times: [0, 10, 20],
    causes: [
      .init(ChartState("Arbeit", .work), shares: [0, 0.25, 0.5]),
      .init(ChartState("Abbruch", .left), shares: [0, 0.25, 0.25]),
    ], open: "offen", atRisk: [40, 40, 20], end: 30, language: .german)

  @Test("add up to all, with what is open on top")
  func sum() {
    #expect(Self.chart.layers.map(\.state.label) == ["Arbeit", "Abbruch", "offen"])
    #expect(Self.chart.layers[2].shares == [1, 0.5, 0.25])
    for index in 0..<3 { #expect(Self.chart.edges(index)?.last?.upperBound == 1) }
    #expect(Self.chart.edges(2) == [0...0.5, 0.5...0.75, 0.75...1])
  }

  @Test("are drawn as these steps")
  func steps() throws {
    let plot = StackedChartLayout(Self.chart).plot
    func x(_ time: Double) -> String { SVGDrawing.number(plot.x(time)) }
    func y(_ share: Double) -> String { SVGDrawing.number(plot.y(share)) }
    let paths = try XMLChecker(Self.chart.svg()).elements.filter { $0.name == "path" }
    #expect(
      paths[0].attributes["d"]
        == "M\(x(0)) \(y(0))H\(x(10))V\(y(0.25))H\(x(20))V\(y(0.5))H\(x(30))V\(y(0))H\(x(0))Z")
    #expect(
      paths[2].attributes["d"]
        == "M\(x(0)) \(y(1))H\(x(30))V\(y(0.75))H\(x(20))V\(y(0.5))H\(x(10))V\(y(0))H\(x(0))Z")
  }

  @Test("name every state with its last share, and nobody's share at all where nobody is")
  func labels() {
    for text in ["Arbeit 50,0\u{A0}%", "Abbruch 25,0\u{A0}%", "offen 25,0\u{A0}%"] {
      #expect(Self.chart.svg().contains(">\(text)<"))
    }
    let empty = SampleCharts.chart("stacked-empty").svg()
    #expect(empty.contains("Niemand beobachtet"))
    #expect(!empty.contains("0,0\u{A0}%"))
  }

  @Test("say at the horizons how large each share is, with its limits")
  func readings() throws {
    var chart = Self.chart
    chart.readings = [
      [
        .init(time: 10, share: 0.25, limits: 0.2...0.31), .init(time: 40, share: nil, limits: nil),
      ], [], [],
    ]
    let svg = chart.svg()
    #expect(svg.contains(">10\u{A0}Tage: 25,0\u{A0}% (20,0–31,0\u{A0}%)<"))
    #expect(svg.contains(">40\u{A0}Tage: niemand beobachtet<"))
    let x = SVGDrawing.number(StackedChartLayout(chart).plot.x(10))
    let lines = try XMLChecker(svg).elements.filter {
      $0.name == "line" && $0.attributes["x1"] == x && $0.attributes["opacity"] == "0.55"
    }
    #expect(lines.count == 1)
  }

  @Test("count those observed just before a time")
  func observed() {
    #expect(
      [0, 5, 10, 11, 25, 31].map { Self.chart.observed(before: $0) } == [40, 40, 40, 20, 20, 0])
    #expect(Self.chart.fewFrom == nil)
  }

  @Test("pale where fewer than ten are observed")
  func fading() {
    let few = StackedChart(
      title: "T", timeLabel: "", unit: .days, total: 12, times: [0, 5, 9],
      layers: [.init(ChartState("a", .work), shares: [1, 1, 1])], atRisk: [12, 10, 9],
      language: .german)
    #expect(few.fewFrom == 5)
    #expect(few.svg().contains("fill-opacity=\"0.6\""))
    #expect(few.svg().contains("Blass: weniger als 10"))
  }

  @Test("interrupt where nothing is known, and never say 0 % for it")
  func gap() throws {
    let chart = try #require(SampleCharts.chart("stacked-unknown") as? StackedChart)
    let paths = try XMLChecker(chart.svg()).elements.filter { $0.name == "path" }
    #expect(paths[0].attributes["d"]?.split(separator: "M").count == 2)
    #expect(chart.table.text(for: .plain).contains("–"))
  }

  @Test("on a terminal fill cells with the signs of their states")
  func terminal() {
    let text = Self.chart.terminalText(
      for: TerminalStyle(usesUnicode: false), columns: 36, rows: 8)
    #expect(
      text.replacing("\u{A0}", with: "~") == """
        100~% +.............................
              |.............................
         75~% +...................xxxxxxxxxx
              |...................xxxxxxxxxx
         50~% +..........xxxxxxxxx##########
         25~% +..........xxxxxxxxx##########
              |..........###################
          0~% +..........###################
              ++--------+---------+--------+
               0       10        20       30
               Tage
        .  offen    25,0~%
        x  Abbruch  25,0~%
        #  Arbeit   50,0~%

        """)
  }
}
