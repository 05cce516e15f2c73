import Journey
import Testing

@testable import Presentation

@Suite("Journeys as lines")
struct SequenceChartTests {
  private static func chart(_ sequences: [[Int?]], _ order: SequenceChart.Order) -> SequenceChart {
    SequenceChart(
      title: "T", timeLabel: "Monate", unit: .months, states: SampleJourneys.states,
      sequences: sequences, order: order, language: .german)
  }

  @Test("are sorted by the first period in a state, by the end, or not at all")
  func order() {
    let sequences: [[Int?]] = [[3, 3, 3], [3, 3, 0], [nil, 0, 0], [3, 0, 1]]
    #expect(
      Self.chart(sequences, .firstReached(0)).ordered
        == [[3, 0, 1], [nil, 0, 0], [3, 3, 0], [3, 3, 3]])
    #expect(
      Self.chart(sequences, .end).ordered
        == [[nil, 0, 0], [3, 3, 0], [3, 0, 1], [3, 3, 3]])
    #expect(Self.chart(sequences, .given).ordered == sequences)
  }

  @Test("have one path for each state, with nothing where nobody observed")
  func paths() throws {
    let chart = Self.chart([[3, 3, 0], [nil, 1]], .given)
    let plot = SequenceLayout(chart).plot
    func x(_ time: Double) -> String { SVGDrawing.number(plot.x(time)) }
    let elements = try XMLChecker(chart.svg()).elements
    let paths = elements.filter {
      $0.name == "path" && $0.attributes["stroke"]?.first == "#" && $0.path.last == "g"
    }
    #expect(paths.count == 3)
    let work = paths.first { $0.attributes["stroke"] == StateColor.work.fill }?.attributes["d"]
    #expect(work?.hasPrefix("M\(x(2)) ") == true && work?.hasSuffix("H\(x(3))") == true)
    let training = paths.first { $0.attributes["stroke"] == StateColor.training.fill }
    #expect(training?.attributes["d"]?.hasPrefix("M\(x(1)) ") == true)
    #expect(chart.svg().contains(">nicht beobachtet<"))
  }

  @Test("say that they show single people, and become shares above a thousand")
  func limits() {
    #expect(SampleJourneys.journeys(1_000).svg().contains("nur für den internen Gebrauch"))
    let many = SampleJourneys.journeys(1_001)
    #expect(!many.svg().contains("internen Gebrauch"))
    #expect(many.svg().contains("Mehr als 1.000 Personen"))
    #expect(many.svg().utf8.count < 30_000)
  }

  @Test("have shares that add up to all, the unobserved ones included")
  func distribution() {
    let shares = Self.chart([[3, 0], [nil, 0], [3], [1, 1]], .given).distribution
    #expect(shares.layers.map(\.state.color) == [.work, .training, .course, .search, .notObserved])
    #expect(
      shares.layers.map(\.shares) == [[0, 0.5], [0.25, 0.25], [0, 0], [0.5, 0], [0.25, 0.25]])
    #expect(shares.end == 2)
  }
}

@Suite("Flows between dates")
struct AlluvialChartTests {
  @Test("are not drawn when small, and the picture says how many are not")
  func small() throws {
    let chart = SampleJourneys.alluvial
    let drawn = try XMLChecker(chart.svg()).elements.filter {
      $0.attributes["fill-opacity"] == "0.4"
    }
    let all = chart.flows.joined().joined().filter { $0 > 0 }.count
    #expect(chart.smallFlows > 0)
    #expect(drawn.count == all - chart.smallFlows)
    #expect(chart.svg().contains("\(chart.smallFlows) Übergänge von weniger als 5 Personen"))
    #expect(!chart.table.text(for: .plain).contains("    3\n"))
    #expect(chart.table.text(for: .plain).contains("<\u{A0}5"))
  }

  @Test("keep one scale in all columns, and everybody in each of them")
  func scale() {
    let chart = SampleJourneys.alluvial
    let layout = AlluvialLayout(chart)
    for column in chart.columns.indices {
      let people = chart.states.indices.map { chart.people($0, column: column) }.reduce(0, +)
      #expect(people == chart.total)
      let height = layout.nodes[column].map(\.height).reduce(0, +)
      #expect(abs(height - Double(chart.total) * layout.scale) < 1e-9)
      #expect(layout.nodes[column].allSatisfy { $0.top + $0.height <= layout.bottom + 1e-9 })
    }
  }

  @Test("show those not observed as a state of their own")
  func unobserved() {
    #expect(SampleJourneys.alluvial.svg(id: "a").contains("url(#a-hatch)"))
    #expect(SampleJourneys.alluvial.svg().contains(">nicht beobachtet: 38<"))
  }

  @Test("have every number in the line of its state, and air between the states")
  func labels() throws {
    // Four states of very few people below each other.
    let small = (0..<4).map { state in (0..<5).map { $0 == state ? 6 : 0 } } + [[0, 0, 0, 0, 600]]
    let names = ["Ausbildungs- oder Beschäftigungsduldung", "andere Duldung", "Asylverfahren", "x"]
    let chart = AlluvialChart(
      title: "T", columns: ["Anfang", "Ende"],
      states: names.map { ChartState($0, .work) } + [ChartState("Rest", .open)], flows: [small],
      language: .german)
    let texts = try XMLChecker(chart.svg()).elements.filter { $0.name == "text" }
    #expect(texts.contains { $0.text == "andere Duldung: 6" })
    #expect(texts.contains { $0.text == "Beschäftigungsduldung: 6" })
    let right = texts.filter { $0.attributes["text-anchor"] == nil && $0.text.hasSuffix(": 6") }
    let heights = right.compactMap { $0.attributes["y"].flatMap(Double.init) }
    #expect(heights.count == 4 && heights == heights.sorted())
    for (one, next) in zip(heights, heights.dropFirst()) { #expect(next - one >= 17) }
  }

  @Test("fill bars on a terminal in the shares of the states")
  func bars() {
    let chart = AlluvialChart(
      title: "T", columns: ["Anfang", "Ende"], states: Array(SampleJourneys.states.prefix(2)),
      flows: [[[10, 10], [0, 20]]], language: .german)
    let text = chart.terminalText(
      for: TerminalStyle(width: 28, usesUnicode: false), columns: 28, rows: 5)
    #expect(
      text == """
        Anfang  ##########TTTTTTTTTT
        Ende    #####TTTTTTTTTTTTTTT
        #  Beschäftigung  10
        T  Ausbildung     30

        """)
  }
}
