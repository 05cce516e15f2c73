import Journey
import Presentation

/// Made-up charts in every shape that the drawing must bear.
enum SampleCharts {
  static func simulated(_ language: Language) -> String {
    LocalizedText(
      en: "Simulated data: nobody here exists.", de: "Simulierte Daten: Niemand hier ist echt.")(
        language)
  }

  static let long = "Personen mit Ausbildungsduldung nach § 60c Aufenthaltsgesetz & <Sonstige>"

  static let all: [(name: String, chart: any Chart)] =
    survival + stacked + SampleComparisons.all + SampleJourneys.all + SampleBars.all

  static let names = all.map(\.name)

  /// Every chart as parsed elements, or why it is not well-formed; parsed once for all tests.
  static let parsed: [String: Result<[XMLChecker.Element], any Error>] = Dictionary(
    uniqueKeysWithValues: all.map { entry in
      (entry.name, Result { try XMLChecker(entry.chart.svg()).elements })
    })

  static func elements(_ name: String) throws -> [XMLChecker.Element] {
    try parsed[name]?.get() ?? []
  }

  static func chart(_ name: String) -> any Chart {
    all.first { $0.name == name }?.chart ?? SampleCurves.chart([])
  }

  private static let survival: [(name: String, chart: any Chart)] = {
    var failure = SampleCurves.chart([SampleCurves.group("A", size: 40)])
    failure.view = .failure
    failure.showsMedians = true
    failure.horizons = [10, 25]
    failure.footnotes = ["Definition v3 \u{1B}[31m \u{FFFE}"]
    var eight = SampleCurves.chart(
      (1...8).map { SampleCurves.group("\(long) \($0)", size: 10 * $0) })
    eight.showsMedians = true
    eight.horizons = [30]
    eight.subtitle = [long + " " + long]
    return [
      ("survival-one", SampleCurves.chart([SampleCurves.group("", size: 30)])),
      (
        "survival-two",
        SampleCurves.chart([SampleCurves.group("A", size: 30), SampleCurves.nobody])
      ),
      ("survival-eight", eight), ("survival-failure", failure),
      ("survival-person", SampleCurves.chart([SampleCurves.curve("A", [(12, true)])])),
      ("survival-million", SampleCurves.chart([million])),
      ("survival-empty", SampleCurves.chart([SampleCurves.nobody])),
      ("survival-none", SampleCurves.chart([])),
    ]
  }()

  /// A million people on a grid of weeks.
  private static let million: SurvivalCurve = {
    let times = (1...52).map { Double($0 * 7) }
    let shares = times.map { 1 / (1 + $0 / 200) }
    var left = 1_000_000
    var (atRisk, events): ([Int], [Int]) = ([], [])
    for share in shares {
      atRisk.append(left)
      events.append(left - Int(share * 1_000_000))
      left = Int(share * 1_000_000)
    }
    return SurvivalCurve(
      label: "alle", total: 1_000_000, times: times, survival: shares,
      lower: shares.map { $0 - 0.002 }, upper: shares.map { $0 + 0.002 }, atRisk: atRisk,
      events: events, censored: times.map { _ in 0 }, median: 203)
  }()

  /// The incidence of three ends in a programme of `total` people, by month.
  static func incidence(total: Int, language: Language, labels: [String]) -> StackedChart {
    let times = (0...24).map { Double($0) }
    func rising(_ end: Double, _ speed: Double) -> [Double] {
      times.map { end * $0 / ($0 + speed) }
    }
    var chart = StackedChart.incidence(
      title: LocalizedText(
        en: "What came first after the intake", de: "Was nach dem Eintritt zuerst kam")(language),
      timeLabel: LocalizedText(en: "Months since entry", de: "Monate seit dem Eintritt")(language),
      unit: .months, total: total, times: times,
      causes: [
        .init(ChartState(labels[0], .work), shares: rising(0.6, 6)),
        .init(ChartState(labels[1], .training), shares: rising(0.25, 9)),
        .init(ChartState(labels[2], .left), shares: rising(0.2, 12)),
        .init(ChartState(labels[3], .gone), shares: rising(0.02, 3)),
      ], open: LocalizedText(en: "still open", de: "noch offen")(language),
      atRisk: times.map { Int(Double(total) * (1 - $0 / 25)) }, language: language)
    chart.subtitle = [simulated(language)]
    return chart
  }

  /// Where people are, states coming and going, one of them unknown.
  static let occupancy: StackedChart = {
    let times = stride(from: 0.0, through: 730, by: 7).map { $0 }
    let shares: [[Double]] = times.map { time in
      let part = time / 730
      let work = 0.55 * part
      let training = 0.2 * part * (1 - part) * 3
      let course = 0.3 * (1 - part) * (part < 0.1 ? part * 10 : 1)
      let unknown = 0.08 * part
      return [work, training, course, 1 - work - training - course - unknown, unknown]
    }
    let states = [
      ChartState("Beschäftigung", .work), ChartState("Ausbildung", .training),
      ChartState("Qualifizierung", .course), ChartState("ohne Arbeit", .search),
      ChartState("nicht beobachtet", .notObserved),
    ]
    return StackedChart(
      title: "Wo die Menschen sind", timeLabel: "Tage seit dem Eintritt", unit: .days, total: 412,
      times: times,
      layers: states.enumerated().map { index, state in
        .init(state, shares: shares.map { $0[index] })
      }, language: .german)
  }()

  private static let stacked: [(name: String, chart: any Chart)] = {
    let german = ["Beschäftigung", "Ausbildung", "vorzeitiger Austritt", "verzogen"]
    var gap = incidence(total: 8, language: .german, labels: german)
    gap.shareLabel = "Anteil"
    return [
      ("incidence", incidence(total: 1_234, language: .german, labels: german)),
      (
        "incidence-en",
        incidence(
          total: 1_000_000, language: .english, labels: ["job", "training", "dropout", "moved"])
      ),
      (
        "incidence-long",
        incidence(total: 40, language: .german, labels: (1...4).map { "\(long) \($0)" })
      ),
      ("incidence-few", gap), ("occupancy", occupancy),
      (
        "stacked-empty",
        StackedChart.incidence(
          title: "Niemand", timeLabel: "Tage", unit: .days, total: 0, times: [],
          causes: [.init(ChartState("Arbeit", .work), shares: [])], open: "noch offen",
          language: .german)
      ),
      (
        "stacked-unknown",
        StackedChart(
          title: "Lücke", timeLabel: "Woche", unit: .weeks, total: 20, times: [0, 4, 8, 13],
          layers: [
            .init(ChartState("Arbeit", .work), shares: [0.2, .nan, 0.4, 0.5]),
            .init(ChartState("Rest", .open), shares: [0.8, .nan, 0.6, 0.5]),
          ], end: 26, language: .german)
      ),
    ]
  }()
}
