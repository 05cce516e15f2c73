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

  /// The groups of curves at the last horizon at which two of them have enough people at risk; nil where
  /// none has.
  func curves(_ answer: TimeToEventAnswer) -> (any Chart)? {
    let times = answer.groups.first?.readings.indices.reversed() ?? []
    for place in times {
      let rows = answer.groups.compactMap { group -> IntervalPlot.Row? in
        let reading = group.readings[place]
        guard !reading.isExtrapolated, reading.atRisk >= AnswerPage.fewestToQuote else {
          return nil
        }
        let name = GroupName.text(group.values, by: answer.question.groupedBy, language)
        if let incidence = group.incidences.first?.readings[place] {
          return row(name, group.curve.counts.subjects, incidence.probability, incidence.limits)
        }
        return row(name, group.curve.counts.subjects, reading.survival, reading.limits)
      }
      guard rows.count > 1, let time = answer.groups.first?.readings[place].time else { continue }
      let what =
        answer.groups.first?.incidences.first.map { CauseText.label($0.cause)(language) }
        ?? AnswerChart.shareLabel(answer.question)(language)
      let clock = answer.question.clock.counted
      var plot = plot(
        answer, rows,
        valueLabel: word(
          "\(what) after \(clock(time, .english))", "\(what) nach \(clock(time, .german))"))
      plot.confidenceLevel = answer.level
      plot.subtitle = [GroupName.grouping(answer.question.groupedBy)(language)]
      if let late = CurveSentence.lateness(answer.question, language) { plot.subtitle.append(late) }
      plot.footnotes = [leftOut(answer.groups.count - rows.count)].compactMap(\.self)
      return plot
    }
    return nil
  }

  /// The groups of shares: at the last horizon, or in the first row, of which enough are known of two.
  func shares(_ answer: ShareAnswer) -> (any Chart)? {
    let isPoint = answer.definition.kind == .point
    let names = ShareRows(answer: answer, language: language)
    let places = Array(answer.groups.first?.cells.indices ?? 0..<0)
    for place in isPoint ? places.reversed() : places {
      let cells = answer.groups.map { (group: $0, cell: $0.cells[place]) }
        .filter { $0.cell.shares.answered >= AnswerPage.fewestToQuote }
      let rows = cells.compactMap {
        row(
          names.name($0.group), $0.cell.shares.answered, $0.cell.shares.known,
          $0.cell.interval.limits)
      }
      guard rows.count > 1 else { continue }
      let known = answer.groups.reduce(into: (yes: 0, answered: 0)) {
        $0.yes += $1.cells[place].shares.yes
        $0.answered += $1.cells[place].shares.answered
      }
      var plot = plot(
        answer, rows,
        valueLabel: word("share of those heard of", "Anteil derer, von denen man weiß"))
      plot.reference = .init(
        label: word("all", "alle"), value: Double(known.yes) / Double(known.answered))
      plot.confidenceLevel = answer.level
      plot.subtitle = [names.heading(answer.groups[0].cells[place])]
      if !isPoint, places.count > 1 {
        plot.footnotes.append(
          word(
            "One row of \(places.count); the others stand in the table.",
            "Eine Zeile von \(places.count); die anderen stehen in der Tabelle."))
      }
      plot.footnotes += [leftOut(answer.groups.count - rows.count)].compactMap(\.self)
      return plot
    }
    return nil
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
