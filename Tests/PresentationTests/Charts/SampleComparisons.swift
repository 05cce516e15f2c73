import Journey
import Presentation

/// Made-up comparisons: small multiples, cohorts, intervals.
enum SampleComparisons {
  static let all: [(name: String, chart: any Chart)] = lines + cohorts + intervals

  static func line(
    _ label: String, total: Int, end: Double, speed: Double, last: Double = 24
  ) -> ShareLine {
    let times = stride(from: 1.0, through: last, by: 1).map { $0 }
    let shares = times.map { end * $0 / ($0 + speed) }
    return ShareLine(
      label: label, total: total, times: times, shares: shares, lower: shares.map { $0 * 0.85 },
      upper: shares.map { $0 * 1.15 },
      atRisk: times.map { Int(Double(total) * (1 - $0 / (last + 1))) })
  }

  static func lines(groups: [String], total: Int, language: Language) -> ShareLinesChart {
    func panel(_ title: String, _ end: Double, _ speed: Double) -> ShareLinesChart.Panel {
      .init(
        title: title,
        lines: groups.enumerated().map { index, name in
          line(
            name, total: total / (index + 1), end: end * (1 - 0.07 * Double(index)), speed: speed,
            last: 24 - Double(index))
        })
    }
    let names =
      language == .german
      ? ["Beschäftigung", "Ausbildung", "vorzeitiger Austritt"] : ["job", "training", "dropout"]
    var chart = ShareLinesChart(
      title: LocalizedText(en: "What came first", de: "Was zuerst kam")(language),
      timeLabel: LocalizedText(en: "Months since entry", de: "Monate seit dem Eintritt")(language),
      unit: .months,
      panels: [panel(names[0], 0.6, 6), panel(names[1], 0.25, 9), panel(names[2], 0.2, 12)],
      language: language)
    chart.subtitle = ["Aalen–Johansen"]
    return chart
  }

  private static let lines: [(name: String, chart: any Chart)] = [
    ("lines-two", lines(groups: ["Frauen", "Männer"], total: 400, language: .german)),
    (
      "lines-eight",
      lines(
        groups: (1...8).map { "\(SampleCharts.long) \($0)" }, total: 1_000_000, language: .german)
    ),
    ("lines-one", lines(groups: [""], total: 12, language: .english)),
    (
      "lines-empty",
      ShareLinesChart(
        title: "Niemand", timeLabel: "Tage", unit: .days,
        panels: [
          .init(
            title: "Arbeit",
            lines: [ShareLine(label: "A", total: 0, times: [], shares: [], atRisk: [])])
        ], language: .german)
    ),
  ]

  static let triangle = triangle(.german)

  static func triangle(_ language: Language) -> CohortHeatTable {
    func word(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    let rows = (0..<8).map { row in
      CohortHeatTable.Row(
        label: "202\(3 + row / 4)-Q\(row % 4 + 1)", count: 40 + 17 * row,
        cells: (0..<5).map { column in
          if row + column > 9 { return .notFollowed }
          if row == 2, column == 1 { return .suppressed }
          return .value(
            share: 0.93 - 0.13 * Double(column) - 0.02 * Double(row % 3),
            halfWidth: 0.05 + 0.01 * Double(column), count: 30 + row,
            isComplete: row + column < 9)
        })
    }
    var chart = CohortHeatTable(
      title: word(
        "Still in work by quarter of entry", "Noch in Beschäftigung nach Eintrittsquartal"),
      rowHeading: word("Quarter", "Quartal"),
      columns: [3, 6, 12, 18, 24].map { "\($0) " + word("months", "Monate") }, rows: rows,
      language: language)
    chart.subtitle = [SampleCharts.simulated(language)]
    chart.summary = .init(
      label: word("all, fully followed", "alle, voll beobachtet"), count: 814,
      cells: [0.91, 0.78, 0.66, 0.53, 0.4].map { .value(share: $0, halfWidth: 0.03) })
    return chart
  }

  private static let cohorts: [(name: String, chart: any Chart)] = {
    var counts = triangle(.english)
    counts.detail = .count
    counts.summary = nil
    let many = CohortHeatTable(
      title: "Monate", rowHeading: SampleCharts.long, columns: (1...24).map { "\($0) Monate" },
      rows: [
        .init(
          label: SampleCharts.long, count: 1_000_000,
          cells: (1...24).map { .value(share: 1 - Double($0) / 24, halfWidth: 0.01) }),
        .init(label: "gesperrt", count: nil, cells: (1...24).map { _ in .suppressed }),
      ], language: .german)
    return [
      ("cohorts", triangle), ("cohorts-counts", counts), ("cohorts-many", many),
      (
        "cohorts-empty",
        CohortHeatTable(
          title: "Leer", rowHeading: "Quartal", columns: [], rows: [], language: .german)
      ),
      (
        "cohorts-person",
        CohortHeatTable(
          title: "One", rowHeading: "Quarter", columns: ["6 months"],
          rows: [
            .init(
              label: "2024", count: 1, cells: [.value(share: 0, halfWidth: 0.4, isComplete: false)])
          ], language: .english)
      ),
    ]
  }()

  static let ranking: IntervalPlot = {
    var plot = IntervalPlot(
      title: "Nach zwölf Monaten in Beschäftigung", valueLabel: "Anteil", kind: .share,
      rows: [
        .init(label: "Netzwerk A", count: 120, value: 0.61, limits: 0.52...0.69),
        .init(label: "Netzwerk B", count: 48, value: 0.7, limits: 0.55...0.81),
        .init(withheld: "Netzwerk C"),
        .init(label: SampleCharts.long, count: 1_234_567, value: 0.55, limits: 0.549...0.551),
        .init(label: "Niederösterreich-Süd", count: 1, value: 1, limits: 0.21...1),
      ], language: .german)
    plot.reference = .init(label: "alle", value: 0.58)
    return plot
  }()

  private static let intervals: [(name: String, chart: any Chart)] = {
    let differences = IntervalPlot(
      title: "Women compared with men", valueLabel: "Difference in percentage points",
      kind: .difference,
      rows: [
        .init(label: "3 months", count: 412, value: 0.021, limits: -0.03...0.072),
        .init(label: "12 months", count: 300, value: -0.054, limits: -0.11...(-0.001)),
      ], language: .english)
    let days = IntervalPlot(
      title: "Mittlere Zeit in Arbeit", valueLabel: "Tage", kind: .number(places: 0),
      rows: [.init(label: "alle", count: 1, value: 230, limits: 230...230)], language: .german)
    return [
      ("intervals", ranking.ranked()), ("intervals-differences", differences),
      ("intervals-days", days),
      (
        "intervals-empty",
        IntervalPlot(title: "Leer", valueLabel: "", kind: .share, rows: [], language: .german)
      ),
    ]
  }()
}
