import Foundation
import Journey
import Presentation
import Testing

@Suite("Bars of a journey")
struct JourneyBarChartTests {
  @Test("name the last day of everything, and what goes on")
  func table() {
    let table = SampleBars.chart([SampleBars.work]).table.text(for: .plain)
    let lines = table.split(separator: "\n").dropFirst().map { line in
      line.components(separatedBy: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
    }
    #expect(
      Array(lines) == [
        ["Arbeit, Ausbildung", "Minijob", "10.02.2024", "18.07.2024"],
        ["Arbeit, Ausbildung", "duale Ausbildung", "30.05.2024", "läuft"],
        ["Arbeit, Ausbildung", "Arbeit", "19.07.2024", "21.07.2024"],
      ])
  }

  @Test("stand in rows where they overlap, and go on to the edge where nothing ends them")
  func terminal() {
    let text = SampleBars.chart([SampleBars.work], days: 240)
      .terminalText(for: .plain, columns: 60, rows: 0)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 6, "\(text)")
    #expect(lines[0].hasPrefix("Arbeit, Ausbildung  ▞▞▞"), "\(text)")
    // The short job comes when the mini-job is over: in its row.
    #expect(lines[0].contains("▞█") && lines[1].hasSuffix("▓▓"), "\(text)")
    #expect(lines[2].contains("04.24") && lines[2].contains("07.24"), "\(text)")
    #expect(lines[3].hasSuffix("Minijob") && lines[5].hasSuffix("Arbeit"), "\(text)")
  }

  @Test("are drawn over the years with the names of all that has room, and say so in words")
  func drawing() throws {
    let chart = SampleBars.chart([SampleBars.work])
    let elements = try XMLChecker(chart.svg()).elements
    // The ground, and three bars.
    #expect(elements.count { $0.name == "rect" } == 4)
    let svg = chart.svg()
    #expect(svg.contains(">duale Ausbildung<") && svg.contains(">2025<"))
    #expect(svg.contains("<desc id=\"chart-desc\">3 Zeitabschnitte zwischen 10.02.2024"))
  }
}
