import Journey
import Presentation
import ProjectionEngine
import Statistics

/// A cohort table as shades: horizons side by side, or groups at one horizon.
struct CohortPicture {
  let answer: CohortTableAnswer
  let language: Language

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  /// The picture; nil when nobody counts.
  var chart: CohortHeatTable? {
    guard let first = answer.groups.first else { return nil }
    return answer.groups.count == 1 ? horizons(first) : groups
  }

  /// One group: a column for each horizon.
  private func horizons(_ group: CohortTableAnswer.Group) -> CohortHeatTable {
    var chart = table(
      columns: answer.question.horizons.map { clock.words($0, language) },
      rows: group.cohorts.map { cohort in
        .init(label: cohort.name ?? "", count: cohort.units, cells: cohort.cells.map(cell))
      })
    chart.summary = .init(
      label: all, count: group.total.units, cells: group.total.cells.map(cell))
    return chart
  }

  /// Several groups: a column for each, at the last horizon that is due for anybody.
  private var groups: CohortHeatTable {
    let place =
      answer.question.horizons.indices.last { place in
        answer.groups.contains { !$0.total.cells[place].isNotDue }
      } ?? 0
    // More columns than a few are too narrow to be read: the largest groups.
    let groups = GroupRanking.largest(answer.groups, by: \.total.units)
    let names = Set(groups.flatMap { $0.cohorts.compactMap(\.name) }).sorted()
    var chart = table(
      columns: groups.map { question.name($0.values, language) },
      rows: names.map { name in
        let cohorts = groups.map { $0.cohorts.first { $0.name == name } }
        return .init(
          label: name, count: cohorts.reduce(0) { $0 + ($1?.units ?? 0) },
          cells: cohorts.map { $0.map { cell($0.cells[place]) } ?? .notFollowed })
      })
    chart.summary = .init(
      label: all, count: groups.reduce(0) { $0 + $1.total.units },
      cells: groups.map { cell($0.total.cells[place]) })
    let horizon = answer.question.horizons[place]
    let after = word(
      "After \(clock.counted(horizon, .english))", "Nach \(clock.counted(horizon, .german))")
    chart.subtitle = [
      question.groupedBy.isEmpty
        ? after : after + ", " + GroupName.grouping(question.groupedBy)(language)
    ]
    chart.footnotes = GroupRanking(language: language).smaller(answer.groups.count - groups.count)
    return chart
  }

  private func table(columns: [String], rows: [CohortHeatTable.Row]) -> CohortHeatTable {
    let period: LocalizedText =
      switch answer.question.cohort {
      case .month: .init(en: "Month", de: "Monat")
      case .quarter: .init(en: "Quarter", de: "Quartal")
      case .half: .init(en: "Half-year", de: "Halbjahr")
      case .year: .init(en: "Year", de: "Jahr")
      }
    var chart = CohortHeatTable(
      title: answer.definition.title(language), rowHeading: period(language), columns: columns,
      rows: rows, language: language)
    chart.confidenceLevel = answer.level
    return chart
  }

  private var all: String { word("all", "alle") }
  private var question: TimeToEventQuestion { answer.question.timeToEvent }
  private var clock: ClockUnit { question.clock }

  private func cell(_ cell: CohortTableAnswer.Cell) -> CohortHeatTable.Cell {
    guard let share = cell.share else { return .notFollowed }
    return .value(
      share: share,
      halfWidth: cell.limits.flatMap { $0.lower < $0.upper ? ($0.upper - $0.lower) / 2 : nil },
      count: cell.due,
      isComplete: cell.isComplete)
  }
}
