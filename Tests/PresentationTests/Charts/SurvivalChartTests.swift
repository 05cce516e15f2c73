import Journey
import Testing

@testable import Presentation

@Suite("A survival chart as SVG")
struct SurvivalChartTests {
  @Test("draws exactly these steps for three people")
  func steps() throws {
    // S = 2/3 after day 10, 1/3 after day 20, censored on day 30.
    let curve = SampleCurves.curve("A", [(10, true), (20, true), (30, false)], hasLimits: false)
    let chart = SampleCurves.chart([curve])
    let layout = SurvivalChartLayout(chart)
    #expect(layout.plot.ticks == AxisTicks(upTo: 30, unit: .days, atMost: 9, fixedEnd: false))
    func x(_ time: Double) -> String { SVGDrawing.number(layout.plot.x(time)) }
    func y(_ share: Double) -> String { SVGDrawing.number(layout.plot.y(share)) }
    let expected =
      "M\(x(0)) \(y(1))H\(x(10))V\(y(2.0 / 3))H\(x(20))V\(y(1.0 / 3))H\(x(30))"
    let paths = try XMLChecker(chart.svg()).elements.filter { $0.name == "path" }
    let drawn = try #require(paths.first { $0.attributes["stroke"] == ChartPalette.color(0) })
    #expect(drawn.attributes["d"] == expected)
    #expect(drawn.attributes["opacity"] == "0.4")  // three people are few
  }

  @Test("ends a curve at its last follow-up, down to zero where everybody had the event")
  func ends() throws {
    let short = SampleCurves.curve("kurz", (1...12).map { (Double($0), true) })
    let long = SampleCurves.group("lang", size: 30)
    let chart = SampleCurves.chart([short, long])
    let layout = SurvivalChartLayout(chart)
    let paths = try XMLChecker(chart.svg()).elements.filter { $0.name == "path" }
    let drawn = paths.compactMap { path in
      path.attributes["stroke"] == ChartPalette.color(0) ? path.attributes["d"] : nil
    }
    let end = try #require(drawn.last)
    #expect(end.hasSuffix("V\(SVGDrawing.number(layout.plot.bottom))"))
    #expect(end.contains("H\(SVGDrawing.number(layout.plot.x(12)))"))
  }

  @Test("pales where fewer than ten are at risk, counted just before each time")
  func fading() {
    let curve = SampleCurves.group("A", size: 12)
    let steps = curve.steps(until: 100)
    // 12 at risk up to day 1, 10 up to day 3, 9 up to day 4.
    #expect(steps.map(\.isFaded).firstIndex(of: true) == 3)
    #expect(steps[3].start == 3)
    #expect(steps[2].end == 3)
    #expect(steps.last?.isFaded == true)
  }

  @Test("interrupts a band where its limits are undefined")
  func bands() throws {
    let times = (1...5).map { Double($0) }
    let curve = SurvivalCurve(
      label: "A", total: 100, times: times, survival: [0.9, 0.8, 0.7, 0.6, 0.5],
      lower: [0.8, 0.7, .nan, 0.5, 0.4], upper: [0.95, 0.9, 0.8, 0.7, .nan],
      atRisk: [100, 90, 80, 70, 60], events: [10, 10, 10, 10, 10], censored: [0, 0, 0, 0, 50])
    let chart = SampleCurves.chart([curve])
    let layout = SurvivalChartLayout(chart)
    let bands = try XMLChecker(chart.svg()).elements.filter { $0.attributes["fill-opacity"] != nil }
    func x(_ time: Double) -> String { SVGDrawing.number(layout.plot.x(time)) }
    func y(_ share: Double) -> String { SVGDrawing.number(layout.plot.y(share)) }
    #expect(
      bands.map { $0.attributes["d"] } == [
        "M\(x(1)) \(y(0.95))H\(x(2))V\(y(0.9))H\(x(3))V\(y(0.7))H\(x(2))V\(y(0.8))H\(x(1))Z",
        "M\(x(4)) \(y(0.7))H\(x(5))V\(y(0.5))H\(x(4))Z",
      ])
  }

  @Test("draws no band and no note about one where there are no limits")
  func noBands() {
    var chart = SampleCurves.chart([
      SampleCurves.curve("A", [(1, true), (2, false)], hasLimits: false)
    ])
    #expect(!chart.svg().contains(" fill-opacity="))
    #expect(!chart.svg().contains("Konfidenz"))
    chart.curves = [SampleCurves.group("A", size: 20)]
    #expect(chart.svg().contains("95-%-Konfidenzgrenzen"))
  }

  @Test("marks each end of follow-up up to 200 people, then none")
  func marks() {
    func chart(_ censored: Int) -> SurvivalChart {
      SampleCurves.chart([SampleCurves.curve("A", (1...censored).map { (Double($0), false) })])
    }
    #expect(chart(200).censorMarks(of: chart(200).curves[0]).count == 200)
    #expect(chart(200).svg().contains("Striche: Beobachtung endet."))
    #expect(chart(201).censorMarks(of: chart(201).curves[0]).isEmpty)
    #expect(!chart(201).svg().contains("Striche"))
    var published = chart(20)
    published.showsCensorMarks = false
    #expect(!published.svg().contains("Striche"))
  }

  @Test("drops dotted lines to the medians that are reached and names all of them")
  func medians() throws {
    let reached = SampleCurves.curve("A", (1...20).map { (Double($0), true) })
    let open = SampleCurves.curve("B", (1...20).map { (Double($0), false) })
    var chart = SampleCurves.chart([reached, open])
    #expect(!chart.svg().contains("Median"))
    chart.showsMedians = true
    let elements = try XMLChecker(chart.svg()).elements
    let dotted = elements.filter { $0.attributes["stroke-dasharray"] == "1 3" }
    #expect(dotted.count == 2)
    let texts = elements.map(\.text)
    #expect(texts.contains { $0.hasSuffix("Median 10\u{A0}Tage") })
    #expect(texts.contains { $0.hasSuffix("Median nicht erreicht") })
  }

  @Test("shows 1 − S in the failure view, limits included")
  func failure() throws {
    var chart = SampleCurves.chart([SampleCurves.group("A", size: 40)])
    let survival = chart.svg()
    chart.view = .failure
    let layout = SurvivalChartLayout(chart)
    let paths = try XMLChecker(chart.svg()).elements.filter { $0.name == "path" }
    let curve = try #require(paths.first { $0.attributes["stroke-width"] == "2" }?.attributes["d"])
    #expect(
      curve.hasPrefix(
        "M\(SVGDrawing.number(layout.plot.left)) \(SVGDrawing.number(layout.plot.bottom))"))
    #expect(survival != chart.svg())
  }

  @Test("marks horizons with value and limits of each curve, and says so in the legend")
  func readings() throws {
    let curve = SampleCurves.curve("A", (1...20).map { (Double($0), true) })
    var chart = SampleCurves.chart([curve])
    chart.horizons = [5, 99]
    let elements = try XMLChecker(chart.svg()).elements
    let layout = SurvivalChartLayout(chart)
    let points = elements.filter { $0.name == "circle" }
    #expect(points.count == 1)
    #expect(points[0].attributes["cy"] == SVGDrawing.number(layout.plot.y(0.75)))
    let texts = elements.filter { $0.name == "text" }.map(\.text).joined(separator: "|")
    #expect(texts.contains("5\u{A0}Tage: 75,0\u{A0}%"))
    #expect(texts.contains("(65,0–85,0\u{A0}%)"))
    // Of several curves the values stand at their time, too, and the limits in the bands alone.
    chart.curves.append(SampleCurves.curve("B", (1...40).map { (Double($0), true) }))
    let two = try XMLChecker(chart.svg()).elements
    let x = SVGDrawing.number(SurvivalChartLayout(chart).plot.x(5))
    let rings = two.filter { $0.name == "circle" }
    #expect(rings.count == 2 && rings.allSatisfy { $0.attributes["cx"] == x })
    #expect(!two.contains { $0.name == "line" && $0.attributes["stroke-width"] == "1.5" })
    chart.view = .failure
    #expect(abs((curve.reading(at: 5, in: .failure)?.share ?? 0) - 0.25) < 1e-12)
    #expect(curve.reading(at: 21, in: .failure) == nil)
    #expect(chart.svg().contains("25,0\u{A0}%"))
  }

  @Test("has its numbers as a table")
  func table() {
    var chart = SampleCurves.chart([SampleCurves.group("A", size: 30, spacing: 10)])
    chart.horizons = [25]
    let text = chart.table.text(for: .plain).replacing("\u{A0}", with: " ")
    #expect(
      text.hasPrefix(
        "Gruppe  Tage  Unter Beobachtung  Zensiert davor  Ereignisse davor  Anteil ab dann"))
    #expect(text.contains("A         25                 28               0                 2"))
  }

  @Test("cuts curves at a horizon and ends its axis there")
  func horizon() throws {
    var chart = SampleCurves.chart([SampleCurves.group("A", size: 40)])
    chart.horizon = 25
    let layout = SurvivalChartLayout(chart)
    #expect(layout.plot.ticks.end == 25)
    #expect(chart.curves[0].steps(until: 25).last?.end == 25)
    #expect(SVGDrawing.number(layout.plot.x(25)) == SVGDrawing.number(layout.plot.right))
  }

  @Test("says its fixed words in the language of the chart")
  func languages() {
    var chart = SampleCurves.chart([SampleCurves.group("A", size: 12)])
    for word in ["Unter Beobachtung", "Zensiert", "Ereignisse", "weniger als 10"] {
      #expect(chart.svg().contains(word))
    }
    #expect(chart.svg().contains("100\u{A0}%"))
    chart.language = .english
    for word in ["At risk", "Censored", "Events", "fewer than 10", ">100%<", "lang=\"en\""] {
      #expect(chart.svg().contains(word))
    }
  }
}
