import Journey
import Presentation

/// Made-up journeys of one person as bars.
enum SampleBars {
  static func day(_ number: Int32) -> Day { Day(number: 19_723 + number) }  // 2024-01-01

  static func chart(
    _ lanes: [JourneyBarChart.Lane], days: Int32 = 1_000, _ language: Language = .german
  ) -> JourneyBarChart {
    JourneyBarChart(title: "TN-7K4Q2M", lanes: lanes, until: day(days), language: language)
  }

  static let work: JourneyBarChart.Lane = .init(
    "Arbeit, Ausbildung",
    [
      .init("Minijob", from: day(40), to: day(200), .partWork),
      .init("duale Ausbildung", from: day(150), to: nil, .training),
      .init("Arbeit", from: day(200), to: day(203), .work),
    ])

  static let all: [(name: String, chart: any Chart)] = [
    (
      "bars",
      chart([
        .init("Teilnahme", [.init("im Programm", from: day(0), to: day(410), .open)]), work,
        .init("Aufenthalt", [.init("Duldung", from: day(0), to: nil, .inactive)]),
      ])
    ),
    ("bars-short", chart([work], days: 90, .english)),
    (
      "bars-long",
      chart([
        .init(
          SampleCharts.long,
          (0..<12).map {
            .init(SampleCharts.long, from: day($0 * 80), to: day($0 * 80 + 79), .course)
          })
      ])
    ),
    ("bars-century", chart([work], days: 36_500)), ("bars-none", chart([])),
  ]
}
