import Journey
import Presentation

/// Made-up journeys of single people, and flows between dates.
enum SampleJourneys {
  static let all: [(name: String, chart: any Chart)] = sequences + flows

  static let states = states(.german)

  static func states(_ language: Language) -> [ChartState] {
    [
      ChartState(LocalizedText(en: "in work", de: "Beschäftigung")(language), .work),
      ChartState(LocalizedText(en: "vocational training", de: "Ausbildung")(language), .training),
      ChartState(LocalizedText(en: "in a course", de: "Qualifizierung")(language), .course),
      ChartState(LocalizedText(en: "without a job", de: "ohne Arbeit")(language), .search),
    ]
  }

  /// Journeys of `count` people over `length` months, the same for the same numbers.
  static func journeys(
    _ count: Int, length: Int = 24, language: Language = .german
  ) -> SequenceChart {
    let sequences = (0..<count).map { person -> [Int?] in
      let course = 1 + person * 7 % 9
      let job = course + person * 5 % 17
      let end = person % 5 == 0 ? length - person % 7 : length
      return (0..<end).map { month in
        if person % 11 == 3, month % 6 == 5 { return nil }
        if month < course { return 3 }
        if month < job { return 2 }
        return person % 4 == 0 ? 1 : person % 13 == 0 && month > job + 5 ? 3 : 0
      }
    }
    return SequenceChart(
      title: LocalizedText(en: "Journeys after entry", de: "Verläufe nach dem Eintritt")(language),
      timeLabel: LocalizedText(en: "Months since entry", de: "Monate seit dem Eintritt")(language),
      unit: .months, states: states(language), sequences: sequences, language: language)
  }

  private static let sequences: [(name: String, chart: any Chart)] = {
    var english = journeys(1_000, language: .english)
    english.order = .end
    let long = SequenceChart(
      title: SampleCharts.long, timeLabel: "Tage", unit: .days,
      states: (1...8).map { ChartState("\(SampleCharts.long) \($0)", StateColor.allCases[$0]) },
      sequences: [[0, 1, 2, 3, 4, 5, 6, 7], [7, 7, nil, 0]], language: .german)
    return [
      ("sequences", journeys(120)), ("sequences-thousand", english),
      ("sequences-many", journeys(1_001)), ("sequences-person", journeys(1)),
      ("sequences-empty", journeys(0)), ("sequences-long", long),
    ]
  }()

  static let alluvial = alluvial(.german)

  static func alluvial(_ language: Language) -> AlluvialChart {
    let unknown = LocalizedText(en: "not observed", de: "nicht beobachtet")(language)
    let dates = [
      LocalizedText(en: "entry", de: "Eintritt"),
      LocalizedText(en: "after 6 months", de: "nach 6 Monaten"),
      LocalizedText(en: "after 12 months", de: "nach 12 Monaten"),
      LocalizedText(en: "after 24 months", de: "nach 24 Monaten"),
    ]
    var chart = AlluvialChart(
      title: LocalizedText(en: "From state to state", de: "Von Zustand zu Zustand")(language),
      columns: dates.map { $0(language) },
      states: states(language) + [ChartState(unknown, .notObserved)],
      flows: [
        [
          [30, 2, 0, 5, 1], [3, 40, 0, 10, 0], [12, 20, 30, 15, 3], [60, 25, 40, 110, 6],
          [0, 0, 0, 0, 0],
        ],
        [
          [80, 5, 3, 12, 5], [10, 66, 1, 8, 2], [25, 10, 20, 12, 3], [40, 12, 10, 70, 8],
          [2, 0, 0, 3, 5],
        ],
        [
          [130, 4, 0, 15, 8], [40, 40, 0, 10, 3], [15, 9, 4, 3, 3], [30, 6, 5, 54, 10],
          [5, 0, 0, 4, 14],
        ],
      ], language: language)
    chart.subtitle = [SampleCharts.simulated(language)]
    return chart
  }

  private static let flows: [(name: String, chart: any Chart)] = {
    let eight = 8
    let many = AlluvialChart(
      title: "Flows", columns: (1...3).map { "\(SampleCharts.long) \($0)" },
      states: (0..<eight).map { ChartState("\(SampleCharts.long) \($0)", StateColor.allCases[$0]) },
      flows: Array(
        repeating: (0..<eight).map { from in
          (0..<eight).map { to in from == to ? (from == 0 ? 900_000 : 3 + from) : (from + to) % 3 }
        }, count: 1)
        + [
          (0..<eight).map { from in
            let people = (0..<eight).map { ($0 + from) % 3 }
            var row = Array(repeating: 0, count: eight)
            row[7 - from] =
              people.enumerated().map { $0.offset == from ? 0 : $0.element }.reduce(0, +)
              + (from == 0 ? 900_000 : 3 + from)
            return row
          }
        ], language: .english)
    let nobody = AlluvialChart(
      title: "Leer", columns: ["Eintritt", "nach 6 Monaten"], states: Array(states.prefix(2)),
      flows: [[[0, 0], [0, 0]]], language: .german)
    let person = AlluvialChart(
      title: "Ein Mensch", columns: ["Eintritt", "nach 6 Monaten"],
      states: Array(states.prefix(2)), flows: [[[0, 0], [1, 0]]], language: .german)
    return [
      ("flows", alluvial), ("flows-many", many), ("flows-empty", nobody),
      ("flows-person", person),
    ]
  }()
}
