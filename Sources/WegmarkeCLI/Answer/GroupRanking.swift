import Journey
import Presentation
import ProjectionEngine
import Statistics

/// Many groups as one picture: their shares at one horizon with intervals, the largest first.
///
/// More curves than a few, or a line for each group and horizon, cannot be told apart.
struct GroupRanking {
  /// More groups than this are ranked at one horizon instead of drawn over time.
  static let mostDrawn = 6

  let language: Language

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  /// The largest groups, so many as can be told apart, in their order.
  static func largest<Group>(_ groups: [Group], by size: (Group) -> Int) -> [Group] {
    let sizes = groups.map(size)
    let order = groups.indices.sorted { (-sizes[$0], $0) < (-sizes[$1], $1) }
    return order.prefix(mostDrawn).sorted().map { groups[$0] }
  }

  /// What a picture says of the groups that are too many for it; nothing where all are drawn.
  func smaller(_ count: Int) -> [String] {
    guard count > 0 else { return [] }
    return [
      word(
        "\(count) smaller groups are not drawn.", "\(count) kleinere Gruppen sind nicht gezeichnet."
      )
    ]
  }

  /// The place at which most groups can be shown, the later of several; nil where fewer than two can.
  private func best(_ places: [Int], _ count: (Int) -> Int) -> Int? {
    let counts = places.map { (place: $0, count: count($0)) }
    guard let most = counts.map(\.count).max(), most > 1 else { return nil }
    return counts.last { $0.count == most }?.place
  }

  /// The groups of curves at the horizon at which most of them have enough people at risk; nil where
  /// fewer than two have.
  func curves(_ answer: TimeToEventAnswer) -> (any Chart)? {
    func rows(_ place: Int) -> [IntervalPlot.Row] {
      answer.groups.compactMap { group -> IntervalPlot.Row? in
        let reading = group.readings[place]
        guard !reading.isExtrapolated, reading.atRisk >= AnswerPage.fewestToQuote else {
          return nil
        }
        let name = answer.name(group.values, language)
        if let incidence = group.incidences.first?.readings[place] {
          return row(name, group.curve.counts.subjects, incidence.probability, incidence.limits)
        }
        return row(name, group.curve.counts.subjects, reading.survival, reading.limits)
      }
    }
    let places = Array(answer.groups.first?.readings.indices ?? 0..<0)
    guard let place = best(places, { rows($0).count }),
      let time = answer.groups.first?.readings[place].time
    else { return nil }
    let drawn = rows(place)
    let what =
      answer.groups.first?.incidences.first.map { CauseText.label($0.cause)(language) }
      ?? AnswerChart.shareLabel(answer.question)(language)
    let clock = answer.question.clock.counted
    var plot = plot(
      answer, drawn,
      valueLabel: word(
        "\(what) after \(clock(time, .english))", "\(what) nach \(clock(time, .german))"))
    plot.confidenceLevel = answer.level
    if !answer.question.groupedBy.isEmpty {
      plot.subtitle = [GroupName.grouping(answer.question.groupedBy)(language)]
    }
    if let late = CurveSentence.lateness(answer.question, language) { plot.subtitle.append(late) }
    plot.footnotes = [leftOut(answer.groups.count - drawn.count)].compactMap(\.self)
    return plot
  }

  /// The groups of shares, at the horizon or in the row of which enough are known in most of them.
  func shares(_ answer: ShareAnswer) -> (any Chart)? {
    let isPoint = answer.definition.kind == .point
    let names = ShareRows(answer: answer, language: language)
    let places = Array(answer.groups.first?.cells.indices ?? 0..<0)
    func rows(_ place: Int) -> [IntervalPlot.Row] {
      answer.groups.map { (group: $0, cell: $0.cells[place]) }
        .filter { $0.cell.heard.answered >= AnswerPage.fewestToQuote }
        .compactMap {
          row(
            names.name($0.group), $0.cell.heard.answered, $0.cell.known,
            $0.cell.limits)
        }
    }
    // Of rows the first, of horizons the last with as many groups.
    guard let place = best(isPoint ? places : places.reversed(), { rows($0).count }) else {
      return nil
    }
    let drawn = rows(place)
    let known = answer.groups.reduce(into: (yes: 0, answered: 0)) {
      $0.yes += $1.cells[place].heard.yes
      $0.answered += $1.cells[place].heard.answered
    }
    var plot = plot(
      answer, drawn,
      valueLabel: word("share of those heard of", "Anteil derer, von denen man weiß"))
    // Together groups with weights are not their plain counts.
    if answer.question.definition.weight == nil {
      plot.reference = .init(
        label: word("all", "alle"), value: Double(known.yes) / Double(known.answered))
    }
    plot.confidenceLevel = answer.level
    plot.subtitle = [names.heading(answer.groups[0].cells[place])]
    if !isPoint, places.count > 1 {
      plot.footnotes.append(
        word(
          "One row of \(places.count); the others stand in the table.",
          "Eine Zeile von \(places.count); die anderen stehen in der Tabelle."))
    }
    plot.footnotes += [leftOut(answer.groups.count - drawn.count)].compactMap(\.self)
    return plot
  }

  private func row(
    _ name: String, _ count: Int, _ share: Double?, _ limits: ConfidenceLimits?
  ) -> IntervalPlot.Row? {
    guard let share, let limits, limits.lower < limits.upper else { return nil }
    return .init(label: name, count: count, value: share, limits: limits.lower...limits.upper)
  }

  private func plot(
    _ answer: any QuestionAnswer, _ rows: [IntervalPlot.Row], valueLabel: String
  ) -> IntervalPlot {
    IntervalPlot(
      title: answer.definition.title(language), valueLabel: valueLabel, kind: .share, rows: rows,
      language: language
    ).ranked()
  }

  /// How many groups are not drawn, and why; nil for none.
  private func leftOut(_ count: Int) -> String? {
    guard count > 0 else { return nil }
    let few = AnswerPage.fewestToQuote
    return word(
      "Not drawn: \(count) groups with fewer than \(few) people, or without limits.",
      "Nicht gezeichnet: \(count) Gruppen mit weniger als \(few) Personen oder ohne Grenzen.")
  }
}
