import Journey
import Testing

@testable import Presentation

@Suite("A survival chart as SVG")
struct SurvivalChartTests {
  static let charts: [(String, SurvivalChart)] = {
    let long = "Personen mit Ausbildungsduldung nach § 60c Aufenthaltsgesetz & <Sonstige>"
    var failure = SampleCurves.chart([SampleCurves.group("A", size: 40)])
    failure.view = .failure
    failure.showsMedians = true
    failure.footnotes = ["Definition v3 \u{1B}[31m \u{FFFE}"]
    var eight = SampleCurves.chart(
      (1...8).map { SampleCurves.group("\(long) \($0)", size: 10 * $0) })
    eight.showsMedians = true
    eight.subtitle = [long + " " + long]
    return [
      ("one", SampleCurves.chart([SampleCurves.group("", size: 30)])),
      ("two", SampleCurves.chart([SampleCurves.group("A", size: 30), SampleCurves.nobody])),
      ("eight", eight), ("failure", failure), ("empty", SampleCurves.chart([SampleCurves.nobody])),
      ("none", SampleCurves.chart([])),
    ]
  }()

  static let kinds = charts.map(\.0)

  static func chart(_ kind: String) throws -> SurvivalChart {
    try #require(charts.first { $0.0 == kind }).1
  }

  @Test("is well-formed, accessible, and the same bytes each time", arguments: kinds)
  func form(kind: String) throws {
    let chart = try Self.chart(kind)
    let svg = chart.svg(id: "k-1")
    #expect(svg == chart.svg(id: "k-1"))
    let elements = try XMLChecker(svg).elements
    let root = try #require(elements.first)
    #expect(root.name == "svg")
    #expect(root.attributes["role"] == "img")
    #expect(root.attributes["aria-labelledby"] == "k-1-title k-1-desc")
    #expect(
      root.attributes["viewBox"]
        == "0 0 \(root.attributes["width"] ?? "") \(root.attributes["height"] ?? "")")
    #expect(elements.first { $0.name == "title" }?.text == chart.title)
    #expect(!elements.contains { $0.name == "script" })
    #expect(!svg.contains("href"))
    #expect(!svg.contains("nan") && !svg.contains("inf"))
  }

  @Test("draws along the axes only, inside the drawing", arguments: kinds)
  func paths(kind: String) throws {
    let elements = try XMLChecker(Self.chart(kind).svg()).elements
    for element in elements where element.name == "path" {
      let data = try #require(element.attributes["d"])
      #expect(data.allSatisfy { "MHVZ0123456789. ".contains($0) }, "\(data)")
    }
    let height = try #require(Double(elements[0].attributes["height"] ?? ""))
    for element in elements {
      for key in ["x", "x1", "x2"] {
        guard let value = element.attributes[key] else { continue }
        let number = try #require(Double(value))
        #expect((0...780).contains(number))
      }
      for key in ["y", "y1", "y2"] {
        guard let value = element.attributes[key] else { continue }
        let number = try #require(Double(value))
        #expect((0...height).contains(number))
      }
    }
  }

  @Test("leaves no text outside the drawing and none over another", arguments: kinds)
  func textBoxes(kind: String) throws {
    let elements = try XMLChecker(Self.chart(kind).svg()).elements.filter { $0.name == "text" }
    let sizes = ["t": 15.0, "s": 11, "n": 11, "b": 11]
    var boxes: [(text: String, left: Double, right: Double, y: Double)] = []
    for element in elements {
      let style = element.attributes["class"] ?? ""
      let width = ChartText.width(
        element.text, size: sizes[style] ?? 12, bold: style == "t" || style == "b")
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

  @Test("draws exactly these steps for three people")
  func steps() throws {
    // S = 2/3 after day 10, 1/3 after day 20, censored on day 30.
    let curve = SampleCurves.curve("A", [(10, true), (20, true), (30, false)], hasLimits: false)
    let chart = SampleCurves.chart([curve])
    let layout = SurvivalChartLayout(chart)
    #expect(layout.ticks == AxisTicks(upTo: 30, unit: .days, atMost: 9, fixedEnd: false))
    func x(_ time: Double) -> String { SVGDrawing.number(layout.x(time)) }
    func y(_ share: Double) -> String { SVGDrawing.number(layout.y(share)) }
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
    #expect(end.hasSuffix("V\(SVGDrawing.number(layout.plotBottom))"))
    #expect(end.contains("H\(SVGDrawing.number(layout.x(12)))"))
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
    func x(_ time: Double) -> String { SVGDrawing.number(layout.x(time)) }
    func y(_ share: Double) -> String { SVGDrawing.number(layout.y(share)) }
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
    #expect(!chart.svg().contains("fill-opacity"))
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
        "M\(SVGDrawing.number(layout.plotLeft)) \(SVGDrawing.number(layout.plotBottom))"))
    #expect(survival != chart.svg())
  }

  @Test("cuts curves at a horizon and ends its axis there")
  func horizon() throws {
    var chart = SampleCurves.chart([SampleCurves.group("A", size: 40)])
    chart.horizon = 25
    let layout = SurvivalChartLayout(chart)
    #expect(layout.ticks.end == 25)
    #expect(chart.curves[0].steps(until: 25).last?.end == 25)
    #expect(SVGDrawing.number(layout.x(25)) == SVGDrawing.number(layout.plotRight))
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

@Suite("The table under a survival chart")
struct RiskTableTests {
  @Test("adds up to the group at every time", arguments: [1, 2, 7, 40, 300])
  func sums(size: Int) {
    let curve = SampleCurves.group("A", size: size)
    for time in stride(from: 0, through: Double(size) + 5, by: 0.5) {
      let counts = curve.counts(before: time)
      #expect(counts.atRisk + counts.censored + counts.events == size, "time \(time)")
    }
  }

  @Test("counts people at risk just before a time, so its own events come later")
  func convention() {
    let curve = SampleCurves.curve("A", [(0, true), (5, true), (5, false), (9, true)])
    #expect(curve.counts(before: 0) == .init(atRisk: 4, censored: 0, events: 0))
    #expect(curve.counts(before: 5) == .init(atRisk: 3, censored: 0, events: 1))
    #expect(curve.counts(before: 5.1) == .init(atRisk: 1, censored: 1, events: 2))
    #expect(curve.counts(before: 9) == .init(atRisk: 1, censored: 1, events: 2))
    #expect(curve.counts(before: 10) == .init(atRisk: 0, censored: 1, events: 3))
    #expect(SampleCurves.nobody.counts(before: 3) == .init(atRisk: 0, censored: 0, events: 0))
  }

  @Test("prints exactly these numbers, each under its tick")
  func printed() throws {
    let chart = SampleCurves.chart([SampleCurves.group("A", size: 30, spacing: 10)])
    let layout = SurvivalChartLayout(chart)
    #expect(layout.ticks.positions == [0, 50, 100, 150, 200, 250, 300])
    let elements = try XMLChecker(chart.svg()).elements
    let numbers = elements.filter {
      $0.attributes["class"] == "n" && $0.attributes["text-anchor"] == "middle"
    }
    let columns = layout.ticks.positions.map { tick in
      numbers.filter { $0.attributes["x"] == SVGDrawing.number(layout.x(tick)) }.map(\.text)
    }
    #expect(
      columns == [
        ["0", "30", "0", "0"], ["50", "26", "1", "3"], ["100", "21", "3", "6"],
        ["150", "16", "4", "10"], ["200", "11", "6", "13"], ["250", "6", "8", "16"],
        ["300", "1", "9", "20"],
      ])
  }

  @Test("can be left out")
  func hidden() {
    var chart = SampleCurves.chart([SampleCurves.group("A", size: 12)])
    chart.showsRiskTable = false
    #expect(!chart.svg().contains("Zensiert"))
  }
}

@Suite("Ticks of a time axis")
struct AxisTicksTests {
  @Test("are round and cover the data")
  func round() {
    let months = AxisTicks(upTo: 24, unit: .months, atMost: 8, fixedEnd: false)
    #expect(months.positions == [0, 3, 6, 9, 12, 15, 18, 21, 24])
    let years = AxisTicks(upTo: 60, unit: .months, atMost: 8, fixedEnd: false)
    #expect(years.positions == [0, 12, 24, 36, 48, 60])
    let days = AxisTicks(upTo: 587, unit: .days, atMost: 9, fixedEnd: false)
    #expect(days.end == 600)
    #expect(days.positions == [0, 100, 200, 300, 400, 500, 600])
    let nearly = AxisTicks(upTo: 510, unit: .days, atMost: 9, fixedEnd: false)
    #expect(nearly.end == 510)
    #expect(nearly.positions.last == 500)
  }

  @Test("survive every length of an axis", arguments: SurvivalChart.TimeUnit.allCases)
  func lengths(unit: SurvivalChart.TimeUnit) {
    for length in [0, -1, 0.25, 0.5, 1, 2, 3, 11, 13, 364, 366, 1e4, 1e9, 1e15, .infinity, .nan] {
      let ticks = AxisTicks(upTo: length, unit: unit, atMost: 8, fixedEnd: false)
      #expect(ticks.positions.first == 0)
      #expect(ticks.positions.count <= 9, "\(length)")
      #expect(ticks.end > 0)
      #expect(ticks.positions.allSatisfy { $0 <= ticks.end })
    }
  }
}

@Suite("Numbers and texts in a drawing")
struct DrawingTextTests {
  @Test(
    "have at most two decimals and no sign on zero",
    arguments: [
      (0.0, "0"), (-0.0, "0"), (-0.001, "0"), (1.005, "1"), (12.3456, "12.35"), (-2.5, "-2.5"),
      (7.04, "7.04"), (100, "100"), (99.999, "100"), (.nan, "0"), (.infinity, "0"),
      (1e300, "10000000"),
    ])
  func coordinates(value: Double, expected: String) {
    #expect(SVGDrawing.number(value) == expected)
  }

  @Test("are broken at spaces, cut with a sign, and hyphenated where a word is too long")
  func lines() {
    #expect(ChartText.lines("", size: 12, limit: 100).isEmpty)
    #expect(ChartText.lines("eins zwei drei", size: 12, limit: 65) == ["eins zwei", "drei"])
    #expect(ChartText.lines("eins zwei drei", size: 12, limit: 65, atMost: 1) == ["eins zw…"])
    let long = ChartText.lines("Ausbildungsförderungsgesetz", size: 12, limit: 80)
    #expect(long.count > 1)
    #expect(long.dropLast().allSatisfy { $0.hasSuffix("-") })
    #expect(long.allSatisfy { ChartText.width($0, size: 12) <= 80 })
  }
}
