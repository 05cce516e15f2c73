import Journey
import Testing

@testable import Presentation

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
    #expect(layout.plot.ticks.positions == [0, 50, 100, 150, 200, 250, 300])
    let elements = try XMLChecker(chart.svg()).elements
    let numbers = elements.filter {
      $0.attributes["class"] == "n" && $0.attributes["text-anchor"] == "middle"
    }
    let columns = layout.plot.ticks.positions.map { tick in
      numbers.filter { $0.attributes["x"] == SVGDrawing.number(layout.plot.x(tick)) }.map(\.text)
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
