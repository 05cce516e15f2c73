import Journey
import Testing

@testable import Presentation

@Suite("A cohort table")
struct CohortHeatTableTests {
  @Test("hatches what is unfinished, leaves blank what nobody reached, and says so")
  func marks() throws {
    let elements = try XMLChecker(SampleComparisons.triangle.svg(id: "c")).elements
    let texts = elements.filter { $0.name == "text" }.map(\.text)
    // 8 rows of 5 cells and a summary row; one withheld, three after the last follow-up.
    let hatched = elements.filter { $0.attributes["fill"] == "url(#c-hatch)" }
    #expect(hatched.count == 3)
    #expect(texts.filter { $0.contains("\u{A0}±") && $0.first?.isNumber == true }.count == 41)
    #expect(texts.filter { $0 == "·" }.count == 1)
    let notes = texts.joined(separator: " ")
    for sign in ["Schraffiert:", "Leer:", "·\u{A0}= gesperrt", "95-%-Intervalls"] {
      #expect(notes.contains(sign))
    }
    #expect(!texts.contains("0\u{A0}±5"))
  }

  @Test("explains only signs that occur")
  func key() {
    let chart = CohortHeatTable(
      title: "T", rowHeading: "Q", columns: ["6 Monate"],
      rows: [.init(label: "a", count: 9, cells: [.value(share: 0.5)])], language: .german)
    let svg = chart.svg()
    for sign in ["Schraffiert", "Leer", "gesperrt", "±"] { #expect(!svg.contains(sign)) }
  }

  @Test("puts unfinished cells in brackets and keeps unknown ones empty as text")
  func text() {
    let text = SampleComparisons.triangle.table.text(for: .plain)
    #expect(text.contains("[65\u{A0}±7]"))
    #expect(text.contains("       ·  "))
    #expect(!text.contains(" 0"))
  }

  @Test("has readable figures on every shade, 4.5 : 1")
  func shades() {
    for step in 0...200 {
      let level = Double(step) / 200
      let ink = HeatShade.textClass(level) == "on" ? "#fff" : "#000"
      #expect(ChartColorTests.contrast(HeatShade.color(level), ink) >= 4.5, "level \(level)")
    }
  }

  @Test("keeps the scale it is given, whatever the cells")
  func scale() {
    var chart = SampleComparisons.triangle
    #expect([-1, 0, 0.25, 1, 2].map { chart.level($0) } == [0, 0, 0.25, 1, 1])
    chart.scale = 0.5...1
    #expect(chart.level(0.75) == 0.5)
    #expect(chart.svg().contains(">50\u{A0}%<"))
  }

  @Test("writes the unit of many columns once")
  func headings() throws {
    let svg = SampleCharts.chart("cohorts-many").svg()
    #expect(svg.contains("Spalten: Monate."))
    #expect(svg.contains(">24<"))
  }
}

@Suite("An interval plot")
struct IntervalPlotTests {
  @Test("ranks by estimate, withheld rows last, equal ones in their order")
  func ranking() {
    let labels = SampleComparisons.ranking.ranked().rows.map(\.label)
    #expect(labels.first == "Niederösterreich-Süd")
    #expect(labels.last == "Netzwerk C")
    let row = IntervalPlot.Row(label: "a", count: 1, value: 0.5, limits: 0.4...0.6)
    let other = IntervalPlot.Row(label: "b", count: 1, value: 0.5, limits: 0.4...0.6)
    let equal = IntervalPlot(
      title: "", valueLabel: "", kind: .share, rows: [row, other], language: .german)
    #expect(equal.ranked().rows.map(\.label) == ["a", "b"])
  }

  @Test("draws an interval for every point")
  func intervals() throws {
    let plot = SampleComparisons.ranking
    let elements = try XMLChecker(plot.svg()).elements
    let points = elements.filter { $0.name == "circle" }
    #expect(points.count == 4)
    for point in points {
      let y = point.attributes["cy"]
      let line = elements.first {
        $0.name == "line" && $0.attributes["y1"] == y && $0.attributes["y2"] == y
      }
      #expect(line != nil)
    }
  }

  @Test("chooses round ticks around its limits")
  func ticks() {
    #expect(
      SampleComparisons.ranking.ticks(atMost: 5) == [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1])
    let differences = SampleCharts.chart("intervals-differences") as? IntervalPlot
    #expect(differences?.ticks(atMost: 5).first ?? 0 < -0.11)
    for value in [0.0, 1e-6, 3, 1e8] {
      let plot = IntervalPlot(
        title: "", valueLabel: "", kind: .number(places: 1),
        rows: [.init(label: "a", count: 1, value: value, limits: value...value)], language: .english
      )
      let ticks = plot.ticks(atMost: 6)
      #expect(ticks.count >= 2 && ticks[0] < ticks[ticks.count - 1])
    }
  }

  @Test("writes signs of differences, and what cannot be told from the order")
  func words() {
    let svg = SampleCharts.chart("intervals-differences").svg()
    #expect(svg.contains("+2.1 (−3.0 to +7.2)"))
    #expect(svg.contains("the order is not certain"))
    let text = SampleComparisons.ranking.terminalText(
      for: TerminalStyle(width: 60, usesUnicode: false), columns: 60, rows: 9)
    #expect(text.contains("Netzwerk C"))
    #expect(text.contains("|"))
  }
}

@Suite("Small multiples of lines")
struct ShareLinesChartTests {
  @Test("share one scale, so that heights compare")
  func scale() {
    let chart = SampleComparisons.lines(groups: ["a", "b"], total: 400, language: .german)
    // The highest limit is 48 % times 1.15.
    #expect(chart.topShare == 0.6)
    let plots = ShareLinesLayout(chart).plots
    #expect(plots.count == 3)
    #expect(Set(plots.map { $0.bottom - $0.top }).count == 1)
    #expect(Set(plots.map(\.topShare)) == [0.6])
    #expect(plots.allSatisfy { $0.ticks == plots[0].ticks })
  }

  @Test("begin at the share before the first event and end at the last follow-up")
  func steps() {
    let line = ShareLine(
      label: "a", total: 20, times: [3, 5], shares: [0.2, 0.5], lower: [0.1, .nan],
      upper: [0.3, 0.7], atRisk: [20, 8], end: 9)
    #expect(
      line.steps == [
        CurveStep(start: 0, end: 3, share: 0, limits: nil, isFaded: false),
        CurveStep(start: 3, end: 5, share: 0.2, limits: 0.1...0.3, isFaded: true),
        CurveStep(start: 5, end: 9, share: 0.5, limits: nil, isFaded: true),
      ])
    #expect(line.step(at: 9)?.share == 0.5)
    #expect(line.step(at: 9.1) == nil)
    #expect([0, 3, 4, 6, 10].map { line.observed(before: $0) } == [20, 20, 8, 8, 0])
  }
}
